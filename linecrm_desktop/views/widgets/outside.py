"""What other programs need to work a list: screen readers and voice control select a row, they move no cursor."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView


def follow_selection(view: QAbstractItemView) -> None:
    """Make a row that another program selected the current one; set the view's model before.

    Mouse and keys select first and move the cursor then, so it is looked at when they are done.
    """
    chosen = view.selectionModel()

    def follow() -> None:
        if view.selectionMode() != QAbstractItemView.SelectionMode.SingleSelection:
            return
        indexes = chosen.selectedIndexes()
        if indexes and view.currentIndex() not in indexes:
            view.setCurrentIndex(indexes[0])

    chosen.selectionChanged.connect(lambda *_rows: QTimer.singleShot(0, view, follow))
