"""Recording for many, writing notices and checking the ledger in the window."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from linecrm_desktop.consent import ledger, notices
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.consent.view import ConsentView
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.ledger_check import LedgerCheckDialog
from linecrm_desktop.views.recording_dialog import RecordingDialog
from linecrm_desktop.views.settings.notice_dialog import NoticeDialog
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
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
    type_into(found.how, "blue folder")
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


def test_a_list_of_keys_is_recorded_and_keys_of_nobody_are_named_and_saved(
    dialog: RecordingDialog,
    friends: SimpleNamespace,
    database: Database,
    dialogs: RecordingDialogs,
    desk: Desk,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    with database.write() as session:
        session.get_one(Friend, friends.tina).member_number = "1001"
    dialogs.path = tmp_path / "signed.csv"
    dialogs.path.write_text("member\n1001\n1999\nA7\n", encoding="utf-8")
    qtbot.mouseClick(dialog.file, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert dialog.whom.currentText() == "File: signed.csv"
    assert dialog.unknown.words.text() == "2 keys belong to nobody: 1999, A7"
    assert dialog.counts.words.text().startswith("1 friend gets a line; 0 have it already")
    dialogs.path = tmp_path / "unknown.csv"
    qtbot.mouseClick(dialog.unknown.action, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert dialogs.path.read_text(encoding="utf-8-sig").split() == ["Key", "1999", "A7"]
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert told(database, friends.tina)[0] is Answer.YES
    assert told(database, friends.bo)[0] is Answer.UNKNOWN


def test_a_list_that_cannot_be_read_is_said_and_another_group_is_without_its_keys(
    dialog: RecordingDialog, dialogs: RecordingDialogs, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "picture.csv"
    dialogs.path.write_bytes(b"\xff\xfe\x00")
    qtbot.mouseClick(dialog.file, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert "picture.csv" in dialog.counts.words.text()
    assert dialog.whom.currentText() == "Tag: Market"
    assert dialog.unknown.isHidden()


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
