"""The numbers beside the builder: what it costs, is it large enough, overlaps, and no stale number that looks valid."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from linecrm_desktop.audiences.share import Share
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import codec, library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, AnyOf, HasTag, InSegment, LastOrder, NoneOf
from linecrm_desktop.segments.speaking import Names
from linecrm_desktop.settings.limits import LIMITS, Limits
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.segments.nobody import why_nobody
from linecrm_desktop.views.segments.numbers_panel import NumbersPanel
from linecrm_desktop.views.segments.overlap_part import FOLDED, OverlapPart
from linecrm_desktop.views.segments.reading import Shared
from linecrm_desktop.views.segments.size_part import size_checks
from linecrm_desktop.views.segments.view import SegmentsView
from linecrm_desktop.views.segments.why_dialog import WhyDialog
from tests.maker import Maker
from tests.views.settling import settle


@pytest.fixture
def tags(database: Database, make: Maker) -> dict[str, int]:
    """Thirty friends: all carry Wide, ten of them Few, nobody Empty; ten were told what their data is used for."""
    with database.write() as session:
        found = {name: make.tag(session, name, TagType.INTEREST) for name in ("Wide", "Few", "Empty")}
        for number in range(30):
            told = Answer.YES if number < 10 else Answer.UNKNOWN
            friend = make.friend(session, name=f"Friend {number}", informed=told, is_blocked=number == 0)
            make.give(session, found["Wide"], friend)
            if number < 10:
                make.give(session, found["Few"], friend)
        for name in ("Few", "Empty"):
            library.save(session, SegmentDraft(name, "Whom to tell", AllOf((HasTag((found[name],)),))), make.now)
        shop = session.scalars(select(Shop)).one()
        shop.country, shop.plan, shop.line_limit, shop.line_used, shop.line_reach = "TW", "high", 6000, 5990, 40
        return found


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> SegmentsView:
    made = SegmentsView(desk)
    made.resize(1300, 900)
    qtbot.addWidget(made)
    made.show()
    return made


def _child(of: Any, kind: Any, name: str) -> Any:
    found = of.findChild(kind, name)
    assert found is not None, name
    return found


def _until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=10_000)


def _build(view: SegmentsView, qtbot: QtBot, *rules: Any) -> NumbersPanel:
    """Put rules into a new segment and wait for its numbers."""
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    for rule in rules:
        view.builder.rules.put(rule)
    _until(qtbot, lambda: view.builder.numbers.state.text().startswith("counted in "))
    return view.builder.numbers


def _checks(panel: NumbersPanel) -> dict[str, str]:
    labels = {one.objectName(): one.text() for one in panel.sizes.findChildren(QLabel)}
    return {name.removeprefix("size_"): text for name, text in labels.items() if name.startswith("size_")}


def _overlaps(panel: NumbersPanel) -> list[tuple[str, str]]:
    return [(row.name.text(), row.said.text()) for row in panel.overlaps.rows]


def test_cost_stands_beside_that_of_a_broadcast(view: SegmentsView, qtbot: QtBot, tags: dict[str, int]) -> None:
    panel = _build(view, qtbot, HasTag((tags["Wide"],)))
    assert panel.costs.text("costMessages") == ("29", "40")
    assert panel.costs.text("costInside") == ("10", "10")
    assert panel.costs.text("costExtra") == ("NT$3.80", "NT$6")
    assert panel.costs.text("costLeft") == ("0", "0")


def test_every_use_of_a_segment_says_whether_it_is_large_enough(
    view: SegmentsView, qtbot: QtBot, tags: dict[str, int]
) -> None:
    assert _checks(_build(view, qtbot, HasTag((tags["Wide"],)))) == {
        "send": "To send: 29, needs 1",
        "split": "To split in A and B: 13 each, needs 200",
        "opens": "To see opens per variant: LINE needs 20 openers",
        "share": "To share as an audience: 10, needs 100",
        "verySmall": "Very small. Start wider, and add one condition at a time.",
    }


@pytest.mark.parametrize(
    ("share", "tone", "said"),
    [
        (Share(shared=445, uninformed=41), "warn", "allowed, 41 not informed"),
        (Share(shared=486), "good", "486, needs 100"),
        (Share(shared=46), "warn", "46, needs 100"),
        (Share(shared=486, asks_for="Skin"), "bad", "not allowed, it asks for the sensitive tag “Skin”"),
        (Share(shared=486, rare="Market"), "warn", "too narrow, “Market” has fewer than 20 friends"),
    ],
)
def test_what_keeps_a_segment_from_being_shared_is_said(share: Share, tone: str, said: str) -> None:
    found = next(check for check in size_checks(486, share, LIMITS) if check.key == "share")
    assert (found.tone, found.sentence) == (tone, f"To share as an audience: {said}")


def test_the_sizes_are_those_of_the_shop(qtbot: QtBot) -> None:
    found = size_checks(
        486, Share(shared=445), Limits(send=500, split=10, share=500, very_small=1000, shown_by_line=300)
    )
    assert [(check.tone, check.sentence.rpartition(" needs ")[2]) for check in found[:4]] == [
        ("warn", "500"),
        ("good", "10"),
        ("warn", "300 openers"),
        ("warn", "500"),
    ]
    assert size_checks(486, Share(), LIMITS)[1].sentence == "To split in A and B: 219 each, needs 200"


def test_every_other_segment_is_shown_with_its_share_of_those_who_can_be_reached(
    view: SegmentsView, qtbot: QtBot, tags: dict[str, int], database: Database, make: Maker
) -> None:
    with database.write() as session:
        broken = library.save(session, SegmentDraft("Broken", "x", AllOf((HasTag((tags["Wide"],)),))), make.now)
        session.get_one(Segment, broken).rule = codec.to_json(AllOf((InSegment(999),)))
    panel = _build(view, qtbot, HasTag((tags["Wide"],)))
    assert _overlaps(panel) == [("Few", "9 · 31%"), ("Empty", "0 · 0%"), ("Broken", "—")]
    assert panel.overlap_of.text() == "of these 29"
    assert panel.overlaps.sentence.text() == "31% are already in “Few”."


def test_the_segment_that_is_open_does_not_overlap_itself(
    view: SegmentsView, qtbot: QtBot, tags: dict[str, int], database: Database
) -> None:
    with database.read() as session:
        few = next(row.id for row in library.all_segments(session) if row.name == "Few")
    view.open(few)
    _until(qtbot, lambda: view.builder.numbers.reach.text() == "9 can be reached")
    assert _overlaps(view.builder.numbers) == [("Empty", "0 · 0%")]
    assert view.builder.numbers.overlaps.sentence.text() == "No other segment has these friends."


def test_an_overlap_opens_who_is_in_both_by_keyboard(view: SegmentsView, qtbot: QtBot, tags: dict[str, int]) -> None:
    panel = _build(view, qtbot, HasTag((tags["Wide"],)))
    few, empty = panel.overlaps.rows
    assert empty.focusPolicy() == Qt.FocusPolicy.NoFocus
    few.setFocus()
    qtbot.keyClick(few, Qt.Key.Key_Space)
    _until(qtbot, lambda: view.findChild(WhyDialog) is not None)
    dialog = _child(view, WhyDialog, "whyDialog")
    assert dialog.windowTitle() == "9 friends are in “Few” too"
    assert _child(dialog, QListWidget, "whyPeople").count() == 9
    settle(view._desk, qtbot)


def test_a_long_list_of_overlaps_is_folded(qtbot: QtBot) -> None:
    part = OverlapPart()
    qtbot.addWidget(part)
    part.show_overlaps([Shared(n, f"Segment {n}", 20 - n) for n in range(FOLDED + 4)], 20)
    part.show()
    assert sum(row.isVisible() for row in part.rows) == FOLDED
    assert part.all_button.text() == "Show all 12 segments"
    qtbot.mouseClick(part.all_button, Qt.MouseButton.LeftButton)
    assert all(row.isVisible() for row in part.rows)
    assert part.all_button.text() == "Show fewer"


def test_when_nobody_matches_the_row_that_takes_most_away_is_named(
    view: SegmentsView, qtbot: QtBot, tags: dict[str, int]
) -> None:
    rules = HasTag((tags["Wide"],)), HasTag((tags["Few"],)), HasTag((tags["Empty"],))
    panel = _build(view, qtbot, *rules)
    assert panel.nobody.words.text() == "No friend matches. The row that removes the most: have Few (−20)"
    assert panel.reach.text() == "0 can be reached"


def test_the_row_that_takes_most_away_is_found_in_every_kind_of_group() -> None:
    a, b, c = HasTag((1,)), HasTag((2,)), AnyOf((HasTag((3,)),))
    names = Names(tags={1: "A", 2: "B", 3: "C"})

    def why(rule: AllOf | AnyOf | NoneOf, *counts: int, everybody: int = 50) -> str:
        return why_nobody(rule, {(place,): count for place, count in enumerate(counts)}, everybody, names, "TWD")

    assert why(AllOf((a, b)), 0, 0).endswith("have A (−50)")
    assert why(AllOf((a, b, c)), 40, 38, 0).endswith("“Friends who (at least: have C).” (−38)")
    assert why(NoneOf((a, b)), 20, 45).endswith("have B (−45)")
    assert why(AnyOf((a, b)), 0, 0) == "No friend matches any of the rows."
    assert why(AllOf((a,)), 0, everybody=0) == "There are no friends yet."


@pytest.mark.parametrize("language", ["en", "zh_TW", "ja", "th"])
def test_larger_text_makes_the_panel_wider_and_cuts_nothing(
    view: SegmentsView, qtbot: QtBot, tags: dict[str, int], choices: Choices, language: str
) -> None:
    panel = _build(view, qtbot, HasTag((tags["Wide"],)))
    choices.choose(language=language, text_size=130)
    view.retranslate()
    settle(view._desk, qtbot)
    qtbot.waitUntil(lambda: panel.viewport().width() >= panel._inner.minimumSizeHint().width())
    assert panel._inner.width() == panel.viewport().width()


def _shows_nothing(view: SegmentsView, reason: str) -> bool:
    panel = view.builder.numbers
    row = view.builder.rules.findChild(QLabel, "ruleCount_0")
    shown = (panel.reach.text(), view.builder.sample.title.text(), row.text() if row else "")
    return panel.reason.words.text() == reason and not panel.figures.isVisible() and shown == ("", "", "")


def test_rules_that_are_not_complete_take_every_number_away(
    view: SegmentsView, qtbot: QtBot, tags: dict[str, int]
) -> None:
    panel = _build(view, qtbot, HasTag((tags["Wide"],)))
    assert panel.figures.isVisible() and view.builder.sample.why.isVisible()
    view.builder.rules.put(HasTag(()))
    _until(qtbot, lambda: _shows_nothing(view, "Nothing to count until every rule is complete."))
    assert not view.builder.sample.why.isVisible()
    assert panel.state.text() == ""


def test_a_count_that_fails_leaves_no_number(view: SegmentsView, qtbot: QtBot, tags: dict[str, int]) -> None:
    _build(view, qtbot, HasTag((tags["Wide"],)))
    view.builder.rules.put(InSegment(999))
    _until(qtbot, lambda: _shows_nothing(view, view.builder.numbers.reason.words.text()))
    assert view.builder.numbers.reason.words.text()


def test_another_segment_does_not_show_the_numbers_of_the_one_before(
    view: SegmentsView, qtbot: QtBot, tags: dict[str, int]
) -> None:
    _build(view, qtbot, HasTag((tags["Wide"],)))
    view.builder.open(SegmentDraft("Other", "x", AllOf((LastOrder(60),))), None)
    assert _shows_nothing(view, "")
    settle(view._desk, qtbot)


def test_while_counting_the_old_numbers_stay_and_are_pale(
    view: SegmentsView, qtbot: QtBot, tags: dict[str, int]
) -> None:
    panel = _build(view, qtbot, HasTag((tags["Wide"],)))
    panel.show_counting()
    assert not panel.is_pale
    _until(qtbot, lambda: panel.is_pale)
    assert panel.state.text() == "Counting…"
    assert panel.reach.text() == "29 can be reached" and panel.figures.isVisible()
    view.builder.count()
    _until(qtbot, lambda: not panel.is_pale)
    assert panel.state.text().startswith("counted in ")


def test_a_count_that_takes_long_can_be_stopped(view: SegmentsView, qtbot: QtBot, tags: dict[str, int]) -> None:
    panel = _build(view, qtbot, HasTag((tags["Wide"],)))
    panel._offer_stop.setInterval(1)
    panel.show_counting()
    stop = _child(panel, QPushButton, "stopCounting")
    _until(qtbot, stop.isVisible)
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    settle(view._desk, qtbot)
    assert _shows_nothing(view, "Counting was stopped. The next change counts again.")
    assert not stop.isVisible()
