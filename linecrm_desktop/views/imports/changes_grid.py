"""What an import changes beside its rows: names and numbers in two columns, and what it never does."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from linecrm_desktop.imports.plan import Report
from linecrm_desktop.text import _, number
from linecrm_desktop.views.widgets.basics import label


class ChangesGrid(QWidget):
    """Shows a report's changes, in a dry run and after the import alike."""

    def __init__(self) -> None:
        super().__init__()
        self._names = [label() for _place in range(6)]
        self._numbers = [label("", "strong") for _place in range(6)]
        self.promise = label("", "caption", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for place, (name, count) in enumerate(zip(self._names, self._numbers, strict=True)):
            row, left = place // 2, place % 2 * 3
            grid.addWidget(name, row, left)
            grid.addWidget(count, row, left + 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnMinimumWidth(2, 24)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(3, 1)
        grid.addWidget(self.promise, 3, 0, 1, 5)

    def show_report(self, report: Report) -> None:
        """Show what a report says."""
        shown = (
            (_("New friends"), report.new_friends),
            (_("Tags added to friends"), report.tags_given),
            (_("New tags"), len(report.new_tags)),
            (_("Marketing now refused"), report.refused),
            (_("Marketing newly allowed"), report.allowed),
            (_("New fields"), len(report.new_fields)),
        )
        for name, count, (text, n) in zip(self._names, self._numbers, shown, strict=True):
            name.setText(text)
            count.setText(number(n))
        self._names[2].setToolTip(_(", ").join(report.new_tags))
        self._names[5].setToolTip(_(", ").join(report.new_fields))
        self.promise.setText(_("A refusal already recorded is never turned back on by an import."))
