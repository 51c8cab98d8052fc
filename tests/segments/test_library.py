"""Saving, finding and deleting segments, and the sentence that reads them back."""

from datetime import datetime

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import (
    AllOf,
    AnyOf,
    Bought,
    Compare,
    Did,
    HasTag,
    InSegment,
    LastOrder,
    NoneOf,
    Spent,
)
from linecrm_desktop.segments.sentence import Names, marked, plain
from linecrm_desktop.store.database import Database

SERUM = AllOf(
    (
        HasTag((1,)),
        Bought("serum"),
        LastOrder(60),
        AnyOf((Did(EventKind.CLICK), Did(EventKind.MENU))),
        NoneOf((HasTag((2,)),)),
    )
)
NAMES = Names({1: "Anti-ageing", 2: "Often returns"}, {1: "Buyers"})


def test_a_saved_segment_comes_back(database: Database, now: datetime) -> None:
    draft = SegmentDraft("Serum buyers", "Who gets the missing step", AllOf((LastOrder(60),)))
    with database.write() as session:
        segment = library.save(session, draft, now)
    with database.read() as session:
        assert library.load(session, segment) == draft


def test_a_segment_needs_a_name_a_decision_and_rules(database: Database, now: datetime) -> None:
    assert [p.sentence for p in SegmentDraft().problems()] == [
        "Give the segment a name.",
        "Say what this segment helps decide.",
        "This group has no rule yet.",
    ]
    with pytest.raises(ShopError, match="name"), database.write() as session:
        library.save(session, SegmentDraft(), now)


def test_two_segments_cannot_share_a_name(database: Database, now: datetime) -> None:
    draft = SegmentDraft("A", "B", AllOf((LastOrder(60),)))
    with pytest.raises(ShopError, match="already"), database.write() as session:
        library.save(session, draft, now)
        library.save(session, draft, now)


def test_a_circle_is_refused_with_the_path_in_names(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = library.save(session, SegmentDraft("First", "x", AllOf((LastOrder(60),))), now)
        second = library.save(session, SegmentDraft("Second", "x", AllOf((InSegment(first),))), now)
    with pytest.raises(ShopError, match="First → Second → First"), database.write() as session:
        library.save(session, SegmentDraft("First", "x", AllOf((InSegment(second),))), now, first)


def test_a_segment_in_use_is_not_deleted(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = library.save(session, SegmentDraft("First", "x", AllOf((LastOrder(60),))), now)
        library.save(session, SegmentDraft("Second", "x", AllOf((InSegment(first),))), now)
    with pytest.raises(ShopError, match="used by “Second”"), database.write() as session:
        library.delete(session, first)


def test_the_core_segments_are_made_once(database: Database, now: datetime) -> None:
    with database.write() as session:
        library.make_core(session, now)
        library.make_core(session, now)
        assert [row.core for row in library.all_segments(session)] == ["new_friends", "ready_again", "warm_no_order"]


def test_the_sentence_reads_as_a_person_would_say_it() -> None:
    assert plain(SERUM, NAMES, "TWD") == (
        "Friends who have Anti-ageing and bought serum and have not ordered for more than 60 days and "
        "(clicked a link in the last 30 days or tapped the rich menu in the last 30 days) and "
        "are not among those who have Often returns."
    )


def test_the_marked_sentence_is_safe_html() -> None:
    names = Names({1: "<b>A&B</b>"})
    assert marked(AllOf((HasTag((1,)),)), names, "TWD") == "Friends who have <b>&lt;b&gt;A&amp;B&lt;/b&gt;</b>."


def test_amounts_are_said_in_the_shops_currency() -> None:
    rule = AllOf((Spent(Compare.BETWEEN, 100_000, 200_000, days=365),))
    assert plain(rule, NAMES, "TWD") == "Friends who spent NT$1,000 to NT$2,000 in the last 365 days."
