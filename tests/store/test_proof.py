"""Beyond this computer a server proves who it is before it gets a password, and what goes there is sealed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from linecrm_desktop.certificates import in_one_file
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Task
from linecrm_desktop.store import moving
from linecrm_desktop.store.address import Address, parse
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import create_shop, open_shop
from tests import postgres
from tests.certificate import certificate


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate of the server's own address."""
    return certificate(tmp_path_factory.mktemp("proof"), address=postgres.FAR)


@pytest.fixture(scope="module")
def proven(proof: Path) -> Iterator[postgres.Server]:
    """A server that proves who it is."""
    postgres.need()
    with postgres.running(trusts=False, proof=proof) as server:
        yield server


@pytest.fixture
def database_there(proven: postgres.Server) -> Iterator[str]:
    """The name of an empty database on it."""
    name = proven.new()
    yield name
    proven.drop(name)


@pytest.fixture
def shop(tmp_path: Path, now: datetime) -> Path:
    path = tmp_path / "Tea.tagwell"
    create_shop(path, "Tea", "TW", now, practice=True).close()
    return path


def key_to(where: Address) -> Key:
    return Key.of_server(postgres.PASSWORD, where.salt)


def is_sealed(shop: Path, key: Key) -> bool:
    with closing(open_shop(shop, key)) as database, database.read() as session:
        question = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        return bool(session.execute(text(question)).scalar_one())


def test_a_server_proves_itself_by_the_file_that_its_keeper_gave(
    proven: postgres.Server, database_there: str, proof: Path, shop: Path
) -> None:
    where = proven.far(database_there, proof)
    moving.to_server(shop, None, where, key_to(where), Task())
    assert is_sealed(shop, key_to(where))


def test_a_server_proves_itself_by_what_the_computer_trusts(
    proven: postgres.Server, database_there: str, proof: Path, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(proof))
    where = proven.far(database_there)
    moving.to_server(shop, None, where, key_to(where), Task())
    assert is_sealed(shop, key_to(where))


def test_a_stranger_gets_no_password(proven: postgres.Server, database_there: str, shop: Path, tmp_path: Path) -> None:
    """By an authority that nobody knows, by another one, and by a certificate that is for another name."""
    another = certificate(tmp_path, address=postgres.FAR)
    for where in (
        proven.far(database_there),
        proven.far(database_there, another),
        Address("127.0.0.1", database_there, postgres.OWNER, proven.port, str(another)),
    ):
        with pytest.raises(OutsideError, match="does not prove who it is"):
            moving.to_server(shop, None, where, key_to(where), Task())
    assert proven.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database=database_there) == [(0,)]
    open_shop(shop).close()


def test_a_certificate_of_another_name_is_no_proof(
    proven: postgres.Server, database_there: str, proof: Path, shop: Path
) -> None:
    where = Address("127.0.0.1", database_there, postgres.OWNER, proven.port, str(proof))
    with pytest.raises(OutsideError, match="does not prove who it is"):
        moving.to_server(shop, None, where, key_to(where), Task())


def test_a_server_without_tls_gets_no_password(server: postgres.Server, empty: str, shop: Path, proof: Path) -> None:
    for where in (server.far(empty), server.far(empty, proof)):
        with pytest.raises(OutsideError, match="does not prove who it is"):
            moving.to_server(shop, None, where, key_to(where), Task())


def test_whom_to_believe_is_known_without_asking_anybody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    where, password = parse("postgresql://anna:secret@shop.example/tea")
    assert (where, password) == (Address("shop.example", "tea", "anna"), "secret")
    assert where.options()["sslmode"] == "verify-full"
    assert "BEGIN CERTIFICATE" in Path(where.options()["sslrootcert"]).read_text(encoding="utf-8")
    assert "secret" not in where.url()
    assert Address("127.0.0.1", "tea", "anna").options()["sslmode"] == "prefer"
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "not-there.pem"))
    assert "BEGIN CERTIFICATE" in Path(in_one_file()).read_text(encoding="utf-8")
