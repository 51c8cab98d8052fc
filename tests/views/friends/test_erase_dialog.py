"""Erasing somebody in the window: what is said before, the number typed, the proof after, and coming back."""

from types import SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from linecrm_desktop.consent import ledger
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.erase_dialog import EraseDialog
from linecrm_desktop.views.friends.add_dialog import AddFriendDialog
from linecrm_desktop.views.friends.view import FriendsView
from tests.views.friends.screen import part
from tests.views.settling import settle


def _said(dialog: EraseDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


def _opened(view: FriendsView, desk: Desk, friend: int, qtbot: QtBot) -> EraseDialog:
    view.detail.show_friend(friend)
    settle(desk, qtbot)
    view.detail.erase_asked.emit()
    settle(desk, qtbot)
    dialog = view.findChild(EraseDialog, "eraseDialog")
    assert dialog is not None
    return dialog


def _is_there(database: Database, friend: int) -> bool:
    with database.read() as session:
        return session.get(Friend, friend) is not None


def test_cancel_is_the_default_and_the_number_has_to_be_typed(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    dialog = _opened(view, desk, ids.tina, qtbot)
    assert "What goes" in _said(dialog) and "What cannot be reached" in _said(dialog)
    assert dialog.no.isDefault() and not dialog.yes.isEnabled()
    type_into(dialog.typed, "something else")
    assert not dialog.yes.isEnabled()
    qtbot.mouseClick(part(dialog, "eraseCancel"), Qt.MouseButton.LeftButton)
    assert _is_there(database, ids.tina)


def test_erased_she_is_out_of_the_list_and_nothing_earlier_can_be_undone(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    view.actions_.add_tag(ids.serum, "Serum", [ids.tina, ids.bo, ids.amy])
    settle(desk, qtbot)
    dialog = _opened(view, desk, ids.tina, qtbot)
    with database.read() as session:
        before = session.scalar(select(func.count()).select_from(Friend)) or 0
        number = session.get_one(Friend, ids.tina).member_number or ""
    type_into(dialog.typed, number)
    qtbot.mouseClick(part(dialog, "eraseYes"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert not _is_there(database, ids.tina)
    assert "This person is erased." in _said(dialog)
    assert "Nothing of this person is left in the shop file." in _said(dialog)
    assert "Searched for" in _said(dialog)
    assert not desk.undo.canUndo()
    assert len(view.table.listed()) == before - 1
    qtbot.mouseClick(part(dialog, "eraseCancel"), Qt.MouseButton.LeftButton)


def test_by_hand_she_comes_in_again_only_with_how_we_know(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    dialog = _opened(view, desk, ids.tina, qtbot)
    with database.read() as session:
        number = session.get_one(Friend, ids.tina).member_number or ""
    type_into(dialog.typed, number)
    qtbot.mouseClick(part(dialog, "eraseYes"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    qtbot.mouseClick(part(view, "addFriend"), Qt.MouseButton.LeftButton)
    adding = view.findChild(AddFriendDialog, "addFriendDialog")
    assert adding is not None
    for name, typed in (("newName", "Tina"), ("newMember", number)):
        field = adding.findChild(QLineEdit, name)
        assert field is not None
        type_into(field, typed)
    qtbot.mouseClick(part(adding, "addFriendYes"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert "This person asked to be erased on" in adding.trouble.words.text()
    assert adding.came_back.isVisibleTo(adding)
    type_into(adding.came_back, "signed the card")
    qtbot.mouseClick(part(adding, "addFriendYes"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    with database.read() as session:
        friend = session.scalars(select(Friend.id).where(Friend.member_number == number)).one()
        assert "signed the card" in ledger.entries(session, friend)[0].evidence
