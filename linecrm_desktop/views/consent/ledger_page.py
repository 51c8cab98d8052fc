"""The ledger: every line that was ever written down, the newest first; searched, narrowed, saved, printed."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QTableView, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.consent import uses
from linecrm_desktop.friends import ledger_list
from linecrm_desktop.friends.ledger_list import LedgerQuery
from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.models.consent import ConsentKind, Use
from linecrm_desktop.text import N_, _, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.consent import ledger_saving
from linecrm_desktop.views.consent.ledger_table import Column, LedgerModel
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.job_runner import Done
from linecrm_desktop.views.ledger_check import LedgerCheckDialog
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.parts import EmptyState, SearchField
from linecrm_desktop.views.widgets.tables import dress, give_widths
from linecrm_desktop.views.widgets.writing import writing

_SHOWN = frozenset({Word.CONSENT, Word.FRIENDS, Word.IMPORTS})
_WAIT_MS = 200
"""How long a search waits for the next letter."""
_WIDTHS = {Column.WHEN: 150, Column.FRIEND: 140, Column.WHAT: 172, Column.PURPOSE: 190, Column.TAKEN_OUT: 170}
_HOW, _EDGES = 160, 60
"""Pixels that how we know has at least, and those beside the table; where there is less, what for goes first."""
_KINDS = {
    None: N_("All lines"),
    ConsentKind.REFUSED: N_("Refusals"),
    ConsentKind.ALLOWED: N_("Allowed marketing"),
    ConsentKind.COLLECTED: N_("Collected and informed"),
    ConsentKind.USE_REFUSED: N_("Refusals of other uses"),
    ConsentKind.SHARED: N_("In a list that left"),
    ConsentKind.CORRECTED: N_("Corrections"),
}
_USES = {None: N_("Any use"), **uses.NAMES}
_PERIODS = {None: N_("Any time"), 0: N_("Today"), 6: N_("Last 7 days"), 29: N_("Last 30 days"), 364: N_("Last year")}
"""How many days before today they begin, and what they are called."""


@dataclass(frozen=True, slots=True)
class _Read:
    query: LedgerQuery
    ids: "array[int]"
    total: int


class LedgerPage(QWidget):
    """Holds what is wanted and shows it. Lines can be added, by recording something, and never changed."""

    asked_for = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("ledgerPage")
        self._desk = desk
        self._query = LedgerQuery()
        self._total = 0
        self._build_bar()
        self._build_table()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._read()

    def show_place(self, place: Place) -> None:
        """Show the newest lines."""
        self._read()

    def reload(self, changed: Changes) -> None:
        if changed & _SHOWN:
            self._read()

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here that is not kept."""
        return True

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def save_list(self) -> None:
        """Write the lines that are listed into a table."""
        ledger_saving.save(self._desk, list(self.model.ids()))

    def print_list(self) -> None:
        """Show the lines that are listed as they come out of a printer."""
        ledger_saving.print_(self._desk, list(self.model.ids()), self.window())

    def save_pdf(self) -> None:
        """Write the lines that are listed as PDF."""
        ledger_saving.save_pdf(self._desk, list(self.model.ids()))

    def retranslate(self) -> None:
        self.title.setText(_("Ledger"))
        self.note.setText(_("can be added to, never edited"))
        self.search.show_placeholder(_("Friend or word"))
        titles = _("What"), _("For what"), _("When")
        for (box, names), title in zip(self._boxes(), titles, strict=True):
            box.setAccessibleName(title)
            for at, text in enumerate(names.values()):
                box.setItemText(at, _(text))
        self.check.setText(_("Check the ledger…"))
        self.save.setText(_("Save as CSV…"))
        self.paper.setText(_("Print…"))
        self.pdf.setText(_("Save as PDF…"))
        self.table.setAccessibleName(_("Ledger"))
        self.model.retell()
        self._fit_columns()
        self._show_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _build_bar(self) -> None:
        self.title, self.note = label("", "section"), label("", "second")
        self.search = SearchField(name="ledgerSearch")
        self.kinds, self.uses, self.periods = QComboBox(), QComboBox(), QComboBox()
        box_names = "ledgerKind", "ledgerUse", "ledgerPeriod"
        for (box, names), name in zip(self._boxes(), box_names, strict=True):
            box.setObjectName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            for value in names:
                box.addItem("", value)
        self.save = writing(button("", "default", "download-simple", "saveLedger"))
        self.check = button("", "default", "shield-check", "checkLedger")
        self.paper = button("", "default", "printer", "printLedger")
        self.pdf = writing(button("", "default", "file-text", "pdfLedger"))
        self.lines = label("", "caption")
        self.lines.setObjectName("ledgerCount")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)

    def _build_table(self) -> None:
        self.model = LedgerModel(self._fetch, self._desk.day, self)
        self.table = QTableView()
        self.table.setObjectName("ledger")
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        self.table.setModel(self.model)
        dress(self.table, stretch=Column.HOW)
        self.empty = EmptyState("shield-check")

    def _lay_out(self) -> None:
        self.stack, card = QStackedWidget(), Card(margins=(1, 1, 1, 1))
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        head, row = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(14, 12, 14, 0)
        row.setContentsMargins(14, 8, 14, 10)
        for part in (head, row):
            part.setSpacing(8)
        for part in (self.title, self.note):
            head.addWidget(part)
        head.addStretch(1)
        for part in (self.check, self.paper, self.pdf, self.save):
            head.addWidget(part)
        row.addWidget(self.search, 1)
        for box, _names in self._boxes():
            row.addWidget(box)
        row.addStretch(1)
        row.addWidget(self.lines)
        card.body.setSpacing(0)
        card.body.addLayout(head)
        card.body.addLayout(row)
        card.body.addWidget(self.stack, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 16)
        page.addWidget(card, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._wait.start())
        self._wait.timeout.connect(self._want)
        for box, _names in self._boxes():
            box.activated.connect(lambda _at: self._want())
        self.check.clicked.connect(lambda: LedgerCheckDialog(self._desk, self).open())
        self.save.clicked.connect(self.save_list)
        self.paper.clicked.connect(self.print_list)
        self.pdf.clicked.connect(self.save_pdf)
        self.table.doubleClicked.connect(lambda index: self._open(index.row()))
        self.empty.action.clicked.connect(self._show_all)

    def _boxes(self) -> tuple[tuple[QComboBox, Mapping[Any, str]], ...]:
        """Return what narrows the list, each with its choices."""
        return (self.kinds, _KINDS), (self.uses, _USES), (self.periods, _PERIODS)

    def _open(self, row: int) -> None:
        line = self.model.row_at(row)
        if line is not None and line.friend_id is not None:
            self.asked_for.emit(Place(Page.FRIENDS, line.friend_id, "friend"))

    def _fit_columns(self) -> None:
        give_widths(self.table, _WIDTHS)
        needed = (sum(_WIDTHS.values()) + _HOW) * theme.text_scale()
        self.table.setColumnHidden(Column.PURPOSE, needed > self.width() - _EDGES)

    def _show_all(self) -> None:
        self.search.clear()
        for box, _names in self._boxes():
            box.setCurrentIndex(0)
        self._want()

    def _want(self) -> None:
        self._wait.stop()
        before: int | None = self.periods.currentData()
        since = None if before is None else self._desk.day().today - timedelta(days=before)
        kind = self.kinds.currentData()
        use = self.uses.currentData()
        self._query = LedgerQuery(self.search.text(), kind and ConsentKind(kind), use and Use(use), since)
        self._read()

    def _read(self) -> None:
        query, day = self._query, self._desk.day()

        def read(session: Session) -> _Read:
            return _Read(query, ledger_list.ids(session, query, day), ledger_list.count(session))

        self._desk.jobs.read(read, self._show, key="consent.ledger")

    def _fetch(self, ids: list[int], done: Done) -> None:
        self._desk.jobs.read(lambda session: ledger_list.rows(session, ids), done)

    def _show(self, found: _Read) -> None:
        self._total = found.total
        self.model.show_ids(found.ids)
        self._show_words()

    def _show_words(self) -> None:
        shown, total = len(self.model.ids()), self._total
        some = ngettext("{n} of {total} line", "{n} of {total} lines", total)
        everything = ngettext("{n} line", "{n} lines", total)
        self.lines.setText((everything if shown == total else some).format(n=number(shown), total=number(total)))
        if total:
            self.empty.show_text(_("No line fits these choices."), _("Show all lines"))
        else:
            self.empty.show_text(_("Nothing is written down yet. An import or a recorded answer is the first line."))
        self.stack.setCurrentWidget(self.table if shown else self.empty)
        for part in (self.save, self.paper, self.pdf):
            part.setEnabled(bool(shown))
