"""Recording for many, writing notices and checking the ledger in the window."""

from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from linecrm_desktop.consent import ledger, notices
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.consent.view import ConsentView
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.ledger_check import LedgerCheckDialog
from linecrm_desktop.views.recording_dialog import RecordingDialog
from linecrm_desktop.views.settings.notice_dialog import NoticeDialog
from tests.maker import Maker
from tests.typing_people import type_text
from tests.views.settling import settle

Toasts = list[tuple[str, object]]


@pytest.fixture
def friends(database: Database, make: Maker, now: datetime) -> SimpleNamespace:
    """Tina and Bo were at the market; Bo refuses. There is one notice."""
    with database.write() as session:
        tina, bo = make.friend(session, name="Tina"), make.friend(session, name="Bo")
        market = make.tag(session, "Market")
        for friend in (tina, bo):
            make.give(session, market, friend)
        ledger.refuse(session, [bo], "chat", now)
        notice = notices.add(session, notices.drafts("Morning Mist")["en"], now, now).id
    return SimpleNamespace(tina=tina, bo=bo, notice=notice)


@pytest.fixture
def dialog(friends: SimpleNamespace, view: ConsentView, desk: Desk, qtbot: QtBot) -> Iterator[RecordingDialog]:
    qtbot.mouseClick(view.many, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    found = view.findChild(RecordingDialog)
    assert found is not None
    found.notice.setCurrentIndex(1)
    type_text(qtbot, found.how, "blue folder")
    settle(desk, qtbot)
    yield found
    settle(desk, qtbot)


def told(database: Database, friend: int) -> tuple[Answer, Marketing]:
    with database.read() as session:
        row = session.get_one(Friend, friend)
        return row.informed, row.marketing


def test_it_is_counted_before_it_is_written(dialog: RecordingDialog) -> None:
    assert dialog.whom.currentText() == "Tag: Market"
    assert dialog.counts.words.text() == (
        "2 friends get a line; 0 have it already; 1 refuse marketing and go on refusing."
    )
    assert dialog.yes.text() == "Record for 2 friends"


def test_what_was_recorded_can_be_taken_back_and_a_refusal_stays(
    dialog: RecordingDialog, friends: SimpleNamespace, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    dialog.agreed.setChecked(True)
    settle(desk, qtbot)
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert told(database, friends.tina) == (Answer.YES, Marketing.ALLOWED)
    assert told(database, friends.bo) == (Answer.YES, Marketing.REFUSED)
    desk.undo.undo()
    settle(desk, qtbot)
    assert told(database, friends.tina) == (Answer.UNKNOWN, Marketing.UNKNOWN)
    assert told(database, friends.bo) == (Answer.UNKNOWN, Marketing.REFUSED)


def test_a_notice_begins_as_a_draft_and_one_that_was_told_is_only_read(
    friends: SimpleNamespace, database: Database, view: ConsentView, desk: Desk, toasts: Toasts, qtbot: QtBot
) -> None:
    writing = NoticeDialog(desk, None, 1, "th", view)
    assert "Morning Mist" in writing.words.toPlainText()
    qtbot.mouseClick(writing.yes, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert toasts[-1][0] == "The notice is saved as version 2."
    with database.write() as session:
        row = notices.all_notices(session)[0]
        origin = ledger.Origin("", "", Answer.YES, "paper", notice_id=row.id)
        ledger.record_collected(session, [friends.tina], origin, desk.now())
    with database.read() as session:
        row = notices.all_notices(session)[0]
    reading = NoticeDialog(desk, row, 2, "en", view)
    assert reading.words.isReadOnly()
    assert reading.yes.isHidden()
    assert reading.note.text() == "1 friend was told this."


def test_a_whole_ledger_is_told_so_and_a_changed_line_by_its_number(
    friends: SimpleNamespace, database: Database, view: ConsentView, desk: Desk, qtbot: QtBot
) -> None:
    whole = LedgerCheckDialog(desk, view)
    settle(desk, qtbot)
    assert whole.outcome.words.text() == "1 line, as it was written."
    with database.write() as session:
        session.execute(text("UPDATE consent_entry SET evidence = 'phone'"))
    broken = LedgerCheckDialog(desk, view)
    settle(desk, qtbot)
    assert broken.outcome.words.text().startswith("Line 1 is not as it was written")
