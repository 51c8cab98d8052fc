"""The page that shares an audience: numbers, checks, buttons shut while a check is red, and lists of before."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel
from pytestqt.qtbot import QtBot

from linecrm_desktop.audiences import register
from linecrm_desktop.consent import ledger
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.share import ShareState
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.consent.share_page import SharePage
from linecrm_desktop.views.desk import Desk
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs


@pytest.fixture
def fans(database: Database, make: Maker) -> list[int]:
    """120 informed friends in one segment, three of whom refused."""
    with database.write() as session:
        tag = make.tag(session, "Serum")
        friends = [make.friend(session, informed=Answer.YES, email=f"f{n}@example.tw") for n in range(120)]
        for friend in friends:
            make.give(session, tag, friend)
        ledger.refuse(session, friends[:3], "chat", make.now)
        library.save(session, SegmentDraft("Serum fans", "x", AllOf((HasTag((tag,)),))), make.now)
    return friends


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, fans: list[int]) -> SharePage:
    made = SharePage(desk)
    qtbot.addWidget(made)
    desk.jobs.changed.connect(made.reload)
    made.resize(1190, 800)
    made.show()
    qtbot.waitUntil(lambda: made.offer is not None)
    return made


def _sentence(page: SharePage, key: str) -> str:
    row = page.checks.findChild(QFrame, f"check_{key}")
    assert row is not None
    words = row.findChild(QLabel, "sentence")
    assert words is not None
    return words.text()


def test_nothing_can_leave_before_the_purpose_is_written(qtbot: QtBot, page: SharePage) -> None:
    assert not page.create_.isEnabled()
    assert not page.save.isEnabled()
    qtbot.keyClicks(page.wish.purpose, "Find people who like serums")
    qtbot.waitUntil(page.create_.isEnabled)
    assert page.create_.text() == "Create in LINE: 117 people"
    assert _sentence(page, "refused") == "3 friends who refused were taken out."
    assert page.checks.counts.text() == "5 passed · 0 handled"


def test_a_list_is_created_and_shared_again_when_somebody_refuses(
    qtbot: QtBot, page: SharePage, desk: Desk, dialogs: RecordingDialogs, database: Database, fans: list[int]
) -> None:
    qtbot.keyClicks(page.wish.purpose, "Find people who like serums")
    qtbot.waitUntil(page.create_.isEnabled)
    qtbot.mouseClick(page.create_, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.before.table.rowCount() == 1)
    cell = page.before.table.item(0, 1)
    assert cell is not None
    assert cell.text() == "Serum fans"
    assert [asked[2] for asked in dialogs.asked] == ["Create in LINE: 117 people"]
    with database.read() as session:
        (told,) = register.history(session)
    assert (told.state, told.people) == (ShareState.AT_LINE, 117)
    desk.jobs.write(lambda session: (ledger.refuse(session, fans[3:5], "chat", desk.now()), changes(Word.CONSENT)))
    qtbot.waitUntil(page.before.again.isVisible)
    assert page.before.note.text() == "2 friends refused after 12 Nov."


def test_files_are_saved_into_the_chosen_folder(
    qtbot: QtBot, page: SharePage, dialogs: RecordingDialogs, tmp_path: Path
) -> None:
    qtbot.keyClicks(page.wish.purpose, "Find people who like serums")
    qtbot.waitUntil(page.save.isEnabled)
    dialogs.path = tmp_path
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("audience_*_passport.json"))))
    assert list(tmp_path.glob("audience_*_line_user_ids.txt"))
