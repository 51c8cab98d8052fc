"""Rules that say two things at once, or nothing: they are asked to be completed, and are not counted meanwhile."""

from datetime import date

import pytest

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.rules import (
    AverageOrder,
    Bought,
    Compare,
    Did,
    FieldTest,
    HasTag,
    Joined,
    LastOrder,
    LastReaction,
    NotBoughtSince,
    Orders,
    OwnField,
    RandomShare,
    Rfm,
    Rule,
    Spent,
)

SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 1)
TWO_PERIODS = "A period is either a number of days or has a first or last day."
NO_PERIOD = "This question has no period."
NOT_LESS = "The second number must be at least the first."


@pytest.mark.parametrize(
    ("leaf", "sentence"),
    [
        (Orders(Compare.AT_LEAST, 1, days=30, since=SPRING), TWO_PERIODS),
        (LastOrder(30, until=SUMMER), TWO_PERIODS),
        (HasTag((1,), since=SUMMER, until=SPRING), "The first day lies after the last one."),
        (HasTag((1,), older=True, since=SPRING), "Enter how many days."),
        (Joined(), "Enter how many days."),
        (NotBoughtSince("serum", days=-1), "Days cannot be less than 0."),
        (Spent(Compare.BETWEEN, 5, 4), NOT_LESS),
        (AverageOrder(Compare.BETWEEN, 5), NOT_LESS),
        (Did(EventKind.CLICK, Compare.AT_LEAST, -1), "A number cannot be less than 0."),
        (Bought("serum", times=0), "Enter how many times."),
        (Bought("", also=("serum",)), "Choose a product or category."),
        (RandomShare(10, -5), "A share goes from 0 to 100 percent, the second number above the first."),
        (RandomShare(10, 10), "A share goes from 0 to 100 percent, the second number above the first."),
        (Rfm((5, 1)), "Scores go from 1 to 5, the second at least the first."),
        (OwnField(1, FieldTest.CONTAINS, ("dry", "")), "Enter what the field is compared with."),
        (OwnField(1, FieldTest.IS), "Enter what the field is compared with."),
        (OwnField(1, FieldTest.COMES_ROUND), "Enter how many days."),
        (OwnField(1, FieldTest.COMES_ROUND, days=7, since=SPRING), NO_PERIOD),
        (OwnField(1, FieldTest.NUMBER, days=7), NO_PERIOD),
        (OwnField(1, FieldTest.KNOWN, since=SPRING), NO_PERIOD),
        (OwnField(1, FieldTest.NUMBER, compare=Compare.BETWEEN, number=3, high=2), NOT_LESS),
    ],
    ids=lambda value: str(value)[:60],
)
def test_nonsense_is_said(leaf: Rule, sentence: str) -> None:
    assert [found.sentence for found in problems(leaf)] == [sentence]


@pytest.mark.parametrize(
    "leaf",
    [
        LastOrder(since=SPRING),
        LastReaction(until=SUMMER),
        Joined(since=SPRING, until=SPRING),
        OwnField(1, FieldTest.COMES_ROUND, days=0),
        OwnField(1, FieldTest.NUMBER, compare=Compare.AT_MOST, number=-3),
        RandomShare(100),
        Did(EventKind.CLICK, Compare.EXACTLY, 0, days=None),
    ],
    ids=str,
)
def test_what_makes_sense_is_counted(leaf: Rule) -> None:
    assert problems(leaf) == []
