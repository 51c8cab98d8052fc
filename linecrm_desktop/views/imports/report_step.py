"""Step 4: the import at work, with Stop, and then its report: how every row ended, and what to do next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.imports.history import BatchRow
from linecrm_desktop.imports.plan import Report
from linecrm_desktop.text import _, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.imports.history_table import HistoryTable
from linecrm_desktop.views.imports.report_part import ReportPart
from linecrm_desktop.views.widgets.basics import Card, button, label


class ReportStep(QWidget):
    """Shows how far the import is, then how every row ended."""

    stop_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.part = ReportPart(desk)
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
        self.history.chosen.connect(self.part.show_batch)
        self.retranslate()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many rows are read."""
        self._show_end(False)
        self.doing.setText(_("Importing: {done} of {total} rows").format(done=number(done), total=number(total)))
        self.bar.setMaximum(max(1, total))
        self.bar.setValue(done)

    def show_report(self, report: Report) -> None:
        """Show a finished import, chosen in the history too once that has it."""
        self._show_end(True)
        self.part.show_report(report)
        self.history.choose(report.batch_id)

    def show_history(self, rows: list[BatchRow], day: ShopDay) -> None:
        """Show the imports so far below the report."""
        self.history.show_rows(rows, day)

    def retranslate(self) -> None:
        self.stop.setText(_("Stop and take everything back"))
        self.history_title.setText(_("Import history"))
        self.rule.setText(_("An import can be undone until a newer import changes the same friends, for 30 days."))
        self.part.retranslate()

    def _show_end(self, over: bool) -> None:
        self.work.setVisible(not over)
        self._space.setVisible(not over)
        self.end.setVisible(over)

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
        self.history_title, self.rule = label("", "section"), label("", "second")
        self.history = HistoryTable("reportHistory")
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 0, 0)
        head.addWidget(self.history_title)
        head.addWidget(self.rule, 1)
        past = Card(margins=(1, 10, 1, 1))
        past.body.addLayout(head)
        past.body.addWidget(self.history)
        self.end = QWidget()
        column = QVBoxLayout(self.end)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.part)
        column.addWidget(past, 1)
