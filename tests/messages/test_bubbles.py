"""Every kind of bubble: kept and read back as it was, and said to LINE in objects that LINE's own models take."""

import json
from datetime import date
from typing import Any

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages import blocks, codec, fields, summary
from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.actions import OpenLink
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.messages.limits import problems
from tests.messages.every_bubble import EVERY, FLEX, HI, LINK, PICTURE, REPLIES, WORDS, kinds_of_texts, put

_NO_WORDS = ("address", "preview", "image", "shape", "language", "coupon_id", "package_id", "sticker_id", "source")


def holds(whole: Any, part: Any) -> bool:
    """Tell whether everything of a part stands in the whole; the models put their own defaults beside it."""
    if isinstance(part, dict):
        return all(key in whole and holds(whole[key], value) for key, value in part.items())
    if isinstance(part, list):
        return len(whole) == len(part) and all(map(holds, whole, part))
    return whole == part


def test_every_kind_is_among_those_tested() -> None:
    assert {type(bubble) for bubble in (*EVERY, REPLIES)} == set(codec.KINDS.values())


@pytest.mark.parametrize("bubble", (*EVERY, REPLIES), ids=codec.kind_of)
def test_a_bubble_comes_back_from_the_file_as_it_was(bubble: b.Bubble) -> None:
    written = json.loads(json.dumps(blocks.to_json([bubble])))
    assert blocks.from_json(written) == (bubble,)


def test_a_text_of_an_older_version_opens_and_is_written_as_before() -> None:
    old = [{"kind": "text", "text": "Hi {name|there}"}]
    assert blocks.from_json(old) == (b.TextBubble("Hi {name|there}"),)
    assert blocks.to_json(blocks.from_json(old)) == old


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "hologram"},
        {"kind": "text", "text": "x", "shine": 3},
        {"kind": "buttons", "text": "x", "actions": [{"kind": "teleport"}]},
    ],
)
def test_what_a_newer_version_wrote_is_refused_and_not_lost(row: dict[str, Any]) -> None:
    with pytest.raises(ShopError, match="does not know"):
        blocks.from_json([row])


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "text", "text": 7},
        {"kind": "rich_image", "height": "high"},
        {"kind": "carousel", "cards": {}},
        {"kind": "carousel", "cards": ["x"]},
        {"kind": "coupon", "until": "soon"},
        {"kind": "coupon", "is_once": 1},
        {"kind": "confirm", "yes": "x"},
    ],
)
def test_a_value_of_a_wrong_type_is_never_turned_into_another(row: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        blocks.from_json([row])


@pytest.mark.parametrize("bubble", EVERY, ids=codec.kind_of)
def test_a_good_bubble_has_no_problem(bubble: b.Bubble) -> None:
    assert problems([bubble, REPLIES], {"name": "林雅婷"}, date(2026, 11, 28)) == []


@pytest.mark.parametrize("bubble", (*EVERY, REPLIES), ids=codec.kind_of)
def test_variables_work_in_every_text_that_a_friend_reads(bubble: b.Bubble) -> None:
    readable = {path for path in kinds_of_texts(bubble) if path.rpartition(".")[2] not in _NO_WORDS}
    walked = {words.field for words in fields.words(bubble)} - {"source"}
    if isinstance(bubble, b.ImageBubble) and bubble.tap is None:
        readable = set()  # a plain picture has no text
    if isinstance(bubble, b.RichImageBubble | b.ImageBubble | b.FlexBubble):
        walked |= {"alt"} & readable
    assert walked == readable
    for path in walked:
        (*_others, last) = blocks.to_line([b.TextBubble("x"), put(bubble, path, "<{name|you}>")], {"name": "Mei"})
        said = json.dumps(last)
        is_shown = path != "alt" or fields.alt_text(bubble)
        assert not is_shown or ("<Mei>" in said and "{name" not in said.replace(json.dumps(HI)[1:-1], "")), path


@pytest.mark.parametrize("bubble", EVERY, ids=codec.kind_of)
def test_lines_own_models_take_each_object_and_lose_nothing(bubble: b.Bubble) -> None:
    from linebot.v3.messaging import Message

    for made in blocks.to_line([bubble, REPLIES], {"name": "Mei"}):
        assert holds(Message.from_dict(made).to_dict(), made)


def test_quick_replies_go_with_the_last_bubble_and_the_way_to_stop_comes_last() -> None:
    stop = b.OptOutBubble("Write STOP")
    made = blocks.to_line([REPLIES, stop, b.TextBubble("A"), b.TextBubble("B")], {})
    assert [one["text"] for one in made] == ["A", "B", "Write STOP"]
    assert ["quickReply" in one for one in made] == [False, False, True]


def test_a_plain_picture_is_its_own_preview() -> None:
    assert blocks.to_line([b.ImageBubble(PICTURE)], {}) == [
        {"type": "image", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE}
    ]


def test_an_address_in_other_signs_leaves_percent_encoded_and_once() -> None:
    link = OpenLink("Look", "https://商店.example/精華液?q=a%20b&c=好")
    (made,) = blocks.to_line([b.ButtonsBubble("x", actions=(link,))], {})
    uri = made["template"]["actions"][0]["uri"]
    assert uri == "https://xn--czrs0t.example/%E7%B2%BE%E8%8F%AF%E6%B6%B2?q=a%20b&c=%E5%A5%BD"


def test_flex_json_is_kept_to_the_character_and_filled_only_where_it_is_read() -> None:
    source = FLEX.replace("https://shop.example/", "https://shop.example/?n={name|x}")
    bubble = b.FlexBubble(source, "Hi")
    assert blocks.from_json(blocks.to_json([bubble])) == (bubble,)
    (made,) = blocks.to_line([bubble], {"name": '"}'})
    text, button = made["contents"]["body"]["contents"]
    assert text["text"] == 'Hi "}'
    assert button["action"]["uri"].endswith("{name|x}")
    assert list(text) == ["type", "text", "wrap"]


def test_the_alt_text_comes_from_the_title_until_one_is_written() -> None:
    carousel = b.CarouselBubble((b.Card(title="Serum", text="NT$680", actions=(LINK,)),))
    assert fields.alt_text(carousel) == "Serum"
    assert fields.alt_text(put(carousel, "alt", "New serum")) == "New serum"
    assert fields.alt_text(b.ConfirmBubble("Again?", WORDS, WORDS)) == "Again?"


def test_an_alt_text_from_a_long_title_is_cut_between_two_signs() -> None:
    family = "👩‍👩‍👧‍👦"
    (made,) = blocks.to_line([b.ConfirmBubble(family * 200, WORDS, WORDS)], {})
    assert made["altText"] == family * (1500 // 11)


def test_a_coupon_speaks_its_own_language_and_its_own_calendar() -> None:
    thai = b.CouponBubble("ส่วนลด", "100 บาท", code="MIST", until=date(2026, 12, 31), language="th")
    said = json.dumps(blocks.to_line([thai], {}), ensure_ascii=False)
    assert "ใช้ได้ถึง 31 ธ.ค. 2569" in said
    assert '"clipboardText": "MIST"' in said


def test_a_draft_keeps_the_way_to_stop_last_whatever_is_added_or_moved() -> None:
    draft = MessageDraft(bubbles=(b.TextBubble("A"),)).with_added(b.OptOutBubble("stop")).with_added(REPLIES)
    draft = draft.with_added(b.TextBubble("B"))
    order = [codec.kind_of(bubble) for bubble in draft.bubbles]
    assert order == ["text", "text", "opt_out", "quick_replies"]
    assert draft.moved(0, 3).bubbles[2:] == draft.bubbles[2:]
    assert draft.with_added(b.OptOutBubble("again")) == draft
    assert draft.with_duplicate(2) == draft
    assert draft.with_duplicate(3) == draft


def test_five_bubbles_leave_room_for_quick_replies_only() -> None:
    draft = MessageDraft(bubbles=(b.TextBubble("A"),) * 5)
    assert not draft.can_add
    assert len(draft.with_added(b.TextBubble("B")).bubbles) == 5
    assert problems(draft.with_added(REPLIES).bubbles) == []


def test_each_kind_has_a_name_and_lines_for_a_read_only_card() -> None:
    for bubble in (*EVERY, REPLIES):
        assert summary.kind_name(bubble)
        assert summary.lines(bubble)
