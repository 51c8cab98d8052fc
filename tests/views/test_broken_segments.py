"""The screens of a shop in which one segment cannot be read: it says so, and everything else works."""

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag, InSegment
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.messages import facts
from linecrm_desktop.views.segments.reading import numbers
from linecrm_desktop.views.segments.table_model import Column
from linecrm_desktop.views.segments.view import SegmentsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import settle

pytestmark = pytest.mark.files  # a server refuses what is no JSON


@pytest.fixture
def saved(database: Database, make: Maker) -> dict[str, int]:
    """Sixty friends with a tag; a sound segment, one that cannot be read, and one that uses it."""
    with database.write() as session:
        tag = make.tag(session, "Serum")
        for _friend in range(60):
            make.give(session, tag, make.friend(session))
        rules = {"Sound": AllOf((HasTag((tag,)),)), "Odd": AllOf((HasTag((tag,)),)), "User": AllOf((InSegment(2),))}
        found = {name: library.save(session, SegmentDraft(name, "x", rule), make.now) for name, rule in rules.items()}
        session.execute(text('UPDATE segment SET rule = \'{"version": 1, "kind": "mart\' WHERE name = \'Odd\''))
    return found


def test_the_list_shows_it_and_counts_the_others(
    desk: Desk, qtbot: QtBot, saved: dict[str, int], dialogs: RecordingDialogs
) -> None:
    view = SegmentsView(desk)
    qtbot.addWidget(view)
    view.show()
    view.show_place(Place(Page.SEGMENTS))
    settle(desk, qtbot)
    shown = view.list.table.shown
    rows = {shown.index(row, 0).data(): row for row in range(shown.rowCount())}
    matches = {name: shown.index(row, Column.MATCH).data() for name, row in rows.items()}
    assert matches == {"Sound": "60", "Odd": "—", "User": "—"}
    assert shown.index(rows["Odd"], Column.HEALTH).data().startswith("Rules not complete")
    assert dialogs.errors == []
    view.open(saved["Odd"])
    settle(desk, qtbot)
    assert view.builder.frame.name.text() == "Odd"
    assert view.builder.draft.rule == AllOf()
    assert dialogs.errors == []


def test_another_segment_is_built_and_compared_with_the_readable_ones(
    database: Database, desk: Desk, saved: dict[str, int]
) -> None:
    with database.read() as session:
        draft = library.load(session, saved["Sound"])
        found = numbers(session, draft, desk.day(), desk.now())
    assert found.reach.match == 60
    assert [(shared.name, shared.both) for shared in found.overlaps] == [("Sound", 60), ("Odd", None), ("User", None)]


def test_the_composer_opens_a_message_for_it(database: Database, desk: Desk, saved: dict[str, int]) -> None:
    with database.read() as session:
        found = facts.read(session, Brief(saved["Odd"]).segment_id, desk.day(), desk.now())
    assert [choice.name for choice in found.segments] == ["Odd", "Sound", "User"]
    assert found.reach is None
