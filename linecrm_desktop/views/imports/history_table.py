"""The imports of the shop, newest first, as the history page and the report of an import show them."""

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.imports.history import BatchRow
from linecrm_desktop.text import _, number, when
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_WIDTHS = {0: 130, 2: 190, 3: 80, 4: 90, 5: 100, 6: 90}
_FILE = 1


class HistoryTable(QWidget):
    """One row an import: when, which file, what it was, and how its rows ended."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.table = text_table(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def show_rows(self, rows: list[BatchRow], day: ShopDay) -> None:
        """Show these imports; times as the shop's clock has them."""
        names = [_("When"), _("File"), _("Preset"), _("New"), _("Updated"), _("Unchanged"), _("Rejected")]
        self.table.setAccessibleName(_("Import history"))
        texts = [
            (
                *(when(day.local(row.at), day.today), row.file_name, row.what),
                *(number(count) for count in (row.new, row.updated, row.unchanged, row.rejected)),
            )
            for row in rows
        ]
        show_texts(self.table, names, texts, numbers=4)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(_FILE, QHeaderView.ResizeMode.Stretch)
