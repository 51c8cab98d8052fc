"""How every list of rows looks and behaves: whole rows, bottom lines instead of a grid, headers over their texts."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTableWidget, QTableWidgetItem

from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chip_delegate import ChipDelegate
from linecrm_desktop.views.widgets.outside import follow_selection

NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def dress(
    table: QTableView,
    *,
    stretch: int | None = None,
    widths: Mapping[Any, int] | None = None,
    row_height: int = ChipDelegate.row_height,
) -> None:
    """Give a table the look of the design; set its model before, so that column widths stay."""
    table.setItemDelegate(ChipDelegate(table))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    if table.model() is not None:
        follow_selection(table)
    table.setShowGrid(False)
    table.setWordWrap(False)  # a text that does not fit is cut where the room ends, not at its last whole word
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(row_height)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    give_widths(table, widths or {})
    if stretch is not None:
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)


def give_widths(table: QTableView, widths: Mapping[Any, int]) -> None:
    """Give columns these widths at 100 % text, more for larger text, and always room for what the header says."""
    header = table.horizontalHeader()
    for column, width in widths.items():
        table.setColumnWidth(column, max(round(width * theme.text_scale()), header.sectionSizeHint(column)))


def text_table(name: str) -> QTableWidget:
    """Return an empty table for a few rows of plain texts that nobody edits."""
    table = QTableWidget()
    table.setObjectName(name)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    dress(table)
    return table


def show_texts(
    table: QTableWidget, names: Sequence[str], rows: Sequence[Sequence[str]], numbers: int = 0, after: int = 0
) -> None:
    """Fill a table of texts; `numbers` columns, the last but `after`, hold numbers and stand at the right."""
    table.setColumnCount(len(names))
    table.setRowCount(len(rows))
    at_right = range(len(names) - after - numbers, len(names) - after)
    for column, name in enumerate(names):
        table.setHorizontalHeaderItem(column, _item(name, at_right=column in at_right))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.setItem(row, column, _item(text, at_right=column in at_right))


def _item(text: str, *, at_right: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(text)
    if at_right:
        item.setTextAlignment(NUMBER)
    return item
