"""`share` on a real server: who has a part, and how one is given and taken."""

from pathlib import Path

import pytest

from tests import postgres
from tests.cli.conftest import Tagwell

pytestmark = pytest.mark.files


def test_a_user_gets_a_part_another_one_and_none(tagwell: Tagwell, shop: Path, server: postgres.Server) -> None:
    where = server.address(server.new())
    tagwell("move", shop, where.url(), stdin=postgres.PASSWORD + "\n")
    made = tagwell("share", where.url(), "--with", "ann", "--as", "staff", "--json", stdin="long enough 12\n").json
    owner = {"user": "crm", "part": "owner"}
    assert made == {"address": where.url(), "members": [{"user": "ann", "part": "staff"}, owner]}
    assert "ann: reads, and changes nothing" in tagwell("share", where.url(), "--with", "ann", "--as", "reader").out
    tagwell("share", where.url(), "--with", "ann", "--as", "nobody")
    assert tagwell("share", where.url(), "--json").json["members"] == [owner]
    server.run("DROP ROLE ann")


def test_half_a_wish_and_a_database_without_a_shop_are_refused(tagwell: Tagwell, server: postgres.Server) -> None:
    where = server.address(server.new())
    assert "Name both" in tagwell("share", where.url(), "--with", "ann").err
    said = tagwell("share", where.url(), stdin=postgres.PASSWORD + "\n")
    assert (said.code, "holds no Tagwell shop" in said.err) == (2, True)
