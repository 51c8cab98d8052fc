"""The ledger in the window: every line, searched and narrowed, saved and printed."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.consent import access, ledger, uses
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.models.campaign import DeliveryState
from linecrm_desktop.models.consent import Use
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.consent.ledger_page import LedgerPage
from linecrm_desktop.views.consent.ledger_table import Column
from linecrm_desktop.views.consent.view import COVERAGE, LEDGER, LOOKED, REQUESTS, ConsentView
from linecrm_desktop.views.desk import Desk, Page, Place
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import WAIT, settle


@pytest.fixture
def friends(database: Database, make: Maker, now: datetime) -> SimpleNamespace:
    """Tina was informed 40 days ago and refuses today, out of a send that waits; Bo was asked 10 days ago."""
    with database.write() as session:
        tina, bo = make.friend(session, name="Tina"), make.friend(session, name="Bo")
        ledger.record_collected(session, [tina], Origin("Market stall", "Offers", Answer.YES), now - timedelta(days=40))
        ledger.record_collected(session, [bo], Origin("Checkout", "Offers", Answer.NO), now - timedelta(days=10))
        make.delivery(session, make.campaign(session), tina, DeliveryState.WAITING)
        ledger.refuse(session, [tina], "chat", now)
    return SimpleNamespace(tina=tina, bo=bo)


@pytest.fixture
def page(friends: SimpleNamespace, view: ConsentView, desk: Desk, qtbot: QtBot) -> LedgerPage:
    view.show_place(Place(Page.CONSENT, part=LEDGER))
    settle(desk, qtbot)
    part = view.part(LEDGER)
    assert isinstance(part, LedgerPage)
    return part


def column(page: LedgerPage, at: Column) -> list[str]:
    return [str(page.model.index(row, at).data()) for row in range(page.model.rowCount())]


def test_every_line_stands_there_newest_first_with_what_a_refusal_was_taken_out_of(page: LedgerPage) -> None:
    assert column(page, Column.FRIEND) == ["Tina", "Bo", "Tina"]
    assert column(page, Column.WHAT) == ["Refused marketing", "Data collected", "Informed"]
    assert column(page, Column.HOW) == ["chat", "Checkout", "Market stall"]
    assert column(page, Column.TAKEN_OUT) == ["1 send", "—", "—"]
    assert page.lines.text() == "3 lines"


def test_a_search_finds_friends_and_words(page: LedgerPage, desk: Desk, qtbot: QtBot) -> None:
    for typed, found in (("tina", ["Tina", "Tina"]), ("checkout", ["Bo"])):
        page.search.clear()
        type_into(page.search, typed)
        qtbot.waitUntil(lambda found=found: page.model.rowCount() == len(found), timeout=WAIT)
        settle(desk, qtbot)
        assert column(page, Column.FRIEND) == found


def test_kind_and_period_narrow_the_list_and_all_lines_come_back(page: LedgerPage, desk: Desk, qtbot: QtBot) -> None:
    page.periods.setCurrentIndex(3)
    page.periods.activated.emit(3)
    settle(desk, qtbot)
    assert column(page, Column.FRIEND) == ["Tina", "Bo"]
    assert page.lines.text() == "2 of 3 lines"
    page.kinds.setCurrentIndex(4)
    page.kinds.activated.emit(4)
    settle(desk, qtbot)
    assert page.stack.currentWidget() is page.empty
    qtbot.mouseClick(page.empty.action, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert page.model.rowCount() == 3


def test_the_list_is_narrowed_to_one_use_of_the_data(
    page: LedgerPage, friends: SimpleNamespace, database: Database, desk: Desk, qtbot: QtBot, now: datetime
) -> None:
    with database.write() as session:
        uses.refuse(session, [friends.bo], [Use.PROFILING], "letter", now)
        told = Origin("Stall", "", Answer.YES, "form", uses=frozenset({Use.ADS, Use.SERVICE}))
        ledger.record_collected(session, [friends.tina], told, now)
    said = {at: str(page.uses.itemText(at)) for at in range(page.uses.count())}
    assert list(said.values()) == ["Any use", "Marketing by LINE", "Ads and retargeting", "Profiling", "Service"]
    for at, hows in ((1, ["chat"]), (2, ["Stall · form"]), (3, ["letter"]), (4, ["Stall · form"])):
        page.uses.setCurrentIndex(at)
        page.uses.activated.emit(at)
        settle(desk, qtbot)
        assert column(page, Column.HOW) == hows, said[at]


def test_the_lines_shown_are_saved_as_a_table(
    page: LedgerPage, view: ConsentView, dialogs: RecordingDialogs, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "ledger.csv"
    view.save_list()
    settle(desk, qtbot)
    lines = dialogs.path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "When,Friend,What,For what,How we know,Taken out of"
    assert lines[1] == "12 Nov 2026 10:31,Tina,Refused marketing,Marketing by LINE,chat,1 send"
    assert len(lines) == 4


def test_the_list_can_be_printed(page: LedgerPage, view: ConsentView, desk: Desk, qtbot: QtBot) -> None:
    button = page.findChild(QPushButton, "printLedger")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    preview = view.window().findChild(QPrintPreviewDialog, "printPreview")
    assert preview is not None
    preview.close()


@pytest.mark.parametrize("name", ["pdfLedger", "menu"])
def test_the_lines_shown_are_saved_as_pdf_and_written_down_with_what_for(
    name: str,
    page: LedgerPage,
    view: ConsentView,
    dialogs: RecordingDialogs,
    database: Database,
    desk: Desk,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    dialogs.path, dialogs.what_for = tmp_path / "ledger.pdf", "Yearly look"
    if name == "menu":
        view.save_pdf()
    else:
        button = page.findChild(QPushButton, name)
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialogs.path.exists, timeout=WAIT)
    settle(desk, qtbot)
    written = dialogs.path.read_bytes()
    assert written.startswith(b"%PDF-") and b"/Type /Page" in written
    with database.read() as session:
        [look] = access.looks(session)
    assert (look.about, look.purpose, look.people) == (access.LEDGER, "Yearly look", 2)
    assert look.sha256 == hashlib.sha256(written).hexdigest()


def test_without_a_purpose_there_is_no_pdf(
    page: LedgerPage,
    view: ConsentView,
    dialogs: RecordingDialogs,
    database: Database,
    desk: Desk,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    dialogs.path, dialogs.what_for = tmp_path / "ledger.pdf", None
    view.save_pdf()
    settle(desk, qtbot)
    assert not dialogs.path.exists()
    with database.read() as session:
        assert access.looks(session) == []


@pytest.mark.parametrize("part", [COVERAGE, REQUESTS, LOOKED])
def test_the_other_lists_are_saved_as_pdf_too(
    part: str, page: LedgerPage, view: ConsentView, dialogs: RecordingDialogs, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    view.show_place(Place(Page.CONSENT, part=part))
    settle(desk, qtbot)
    dialogs.path = tmp_path / "list.pdf"
    view.save_pdf()
    qtbot.waitUntil(dialogs.path.exists, timeout=WAIT)
    settle(desk, qtbot)
    assert dialogs.path.read_bytes().startswith(b"%PDF-")


def test_find_goes_into_the_search_of_the_part_that_is_shown(view: ConsentView, page: LedgerPage) -> None:
    view.activateWindow()
    view.find()
    assert view.focusWidget() is page.search


def test_opening_a_line_asks_for_its_friend(page: LedgerPage, friends: SimpleNamespace, view: ConsentView) -> None:
    places: list[Place] = []
    view.asked_for.connect(places.append)
    page.table.doubleClicked.emit(page.model.index(1, 0))
    assert places == [Place(Page.FRIENDS, friends.bo, "friend")]
