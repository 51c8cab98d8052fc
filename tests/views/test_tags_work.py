"""Merge, split, retire, restore and the list of changes: what will happen is counted first, and each can be undone."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import codec, library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import history
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.changes_dialog import ChangesDialog
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.merge_dialog import MergeDialog
from linecrm_desktop.views.tags.view import TagsView
from linecrm_desktop.views.tagwork.split_dialog import SplitDialog
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.painting import settle
from tests.views.tag_screen import (
    Toasts,
    act,
    choose,
    field,
    find,
    go_to,
    kept,
    listed,
    part,
    press,
    said,
    shown,
)


@pytest.fixture
def ids(database: Database, make: Maker) -> SimpleNamespace:
    """Serum on friends 1 to 20, 精華液 on 18 to 22, VIP on 1 to 5; a segment asks for 精華液."""
    with database.write() as session:
        serum = make.tag(session, "Serum", helps_decide="When to remind", owner="Amy")
        essence = make.tag(session, "精華液", helps_decide="Which texture")
        vip = make.tag(session, "VIP", TagType.VALUE)
        friends = [make.friend(session) for _number in range(22)]
        for tag, mine in ((serum, friends[:20]), (essence, friends[17:]), (vip, friends[:5])):
            for friend in mine:
                make.give(session, tag, friend, since=make.ago(1))
        rule = AllOf((HasTag((essence,)),))
        segment = library.save(session, SegmentDraft("Essence fans", "x", rule), make.now)
    return SimpleNamespace(serum=serum, essence=essence, vip=vip, segment=segment)


@pytest.fixture
def view(desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> Iterator[TagsView]:
    yield from shown(desk, qtbot)


def send(database: Database, make: Maker, tag: int, state: CampaignState) -> int:
    with database.write() as session:
        rule = codec.to_json(AllOf((HasTag((tag,)),)))
        return make.campaign(session, name="Refill", segment_rule=rule, state=state, ended_at=None)


def counted(dialog: MergeDialog | SplitDialog, desk: Desk, qtbot: QtBot) -> None:
    """Wait until what will happen is counted."""
    qtbot.waitUntil(lambda: not dialog.planned.wait.isActive())
    settle(desk, qtbot)


def merge_dialog(view: TagsView, keep: int | None, desk: Desk, qtbot: QtBot) -> MergeDialog:
    dialog = find(view, MergeDialog, "mergeDialog")
    if keep is not None:
        dialog.keep.setCurrentIndex(dialog.keep.findData(keep))
        counted(dialog, desk, qtbot)
    return dialog


def told(dialog: QWidget, name: str) -> str:
    return find(dialog, QLabel, name).text()


def rows(dialog: QWidget, name: str) -> list[list[str]]:
    table = find(dialog, QTableWidget, name)
    cells = [[table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]
    return [[cell.text() if cell else "" for cell in row] for row in cells]


def titles(database: Database) -> list[str]:
    with database.read() as session:
        return [row.title for row in history.operations(session) if row.undone_at is None]


def test_m_shows_what_a_merge_will_do_and_enter_does_it(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, toasts: Toasts, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    qtbot.keyClick(view.tree, Qt.Key.Key_M)
    dialog = merge_dialog(view, None, desk, qtbot)
    assert not part(dialog, "mergeYes").isEnabled()
    dialog = merge_dialog(view, ids.serum, desk, qtbot)
    assert (
        told(dialog, "plannedTags")
        == "“Serum” will have 22 friends; 20 now.\n“精華液” is retired; 5 friends have it now."
    )
    assert rows(dialog, "plannedSegments") == [["Essence fans", "5", "22"]]
    assert [dialog.name.itemText(row) for row in range(2)] == ["Serum", "精華液"]
    assert "Serum" in kept(database) and "精華液" in kept(database)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert list(kept(database)) == ["Serum", "VIP"]
    assert said(view, ids.serum)[Column.FRIENDS] == "22"
    assert toasts[-1][0] == "Merged 1 tag into “Serum”."
    type_into(view.panel.search, "精華")
    assert listed(view) == {"Product interest": ["Serum"]}
    desk.undo.undo()
    settle(desk, qtbot)
    assert said(view, ids.essence)[Column.FRIENDS] == "5"
    desk.undo.redo()
    settle(desk, qtbot)
    assert "精華液" not in kept(database)


def test_the_name_and_sentence_of_the_other_tag_can_be_kept(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    act(view, "tag_merge", desk, qtbot)
    dialog = merge_dialog(view, ids.serum, desk, qtbot)
    dialog.name.setCurrentIndex(1)
    dialog.decides.setCurrentIndex(1)
    find(dialog, QCheckBox, "mergeWords").click()
    counted(dialog, desk, qtbot)
    assert part(dialog, "mergeYes").text() == "Merge into “精華液”"
    press(dialog, "mergeYes", qtbot)
    settle(desk, qtbot)
    assert kept(database)["精華液"].helps_decide == "Which texture"
    assert kept(database)["精華液"].owner == "Amy"
    type_into(view.panel.search, "serum")
    assert view.panel.found == []


def test_what_cannot_be_merged_says_why_and_offers_no_button(
    view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    act(view, "tag_merge", desk, qtbot)
    dialog = merge_dialog(view, ids.serum, desk, qtbot)
    dialog.name.setEditText("VIP")
    counted(dialog, desk, qtbot)
    assert told(dialog, "bannerText") == "There is already a tag “VIP”. Use that one, or choose another name."
    assert not part(dialog, "mergeYes").isEnabled()
    press(dialog, "mergeCancel", qtbot)
    assert listed(view)["Product interest"] == ["Serum", "精華液"]


def test_a_send_that_has_not_begun_is_named_and_asked_about_again(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, make: Maker, qtbot: QtBot
) -> None:
    campaign = send(database, make, ids.essence, CampaignState.READY)
    go_to(view, ids.essence, Column.TAG, qtbot)
    act(view, "tag_merge", desk, qtbot)
    dialog = merge_dialog(view, ids.serum, desk, qtbot)
    again = find(dialog, QWidget, "plannedAgain")
    assert told(again, "bannerText") == "These sends wait until you have looked at them again: “Refill”."
    press(dialog, "mergeYes", qtbot)
    settle(desk, qtbot)
    with database.read() as session:
        assert session.get_one(Campaign, campaign).state is CampaignState.PAUSED


def test_three_tags_become_one_in_one_step(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, toasts: Toasts, qtbot: QtBot
) -> None:
    before = kept(database)
    choose(view, [ids.vip, ids.essence, ids.serum], qtbot)
    act(view, "tag_merge", desk, qtbot)
    dialog = merge_dialog(view, ids.serum, desk, qtbot)
    assert dialog.windowTitle() == "Merge 3 tags"
    assert dialog.keep.count() == 3
    press(dialog, "mergeYes", qtbot)
    settle(desk, qtbot)
    assert list(kept(database)) == ["Serum"]
    assert toasts[-1][0] == "Merged 2 tags into “Serum”."
    desk.undo.undo()
    settle(desk, qtbot)
    assert kept(database) == before


def test_a_tag_is_split_by_a_segment_and_a_tag_and_no_segment_loses_anybody(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, toasts: Toasts, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    act(view, "tag_split", desk, qtbot)
    dialog = find(view, SplitDialog, "splitDialog")
    texts = [dialog.rows[0].who.itemText(row) for row in range(dialog.rows[0].who.count())]
    assert texts[0] == "Choose who gets it…"
    serum = next(row for row, text in enumerate(texts) if text.startswith("Friends who have Serum"))
    assert any("Essence fans" in text for text in texts)
    assert not part(dialog, "splitYes").isEnabled()
    type_into(field(dialog, "splitName1"), "Both")
    dialog.rows[0].who.setCurrentIndex(serum)
    press(dialog, "splitRemove2", qtbot)
    find(dialog, QCheckBox, "splitRest").click()
    type_into(field(dialog, "splitRestName"), "Only essence")
    counted(dialog, desk, qtbot)
    assert told(dialog, "plannedTags").split("\n") == [
        "“精華液” is retired; 5 friends have it now.",
        "“Both” is new, with 3 friends.",
        "“Only essence” is new, with 2 friends.",
    ]
    assert rows(dialog, "plannedSegments") == [["Essence fans", "5", "5"]]
    press(dialog, "splitYes", qtbot)
    settle(desk, qtbot)
    assert listed(view)["Product interest"] == ["Serum", "Both", "Only essence"]
    assert kept(database)["Both"].helps_decide == "Which texture"
    assert toasts[-1][0] == "Made 2 tags from “精華液”. No segment loses anybody."
    desk.undo.undo()
    settle(desk, qtbot)
    assert listed(view)["Product interest"] == ["Serum", "精華液"]


def test_a_tag_of_a_running_send_is_not_retired(
    view: TagsView,
    desk: Desk,
    ids: SimpleNamespace,
    database: Database,
    make: Maker,
    dialogs: RecordingDialogs,
    qtbot: QtBot,
) -> None:
    send(database, make, ids.vip, CampaignState.SENDING)
    go_to(view, ids.vip, Column.TAG, qtbot)
    qtbot.keyClick(view.tree, Qt.Key.Key_Delete)
    settle(desk, qtbot)
    [error] = dialogs.errors
    assert isinstance(error, ShopError)
    assert error.sentence() == "Used by “Refill”, which is running. Pause it first."
    assert "VIP" in kept(database)


def test_retired_tags_have_a_list_of_their_own_from_which_they_come_back(
    view: TagsView, desk: Desk, ids: SimpleNamespace, toasts: Toasts, qtbot: QtBot
) -> None:
    go_to(view, ids.vip, Column.TAG, qtbot)
    act(view, "tag_retire", desk, qtbot)
    assert not view.editor.isVisible()
    press(view, "option4", qtbot)
    assert part(view.panel.filter, "option4").text() == "Retired 1"
    assert said(view, ids.vip)[Column.HEALTH] == "Retired"
    go_to(view, ids.vip, Column.TAG, qtbot)
    assert not view.editor.fields.isEnabled()
    assert not view.panel.actions_.all["merge"].isEnabled()
    qtbot.keyClick(view.tree, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle(desk, qtbot)
    assert toasts[-1][0] == "Restored 1 tag with all its friends."
    view.show_place(Place(Page.TAGS, None, "all"))
    settle(desk, qtbot)
    assert said(view, ids.vip)[Column.FRIENDS] == "5"


def test_a_merged_tag_is_not_restored_but_its_merge_is_undone(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, toasts: Toasts, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    act(view, "tag_merge", desk, qtbot)
    press(merge_dialog(view, ids.serum, desk, qtbot), "mergeYes", qtbot)
    settle(desk, qtbot)
    view.show_place(Place(Page.TAGS, ids.essence, "retired"))
    settle(desk, qtbot)
    assert said(view, ids.essence)[Column.HEALTH] == "Merged into “Serum”"
    assert not view.panel.actions_.all["restore"].isEnabled()
    assert not part(view, "tagRestore").isEnabled()
    press(view, "tagChanges", qtbot)
    settle(desk, qtbot)
    dialog = find(view, ChangesDialog, "tagChangesDialog")
    assert [row[1] for row in rows(dialog, "tagChangesTable")] == ["Merged “精華液” into “Serum”"]
    press(dialog, "tagChangeUndo", qtbot)
    settle(desk, qtbot)
    assert "精華液" in kept(database)
    assert toasts[-1][0] == "Undone: Merged “精華液” into “Serum”."
    assert rows(dialog, "tagChangesTable")[0][2] == "Undone"
    assert not part(dialog, "tagChangeUndo").isEnabled()


def test_a_change_that_cannot_be_undone_says_why(
    view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    for name in ("Face serum", "Skin serum"):
        go_to(view, ids.serum, Column.TAG, qtbot)
        field(view, "tagName").selectAll()
        type_into(field(view, "tagName"), name)
        press(view, "tagSave", qtbot)
        settle(desk, qtbot)
    press(view, "tagChanges", qtbot)
    settle(desk, qtbot)
    dialog = find(view, ChangesDialog, "tagChangesDialog")
    table = find(dialog, QTableWidget, "tagChangesTable")
    assert part(dialog, "tagChangeUndo").isEnabled()
    table.selectRow(1)
    settle(desk, qtbot)
    assert not part(dialog, "tagChangeUndo").isEnabled()
    assert told(dialog, "tagChangeReason").startswith("It cannot be undone: Undo this first: ")


def test_a_dry_run_leaves_nothing_behind(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    writes, before = database.writes, kept(database, retired=True)
    go_to(view, ids.essence, Column.TAG, qtbot)
    act(view, "tag_merge", desk, qtbot)
    press(merge_dialog(view, ids.serum, desk, qtbot), "mergeCancel", qtbot)
    assert titles(database) == []
    assert (kept(database, retired=True), database.writes) == (before, writes)
