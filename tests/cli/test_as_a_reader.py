"""A reader of a shared shop at the command line: what writes ends with one sentence, and nothing is done."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from linecrm_desktop.store import carrying
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import open_shop
from tests import postgres
from tests.cli.conftest import Tagwell

pytestmark = pytest.mark.files
SENTENCE = "Your user may look at this shop and change nothing in it."
CUSTOMERS = "Member ID,Name,Phone\n2001,Ann,0912345678\n"
WRITING = (
    ("tags", "new", "Tea", "--type", "interest", "--helps-decide", "Who gets the tea letter"),
    ("tags", "add", "VIP", "--member", "1001"),
    ("tags", "remove", "VIP", "--member", "1001"),
    ("tags", "rename", "VIP", "Best"),
    ("tags", "retire", "VIP"),
    ("tags", "rules", "run"),
    ("friends", "edit", "1001", "--name", "Mei Lin"),
    ("friends", "erase", "1001", "--confirm", "1001"),
    ("consent", "refuse", "1001", "--how", "in the chat"),
    ("requests", "new", "1001", "--wants", "copy"),
    ("settings", "quiet", "22:00", "08:00"),
    ("settings", "people", "--add", "Ken"),
    ("testers", "add", "Ken", "U" + "a" * 32),
    ("due",),
    ("backup",),
    ("fetch", "--source", "LINE", "--purpose", "Marketing"),
)
READING = (
    ("home",),
    ("friends",),
    ("friends", "looked"),
    ("tags", "list"),
    ("tags", "audit"),
    ("segments", "list"),
    ("messages", "list"),
    ("consent", "show", "1001"),
    ("consent", "coverage"),
    ("consent", "check"),
    ("requests", "list"),
    ("settings", "show"),
    ("results",),
    ("imports", "list"),
    ("journeys", "list"),
)


@pytest.fixture
def theirs(tagwell: Tagwell, shop: Path, server: postgres.Server, tmp_path: Path) -> Iterator[Path]:
    """The shop, moved to a server and joined by somebody who may only read it."""
    where = server.address(server.new())
    assert tagwell("move", shop, where.url(), stdin=postgres.PASSWORD + "\n").code == 0
    assert tagwell("share", where.url(), "--with", "looker", "--as", "reader", stdin=postgres.PASSWORD + "\n").code == 0
    mine = server.address(where.database, "looker")
    joined = tagwell("join", mine.url(), tmp_path / "theirs", "--json", stdin=postgres.PASSWORD + "\n").json
    yield Path(joined["shop"])
    server.drop(where.database)
    server.run("DROP ROLE looker")


def held(path: Path) -> object:
    """Return what every table holds."""
    with closing(open_shop(path, Key.of_server(postgres.PASSWORD, b""))) as shop, shop.read() as session:
        return carrying.contents(session.connection())


def test_what_writes_ends_with_the_sentence_and_leaves_the_shop_and_the_folder_alone(
    tagwell: Tagwell, theirs: Path, tmp_path: Path
) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(CUSTOMERS, encoding="utf-8")
    out = tmp_path / "looked.csv"
    before = held(theirs)
    there = sorted(one for one in tmp_path.iterdir() if not one.name.endswith("-lock"))
    ends = {}
    exporting = ("friends", "looked", "--out", out, "--purpose", "Parcels")
    importing = ("import", file, "--source", "SHOPLINE", "--purpose", "Marketing", "--informed", "yes")
    for command in (*WRITING, exporting, importing):
        said = tagwell(*command, "--shop", theirs)
        if said.code != 2 or SENTENCE not in said.err or len(said.err.strip().splitlines()) > 2 or said.out:
            ends[" ".join(map(str, command))] = (said.code, said.err, said.out)
    assert ends == {}
    assert held(theirs) == before
    assert sorted(one for one in tmp_path.iterdir() if not one.name.endswith("-lock")) == there


def test_what_reads_is_let_be(tagwell: Tagwell, theirs: Path, server: postgres.Server) -> None:
    refused = len(server.refusals())
    for command in READING:
        assert tagwell(*command, "--shop", theirs).code == 0, command
    assert len(server.refusals()) == refused
