"""Reports: what flows over the pages, and files that a person can open."""

import gc
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintPreviewWidget
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.results.outcome import all_campaigns
from linecrm_desktop.results.totals import months
from linecrm_desktop.store.database import Database
from linecrm_desktop.views import saved_list
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.report import printing
from linecrm_desktop.views.report.blocks import Block, KeyNumbers, Table, Words, heading
from linecrm_desktop.views.report.sheet import Report, laid_out, save_pdf
from linecrm_desktop.views.results import report
from linecrm_desktop.views.widgets.charts.look import on_paper
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.results.sends import put_send

WIDTH, HEIGHT = 1000.0, 600.0


def table(rows: int, *, has_sum: bool = False) -> Table:
    return Table(("Name", "Number"), tuple((f"Row {n}", str(n)) for n in range(rows)), frozenset({1}), has_sum)


@pytest.fixture
def november(desk: Desk, database: Database, make: Maker) -> Report:
    with database.write() as session:
        ids = [make.friend(session) for _ in range(100)]
        put_send(session, make.ago(9), ids[:60], ids[60:], name="Serum refill", others=[[]], is_practice=True)
    with database.read() as session:
        sends = all_campaigns(session, desk.day())
        by_month = months(session, sends, desk.day())
    return report.of_month("Morning Mist 晨霧選物", "TWD", date(2026, 11, 1), sends, by_month, desk.day())


def test_practice_sends_of_a_real_shop_are_listed_and_not_added_up(database: Database, desk: Desk, make: Maker) -> None:
    with database.write() as session:
        ids = [make.friend(session) for _ in range(100)]
        put_send(session, make.ago(9), ids[:60], name="Real")
        put_send(session, make.ago(8), ids, name="Rehearsal", is_practice=True)
    with database.read() as session:
        sends = all_campaigns(session, desk.day())
    made = report.period("Morning Mist", "TWD", "All sends", sends, None, desk.day(), is_practice=False)
    (table,) = (block for block in made.blocks if isinstance(block, Table))
    (numbers,) = (block for block in made.blocks if isinstance(block, KeyNumbers))
    assert [row[3] for row in table.rows] == ["100", "60", "60"]
    assert numbers.numbers[0][1] == "60"
    assert "Practice: nothing was sent. The numbers are a rehearsal." in texts(made.blocks)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Words)]


def test_a_long_table_goes_on_over_pages_and_loses_no_row(qtbot: QtBot) -> None:
    pages = laid_out([table(70)], WIDTH, HEIGHT, on_paper())
    parts = [block for page in pages for block in page if isinstance(block, Table)]
    assert len(parts) == len(pages) > 2
    assert [row for part in parts for row in part.rows] == list(table(70).rows)
    assert len({part.widths for part in parts}) == 1


def test_a_sum_never_stands_alone_on_a_page(qtbot: QtBot) -> None:
    for rows in range(20, 30):
        pages = laid_out([table(rows, has_sum=True)], WIDTH, HEIGHT, on_paper())
        last = pages[-1][-1]
        assert isinstance(last, Table)
        assert len(last.rows) > 1


def test_a_heading_goes_with_what_it_is_the_heading_of(qtbot: QtBot) -> None:
    notes = Words("What was asked", keeps=True)
    for rows in range(15, 24):
        pages = laid_out(
            [table(rows), heading("Next"), notes, KeyNumbers((("A", "1", ""),))], WIDTH, HEIGHT, on_paper()
        )
        page = next(page for page in pages if heading("Next") in page)
        assert isinstance(page[-1], KeyNumbers)


def test_a_block_higher_than_a_page_is_not_left_out(qtbot: QtBot) -> None:
    long = Words("word " * 4000)
    assert [len(page) for page in laid_out([heading("A"), long, heading("B")], WIDTH, HEIGHT, on_paper())] == [1, 1, 1]


def test_every_block_paints(qtbot: QtBot) -> None:
    for block in (table(3, has_sum=True), heading("A"), KeyNumbers((("Accepted", "3,412", "5 messages"),))):
        picture = QImage(1000, 200, QImage.Format.Format_RGB32)
        picture.fill(0xFFFFFFFF)
        blank = picture.copy()
        painter = QPainter(picture)
        block.paint(painter, QRectF(0, 0, 1000, 200), on_paper())
        painter.end()
        assert picture != blank


def test_a_report_of_a_month_says_what_was_sent_and_that_it_was_practice(november: Report) -> None:
    said = texts(november.blocks)
    assert november.title == "Results of Nov 2026"
    assert said[0] == "Practice: nothing was sent. The numbers are a rehearsal."
    assert "40 messages were not sent that broadcasts would have needed." in " ".join(said)
    assert "Serum refill" in said
    assert "Variants beside each other" in said
    assert november.date.startswith("Counted on")


def test_a_report_is_a_pdf_file_with_its_pages(november: Report, tmp_path: Path) -> None:
    file = tmp_path / "november.pdf"
    pages = save_pdf(november, file)
    written = file.read_bytes()
    assert written.startswith(b"%PDF-")
    assert written.count(b"/Type /Page\n") == pages > 0
    assert list(tmp_path.glob(".*")) == []


def test_a_folder_that_cannot_be_written_to_is_said(november: Report, tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="cannot be written"):
        save_pdf(november, tmp_path / "missing" / "november.pdf")


def test_the_window_asks_where_and_says_how_many_pages(
    desk: Desk, november: Report, tmp_path: Path, dialogs: RecordingDialogs, toasts: list[tuple[str, object]]
) -> None:
    dialogs.path = tmp_path / "out.pdf"
    saved_list.save_report(desk, november)
    assert dialogs.offered == ["results_2026-11_2026-11-12"]
    assert dialogs.path.exists()
    assert toasts[0][0].endswith("to “out.pdf”.")


def test_the_preview_shows_the_report(november: Report, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = printing.preview(november, window)
    gc.collect()
    pages = dialog.findChild(QPrintPreviewWidget)
    assert pages is not None
    qtbot.waitUntil(lambda: pages.pageCount() > 1)
    assert dialog.windowTitle() == "Print: Results of Nov 2026"
    dialog.reject()
