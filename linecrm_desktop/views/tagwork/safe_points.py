"""What stays safe when work on tags is applied, one promise at the end of an audit and of a review."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.parts import PictureLabel


def add_safe_points(column: QVBoxLayout) -> None:
    """Add the lines to a column."""
    for text in (
        _("Segments ask for the merged tags in place of the old ones"),
        _("Retired tags stay readable in each friend’s history"),
        _("A backup is written first"),
    ):
        row = QHBoxLayout()
        row.addWidget(PictureLabel("check", "good"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(text, wrap=True), 1)
        column.addLayout(row)
