"""The imports of the shop, newest first, as the history page and the report of an import show them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.imports.history import BatchRow
from linecrm_desktop.text import _, number, short_date, when
from linecrm_desktop.views.widgets.tables import give_widths, show_texts, text_table

_WIDTHS = {0: 130, 2: 190, 3: 80, 4: 90, 5: 100, 6: 90, 7: 170}
_FILE = 1


class HistoryTable(QWidget):
    """One row an import: when, which file, what it was, how its rows ended, and whether it was undone."""

    chosen = Signal(int)
    """Another import was chosen, by its id."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows: list[BatchRow] = []
        self._chosen: int | None = None
        self.table = text_table(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.table.itemSelectionChanged.connect(self._tell)

    def show_rows(self, rows: list[BatchRow], day: ShopDay) -> None:
        """Show these imports; times as the shop's clock has them. The chosen one stays chosen."""
        self._rows = rows
        names = [_("When"), _("File"), _("Preset"), _("New"), _("Updated"), _("Unchanged"), _("Rejected"), _("Undo")]
        self.table.setAccessibleName(_("Import history"))
        texts = [
            (
                *(when(day.local(row.at), day.today), row.file_name, row.what),
                *(number(count) for count in (row.new, row.updated, row.unchanged, row.rejected)),
                _undone(row, day),
            )
            for row in rows
        ]
        self.table.blockSignals(True)
        show_texts(self.table, names, texts, numbers=4, after=1)
        self.table.blockSignals(False)
        give_widths(self.table, _WIDTHS)
        self.table.horizontalHeader().setSectionResizeMode(_FILE, QHeaderView.ResizeMode.Stretch)
        self.choose(self._chosen)

    def choose(self, batch: int | None) -> None:
        """Choose an import without telling anybody; one that is not there yet is chosen when it comes."""
        self._chosen = batch
        place = next((place for place, row in enumerate(self._rows) if row.id == batch), None)
        self.table.blockSignals(True)
        if place is None:
            self.table.clearSelection()
        else:
            self.table.selectRow(place)
        self.table.blockSignals(False)
        self.table.viewport().update()

    @property
    def chosen_batch(self) -> int | None:
        """The import that is chosen, if it is there."""
        return self._chosen if any(row.id == self._chosen for row in self._rows) else None

    def _tell(self) -> None:
        places = self.table.selectionModel().selectedRows()
        if places and self._rows[places[0].row()].id != self._chosen:
            self._chosen = self._rows[places[0].row()].id
            self.chosen.emit(self._chosen)


def _undone(row: BatchRow, day: ShopDay) -> str:
    if row.undone_at is None:
        return ""
    return _("Undone on {date}").format(date=short_date(day.local(row.undone_at).date(), day.today))
