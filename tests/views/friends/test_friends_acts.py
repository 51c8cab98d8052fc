from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from linecrm_desktop.consent import ledger
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.friends.columns import Column
from linecrm_desktop.views.friends.view import FriendsView
from tests.recording_dialogs import RecordingDialogs
from tests.views.friends.screen import Toasts, carriers, names, part, picker, press, said
from tests.views.painting import settle


def test_a_tag_for_many_is_one_step_that_can_be_taken_back(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, database: Database, toasts: Toasts, qtbot: QtBot
) -> None:
    before = carriers(database, ids.serum)
    press(view, 0, Column.CHECK, qtbot)
    qtbot.mouseClick(part(view, "selectAll"), Qt.MouseButton.LeftButton)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_T)
    settle(desk, qtbot)
    dialog = picker(view, qtbot)
    field = dialog.findChild(QLineEdit, "tagSearch")
    assert field is not None
    type_into(field, "serum")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert [friend for friend, *_rest in carriers(database, ids.serum)] == [ids.tina, ids.bo, ids.amy]
    text, undo = toasts[-1]
    assert text == "Added “Serum” to 1 friend."
    assert desk.undo.undoText() == "add tag “Serum” to 1 friend"
    after = carriers(database, ids.serum)
    assert undo is not None
    undo()
    settle(desk, qtbot)
    assert carriers(database, ids.serum) == before
    desk.undo.redo()
    settle(desk, qtbot)
    assert carriers(database, ids.serum) == after


def test_a_tag_of_an_exclusive_group_takes_the_place_of_the_other_in_one_step(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, database: Database, toasts: Toasts, qtbot: QtBot
) -> None:
    with database.write() as session:
        session.get_one(Tag, ids.serum).exclusive_group = "Stage"
        made = library.create(session, TagDraft("Night cream", TagType.STAGE, exclusive_group="stage"), desk.now())
    before = carriers(database, ids.serum)
    view.actions_.add_tag(made, "Night cream", [ids.tina, ids.bo, ids.amy])
    settle(desk, qtbot)
    assert len(carriers(database, made)) == 3 and carriers(database, ids.serum) == []
    said = "Added “Night cream” to 3 friends. Of its group a friend has one tag only, so “Serum” went."
    assert toasts[-1][0] == said
    assert desk.undo.undoText() == "add tag “Night cream” to 3 friends in place of “Serum”"
    desk.undo.undo()
    settle(desk, qtbot)
    assert (carriers(database, ids.serum), carriers(database, made)) == (before, [])
    desk.undo.redo()
    settle(desk, qtbot)
    desk.undo.undo()
    settle(desk, qtbot)
    assert (carriers(database, ids.serum), carriers(database, made)) == (before, [])


def test_a_tag_taken_away_comes_back_with_its_origin_and_date(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, database: Database, toasts: Toasts, qtbot: QtBot
) -> None:
    before = carriers(database, ids.serum)
    press(view, 0, Column.CHECK, qtbot)
    qtbot.mouseClick(part(view, "selectAll"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part(view, "removeTag"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    dialog = picker(view, qtbot)
    tags = dialog.findChild(QTreeWidget, "tagList")
    assert tags is not None
    assert tags.topLevelItemCount() == 1, "only tags that the chosen friends carry are offered"
    group = tags.topLevelItem(0)
    assert group is not None
    item = group.child(0)
    assert item is not None
    assert (item.text(0), item.text(1)) == ("Serum", "2")
    tags.setCurrentItem(item)
    qtbot.mouseClick(part(dialog, "pickTag"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert carriers(database, ids.serum) == []
    assert toasts[-1][0] == "Removed “Serum” from 2 friends."
    desk.undo.undo()
    settle(desk, qtbot)
    assert carriers(database, ids.serum) == before


def test_a_new_tag_can_be_made_by_typing(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, database: Database, toasts: Toasts, qtbot: QtBot
) -> None:
    qtbot.mouseClick(part(view, "detailAddTag"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    dialog = picker(view, qtbot)
    field, type = dialog.findChild(QLineEdit, "tagSearch"), dialog.findChild(QComboBox, "newTagType")
    assert field is not None
    assert type is not None
    type_into(field, "松菸市集")
    type.setCurrentIndex(list(TagType).index(TagType.SOURCE))
    qtbot.mouseClick(part(dialog, "pickTag"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    with database.read() as session:
        tag = session.scalars(select(Tag).where(Tag.name == "松菸市集")).one()
        assert tag.type is TagType.SOURCE
        assert list(session.scalars(select(FriendTag.friend_id).where(FriendTag.tag_id == tag.id))) == [ids.tina]
    assert toasts[-1][0] == "Added “松菸市集” to 1 friend."


def refusal(view: FriendsView, desk: Desk, qtbot: QtBot) -> QDialog:
    qtbot.mouseClick(part(view, "detailRefusal"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    dialog = view.findChild(QDialog, "refusalDialog")
    assert dialog is not None
    return dialog


def test_a_refusal_asks_how_we_know_and_cannot_be_undone(
    view: FriendsView,
    desk: Desk,
    ids: SimpleNamespace,
    database: Database,
    dialogs: RecordingDialogs,
    toasts: Toasts,
    qtbot: QtBot,
) -> None:
    dialog = refusal(view, desk, qtbot)
    note = dialog.findChild(QLineEdit, "refusalNote")
    assert note is not None
    type_into(note, "please stop")
    qtbot.mouseClick(part(dialog, "refusalYes"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    with database.read() as session:
        assert session.get_one(Friend, ids.tina).marketing is Marketing.REFUSED
        assert ledger.entries(session, ids.tina)[0].evidence == "Said in the chat: please stop"
    assert toasts[-1][1] is None
    assert not desk.undo.canUndo()
    assert view.model.index(0, Column.CONSENT).data() == "Refused"
    assert said(view, "marketing") == "Marketing <b>refused</b>"
    dialogs.written = "it was somebody else"
    view.detail.correction_asked.emit()
    settle(desk, qtbot)
    with database.read() as session:
        assert session.get_one(Friend, ids.tina).marketing is Marketing.UNKNOWN


def test_nothing_is_recorded_when_the_dialog_is_left(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    qtbot.mouseClick(part(refusal(view, desk, qtbot), "refusalCancel"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    with database.read() as session:
        assert session.get_one(Friend, ids.tina).marketing is Marketing.UNKNOWN


def test_a_friend_can_be_added_and_taken_back(
    view: FriendsView, desk: Desk, database: Database, toasts: Toasts, qtbot: QtBot
) -> None:
    qtbot.mouseClick(part(view, "addFriend"), Qt.MouseButton.LeftButton)
    dialog = view.findChild(QDialog, "addFriendDialog")
    assert dialog is not None
    name, phone = (dialog.findChild(QLineEdit, field) for field in ("newName", "newPhone"))
    assert name is not None
    assert phone is not None
    type_into(name, "王詩涵")
    type_into(phone, "12")
    qtbot.mouseClick(part(dialog, "addFriendYes"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    trouble = dialog.findChild(QWidget, "addTrouble")
    assert trouble is not None
    assert trouble.isVisible()
    assert said(trouble, "bannerText").startswith("This is not a phone number.")
    phone.clear()
    qtbot.mouseClick(part(dialog, "addFriendYes"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert "王詩涵" in names(view)
    assert toasts[-1][0] == "Added 王詩涵."
    desk.undo.undo()
    settle(desk, qtbot)
    assert "王詩涵" not in names(view)
    desk.undo.redo()
    settle(desk, qtbot)
    assert "王詩涵" in names(view)


def test_a_friend_is_corrected_and_that_is_taken_back(
    view: FriendsView, desk: Desk, toasts: Toasts, qtbot: QtBot
) -> None:
    view.detail.edit_asked.emit()
    settle(desk, qtbot)
    dialog = view.findChild(QDialog, "editFriendDialog")
    assert dialog is not None
    name, email = (dialog.findChild(QLineEdit, field) for field in ("editName", "editEmail"))
    assert name is not None and email is not None and name.text() == "林雅婷 Tina"
    name.clear()
    type_into(name, "林雅婷")
    email.clear()
    type_into(email, "tina@")
    qtbot.mouseClick(part(dialog, "editYes"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    trouble = dialog.findChild(QWidget, "editTrouble")
    assert trouble is not None
    assert trouble.isVisible() and "tina@" in said(trouble, "bannerText")
    type_into(email, "example.org")
    qtbot.mouseClick(part(dialog, "editYes"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert names(view)[0] == "林雅婷"
    assert said(view, "emailOrigin").startswith("by hand, ")
    assert toasts[-1][0] == "Corrected 林雅婷."
    desk.undo.undo()
    settle(desk, qtbot)
    assert names(view)[0] == "林雅婷 Tina"


def test_without_a_purpose_no_list_is_written(
    view: FriendsView, desk: Desk, dialogs: RecordingDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    dialogs.path, dialogs.what_for = tmp_path / "out.csv", None
    press(view, 0, Column.CHECK, qtbot)
    qtbot.mouseClick(part(view, "exportFriends"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert dialogs.offered == [] and not dialogs.path.exists()


def test_chosen_friends_are_exported(
    view: FriendsView, desk: Desk, dialogs: RecordingDialogs, toasts: Toasts, tmp_path: Path, qtbot: QtBot
) -> None:
    dialogs.path = tmp_path / "out.csv"
    press(view, 0, Column.CHECK, qtbot)
    qtbot.mouseClick(part(view, "exportFriends"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert dialogs.offered == ["friends_2026-11-12"]
    written = dialogs.path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").splitlines()[1].startswith("林雅婷 Tina,M-20418,0912-345-678")
    assert toasts[-1][0] == "Wrote 1 friend to “out.csv”."
