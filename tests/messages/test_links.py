"""Links in a message: which texts are links, and which of them a reader's phone would warn of."""

import pytest

from linecrm_desktop.messages import links


def test_links_are_found_in_texts_and_buttons_once() -> None:
    sent = [
        {"type": "text", "text": "See https://shop.example/a, or (https://shop.example/b). https://shop.example/a"},
        {"type": "flex", "contents": {"action": {"type": "uri", "uri": "https://shop.example/c?x=1&y=2"}}},
    ]
    assert links.links(sent) == [
        "https://shop.example/a",
        "https://shop.example/b",
        "https://shop.example/c?x=1&y=2",
    ]


def test_a_text_without_a_scheme_is_no_link() -> None:
    assert links.links([{"text": "shop.example and mei@example.tw cost 1.500"}]) == []


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://shop.example/路", ""),
        ("HTTPS://shop.example", ""),
        ("http://shop.example", "This link is not https: http://shop.example"),
        ("https://shop", "This link is not whole: https://shop"),
        ("https://", "This link is not whole: https://"),
        ("https://shop.example:http/", "This link is not whole: https://shop.example:http/"),
        ("https://[shop.example/", "This link is not whole: https://[shop.example/"),
    ],
)
def test_what_is_wrong_with_a_link(link: str, words: str) -> None:
    assert links.trouble(link) == words
