"""Step 3: what each row would become; nothing is saved yet."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from linecrm_desktop.imports.plan import Report, reason_name
from linecrm_desktop.text import _, number
from linecrm_desktop.views.imports.changes_grid import ChangesGrid
from linecrm_desktop.views.imports.check_model import CheckModel, Column, VerdictFilter
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.charts.bars import Bar, HBars
from linecrm_desktop.views.widgets.parts import SearchField, Segmented
from linecrm_desktop.views.widgets.tables import dress
from linecrm_desktop.views.widgets.tiles import KpiTile

VERDICTS = ("", "new", "updated", "unchanged", "rejected")
_TILE_ICONS = (
    *(("file-text", "text2"), ("user-plus", "info"), ("pencil-simple", "accent")),
    *(("equals", "text2"), ("x-circle", "bad")),
)


class CheckStep(QWidget):
    """Five tiles and a table; a tile filters the table, a row's last cell or Enter does what can be done about it."""

    decision_asked = Signal(object)
    """The Sample that a person must decide about."""
    fix_asked = Signal(object)
    """The Sample whose fix was pressed."""
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | None = None
        self.tiles = [KpiTile(icon_name=name, role=role) for name, role in _TILE_ICONS]
        self.why_title, self.why, self.change_title = label("", "section"), HBars(), label("", "section")
        self.change = ChangesGrid()
        self.filter, self.search = Segmented([""] * len(VERDICTS)), SearchField(name="rowFind")
        self.filter.setObjectName("verdictFilter")
        self.save = button("", "default", "download-simple", "saveChecked")
        self._build_table()
        self._build_page()
        self._connect()
        self.retranslate()

    def show_report(self, report: Report) -> None:
        """Show a dry run; rejected rows first when there are any."""
        self._report = report
        self.model.show_rows(report.samples)
        self._show_numbers(report)
        self._show_only(len(VERDICTS) - 1 if report.rejected else 0)

    def retranslate(self) -> None:
        self.why_title.setText(_("Why rows are rejected"))
        self.change_title.setText(_("What will change"))
        self.table.setAccessibleName(_("Rows of the file"))
        self.search.show_placeholder(_("Search in rows"))
        self.save.setText(_("Save rejected rows…"))
        self.model.retranslate()
        if self._report is not None:
            self._show_numbers(self._report)

    def _build_table(self) -> None:
        self.model = CheckModel(self)
        self.filtered = VerdictFilter(self)
        self.filtered.setSourceModel(self.model)
        self.filtered.setFilterKeyColumn(-1)
        self.filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table = QTableView()
        self.table.setObjectName("checkTable")
        self.table.setModel(self.filtered)
        widths = {Column.LINE: 60, Column.VERDICT: 136, Column.WHO: 130, Column.CELLS: 210, Column.YOU_CAN: 190}
        dress(self.table, stretch=Column.WHY, widths=widths)

    def _build_page(self) -> None:
        tiles, cards, bar = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        tiles.setSpacing(12)
        for number_, tile in enumerate(self.tiles):
            tile.setObjectName(f"tile{number_}")
            tiles.addWidget(tile, 1)
        why, change = Card(), Card()
        why.body.addWidget(self.why_title)
        why.body.addWidget(self.why)
        why.body.addStretch(1)
        change.body.addWidget(self.change_title)
        change.body.addWidget(self.change)
        change.body.addStretch(1)
        cards.setSpacing(12)
        cards.addWidget(why, 4)
        cards.addWidget(change, 6)
        bar.addWidget(self.filter)
        bar.addWidget(self.search)
        bar.addStretch(1)
        bar.addWidget(self.save)
        table = Card(margins=(0, 0, 0, 0))
        table.body.addWidget(self.table)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 14)
        page.setSpacing(12)
        for layout in (tiles, cards, bar):
            page.addLayout(layout)
        page.addWidget(table, 1)

    def _connect(self) -> None:
        self.filter.chosen.connect(self._show_only)
        self.search.textChanged.connect(self.filtered.setFilterFixedString)
        self.table.activated.connect(self._opened)
        self.table.clicked.connect(self._pressed)
        self.save.clicked.connect(self.save_asked)
        for place, tile in enumerate(self.tiles):
            tile.opened.connect(lambda at=place: self._show_only(at))

    def _opened(self, index: QModelIndex) -> None:
        sample = self.model.row_at(self.filtered.mapToSource(index).row())
        if sample is not None and sample.fix:
            self.fix_asked.emit(sample)
        elif sample is not None and sample.why == "conflict":
            self.decision_asked.emit(sample)

    def _pressed(self, index: QModelIndex) -> None:
        if index.column() == Column.YOU_CAN:
            self._opened(index)

    def _show_only(self, place: int) -> None:
        self.filter.choose(place)
        for at, tile in enumerate(self.tiles):
            tile.choose(at == place)
        self.filtered.show_verdict(VERDICTS[place])

    def _show_numbers(self, report: Report) -> None:
        counts = (report.rows, report.new, report.updated, report.unchanged, report.rejected)
        names = (_("Rows in the file"), _("New"), _("Updated"), _("Unchanged"), _("Rejected"))
        for tile, name, count in zip(self.tiles, names, counts, strict=True):
            tile.show_number(name, number(count))
        short = (_("All"), *names[1:])
        labels = [_("{name} {n}").format(name=name, n=number(n)) for name, n in zip(short, counts, strict=True)]
        self.filter.show_options(labels)
        most_first = sorted(report.reasons.items(), key=lambda reason: -reason[1])
        self.why.show_bars(
            [Bar(reason_name(code), n, number(n), "bad") for code, n in most_first], self.why_title.text()
        )
        self.save.setVisible(report.rejected > 0)
        self.change.show_report(report)
