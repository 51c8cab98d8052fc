"""The key numbers over the table: all sends that are shown together. What nobody knows is a dash that says why."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from linecrm_desktop.results.totals import Totals
from linecrm_desktop.text import _, money, ngettext, number, percent
from linecrm_desktop.views.results.table import figure_hint
from linecrm_desktop.views.results.wording import UNKNOWN, share_of
from linecrm_desktop.views.widgets.tiles import KpiTile

_NAMES = ("accepted", "opened", "clicked", "orders", "perMessage", "blocks")


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

    def show_total(self, its: Totals) -> None:
        """Show the sums of some sends."""
        for name, (title, shown, note, hint) in key_numbers(its, self._currency).items():
            self.tiles[name].show_number(title, shown, note)
            self.tiles[name].setToolTip(hint)


def key_numbers(its: Totals, currency: str) -> dict[str, tuple[str, str, str, str]]:
    """Return the six numbers: title, number, note and hint, by their names."""
    sends = ngettext("{n} message", "{n} messages", its.sends).format(n=number(its.sends))
    per = UNKNOWN if its.per_message is None else money(its.per_message, currency, digits=0)
    not_lift = _("Revenue of recipients by message. It is not what the message brought about.")
    return {
        "accepted": (_("Accepted by LINE"), number(its.accepted), sends, ""),
        "opened": _figure(_("Opened"), its, seen=True),
        "clicked": _figure(_("Clicked"), its, seen=False),
        "orders": (_("Orders in time"), number(its.orders), money(its.revenue, currency, digits=0), ""),
        "perMessage": (_("Revenue per message"), per, _("not the same as lift"), not_lift),
        "blocks": _blocks(its),
    }


def _figure(title: str, its: Totals, *, seen: bool) -> tuple[str, str, str, str]:
    figure, of = (its.line.seen, its.seen_of) if seen else (its.line.pressed, its.pressed_of)
    note = _("not read from LINE")
    if figure.people is not None:
        note = _("{n} of {all}").format(n=number(figure.people), all=number(of))
    return title, share_of(figure, of), note, figure_hint(figure)


def _blocks(its: Totals) -> tuple[str, str, str, str]:
    if its.blocked is None:
        why = _("No file or log of this shop has told of a block yet, so nobody knows.")
        return _("Blocks"), UNKNOWN, _("nobody has told"), why
    share = percent(its.blocked / its.accepted) if its.accepted else ""
    return _("Blocks"), number(its.blocked), share, ""
