"""`move` and `join` on a real server: what is asked, kept and refused."""

from pathlib import Path

import pytest

from linecrm_desktop.settings.secrets import SessionTokens
from tests import postgres
from tests.cli.conftest import Tagwell

pytestmark = pytest.mark.files


def test_a_shop_is_moved_used_joined_and_moved_back(
    tagwell: Tagwell, tokens: SessionTokens, shop: Path, tmp_path: Path, server: postgres.Server
) -> None:
    where = server.address(server.new())
    before = tagwell("friends", "--shop", shop, "--json").out
    moved = tagwell("move", shop, where.url(), "--json", stdin=postgres.PASSWORD + "\n").json
    assert {one["table"]: one["rows"] for one in moved["tables"]}["friend"] == 6
    assert postgres.PASSWORD not in str(moved)
    assert Path(moved["before"]).is_file()
    assert tokens.get("file", where.salt.hex()) is not None
    assert tagwell("friends", "--shop", shop, "--json").out == before
    joined = tagwell("join", where.url(), tmp_path / "second", "--json").json
    assert tagwell("friends", "--shop", joined["shop"], "--json").out == before
    back = tagwell("move", where.url(), tmp_path / "back.tagwell", "--json").json
    assert back["tables"] == moved["tables"]
    assert tagwell("friends", "--shop", back["shop"], "--json").out == before


def test_a_wrong_password_and_one_in_the_address_are_refused(
    tagwell: Tagwell, shop: Path, server: postgres.Server
) -> None:
    where = server.address(server.new())
    wrong = tagwell("move", shop, where.url(), stdin="wrong\n")
    assert (wrong.code, "does not know this user with this password" in wrong.err) == (2, True)
    told = tagwell("move", shop, where.url().replace("crm@", "crm:secret@"))
    assert (told.code, "Leave the password out" in told.err) == (2, True)
    assert "secret" not in told.err


def test_a_shared_shop_gets_no_password_of_a_file_and_no_backup_in_its_place(
    tagwell: Tagwell, shop: Path, server: postgres.Server, tmp_path: Path
) -> None:
    where = server.address(server.new())
    tagwell("move", shop, where.url(), stdin=postgres.PASSWORD + "\n")
    made = tagwell("backup", "--to", tmp_path, "--shop", shop, "--json").json
    assert Path(made["backup"]["file"]).is_file()
    for arguments in (("password",), ("restore", made["backup"]["file"], "--in-place")):
        said = tagwell(*arguments, "--shop", shop, stdin="long enough 12\nlong enough 12\n")
        assert (said.code, "lies on a server" in said.err) == (2, True)
