"""Step 4: the import at work, with Stop, and then its report: how every row ended, and what to do next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.imports.history import BatchRow
from linecrm_desktop.imports.plan import Report
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.imports.history_table import HistoryTable
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.charts import Bar, Legend, SegmentBar
from linecrm_desktop.views.widgets.parts import PictureLabel

_NAMES_SHOWN = 4


class FollowUp(Card):
    """Something that an import leaves to do: a title, a sentence and a button."""

    def __init__(self, icon_name: str, name: str) -> None:
        super().__init__()
        self.title, self.words = label("", "section"), label("", "second", wrap=True)
        self.action = button("", "default", icon_name, name)
        row = QHBoxLayout()
        row.addWidget(self.action)
        row.addStretch(1)
        self.body.addWidget(self.title)
        self.body.addWidget(self.words)
        self.body.addStretch(1)
        self.body.addLayout(row)

    def show_text(self, title: str, words: str, action: str) -> None:
        """Say what there is to do."""
        self.title.setText(title)
        self.words.setText(words)
        self.action.setText(action)


class ReportStep(QWidget):
    """Shows how far the import is, then how every row ended."""

    stop_asked = Signal()
    save_asked = Signal()
    tags_asked = Signal()
    refusals_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | None = None
        self._build_work()
        self._build_end()
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 14)
        page.addWidget(self.work)
        page.addWidget(self.end, 1)
        self._space = QWidget()
        page.addWidget(self._space, 1)
        self.end.hide()
        self.stop.clicked.connect(self.stop_asked)
        self.rejected.action.clicked.connect(self.save_asked)
        self.tags.action.clicked.connect(self.tags_asked)
        self.refusals.action.clicked.connect(self.refusals_asked)
        self.retranslate()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many rows are read."""
        self._show_end(False)
        self.doing.setText(_("Importing: {done} of {total} rows").format(done=number(done), total=number(total)))
        self.bar.setMaximum(max(1, total))
        self.bar.setValue(done)

    def show_report(self, report: Report) -> None:
        """Show a finished import."""
        self._report = report
        self._show_end(True)
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

    def show_history(self, rows: list[BatchRow], day: ShopDay) -> None:
        """Show the imports so far below the report."""
        self.history.show_rows(rows, day)

    def retranslate(self) -> None:
        self.stop.setText(_("Stop and take everything back"))
        self.history_title.setText(_("Import history"))
        if self._report is not None:
            self.show_report(self._report)

    def _show_end(self, over: bool) -> None:
        self.work.setVisible(not over)
        self._space.setVisible(not over)
        self.end.setVisible(over)

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

    def _build_work(self) -> None:
        self.work = Card()
        self.doing = label("", "section")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = button("", "danger", "x", "stopImport")
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.work.body.addWidget(self.doing)
        self.work.body.addLayout(row)

    def _build_end(self) -> None:
        self.title, self.parts, self.legend = label("", "section"), SegmentBar(), Legend()
        self.title.setObjectName("importedTitle")
        self.legend.setObjectName("importedLegend")
        self.rejected = FollowUp("download-simple", "saveRejected")
        self.tags = FollowUp("tag", "decideTags")
        self.refusals = FollowUp("users", "seeRefusals")
        self.history_title, self.history = label("", "section"), HistoryTable("reportHistory")
        self.history_title.setContentsMargins(14, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(PictureLabel("check-circle", "accent", 20))
        head.addWidget(self.title, 1)
        told = Card()
        told.body.addLayout(head)
        for part in (self.parts, self.legend):
            told.body.addWidget(part)
        follow = QHBoxLayout()
        follow.setSpacing(12)
        for card in (self.rejected, self.tags, self.refusals):
            follow.addWidget(card, 1)
        past = Card(margins=(1, 10, 1, 1))
        past.body.addWidget(self.history_title)
        past.body.addWidget(self.history)
        self.end = QWidget()
        column = QVBoxLayout(self.end)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(told)
        column.addLayout(follow)
        column.addWidget(past, 1)
