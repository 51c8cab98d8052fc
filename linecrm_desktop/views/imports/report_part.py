"""How the rows of one import ended, what that leaves to do, and the rows that were not taken."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.imports import history, run
from linecrm_desktop.imports.plan import Rejected, Report
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.charts.bars import Bar
from linecrm_desktop.views.widgets.charts.strips import Legend, SegmentBar
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_NAMES_SHOWN = 4
_LINE, _WHY, _CELLS = range(3)


class FollowUp(Card):
    """Something that an import leaves to do: a title, a sentence and a button."""

    def __init__(self, icon_name: str, name: str) -> None:
        super().__init__()
        self.title, self.words = label("", "section"), label("", "second", wrap=True)
        self.action = button("", "default", icon_name, name)
        self._row = QHBoxLayout()
        self._row.addWidget(self.action)
        self._row.addStretch(1)
        self.body.addWidget(self.title)
        self.body.addWidget(self.words)
        self.body.addStretch(1)
        self.body.addLayout(self._row)

    def add_button(self, made: QPushButton) -> None:
        """Add a second thing to do beside the first."""
        self._row.insertWidget(1, made)

    def show_text(self, title: str, words: str, action: str) -> None:
        """Say what there is to do."""
        self.title.setText(title)
        self.words.setText(words)
        self.action.setText(action)


class ReportPart(QWidget):
    """The report of one import. `name` begins the names of its parts, for there may be two of it."""

    tags_asked = Signal()
    refusals_asked = Signal()

    def __init__(self, desk: Desk, name: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._name = name
        self._report: Report | None = None
        self._rows: list[Rejected] = []
        self._build()
        self.rejected.action.clicked.connect(self._save_rejected)
        self.here.clicked.connect(lambda: self._show_rows(not self.list.isVisibleTo(self)))
        self.tags.action.clicked.connect(self.tags_asked)
        self.refusals.action.clicked.connect(self.refusals_asked)

    def show_batch(self, batch: int) -> None:
        """Show the report of an import of the past."""
        key = f"imports.report.{self._name}"
        self._desk.jobs.read(lambda session: _told(session, batch), lambda told: self.show_report(*told), key=key)

    def show_report(self, report: Report, file_name: str = "") -> None:
        """Show how an import ended; the name of its file where others stand beside it."""
        self._report = report
        self.file.setText(file_name)
        words = _("Imported {taken} of {rows} rows")
        self.title.setText(words.format(taken=number(report.taken), rows=number(report.rows)))
        named = (
            (_("new"), report.new, "chart1"),
            (_("updated"), report.updated, "chart2"),
            (_("unchanged"), report.unchanged, "chart4"),
            (_("rejected"), report.rejected, "bad"),
        )
        bars = [Bar(name, count, number(count), role) for name, count, role in named]
        self.parts.show_bars(bars)
        self.legend.show_bars(bars)
        self._show_follow_ups(report)
        self._show_rows(False)

    def retranslate(self) -> None:
        if self._report is not None:
            self.show_report(self._report, self.file.text())

    def _show_follow_ups(self, report: Report) -> None:
        count, tags, refused = report.rejected, report.new_tags, report.refused
        title = ngettext("{n} row needs a look", "{n} rows need a look", count).format(n=number(count))
        words = _("Saved as a CSV with one more column that says why. Correct it and import only that file.")
        self.rejected.show_text(title, words, _("Save rejected rows…"))
        self.rejected.setVisible(count > 0)
        title = ngettext("{n} new tag waits for a decision", "{n} new tags wait for a decision", len(tags))
        names = _(", ").join(tags[:_NAMES_SHOWN]) + ("…" if len(tags) > _NAMES_SHOWN else "")
        self.tags.show_text(title.format(n=number(len(tags))), names, _("Give them a decision"))
        self.tags.setVisible(bool(tags))
        title = ngettext("{n} friend now refuses marketing", "{n} friends now refuse marketing", refused)
        words = _("They get no message any more, from any segment.")
        self.refusals.show_text(title.format(n=number(refused)), words, _("See the friends"))
        self.refusals.setVisible(refused > 0)

    def _show_rows(self, shown: bool) -> None:
        """Open or close the table of the rows that were not taken."""
        self.list.setVisible(shown)
        self.here.setText(_("Hide them") if shown else _("See them here"))
        batch = self._report.batch_id if self._report else None
        if shown and batch is not None:
            key = f"imports.rejected.{self._name}"
            self._desk.jobs.read(lambda session: history.rejected(session, batch), self._fill, key=key)

    def _fill(self, rows: list[Rejected]) -> None:
        texts = [(number(row.line), row.sentence, " · ".join(cell for cell in row.cells if cell)) for row in rows]
        show_texts(self.rows, [_("Row"), _("Why"), _("As it stands in the file")], texts)
        self.rows.setAccessibleName(_("Rejected rows"))
        self.rows.setColumnWidth(_LINE, 70)
        for column in (_WHY, _CELLS):
            self.rows.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _save_rejected(self) -> None:
        batch = self._report.batch_id if self._report else None
        if batch is None:
            return
        name = f"rejected_{self._desk.day().today.isoformat()}"
        path = self._desk.dialogs.save_table("rejected", _("Save rejected rows"), name)
        if path is not None:
            self._desk.jobs.read(
                lambda session: run.save_rejected(session, batch, path),
                lambda n: self._desk.toast(_("Saved {n} rejected rows.").format(n=number(n)), None),
            )

    def _build(self) -> None:
        self.title, self.parts, self.legend = label("", "section"), SegmentBar(), Legend()
        self.file = label("", "second")
        self.title.setObjectName(f"{self._name}importedTitle")
        self.legend.setObjectName(f"{self._name}importedLegend")
        self.rejected = FollowUp("download-simple", f"{self._name}saveRejected")
        self.here = button("", "link", name=f"{self._name}seeRejected")
        self.rejected.add_button(self.here)
        self.tags = FollowUp("tag", f"{self._name}decideTags")
        self.refusals = FollowUp("users", f"{self._name}seeRefusals")
        self.rows = text_table(f"{self._name}rejectedRows")
        self.list = Card(margins=(1, 1, 1, 1))
        self.list.body.addWidget(self.rows)
        self.list.hide()
        head = QHBoxLayout()
        head.addWidget(PictureLabel("check-circle", "accent", 20))
        head.addWidget(self.title, 1)
        head.addWidget(self.file)
        told = Card()
        told.body.addLayout(head)
        for part in (self.parts, self.legend):
            told.body.addWidget(part)
        follow = QHBoxLayout()
        follow.setSpacing(12)
        for card in (self.rejected, self.tags, self.refusals):
            follow.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(told)
        column.addLayout(follow)
        column.addWidget(self.list)


def _told(session: Session, batch: int) -> tuple[Report, str]:
    return history.report(session, batch), history.batch(session, batch).file_name
