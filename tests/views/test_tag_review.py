"""The tag review in the window, by keyboard: answer, finish, undo, and what it says when nothing can be said."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.results.review.proposals import Kind
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.results.review.finish_dialog import FinishDialog
from linecrm_desktop.views.results.review.page import ReviewPage
from linecrm_desktop.views.results.review.table import Column
from linecrm_desktop.views.tags.actions import TagActions
from linecrm_desktop.views.tags.changes_dialog import ChangesDialog
from tests.maker import Maker
from tests.results.review_shop import give_all, put_friends, put_lifting_tag
from tests.views.settling import settle

WAIT = 60_000
Toasts = list[tuple[str, Callable[[], None] | None]]


@pytest.fixture
def page(desk: Desk, database: Database, make: Maker, qtbot: QtBot) -> ReviewPage:
    """The page of a shop with one tag to keep and one that nobody uses, counted."""
    with database.write() as session:
        put_lifting_tag(session, make)
        idle = make.tag(session, "Market 2024", created_at=make.ago(300))
        give_all(session, idle, put_friends(session, make, 30), make.ago(250))
    made = ReviewPage(desk)
    desk.jobs.changed.connect(made.reload)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.show_now()
    qtbot.waitUntil(lambda: made.pages.currentIndex() == 1, timeout=WAIT)
    return made


def told(page: ReviewPage, row: int) -> list[str]:
    return [str(page.model.index(row, column).data()) for column in Column]


def press(page: ReviewPage, qtbot: QtBot, row: int, key: Qt.Key, decided: int) -> None:
    page.table.selectRow(row)
    page.table.setFocus()
    qtbot.keyClick(page.table, key)
    qtbot.waitUntil(lambda: text(page, "reviewProgress") == f"{decided} of 2 decided", timeout=WAIT)


def text(page: ReviewPage, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_the_table_says_what_is_proposed_and_why(page: ReviewPage) -> None:
    assert told(page, 0) == [
        *("Keep", "Serum", "+15.0 points over those kept back"),
        *("1 send · 400 delivered · lift +15.0", "Clear", ""),
    ]
    assert told(page, 1)[:3] == ["Retire", "Market 2024", "Not used for 250 days; no decision"]
    assert text(page, "reviewTitle") == "Keep “Serum”?"


def test_enter_accepts_n_puts_off_and_u_takes_back(page: ReviewPage, qtbot: QtBot) -> None:
    press(page, qtbot, 0, Qt.Key.Key_Return, 1)
    assert told(page, 0)[Column.DECISION] == "Kept"
    press(page, qtbot, 1, Qt.Key.Key_N, 2)
    assert told(page, 1)[Column.DECISION] == "Not now"
    press(page, qtbot, 1, Qt.Key.Key_U, 1)
    assert told(page, 1)[Column.DECISION] == ""


def test_the_reason_is_kept_with_the_answer(page: ReviewPage, qtbot: QtBot) -> None:
    page.table.selectRow(0)
    qtbot.keyClicks(page.card.reason, "it sells")
    qtbot.mouseClick(page.card.accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: text(page, "reviewProgress") == "1 of 2 decided", timeout=WAIT)
    page.table.selectRow(0)
    assert page.card.reason.text() == "it sells"


def test_all_clear_ones_are_accepted_at_once_and_taken_back_at_once(
    page: ReviewPage, qtbot: QtBot, toasts: Toasts
) -> None:
    assert page.head.clear.text() == "Accept the clear ones (2)"
    qtbot.mouseClick(page.head.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: text(page, "reviewProgress") == "2 of 2 decided", timeout=WAIT)
    back = toasts[-1][1]
    assert back is not None
    back()
    qtbot.waitUntil(lambda: text(page, "reviewProgress") == "0 of 2 decided", timeout=WAIT)


def test_finishing_shows_the_summary_and_is_undone_as_one_step(page: ReviewPage, qtbot: QtBot, toasts: Toasts) -> None:
    assert not page.finish.isEnabled()
    press(page, qtbot, 1, Qt.Key.Key_Return, 1)
    qtbot.mouseClick(page.finish, Qt.MouseButton.LeftButton)
    dialog = page.findChild(FinishDialog, "reviewFinish")
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.yes.isEnabled(), timeout=WAIT)
    assert dialog.yes.text() == "Finish with 1 change"
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(toasts), timeout=WAIT)
    qtbot.waitUntil(lambda: len(page.model.records) == 1, timeout=WAIT)
    back = toasts[-1][1]
    assert back is not None
    back()
    qtbot.waitUntil(lambda: toasts[-1][0] == "The changes of the review were undone.", timeout=WAIT)
    qtbot.waitUntil(lambda: len(page.model.records) == 2, timeout=WAIT)
    assert page.model.records[1].proposed.kind is Kind.RETIRE


def test_changes_of_tags_offers_to_undo_the_whole_review(
    page: ReviewPage, desk: Desk, qtbot: QtBot, toasts: Toasts
) -> None:
    press(page, qtbot, 1, Qt.Key.Key_Return, 1)
    qtbot.mouseClick(page.finish, Qt.MouseButton.LeftButton)
    dialog = page.findChild(FinishDialog, "reviewFinish")
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.yes.isEnabled(), timeout=WAIT)
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(toasts), timeout=WAIT)
    changed = ChangesDialog(desk, TagActions(desk))
    qtbot.addWidget(changed)
    changed.show()
    settle(desk, qtbot)
    assert (changed.table.model().index(0, 2).data(), changed.undo_bundle.text()) == (
        "Tag review",
        "Undo the whole review",
    )
    qtbot.mouseClick(changed.undo_bundle, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert changed.table.model().index(0, 2).data() == "Undone"
    assert not changed.undo_bundle.isVisible()


def test_without_an_old_enough_send_it_says_so(desk: Desk, qtbot: QtBot) -> None:
    page = ReviewPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.show_now()
    qtbot.waitUntil(lambda: text(page, "reviewEmptySentence").startswith("No send is old enough yet"), timeout=WAIT)
    button = page.findChild(QPushButton, "reviewEmptyAction")
    assert button is not None
    assert button.text() == "Write a message"
