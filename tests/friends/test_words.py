from datetime import datetime

import pytest

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import words
from linecrm_desktop.friends.happened import Happened, What
from linecrm_desktop.friends.story import CarriedTag, ConsentAnswer
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.tags.library import TagChip

SERUM = TagChip(1, "Serum", TagType.INTEREST)


@pytest.mark.parametrize(
    ("origin", "evidence", "expected"),
    [
        (TagOrigin.HAND, "", "by hand, 12 Nov"),
        (TagOrigin.HAND, "asked", "by hand: asked, 12 Nov"),
        (TagOrigin.IMPORT, "customers.csv", "import: customers.csv, 12 Nov"),
        (TagOrigin.IMPORT, "", "import, 12 Nov"),
        (TagOrigin.RULE, "2 or more orders", "rule: 2 or more orders"),
        (TagOrigin.RULE, "", "rule, 12 Nov"),
    ],
)
def test_where_a_tag_came_from(day: ShopDay, now: datetime, origin: TagOrigin, evidence: str, expected: str) -> None:
    assert words.came_from(CarriedTag(SERUM, origin, now, evidence), day) == expected


@pytest.mark.parametrize("what", list(What))
def test_everything_that_happens_has_its_words(now: datetime, what: What) -> None:
    assert words.happened(Happened(what, now, "Serum", currency="TWD"))
    assert words.happened(Happened(what, now, currency="TWD"))


@pytest.mark.parametrize(
    ("product", "items", "counted", "expected"),
    [
        ("Serum", 1, True, "MM-1 · Serum · NT$1,490"),
        ("Serum", 2, True, "MM-1 · 2 items · NT$1,490"),
        ("", 0, True, "MM-1 · NT$1,490"),
        ("Serum", 1, False, "MM-1 · NT$1,490 · cancelled or refunded"),
    ],
)
def test_an_order_in_one_line(now: datetime, product: str, items: int, counted: bool, expected: str) -> None:
    order = Happened(What.ORDER, now, "MM-1", product, items, 149_000, "TWD", counted)
    assert words.happened(order) == expected


def test_an_answer_without_evidence_is_still_an_answer(day: ShopDay, now: datetime) -> None:
    assert words.answer(ConsentAnswer(Answer.YES), day) == "Yes"
    assert words.answer(ConsentAnswer(Answer.UNKNOWN), day) == "Not known yet"
    assert words.answer(ConsentAnswer(Answer.YES, "Notice v3", now), day) == "Notice v3, 12 Nov"


def test_somebody_without_a_name_is_called_so() -> None:
    assert words.shown_name("  ") == "No name yet"
    assert words.friend_for(1) == "friend for 1 day"
    assert words.friend_for(None) == "friend since an unknown day"
