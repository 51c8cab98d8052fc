"""The list of messages, used as a person uses it: what was sent friend by friend, copies, search, file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.messages import blocks, library
from linecrm_desktop.messages.brief import Brief, to_json
from linecrm_desktop.messages.bubbles import TextBubble
from linecrm_desktop.models.campaign import CampaignState, DeliveryState
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.messages.delivery_table import Column
from linecrm_desktop.views.messages.view import MessagesView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import settle


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    """One draft, and one send of an earlier message whose draft is gone."""
    made = serum_shop(database, make)
    with database.write() as session:
        campaign = make.campaign(
            session,
            name="Cream in June",
            segment_name="Cream buyers",
            brief=to_json(Brief(None, "They bought a cream in May.", "Tell them of the refill.")),
            bubbles=blocks.to_json((TextBubble("As it was sent"),)),
            started_at=make.ago(1),
            recipients=3,
        )
        make.delivery(session, campaign, made.friends[0], chunk=0)
        make.delivery(session, campaign, made.friends[1], chunk=0)
        make.delivery(session, campaign, made.friends[2], DeliveryState.REFUSED, chunk=0, why=str(Why.UNKNOWN_ID))
        make.campaign(session, name="Linen", state=CampaignState.STOPPED, created_at=make.ago(3))
    return made


@pytest.fixture
def view(desk: Desk, shop: SerumShop, qtbot: QtBot) -> Iterator[MessagesView]:
    shown = MessagesView(desk)
    qtbot.addWidget(shown)
    shown.resize(1240, 800)
    shown.show()
    desk.jobs.changed.connect(shown.reload)
    settle(desk, qtbot)
    yield shown
    settle(desk, qtbot)


def names(view: MessagesView) -> list[str]:
    model = view.list.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def choose(view: MessagesView, name: str) -> None:
    view.list.table.setCurrentIndex(view.list.table.model().index(names(view).index(name), 0))


def from_menu(view: MessagesView, name: str, action: str) -> None:
    """Choose an action from a row's context menu."""
    choose(view, name)
    view.list.table.customContextMenuRequested.emit(QPoint(5, 5))
    (menu,) = view.list.findChildren(QMenu)
    next(one for one in menu.actions() if one.text() == action).trigger()
    menu.close()


def test_drafts_and_sends_stand_in_one_list_with_their_numbers(view: MessagesView) -> None:
    assert names(view) == ["Serum refill", "Cream in June", "Linen"]
    texts = [button.text() for button in view.list.shown._group.buttons()]
    assert texts == ["All 3", "Drafts 1", "Scheduled 0", "Sending 0", "Sent 1", "Stopped 1"]


def test_a_search_looks_at_names_and_segments(view: MessagesView, qtbot: QtBot) -> None:
    qtbot.keyClicks(view.list.search, "cream buy")
    assert names(view) == ["Cream in June"] and not view.list.nothing.isVisible()
    qtbot.keyClicks(view.list.search, "xyz")
    assert names(view) == [] and view.list.nothing.isVisible()
    qtbot.keyClick(view.list.search, Qt.Key.Key_Escape)
    assert len(names(view)) == 3


def test_each_friend_of_a_send_can_be_seen_with_the_reason_and_saved(
    *,
    view: MessagesView,
    desk: Desk,
    dialogs: RecordingDialogs,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    from_menu(view, "Cream in June", "Friend by friend")
    settle(desk, qtbot)
    assert view.pages.currentWidget() is view.sending
    table = view.sending.findChild(QTableView, "deliveries")
    assert table is not None
    lines = {
        table.model().index(row, Column.FRIEND).data(): table.model().index(row, Column.WHY).data() for row in range(3)
    }
    assert lines["Friend 0"] == "" and "LINE does not know" in lines["Friend 2"]
    dialogs.path = tmp_path / "list.csv"
    save = view.sending.findChild(QPushButton, "saveList")
    assert save is not None
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    written = dialogs.path.read_text(encoding="utf-8-sig")
    assert "Friend 2" in written and "LINE does not know" in written


def test_a_send_without_its_draft_is_copied_as_it_was_sent(
    view: MessagesView, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    from_menu(view, "Cream in June", "Copy as a draft")
    settle(desk, qtbot)
    assert view.pages.currentWidget() is view.composer
    assert view.composer.draft.name == "Copy of Cream in June"
    assert view.composer.draft.bubbles == (TextBubble("As it was sent"),)
    with database.read() as session:
        assert next(row.name for row in library.all_messages(session)) == "Copy of Cream in June"


def test_a_draft_is_opened_by_enter_and_its_copy_by_the_menu(
    view: MessagesView, desk: Desk, shop: SerumShop, qtbot: QtBot
) -> None:
    choose(view, "Serum refill")
    view.list.table.setFocus()
    qtbot.keyClick(view.list.table, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert view.composer.saver.message_id == shop.message
    view.show_place(Place(Page.MESSAGES))
    settle(desk, qtbot)
    from_menu(view, "Serum refill", "Copy")
    settle(desk, qtbot)
    assert view.composer.draft.name == "Copy of Serum refill" and view.composer.saver.message_id != shop.message


def test_a_deleted_draft_comes_back_goes_again_and_comes_back_by_the_shop_undo(
    view: MessagesView, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    """The toast is gone after some seconds; Ctrl+Z is not."""
    before = names(view)
    view.list.table.setCurrentIndex(view.list.table.model().index(before.index("Serum refill"), 0))
    view.list.table.setFocus()
    qtbot.keyClick(view.list.table, Qt.Key.Key_Delete)
    settle(desk, qtbot)
    assert "Serum refill" not in names(view)
    assert desk.undo.undoText() == "delete “Serum refill”"
    for act, there in ((desk.undo.undo, True), (desk.undo.redo, False), (desk.undo.undo, True)):
        act()
        settle(desk, qtbot)
        with database.read() as session:
            assert ("Serum refill" in [one.name for one in library.all_messages(session)]) is there
