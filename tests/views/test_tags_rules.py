"""Rules that give a tag: made from a segment, opened, removed, and run after it was said who gains and who loses."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QLabel, QListWidget, QTableWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.rules_dialog import RulesDialog
from linecrm_desktop.views.tags.run_dialog import RunDialog
from linecrm_desktop.views.tags.view import TagsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.painting import settle
from tests.views.tag_screen import Toasts, find, go_to, part, press, said, shown


@pytest.fixture
def ids(database: Database, make: Maker) -> SimpleNamespace:
    """Mei and Bo carry Serum and are in the segment; Amy got Fan by a rule, Tina by hand."""
    with database.write() as session:
        serum, fan = make.tag(session, "Serum"), make.tag(session, "Fan", TagType.ENGAGEMENT)
        mei, bo, amy, tina = (make.friend(session, name=name) for name in ("Mei", "Bo", "Amy", "Tina"))
        for friend in (mei, bo):
            make.give(session, serum, friend)
        make.give(session, fan, amy, TagOrigin.RULE)
        make.give(session, fan, tina, TagOrigin.HAND)
        rule = AllOf((HasTag((serum,)),))
        segment = library.save(session, SegmentDraft("Serum buyers", "x", rule), make.now)
        of_fans = library.save(session, SegmentDraft("Fans", "x", AllOf((HasTag((fan,)),))), make.now)
    return SimpleNamespace(serum=serum, fan=fan, segment=segment, fans=of_fans)


@pytest.fixture
def view(desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> Iterator[TagsView]:
    yield from shown(desk, qtbot)


def rules_dialog(view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> RulesDialog:
    go_to(view, ids.fan, Column.TAG, qtbot)
    settle(desk, qtbot)
    press(view, "tagRulesOpen", qtbot)
    settle(desk, qtbot)
    return find(view, RulesDialog, "tagRulesDialog")


def add(dialog: RulesDialog, segment: int, desk: Desk, qtbot: QtBot) -> None:
    dialog.segment.setCurrentIndex(dialog.segment.findData(segment))
    press(dialog, "tagRuleAdd", qtbot)
    settle(desk, qtbot)


def test_a_rule_is_made_from_a_segment_and_opens_it(
    view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    dialog = rules_dialog(view, desk, ids, qtbot)
    assert not part(dialog, "tagRuleAdd").isEnabled()
    assert find(dialog, QLabel, "tagRulesNone").isVisible()
    add(dialog, ids.segment, desk, qtbot)
    assert find(dialog, QLabel, "tagRulesNone").isHidden()
    rules = find(dialog, QListWidget, "tagRules")
    assert rules.item(0).text().startswith("Serum buyers\nFriends who are in the segment Serum buyers")
    assert find(view, QLabel, "tagOrigin").text().startswith("Rule: Serum buyers")
    with qtbot.waitSignal(view.asked_for) as asked:
        press(dialog, "tagRuleOpen", qtbot)
    assert asked.args == [Place(Page.SEGMENTS, ids.segment)]
    desk.undo.undo()
    settle(desk, qtbot)
    assert "Rule" not in find(view, QLabel, "tagOrigin").text()


def test_a_removed_rule_comes_back_with_undo(view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> None:
    dialog = rules_dialog(view, desk, ids, qtbot)
    add(dialog, ids.segment, desk, qtbot)
    press(dialog, "tagRuleRemove", qtbot)
    settle(desk, qtbot)
    assert find(dialog, QListWidget, "tagRules").count() == 0
    desk.undo.undo()
    settle(desk, qtbot)
    dialog.read()
    settle(desk, qtbot)
    assert find(dialog, QListWidget, "tagRules").count() == 1


def test_a_rule_that_asks_for_its_own_tag_is_refused(
    view: TagsView, desk: Desk, ids: SimpleNamespace, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    dialog = rules_dialog(view, desk, ids, qtbot)
    add(dialog, ids.fans, desk, qtbot)
    assert [str(error) for error in dialogs.errors] == ["The rule asks for the very tag that it gives, “Fan”."]
    assert find(dialog, QListWidget, "tagRules").count() == 0


def test_running_says_first_who_gains_and_who_loses(
    view: TagsView, desk: Desk, ids: SimpleNamespace, toasts: Toasts, qtbot: QtBot
) -> None:
    dialog = rules_dialog(view, desk, ids, qtbot)
    add(dialog, ids.segment, desk, qtbot)
    press(dialog, "tagRulesRun", qtbot)
    settle(desk, qtbot)
    run = find(view, RunDialog, "tagRunDialog")
    assert find(run, QLabel, "tagRunSaid").text() == "Tags put on: 2. Tags taken off: 1."
    table = find(run, QTableWidget, "tagRunTable")
    cells = [table.item(0, column) for column in range(4)]
    assert [cell.text() if cell else "" for cell in cells] == ["Fan", "2", "1", "—"]
    people = find(run, QListWidget, "tagRunPeople")
    assert [people.item(row).text() for row in range(people.count())] == [
        "Mei gains it",
        "Bo gains it",
        "Amy loses it",
    ]
    assert said(view, ids.fan)[Column.FRIENDS] == "2"
    press(run, "tagRunYes", qtbot)
    settle(desk, qtbot)
    assert said(view, ids.fan)[Column.FRIENDS] == "3"
    assert toasts[-1][0] == "The rules were applied to all friends."
    desk.undo.undo()
    settle(desk, qtbot)
    assert said(view, ids.fan)[Column.FRIENDS] == "2"


def test_without_anything_to_do_nothing_can_be_run(
    view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    press(rules_dialog(view, desk, ids, qtbot), "tagRulesRun", qtbot)
    settle(desk, qtbot)
    run = find(view, RunDialog, "tagRunDialog")
    assert find(run, QLabel, "tagRunSaid").text() == "Every friend has the right tags already."
    assert not part(run, "tagRunYes").isEnabled()
