"""`friends erase` on the command line: looked at first, confirmed by the member number, and proved."""

from pathlib import Path

from tests.cli.conftest import Tagwell


def test_a_dry_run_says_what_goes_and_erases_nobody(tagwell: Tagwell, shop: Path) -> None:
    said = tagwell("friends", "erase", "1001", "--dry-run", "--shop", shop)
    assert said.code == 0
    assert "What goes" in said.out and "1 order as day and amount, for sums." in said.out
    assert tagwell("friends", "--shop", shop, "--json").json["total"] == 6


def test_without_a_confirmation_nobody_is_erased(tagwell: Tagwell, shop: Path) -> None:
    for typed in ((), ("--confirm", "1002")):
        said = tagwell("friends", "erase", "1001", *typed, "--shop", shop)
        assert (said.code, said.out) == (2, "")
        assert "Nothing was erased." in said.err
    assert tagwell("friends", "--shop", shop, "--json").json["total"] == 6


def test_an_erased_friend_is_gone_and_the_answer_proves_it(tagwell: Tagwell, shop: Path) -> None:
    found = tagwell("friends", "erase", "1001", "--confirm", "1001", "--shop", shop, "--json").json
    assert (found["done"], found["wiped"], found["searched"]["left"]) == (True, True, 0)
    assert "mei@example.tw" not in str(found)
    assert b"mei@example.tw" not in shop.read_bytes()
    listed = tagwell("friends", "--shop", shop, "--json").json
    assert [friend["member_number"] for friend in listed["friends"]].count("1001") == 0
    assert listed["total"] == 5
    again = tagwell("friends", "erase", "1001", "--confirm", "1001", "--shop", shop)
    assert (again.code, "There is no friend" in again.err) == (2, True)


def test_the_list_of_friends_is_asked_for_as_before(tagwell: Tagwell, shop: Path) -> None:
    assert tagwell("friends", "--search", "Mei", "--limit", 1, "--shop", shop, "--json").json["total"] == 1
