"""Findings that have no step of their own, decided by keys, seen in the review, applied and taken back."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from linecrm_desktop.audit import applying
from linecrm_desktop.audit.ways import Way
from linecrm_desktop.models.field import Field, FriendField
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagRow
from linecrm_desktop.tags.relations import relations
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.audit import state as steps
from linecrm_desktop.views.tags.audit.more_findings import MoreFindings
from linecrm_desktop.views.tags.audit.wizard import AuditView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.painting import settle
from tests.views.settling import WAIT

TELLING = "Friends who came to the summer fair"


@pytest.fixture
def tags(database: Database, make: Maker) -> dict[str, int]:
    """Tags with one fault each: two that exclude one another, one that is two, a long name, a phone, no owner."""
    with database.write() as session:
        friends = [make.friend(session, name=f"Friend {n}") for n in range(400)]
        skin = Field(name="Skin", name_key="skin", created_at=make.now)
        session.add(skin)
        session.flush()
        for at, friend in enumerate(friends[:120]):
            value = ("Dry", "Oily")[at % 2]
            session.add(FriendField(field_id=skin.id, friend_id=friend, text=value, since=make.now))
        good = {"helps_decide": "Whom to write to", "owner": "Amy", "created_at": make.ago(40)}
        wanted = {
            "已購": (TagType.STAGE, good, friends[:60]),
            "未購": (TagType.STAGE, good, friends[55:130]),
            "Creams": (TagType.INTEREST, good, friends[:120]),
            TELLING: (TagType.ENGAGEMENT, good, friends[150:210]),
            "Ms Lin 0912-345-678": (TagType.NONE, good, friends[210:270]),
            "Lutes": (TagType.INTEREST, {**good, "owner": ""}, friends[270:330]),
            "Zithers": (TagType.INTEREST, {**good, "owner": ""}, friends[330:390]),
            "糖尿病": (TagType.VALUE, good, friends[140:200]),
        }
        made = {name: make.tag(session, name, type, **told) for name, (type, told, _who) in wanted.items()}
        for at, (name, (_type, _told, who)) in enumerate(wanted.items()):
            for friend in who:
                make.give(session, made[name], friend, TagOrigin.IMPORT, since=make.ago(9 - at))
        return made


@pytest.fixture
def view(desk: Desk, qtbot: QtBot, tags: dict[str, int]) -> Iterator[AuditView]:
    shown = AuditView(desk)
    shown.resize(1240, 840)
    qtbot.addWidget(shown)
    shown.show()
    shown.show_place(Place(Page.AUDIT))
    qtbot.waitUntil(lambda: bool(shown.note.text()), timeout=WAIT)
    settle(desk, qtbot)
    yield shown
    settle(desk, qtbot)


@pytest.fixture
def more(view: AuditView, qtbot: QtBot, desk: Desk) -> MoreFindings:
    qtbot.keyClick(view.findings.overview.show_others, Qt.Key.Key_Space)
    settle(desk, qtbot)
    return view.findings.more


def listed(more: MoreFindings) -> list[tuple[str, str]]:
    model = more.table.model()
    return [(str(model.index(row, 0).data()), str(model.index(row, 2).data())) for row in range(model.rowCount())]


def go_to(more: MoreFindings, name: str, part: str = "") -> None:
    model = more.table.model()
    rows = (row for row in range(model.rowCount()) if name in str(model.index(row, 0).data()))
    more.table.selectRow(next(row for row in rows if part in str(model.index(row, 1).data())))


def all_tags(database: Database) -> dict[str, TagRow]:
    with database.read() as session:
        return {tag.name: tag for tag in library.all_tags(session)}


def changes_listed(view: AuditView) -> dict[str, list[QTreeWidgetItem]]:
    tree = view.review.tree
    heads = [head for row in range(tree.topLevelItemCount()) if (head := tree.topLevelItem(row))]
    return {head.text(0): [child for row in range(head.childCount()) if (child := head.child(row))] for head in heads}


def test_every_other_finding_is_decided_by_keys_and_applied_and_taken_back(
    view: AuditView, more: MoreFindings, qtbot: QtBot, desk: Desk, database: Database, tags: dict[str, int]
) -> None:
    go_to(more, "已購")
    qtbot.keyClick(more.table, Qt.Key.Key_1)
    go_to(more, "Creams")
    assert [part.text() for part in more.panel.parts] == ["Creams Oily", "Creams Dry"]
    assert more.panel.way() == "split"
    qtbot.keyClick(more.panel.parts[1], Qt.Key.Key_Return)
    go_to(more, TELLING)
    more.panel.name.setFocus()
    more.panel.name.selectAll()
    qtbot.keyClicks(more.panel.name, "Summer fair")
    qtbot.keyClick(more.panel.name, Qt.Key.Key_Return)
    go_to(more, "Ms Lin")
    assert more.panel.name.text() == "Ms Lin"
    qtbot.keyClick(more.table, Qt.Key.Key_R)
    go_to(more, "糖尿病")
    qtbot.keyClick(more.table, Qt.Key.Key_S)
    settle(desk, qtbot)
    said = dict(listed(more))
    assert (said["已購, 未購"], said["Creams"], said[TELLING]) == ("one stays", "split", "rename: Summer fair")
    assert (said["Ms Lin 0912-345-678"], said["糖尿病"]) == ("retire", "later")
    view._go(steps.REVIEW)
    settle(desk, qtbot)
    assert set(changes_listed(view)) == {"Split", "Retire", "Rename", "Leave one of two tags"}
    assert view.next.text() == "Apply 4 changes"
    before = all_tags(database)
    qtbot.mouseClick(view.next, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    after = all_tags(database)
    assert {"Creams Dry", "Creams Oily", "Summer fair"} <= after.keys()
    assert not {"Creams", "Ms Lin 0912-345-678", TELLING} & after.keys()
    assert (before["已購"].friends, after["已購"].friends, after["未購"].friends) == (60, 55, 75)
    with database.write() as session:
        applying.take_back(session, 1, desk.now())
    assert all_tags(database) == before


def test_several_tags_get_one_owner_at_once_and_one_undo_takes_it_back(
    view: AuditView, more: MoreFindings, qtbot: QtBot, desk: Desk
) -> None:
    more.check.setCurrentIndex(more.check.findData("no_owner"))
    assert [name for name, _said in listed(more)] == ["Lutes", "Zithers"]
    more.table.selectAll()
    assert more.panel.about.text() == "2 findings are decided alike."
    assert not more.panel.take.isEnabled()
    qtbot.keyClick(more.table, Qt.Key.Key_1)
    assert more.panel.owner.hasFocus()
    qtbot.keyClicks(more.panel.owner, "Bo")
    qtbot.keyClick(more.panel.owner, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert listed(more) == [("Lutes", "owner: Bo"), ("Zithers", "owner: Bo")]
    view.undo_stack().undo()
    settle(desk, qtbot)
    assert listed(more) == [("Lutes", ""), ("Zithers", "")]


def test_what_a_decision_would_do_is_counted_before_it_is_taken(
    more: MoreFindings, qtbot: QtBot, desk: Desk, database: Database
) -> None:
    go_to(more, "已購")
    more.panel.planned.wait.timeout.emit()
    qtbot.waitUntil(lambda: more.panel.planned.is_counted, timeout=WAIT)
    assert more.panel.planned._tags.text() == "“已購” will have 55 friends; 60 now."
    go_to(more, "Lutes")
    qtbot.keyClick(more.table, Qt.Key.Key_3)
    settle(desk, qtbot)
    assert dict(listed(more))["Lutes"] == "keep"


def test_a_name_that_is_sensitive_may_stay_for_a_reason_only(
    more: MoreFindings, qtbot: QtBot, desk: Desk, database: Database
) -> None:
    go_to(more, "糖尿病")
    place = more.panel.offered().index(next(way for way in more.panel.offered() if way == "justify"))
    qtbot.keyClick(more.table, Qt.Key(Qt.Key.Key_1 + place))
    assert more.panel.lawful.hasFocus() and not more.panel.take.isEnabled()
    qtbot.keyClicks(more.panel.lawful, "asked for by the friend")
    qtbot.keyClick(more.panel.lawful, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert dict(listed(more))["糖尿病"] == "may stay"


def test_a_name_or_type_that_is_there_already_is_no_decision(more: MoreFindings, qtbot: QtBot, desk: Desk) -> None:
    go_to(more, "Creams")
    more.panel.take_way(Way.RENAME)
    assert more.panel.name.hasFocus() and not more.panel.take.isEnabled()
    more.panel.take_way(Way.RETYPE)
    assert more.panel.type.hasFocus() and not more.panel.take.isEnabled()
    more.panel.type.setCurrentIndex(more.panel.type.findData("value"))
    assert more.panel.take.isEnabled()


def test_the_review_leads_back_to_the_finding(view: AuditView, more: MoreFindings, qtbot: QtBot, desk: Desk) -> None:
    go_to(more, "Ms Lin")
    qtbot.keyClick(more.table, Qt.Key.Key_R)
    settle(desk, qtbot)
    view.findings.show_overview()
    view._go(steps.REVIEW)
    settle(desk, qtbot)
    (change,) = changes_listed(view)["Retire"]
    view.review.tree.itemActivated.emit(change, 0)
    settle(desk, qtbot)
    assert view.pages.currentIndex() == steps.FINDINGS and more.isVisible()
    assert more.table.model().index(more.table.currentRow(), 0).data() == "Ms Lin 0912-345-678"


def test_tiles_and_figures_tell_what_following_every_proposal_comes_to(
    view: AuditView, qtbot: QtBot, desk: Desk
) -> None:
    overview = view.findings.overview
    assert overview.no_owner.accessibleName() == "No owner: 2"
    qtbot.keyClick(overview.no_owner, Qt.Key.Key_Return)
    assert [name for name, _said in listed(view.findings.more)] == ["Lutes", "Zithers"]
    qtbot.mouseClick(view.findings.more.back, Qt.MouseButton.LeftButton)
    assert overview.isVisible() and overview.show_others.hasFocus()


def test_one_tag_is_put_inside_another_by_a_key(
    view: AuditView, qtbot: QtBot, desk: Desk, database: Database, tags: dict[str, int]
) -> None:
    view._go(steps.LOOKALIKES)
    settle(desk, qtbot)
    assert view.pairs.list.item(0).text().startswith("Creams and 已購\n100% overlap")
    qtbot.keyClick(view.pairs.list, Qt.Key.Key_N)
    settle(desk, qtbot)
    assert "one inside the other" in view.pairs.list.item(0).text()
    view._go(steps.REVIEW)
    settle(desk, qtbot)
    (change,) = changes_listed(view)["Declare one inside the other"]
    assert change.text(0) == "已購 inside Creams"
    qtbot.mouseClick(view.next, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    with database.write() as session:
        assert relations(session).parents == {(tags["已購"], tags["Creams"])}
        applying.take_back(session, 1, desk.now())
        assert relations(session).parents == frozenset()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_all_findings_are_saved_with_numbers_and_decisions(
    view: AuditView,
    more: MoreFindings,
    qtbot: QtBot,
    desk: Desk,
    dialogs: RecordingDialogs,
    tmp_path: Path,
    ending: str,
) -> None:
    go_to(more, "Ms Lin")
    qtbot.keyClick(more.table, Qt.Key.Key_R)
    dialogs.path = tmp_path / f"findings.{ending}"
    assert view.save.text() == "Save findings…"
    qtbot.mouseClick(view.save, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert dialogs.offered == ["tag_findings_2026-11-12"]
    if ending == "csv":
        rows = list(csv.reader(dialogs.path.read_text(encoding="utf-8-sig").splitlines()))
    else:
        (sheet,) = load_workbook(dialogs.path).worksheets
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    told = {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows if row[0] == "Tells who somebody is"}
    assert told["Ms Lin 0912-345-678"]["Friends"] == "60" and told["Ms Lin 0912-345-678"]["Decided"] == "retire"
    assert any(row[0] == "Inside another tag" and row[2] for row in rows)


def test_the_list_of_a_step_and_of_the_review_is_saved(
    view: AuditView, more: MoreFindings, qtbot: QtBot, desk: Desk, dialogs: RecordingDialogs, tmp_path: Path
) -> None:
    go_to(more, "Ms Lin")
    qtbot.keyClick(more.table, Qt.Key.Key_R)
    settle(desk, qtbot)
    for step, text in ((steps.LOOKALIKES, "Creams"), (steps.REVIEW, "Retire,Ms Lin 0912-345-678,60 friends")):
        view._go(step)
        settle(desk, qtbot)
        dialogs.path = tmp_path / f"{step}.csv"
        assert view.save.text() == "Save list…"
        qtbot.mouseClick(view.save, Qt.MouseButton.LeftButton)
        settle(desk, qtbot)
        assert text in dialogs.path.read_text(encoding="utf-8-sig")
