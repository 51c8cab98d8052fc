"""The Imports screen: what came in so far, and the wizard for the next file. A file dropped here starts it too."""

from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from linecrm_desktop.channels import accounts
from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports import from_line
from linecrm_desktop.imports.from_line import Fetched
from linecrm_desktop.imports.history import BatchRow, batches
from linecrm_desktop.jobs import Changes, Task, Word
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging.running import after_import
from linecrm_desktop.text import _, number
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.imports.fetch_dialog import FetchDialog
from linecrm_desktop.views.imports.history_table import HistoryTable
from linecrm_desktop.views.imports.report_part import ReportPart
from linecrm_desktop.views.imports.undo_bar import UndoBar
from linecrm_desktop.views.imports.wizard import ImportWizard
from linecrm_desktop.views.imports.wizard_state import CHANGED
from linecrm_desktop.views.line_access import line_of
from linecrm_desktop.views.widgets.basics import Card
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import EmptyState
from linecrm_desktop.views.widgets.writing import writing

NEW = "new"
_FILES = "CSV, Excel (*.csv *.tsv *.txt *.xlsx *.xls *.ods *.xlsm *.html *.jsonl *.json)"


class ImportsView(QWidget):
    """History, empty state and wizard, one shown at a time."""

    asked_for = Signal(object)
    page = Page.IMPORTS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importsView")
        self._desk = desk
        self._rows: list[BatchRow] = []
        self.head = PageHead()
        self.fetch_button = writing(self.head.add_button("", "users", "default", "fetchFriends"))
        self.new_button = self.head.add_button("", "file-plus", "primary", "newImport")
        self.history_button = self.head.add_button("", "clock-counter-clockwise", "default", "importHistoryButton")
        self.wizard = ImportWizard(desk)
        self.empty = EmptyState("download-simple")
        self._build()
        self._connect()
        self.retranslate()

    def show_place(self, place: Place) -> None:
        """Show the history, with an import's report; with the part new, ask for a file."""
        if self.pages.currentWidget() is not self.wizard:
            self._show_history()
        if place.object_id is not None:
            self._show_batch(place.object_id)
        if place.part == NEW:
            self.choose_file()

    def start(self, path: Path) -> None:
        """Start the wizard with a file."""
        self.pages.setCurrentWidget(self.wizard)
        self._show_head(path.name)
        self.wizard.start(path)

    def take_file(self, path: Path) -> None:
        """Start the wizard with a file that was dropped on the window; an import that runs is not disturbed."""
        if self.wizard.is_at_work:
            self._desk.toast(_("An import is running. Drop the file again when it is done."), None)
        elif self.can_leave():
            self.start(path)

    def choose_file(self) -> None:
        """Ask for a file and start the wizard with it."""
        path = self._desk.dialogs.open_file("import", _("Choose a file to import"), _FILES)
        if path is not None:
            self.start(path)

    def reload(self, changed: Changes) -> None:
        if Word.IMPORTS in changed:
            self._read()
            self.undo.reload()
            self.wizard.undo.reload()

    def retranslate(self) -> None:
        self.new_button.setText(_("New import…"))
        self.fetch_button.setText(_("Fetch friends from LINE…"))
        self.history_button.setText(_("Import history"))
        self.empty.show_text(
            _("No imports yet. Bring in the customers, orders or friends that your shop system exports."),
            _("Import a file…"),
        )
        self.wizard.retranslate()
        self.told.retranslate()
        self.undo.retranslate()
        self._show_rows(self._rows)
        self._show_head("")

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return "imports", self.past.table.model()

    def can_leave(self) -> bool:
        """Ask when choices in the wizard would be lost."""
        if self.pages.currentWidget() is not self.wizard or not self.wizard.would_lose:
            return True
        return self._desk.dialogs.ask(
            _("Leave the import?"),
            _("Nothing was saved. The column matching would be lost."),
            _("Leave the import"),
        )

    def _build(self) -> None:
        self.past = HistoryTable("importHistory")
        card = Card(margins=(1, 1, 1, 1))
        card.body.addWidget(self.past)
        self.told, self.undo = ReportPart(self._desk, "past_"), UndoBar(self._desk, "past_undoImport")
        self.told.hide()
        self.history = _history(card, self.told, self.undo)
        self.pages = QStackedWidget()
        for part in (self.empty, self.history, self.wizard):
            self.pages.addWidget(part)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.choose_file)
        self.fetch_button.clicked.connect(lambda: self._desk.jobs.read(accounts.rows, self._ask_origin))
        self.empty.action.clicked.connect(self.choose_file)
        self.head.went_back.connect(self._leave)
        self.history_button.clicked.connect(self._leave)
        self.wizard.left.connect(self._leave)
        self.wizard.another_asked.connect(self.choose_file)
        self.wizard.asked_for.connect(self.asked_for)
        self.past.chosen.connect(self._show_batch)
        self.told.refusals_asked.connect(lambda: self.asked_for.emit(Place(Page.FRIENDS, None, "refused")))
        self.told.tags_asked.connect(lambda: self.asked_for.emit(Place(Page.TAGS, None, "no_decision")))

    def _ask_origin(self, rows: list[AccountRow]) -> None:
        FetchDialog(self._fetch, rows, self).open()

    def _fetch(self, origin: Origin, account: int | None) -> None:
        desk = self._desk
        now = desk.now()

        def work(database: Database, task: Task) -> tuple[Fetched, Changes]:
            with line_of(desk, database, account) as line:
                fetched = from_line.fetch(database, line, origin, task, now, channel_id=account)
            after_import(database, desk.shop.zone, now)
            return fetched, CHANGED

        self.fetch_button.setEnabled(False)
        desk.jobs.run(
            _("Fetching friends from LINE"), work, self._fetched, self._not_fetched, None, self._fetch_stopped
        )

    def _fetched(self, done: Fetched) -> None:
        self.fetch_button.setEnabled(True)
        words = _("LINE named {found} friends; {new} are new.")
        text = words.format(found=number(done.found), new=number(done.new))
        if done.absent:
            absent = _("{n} friends of the shop were not among them.").format(n=number(done.absent))
            text = f"{text} {absent}"
        self._desk.toast(text, None)

    def _not_fetched(self, error: Exception) -> None:
        self.fetch_button.setEnabled(True)
        self._desk.dialogs.show_error(error)

    def _fetch_stopped(self) -> None:
        self.fetch_button.setEnabled(True)
        self._desk.toast(_("Stopped. Fetch again to go on from there."), None)

    def _show_batch(self, batch: int) -> None:
        self.told.show_batch(batch)
        self.told.show()
        self.undo.show_batch(batch)
        self.undo.show()

    def _leave(self) -> None:
        if not self.wizard.is_at_work and self.can_leave():
            self._show_history()

    def _show_history(self) -> None:
        self.pages.setCurrentWidget(self.history if self._rows else self.empty)
        self._show_head("")
        self._read()

    def _show_head(self, file_name: str) -> None:
        if self.pages.currentWidget() is self.wizard:
            self.head.show_title(_("New import"), file_name or self.head.note.text(), _("Imports"))
        else:
            told = _("Choose one to read its report, or to undo it within 30 days.")
            self.head.show_title(_("Imports"), told if self._rows else "")
        for part in (self.new_button, self.fetch_button):
            part.setVisible(self.pages.currentWidget() is not self.wizard)
        self.history_button.setVisible(self.pages.currentWidget() is self.wizard)

    def _read(self) -> None:
        self._desk.jobs.read(batches, self._show_rows, key="imports.history")

    def _show_rows(self, rows: list[BatchRow]) -> None:
        self._rows = rows
        day = self._desk.day()
        self.past.show_rows(rows, day)
        self.wizard.report.show_history(rows, day)
        if self.pages.currentWidget() is not self.wizard:
            self.pages.setCurrentWidget(self.history if rows else self.empty)
            self._show_head("")


def _history(past: QWidget, report: QWidget, undo: QWidget) -> QWidget:
    """Return the page of past imports: the table, the report of the chosen one, and a foot with its undo."""
    page, body, foot = QWidget(), QWidget(), QFrame()
    inner = QVBoxLayout(body)
    inner.setContentsMargins(20, 14, 20, 14)
    inner.setSpacing(12)
    inner.addWidget(past, 1)
    inner.addWidget(report)
    foot.setFixedHeight(56)
    row = QHBoxLayout(foot)
    row.setContentsMargins(20, 0, 20, 0)
    row.addWidget(undo)
    undo.hide()
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(body, 1)
    whole.addWidget(foot)
    return page
