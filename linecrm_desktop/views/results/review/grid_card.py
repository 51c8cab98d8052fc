"""Revenue by message where an interest meets a stage: a heat grid, and the same as a table."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from linecrm_desktop.results.review.grid import Cell, Grid
from linecrm_desktop.text import _, money, number
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.charts.chart import Chart
from linecrm_desktop.views.widgets.charts.heat import Heat, HeatCell, HeatRow
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_HEIGHT = 200


class GridCard(Card):
    """Shows the grid; hidden where no interest met a stage."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._grid = Grid()
        self._title, self._note = label("", "section", wrap=True), label("", "second")
        self.as_table = button("", "link", name="gridAsTable")
        self.as_table.setCheckable(True)
        self.heat = Chart()
        self.heat.setObjectName("reviewHeat")
        self.table = text_table("reviewHeatTable")
        self.table.setMinimumHeight(_HEIGHT)
        self.ways = QStackedWidget()
        self.ways.addWidget(self.heat)
        self.ways.addWidget(self.table)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._note)
        head.addWidget(self.as_table)
        self.body.addLayout(head)
        self.body.addWidget(self.ways)
        self.body.addStretch()
        self.as_table.toggled.connect(self._turn)

    def show_grid(self, grid: Grid) -> None:
        """Show this grid."""
        self._grid = grid
        self.setVisible(bool(grid.cells))
        self._title.setText(_("Revenue per message"))
        self._note.setText(_("interest × stage, last 90 days"))
        columns = tuple(stage.name for stage in grid.stages)
        self.heat.show_drawing(heat(grid, self._currency), _("Revenue per message by interest and stage"))
        self.table.setAccessibleName(_("Revenue per message by interest and stage"))
        texts = [
            (interest.name, *(_words(_cell(cell, self._currency)) for cell in cells))
            for interest, cells in zip(grid.interests, grid.cells, strict=True)
        ]
        show_texts(self.table, (_("Interest"), *columns), texts, numbers=len(columns))
        self._turn(self.as_table.isChecked())

    def _turn(self, as_table: bool) -> None:
        self.ways.setCurrentIndex(1 if as_table else 0)
        self.as_table.setText(_("Show as grid") if as_table else _("Show as table"))


def heat(grid: Grid, currency: str) -> Heat:
    """Draw a grid, for the window and for paper."""
    rows = tuple(
        HeatRow(interest.name, tuple(_cell(cell, currency) for cell in cells), interest.type)
        for interest, cells in zip(grid.interests, grid.cells, strict=True)
    )
    return Heat(tuple(stage.name for stage in grid.stages), rows)


def _cell(cell: Cell, currency: str) -> HeatCell:
    if cell.per_message is None:
        return HeatCell(None, _("too few: {n}").format(n=number(cell.delivered)))
    sent = _("{n} sent").format(n=number(cell.delivered))
    return HeatCell(cell.per_message, money(cell.per_message, currency, digits=0), sent)


def _words(cell: HeatCell) -> str:
    return f"{cell.written} · {cell.note}" if cell.note else cell.written
