"""Step 3: what each row would become; nothing is saved yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from linecrm_desktop.imports.plan import Report, reason_name
from linecrm_desktop.text import _, number
from linecrm_desktop.views.imports.check_model import CheckModel, Column, VerdictFilter
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.charts import Bar, HBars
from linecrm_desktop.views.widgets.chip_delegate import ChipDelegate
from linecrm_desktop.views.widgets.parts import KpiTile, SearchField, Segmented

VERDICTS = ("", "new", "updated", "unchanged", "rejected")


class CheckStep(QWidget):
    """Five tiles and a table; a tile filters the table."""

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | None = None
        self.tiles = [KpiTile() for _verdict in VERDICTS]
        self.why_title, self.why, self.change_title, self.change = (
            label("", "section"),
            HBars(),
            label("", "section"),
            label(),
        )
        self.filter, self.search = Segmented([""] * len(VERDICTS)), SearchField(name="rowFind")
        self.filter.setObjectName("verdictFilter")
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
        self.search.show_placeholder(_("Search in rows"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
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
        self.table.setItemDelegate(ChipDelegate(self.table))
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(34)
        self.table.horizontalHeader().setSectionResizeMode(Column.WHY, QHeaderView.ResizeMode.Stretch)
        for column, width in {Column.LINE: 60, Column.VERDICT: 120, Column.WHO: 150, Column.CELLS: 420}.items():
            self.table.setColumnWidth(column, width)

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
        for place, tile in enumerate(self.tiles):
            tile.opened.connect(lambda at=place: self._show_only(at))

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
        self.why.show_bars([Bar(reason_name(code), n, number(n), "bad") for code, n in report.reasons.items()])
        self.change.setText("\n".join(changes_of(report)))


def changes_of(report: Report) -> list[str]:
    """Return what an import changes beside its rows, as sentences."""
    return [
        _("New friends: {n}").format(n=number(report.new_friends)),
        _("Tags given: {n}").format(n=number(report.tags_given)),
        _("New tags: {tags}").format(tags=_(", ").join(report.new_tags) or "0"),
        _("Marketing now refused: {n}").format(n=number(report.refused)),
        _("Marketing newly allowed: {n}").format(n=number(report.allowed)),
        _("A refusal already recorded is never turned back on by an import."),
    ]
