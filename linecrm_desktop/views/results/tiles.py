"""The key numbers over the table: all sends together. What LINE has not told is a dash that says why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.text import _, money, ngettext, number
from linecrm_desktop.views.results.table import UNKNOWN
from linecrm_desktop.views.widgets.parts import KpiTile

_NAMES = ("accepted", "opened", "clicked", "orders", "perMessage", "notSent")


class Tiles(QWidget):
    """Six key numbers."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self.tiles = {name: KpiTile() for name in _NAMES}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for name, tile in self.tiles.items():
            tile.setObjectName(f"kpi_{name}")
            row.addWidget(tile, 1)

    def show_outcomes(self, found: Sequence[Outcome]) -> None:
        """Add the sends up."""
        accepted = sum(one.accepted for one in found)
        revenue = sum(one.sent.revenue for one in found)
        n = sum(one.accepted > 0 for one in found)
        sends = ngettext("{n} send", "{n} sends", n).format(n=number(n))
        per = money(round(revenue / accepted), self._currency, digits=0) if accepted else UNKNOWN
        total = money(revenue, self._currency, digits=0)
        self.tiles["accepted"].show_number(_("Accepted by LINE"), number(accepted), sends)
        self.tiles["orders"].show_number(_("Orders in time"), number(sum(one.sent.orders for one in found)), total)
        self.tiles["perMessage"].show_number(_("Revenue per message"), per, _("not the same as lift"))
        self.tiles["notSent"].show_number(
            _("Messages not sent"), number(sum(one.not_sent for one in found)), _("against broadcasts")
        )
        self._show_unknown()

    def _show_unknown(self) -> None:
        hint = _("Tagwell does not read opens and clicks from LINE yet, so it shows no number.")
        for name, title in (("opened", _("Opened")), ("clicked", _("Clicked"))):
            self.tiles[name].show_number(title, UNKNOWN, _("not read from LINE"))
            self.tiles[name].setToolTip(hint)
