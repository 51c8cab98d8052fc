"""Step 4: the import at work, with Stop, and then its report."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from linecrm_desktop.imports.plan import Report
from linecrm_desktop.text import _, number
from linecrm_desktop.views.imports.check_step import changes_of
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.charts import Bar, SegmentBar


class ReportStep(QWidget):
    """Shows how far the import is, then how every row ended."""

    stop_asked = Signal()
    save_asked = Signal()
    friends_asked = Signal()
    tags_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | None = None
        self.work, self.end = Card(), Card()
        self.doing = label("", "section")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = button("", "danger", "x", "stopImport")
        self.title, self.parts, self.legend = label("", "section"), SegmentBar(), label("", wrap=True)
        self.title.setObjectName("importedTitle")
        self.legend.setObjectName("importedLegend")
        self.changes = label("", wrap=True)
        self.save = button("", "default", "download-simple", "saveRejected")
        self.tags = button("", "default", "tag", "decideTags")
        self.friends = button("", "default", "users", "goToFriends")
        self._build()
        self.stop.clicked.connect(self.stop_asked)
        self.save.clicked.connect(self.save_asked)
        self.friends.clicked.connect(self.friends_asked)
        self.tags.clicked.connect(self.tags_asked)
        self.retranslate()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many rows are read."""
        self.work.show()
        self.end.hide()
        self.doing.setText(_("Importing: {done} of {total} rows").format(done=number(done), total=number(total)))
        self.bar.setMaximum(max(1, total))
        self.bar.setValue(done)

    def show_report(self, report: Report) -> None:
        """Show a finished import."""
        self._report = report
        self.work.hide()
        self.end.show()
        words = _("Imported {taken} of {rows} rows")
        self.title.setText(words.format(taken=number(report.taken), rows=number(report.rows)))
        named = (
            (_("new"), report.new, "chart1"),
            (_("updated"), report.updated, "chart2"),
            (_("unchanged"), report.unchanged, "chart4"),
            (_("rejected"), report.rejected, "bad"),
        )
        self.parts.show_bars([Bar(name, count, number(count), role) for name, count, role in named])
        self.legend.setText("    ".join(f"{number(count)} {name}" for name, count, _role in named))
        self.changes.setText("\n".join(changes_of(report)))
        self.save.setVisible(report.rejected > 0)
        self.tags.setVisible(bool(report.new_tags))

    def retranslate(self) -> None:
        self.stop.setText(_("Stop and take everything back"))
        self.save.setText(_("Save rejected rows…"))
        self.tags.setText(_("Give new tags a decision"))
        self.friends.setText(_("Go to friends"))
        if self._report is not None:
            self.show_report(self._report)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.work.body.addWidget(self.doing)
        self.work.body.addLayout(row)
        buttons = QHBoxLayout()
        for shown in (self.save, self.tags, self.friends):
            buttons.addWidget(shown)
        buttons.addStretch(1)
        for part in (self.title, self.parts, self.legend, self.changes):
            self.end.body.addWidget(part)
        self.end.body.addLayout(buttons)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 14)
        page.addWidget(self.work)
        page.addWidget(self.end)
        page.addStretch(1)
        self.end.hide()
