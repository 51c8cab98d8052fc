"""What links are made of, and what is no link, account or prepared text."""

from urllib.parse import unquote

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.source import LinkKind
from linecrm_desktop.sources import addresses


def test_a_link_to_the_chat_has_the_account_and_the_text_percent_encoded() -> None:
    url = addresses.made(LinkKind.MESSAGE, "@123abcde", "你好！ K7QX & 100%", "", "K7QX")
    assert url == ("https://line.me/R/oaMessage/%40123abcde/?%E4%BD%A0%E5%A5%BD%EF%BC%81%20K7QX%20%26%20100%25")
    assert unquote(url.partition("?")[2]) == "你好！ K7QX & 100%"


def test_the_add_friend_link_has_nothing_but_the_account() -> None:
    assert addresses.made(LinkKind.ADD, "@123abcde", "", "", "K7QX") == "https://line.me/R/ti/p/%40123abcde"


def test_a_link_of_the_shops_own_stays_and_takes_the_code_where_it_has_a_place() -> None:
    assert addresses.made(LinkKind.OWN, "", "", " https://lin.ee/abc ", "K7QX") == "https://lin.ee/abc"
    url = addresses.made(LinkKind.OWN, "", "", "https://liff.line.me/1-a?from={code}", "K7QX")
    assert url == "https://liff.line.me/1-a?from=K7QX"


@pytest.mark.parametrize("written", ["", "lin.ee/abc", "http://lin.ee/abc", "https://", "https://a b", "https://[x"])
def test_what_is_no_link_is_refused(written: str) -> None:
    with pytest.raises(ShopError, match="is not a link"):
        addresses.own(written, "K7QX")


@pytest.mark.parametrize(("written", "kept"), [("@123ABCDE", "@123abcde"), (" morning.mist ", "@morning.mist")])
def test_an_account_is_written_as_line_writes_it(written: str, kept: str) -> None:
    assert addresses.account(written) == kept


@pytest.mark.parametrize("written", ["", "@", "@a b", "https://line.me/x", "晨霧選物"])
def test_what_is_no_account_is_refused(written: str) -> None:
    with pytest.raises(ShopError, match="is not the ID"):
        addresses.account(written)


def test_a_prepared_text_has_a_place_for_the_code_and_is_short() -> None:
    assert addresses.text_with(" Hello\n{code} ", "K7QX") == "Hello K7QX"
    with pytest.raises(ShopError, match="no place for the code"):
        addresses.text_with("Hello", "K7QX")
    with pytest.raises(ShopError, match="too long"):
        addresses.text_with("あ" * 60 + "{code}", "K7QX")
