"""Every limit of LINE at its edge, which passes, and one past it, which does not."""

from datetime import date, timedelta
from typing import Any

import pytest

from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.actions import CopyText, OpenLink, SendWords
from linecrm_desktop.messages.blocks import TextBubble
from linecrm_desktop.messages.counting import Count, signs
from linecrm_desktop.messages.limits import TEXT_MAX, fits, longest, problems, utf16
from linecrm_desktop.messages.problem import field_name
from tests.messages.every_bubble import EVERY, LINK, PICTURE, REPLIES, WORDS, put

FAMILY = "👩‍👩‍👧‍👦"
"""One sign to a person, eleven UTF-16 units."""
BUTTON = OpenLink("Look", "https://shop.example/")


def test_an_emoji_counts_as_line_counts_it() -> None:
    assert utf16("a🍎你") == 4


def test_a_text_is_counted_with_the_longest_value() -> None:
    assert longest("Hi {name|there}", {"name": "林雅婷 Tina 🍎"}) == 3 + len("林雅婷 Tina ") + 2
    assert longest("Hi {name|there}", {"name": "Bo"}) == 8


def test_a_full_text_passes_and_one_more_unit_does_not() -> None:
    full = TextBubble("x" * (TEXT_MAX - 5) + "{name|12345}")
    assert problems([full]) == []
    (problem,) = problems([full], {"name": "123456"})
    assert problem.bubble == 0
    assert "1 character too long" in problem.sentence


def test_no_bubble_six_bubbles_and_empty_ones_are_problems() -> None:
    assert [p.bubble for p in problems([])] == [None]
    assert [p.bubble for p in problems([TextBubble("x")] * 6)] == [None]
    assert [p.bubble for p in problems([TextBubble("x"), TextBubble(" \n")])] == [1]


def test_signs_are_counted_as_a_person_sees_them() -> None:
    assert (signs(FAMILY), utf16(FAMILY)) == (1, 11)
    assert signs("กำ" + "é" + "🇹🇼") == 3
    assert signs("a\r\nb") == 3


def _fields(bubble: b.Bubble, values: dict[str, str] | None = None, today: date | None = None) -> list[str]:
    return [problem.field for problem in problems([b.TextBubble("first"), bubble], values, today)]


BUTTONS = b.ButtonsBubble("x", actions=(BUTTON,))
WITH_PICTURE = b.ButtonsBubble("x", image=PICTURE, actions=(BUTTON,))
SENDS = b.ButtonsBubble("x", actions=(SendWords("Ask", "x"),))
COPIES = b.ButtonsBubble("x", actions=(CopyText("Copy", "x"),))
CONFIRM = b.ConfirmBubble("x", WORDS, BUTTON)
CAROUSEL = b.CarouselBubble((b.Card("", "", "x", (BUTTON,)),))
TITLED = b.CarouselBubble((b.Card("", "x", "x", (BUTTON,)),))
RICH = b.RichImageBubble("https://shop.example/r", "x", 1040, (b.Area(action=LINK),))
RICH_WORDS = b.RichImageBubble("https://shop.example/r", "x", 1040, (b.Area(action=SendWords("", "x")),))
RICH_COPY = b.RichImageBubble("https://shop.example/r", "x", 1040, (b.Area(action=CopyText("", "x")),))
PRODUCT = b.ProductBubble((b.Product("", "x", action=BUTTON),))
COUPON = b.CouponBubble("x", "x", code="x")
IMAGE = b.ImageBubble(PICTURE, tap=BUTTON, alt="x")
UNITS, SIGNS = "a", FAMILY


@pytest.mark.parametrize(
    ("bubble", "field", "most", "sign"),
    [
        (b.OptOutBubble("x"), "text", 5000, UNITS),
        (BUTTONS, "title", 40, SIGNS),
        (BUTTONS, "text", 160, SIGNS),
        (WITH_PICTURE, "text", 60, SIGNS),
        (BUTTONS, "alt", 1500, UNITS),
        (BUTTONS, "actions.0.label", 20, SIGNS),
        (SENDS, "actions.0.words", 300, SIGNS),
        (COPIES, "actions.0.text", 1000, UNITS),
        (CONFIRM, "text", 240, SIGNS),
        (CONFIRM, "yes.label", 20, SIGNS),
        (CONFIRM, "alt", 1500, UNITS),
        (CAROUSEL, "cards.0.text", 120, SIGNS),
        (TITLED, "cards.0.title", 40, SIGNS),
        (TITLED, "cards.0.text", 60, SIGNS),
        (CAROUSEL, "cards.0.actions.0.label", 20, SIGNS),
        (CAROUSEL, "alt", 1500, UNITS),
        (RICH, "alt", 1500, UNITS),
        (RICH, "areas.0.action.label", 100, SIGNS),
        (RICH_WORDS, "areas.0.action.words", 400, UNITS),
        (RICH_COPY, "areas.0.action.text", 1000, UNITS),
        (PRODUCT, "alt", 1500, UNITS),
        (PRODUCT, "products.0.action.label", 40, SIGNS),
        (COUPON, "code", 1000, UNITS),
        (IMAGE, "tap.label", 40, SIGNS),
        (IMAGE, "alt", 1500, UNITS),
        (b.QuickReplies((BUTTON,)), "replies.0.label", 20, SIGNS),
    ],
)
def test_a_text_passes_at_its_limit_and_not_one_past_it(bubble: b.Bubble, field: str, most: int, sign: str) -> None:
    assert _fields(put(bubble, field, sign * most)) == []
    assert _fields(put(bubble, field, sign * (most + 1))) == [field]
    filled = put(bubble, field, sign * (most - 1) + "{name|x}")
    assert _fields(filled, {"name": sign}) == []
    assert _fields(filled, {"name": sign * 2}) == [field]


@pytest.mark.parametrize(
    ("bubble", "field", "most"),
    [
        (b.ImageBubble(PICTURE), "address", 2000),
        (b.ImageBubble(PICTURE), "preview", 2000),
        (b.VideoBubble(PICTURE, PICTURE), "address", 2000),
        (RICH, "address", 2000),
        (WITH_PICTURE, "image", 2000),
        (CAROUSEL, "cards.0.image", 2000),
        (BUTTONS, "actions.0.address", 1000),
        (RICH, "areas.0.action.address", 1000),
        (PRODUCT, "products.0.action.address", 1000),
    ],
)
def test_an_address_passes_at_its_limit_and_not_one_past_it(bubble: b.Bubble, field: str, most: int) -> None:
    start = "https://shop.example/"
    assert _fields(put(bubble, field, start + "a" * (most - len(start)))) == []
    assert _fields(put(bubble, field, start + "a" * (most - len(start) + 1))) == [field]
    short = put(bubble, field, start + "好" * ((most - len(start)) // 9))
    assert _fields(short) == []
    assert _fields(put(bubble, field, start + "好" * ((most - len(start)) // 9 + 1))) == [field]


@pytest.mark.parametrize(
    "address", ["http://shop.example/a.jpg", "C:\\a.jpg", "file:///a.jpg", "https://", "x", "https://[1"]
)
def test_a_picture_needs_a_public_https_address(address: str) -> None:
    assert _fields(b.ImageBubble(address)) == ["address"]


@pytest.mark.parametrize("address", ["https://a.example", "http://a.example", "tel:+886912345678", "line://ti/p/@a"])
def test_a_link_takes_the_schemes_that_line_takes(address: str) -> None:
    assert _fields(put(BUTTONS, "actions.0.address", address)) == []


@pytest.mark.parametrize("address", ["", "shop.example", "javascript:alert(1)", "mailto:a@b.c", "tel:", "https://"])
def test_a_link_takes_no_others(address: str) -> None:
    assert _fields(put(BUTTONS, "actions.0.address", address)) == ["actions.0.address"]


@pytest.mark.parametrize(
    ("make", "most", "field"),
    [
        (lambda n: b.ButtonsBubble("x", actions=(BUTTON,) * n), 4, "actions"),
        (lambda n: b.CarouselBubble((b.Card("", "", "x", (BUTTON,)),) * n), 10, "cards"),
        (lambda n: b.CarouselBubble((b.Card("", "", "x", (BUTTON,) * n),)), 3, "cards.0.actions"),
        (lambda n: b.ProductBubble((b.Product("", "x"),) * n), 12, "products"),
        (lambda n: b.RichImageBubble("https://a.example/r", "x", 1040, (b.Area(action=LINK),) * n), 50, "areas"),
        (lambda n: b.QuickReplies((BUTTON,) * n), 13, "replies"),
    ],
)
def test_as_many_parts_as_line_takes_pass_and_one_more_or_none_does_not(make: Any, most: int, field: str) -> None:
    assert _fields(make(most)) == []
    assert _fields(make(most + 1)) == [field]
    assert _fields(make(0)) == [field]


def test_cards_of_a_carousel_are_alike() -> None:
    plain = b.Card("", "", "x", (BUTTON,))
    assert _fields(b.CarouselBubble((plain, b.Card("", "", "x", (BUTTON, BUTTON))))) == ["cards"]
    assert _fields(b.CarouselBubble((plain, b.Card(PICTURE, "", "x", (BUTTON,))))) == ["cards"]
    assert _fields(b.CarouselBubble((plain, b.Card("", "x", "x", (BUTTON,))))) == ["cards"]


def test_areas_lie_inside_the_picture() -> None:
    def rich(x: int, y: int, width: int, height: int) -> b.Bubble:
        return b.RichImageBubble("https://a.example/r", "x", 700, (b.Area(x, y, width, height, LINK),))

    assert _fields(rich(0, 0, 1040, 700)) == []
    assert _fields(rich(1, 0, 1040, 700)) == ["areas.0"]
    assert _fields(rich(0, 0, 1040, 701)) == ["areas.0"]
    assert _fields(rich(-1, 0, 10, 10)) == ["areas.0"]
    assert _fields(rich(0, 0, 0, 10)) == ["areas.0"]


def test_a_coupon_lasts_through_its_last_day() -> None:
    today = date(2026, 11, 28)
    assert _fields(put(COUPON, "until", today), today=today) == []
    assert _fields(put(COUPON, "until", today - timedelta(days=1)), today=today) == ["until"]


def test_numbers_of_stickers_and_coupons_are_as_line_writes_them() -> None:
    assert _fields(b.StickerBubble("446", "a")) == ["sticker_id"]
    assert _fields(b.StickerBubble("", "")) == ["package_id", "sticker_id"]
    assert _fields(b.LineCouponBubble("two words")) == ["coupon_id"]


def test_a_card_of_too_many_bytes_is_refused() -> None:
    assert _fields(b.TipsBubble("x", "x", (b.TipLine("1", "a" * 20_000),))) == []
    assert _fields(b.TipsBubble("x", "x", (b.TipLine("1", "a" * 30_000),))) == [""]
    assert _fields(b.ProductBubble((b.Product("", "x", "a" * 15_000),) * 4)) == [""]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{", "cannot be read at line 1"),
        ('{"type": "bubble", "type": "carousel"}', "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ('{"type": "x"}', "does not know"),
        ('{"type": "bubble"}', "lacks “body”"),
        ('{"type": "carousel", "contents": []}', "lacks “contents”"),
        ('{"type": "bubble", "body": {"type": "box", "layout": "vertical"}}', "lacks “body.contents”"),
        ('{"type": "bubble", "hero": {"type": "image", "url": "http://a.example"}}', "no good address at “hero.url”"),
        ('{"type": "bubble", "body": {"type": "neon"}}', "“body.type” that LINE does not know"),
        ('{"type": "bubble", "body": {"type": "text", "text": ""}}', "lacks “body.text”"),
        (
            '{"type": "bubble", "footer": {"type": "button", "action": {"type": "uri", "uri": "https://a"}}}',
            "action.label",
        ),
        (
            '{"type": "carousel", "contents": [{"type": "bubble", "size": "nano", "body": {"type": "separator"}}, '
            '{"type": "bubble", "body": {"type": "separator"}}]}',
            "different widths",
        ),
    ],
)
def test_flex_json_that_line_refuses_is_named_with_its_place(source: str, told: str) -> None:
    found = [problem.sentence for problem in problems([b.FlexBubble(source, "x")])]
    assert any(told in sentence for sentence in found), found


def test_flex_takes_twelve_cards_and_labels_of_forty_signs() -> None:
    def carousel(cards: int, label: str) -> b.Bubble:
        button = f'{{"type": "button", "action": {{"type": "uri", "label": "{label}", "uri": "https://a.example"}}}}'
        card = f'{{"type": "bubble", "body": {{"type": "box", "layout": "vertical", "contents": [{button}]}}}}'
        return b.FlexBubble(f'{{"type": "carousel", "contents": [{", ".join([card] * cards)}]}}', "x")

    assert _fields(carousel(12, FAMILY * 40)) == []
    assert _fields(carousel(13, "Look")) == ["source"]
    assert _fields(carousel(1, FAMILY * 41)) == ["source"]


def test_one_way_to_stop_and_one_set_of_replies() -> None:
    stop = b.OptOutBubble("stop")
    assert problems([stop, REPLIES]) == []
    assert [p.bubble for p in problems([stop, stop])] == [None]
    assert [p.bubble for p in problems([stop, REPLIES, REPLIES])] == [None]
    assert [p.bubble for p in problems([REPLIES])] == [None]


def test_whether_it_fits_one_friend_is_counted_with_that_friends_words_only() -> None:
    long = "x" * 21
    bubble = b.ButtonsBubble("x", actions=(OpenLink("{name|" + long + "}", "https://a.example"),))
    assert fits([bubble], {"name": "Mei"})
    assert not fits([bubble], {})
    assert not fits([bubble], {"name": long})


def test_signs_are_counted_with_the_value_of_most_signs() -> None:
    bubble = b.ButtonsBubble("x" * 157 + "{name|x}", actions=(BUTTON,))
    assert problems([bubble], {"name": FAMILY}, signs={"name": "Tina"}) != []
    assert problems([bubble], {"name": FAMILY}, signs={"name": "Bo"}) == []


def test_every_empty_field_that_line_needs_is_named() -> None:
    empty = (
        (b.ButtonsBubble(), ["text", "actions.0.label", "actions.0.address"]),
        (b.ConfirmBubble(), ["text", "yes.label", "no.label", "yes.address", "no.address"]),
        (b.VideoBubble(), ["address", "preview"]),
        (b.CouponBubble(), ["name", "value"]),
        (b.RichImageBubble(), ["alt", "address", "areas.0.action.address"]),
    )
    for bubble, named in empty:
        assert _fields(bubble) == named


def test_a_field_is_called_by_its_place() -> None:
    assert field_name("cards.2.actions.1.label") == "Label of the button 3.2"
    assert field_name("cards.0.title") == "Title 1"
    assert field_name("alt") == "Text for the list of chats"


def test_a_problem_says_which_bubble_and_which_field() -> None:
    (problem,) = problems([b.TextBubble("x"), put(BUTTONS, "title", "x" * 42)])
    assert (problem.bubble, problem.field) == (1, "title")
    assert problem.sentence == "“Title” in bubble 2 is 2 characters too long for the friend with the longest values."


def test_each_good_bubble_stays_good_as_the_fifth() -> None:
    for bubble in EVERY:
        assert problems([b.TextBubble("x")] * 4 + [bubble]) == []


def test_longest_counts_in_either_way() -> None:
    assert longest("{name|x}", {"name": FAMILY}) == 11
    assert longest("{name|xx}", {"name": FAMILY}, Count.SIGNS) == 2
