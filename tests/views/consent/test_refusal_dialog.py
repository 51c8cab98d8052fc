"""Recording a refusal in the window: who, how we know, what it takes them out of, and the way back."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.consent import ledger
from linecrm_desktop.friends import ledger_list
from linecrm_desktop.models.campaign import CampaignState, DeliveryState
from linecrm_desktop.models.consent import ConsentKind
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.consent.view import ConsentView
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.refusal_dialog import AGREED, RefusalDialog
from tests.maker import Maker
from tests.views.settling import settle

Toasts = list[tuple[str, object]]


@pytest.fixture
def friends(database: Database, make: Maker, now: datetime) -> SimpleNamespace:
    """Tina is in a segment and in a send of tomorrow; Bo refused before."""
    with database.write() as session:
        tina, bo = make.friend(session, name="Tina"), make.friend(session, name="Bo")
        vip = make.tag(session, "VIP")
        make.give(session, vip, tina)
        library.save(session, SegmentDraft("Best friends", "Early access", AllOf((HasTag(tags=(vip,)),))), now)
        planned = make.campaign(session, name="Autumn", state=CampaignState.SCHEDULED)
        make.delivery(session, planned, tina, DeliveryState.WAITING)
        ledger.refuse(session, [bo], "chat", now)
    return SimpleNamespace(tina=tina, bo=bo)


@pytest.fixture
def dialog(friends: SimpleNamespace, view: ConsentView, desk: Desk, qtbot: QtBot) -> RefusalDialog:
    qtbot.mouseClick(view.refuse, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    found = view.findChild(RefusalDialog)
    assert found is not None
    return found


def find(dialog: RefusalDialog, name: str, desk: Desk, qtbot: QtBot) -> None:
    type_into(dialog.finder.search, name)
    settle(desk, qtbot)


def press(dialog: RefusalDialog, desk: Desk, qtbot: QtBot) -> None:
    button = dialog.findChild(QPushButton, "refusalYes")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)


def test_it_waits_until_somebody_is_chosen_and_says_what_will_come_of_it(
    dialog: RefusalDialog, desk: Desk, qtbot: QtBot
) -> None:
    assert not dialog.yes.isEnabled()
    find(dialog, "Tina", desk, qtbot)
    assert dialog.yes.isEnabled()
    assert dialog.effects.words.text() == "Will be taken out of 1 segment, 1 scheduled send."
    assert dialog.names.text() == "Best friends, Autumn"


def test_what_came_of_it_is_told_and_written_with_how_we_know(
    dialog: RefusalDialog, friends: SimpleNamespace, database: Database, toasts: Toasts, desk: Desk, qtbot: QtBot
) -> None:
    find(dialog, "Tina", desk, qtbot)
    dialog.how.setCurrentIndex(2)
    type_into(dialog.note, "to Amy")
    press(dialog, desk, qtbot)
    assert toasts[-1][0] == "1 friend now refuses marketing. Taken out of 1 segment, 1 scheduled send."
    with database.read() as session:
        assert session.get_one(Friend, friends.tina).marketing is Marketing.REFUSED
        line = ledger.entries(session, friends.tina)[0]
        assert line.evidence == "Said on the phone: to Amy"
        [row] = ledger_list.rows(session, [line.id])
        assert (row.out.segments, row.out.sends) == (("Best friends",), 1)


def test_who_refused_before_is_told_so_and_nothing_can_be_written(
    dialog: RefusalDialog, desk: Desk, qtbot: QtBot
) -> None:
    find(dialog, "Bo", desk, qtbot)
    assert dialog.effects.words.text().startswith("This was recorded before.")
    assert not dialog.yes.isEnabled()


def test_who_agreed_again_gets_a_new_line_and_the_refusal_stays_in_the_ledger(
    dialog: RefusalDialog, friends: SimpleNamespace, database: Database, toasts: Toasts, desk: Desk, qtbot: QtBot
) -> None:
    find(dialog, "Bo", desk, qtbot)
    dialog.answer.choose(AGREED)
    dialog.answer.chosen.emit(AGREED)
    press(dialog, desk, qtbot)
    assert toasts[-1][0] == "1 friend agreed again. The ledger keeps the refusal, too."
    with database.read() as session:
        assert session.get_one(Friend, friends.bo).marketing is Marketing.ALLOWED
        kinds = [line.kind for line in ledger.entries(session, friends.bo)]
        assert kinds == [ConsentKind.ALLOWED, ConsentKind.REFUSED]


def test_a_person_without_a_mouse_finds_chooses_and_records(
    dialog: RefusalDialog, friends: SimpleNamespace, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    find(dialog, "Tina", desk, qtbot)
    qtbot.keyClick(dialog.finder.search, Qt.Key.Key_Down)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(desk, qtbot)
    with database.read() as session:
        assert session.get_one(Friend, friends.tina).marketing is Marketing.REFUSED
