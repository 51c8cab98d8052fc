"""The five key numbers as tiles; each opens the list behind it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from linecrm_desktop.home.numbers import MessagesLeft, Numbers, People
from linecrm_desktop.home.reading import Home
from linecrm_desktop.text import _, money, month_name, ngettext, number, percent, short_date
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.home.fit_grid import FitGrid
from linecrm_desktop.views.widgets.tiles import KpiTile

UNKNOWN = "—"
_LEAST = 150
_PLACES = {
    "reachable": Place(Page.FRIENDS, None, "reachable"),
    "sourced": Place(Page.FRIENDS, None, "no_source"),
    "undecided": Place(Page.TAGS, None, "no_decision"),
    "left": Place(Page.SETTINGS, None, "line"),
    "notWasted": Place(Page.RESULTS),
}


class Tiles(QWidget):
    """The tiles in a row, or in two where the window is narrow."""

    asked_for = Signal(object)

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._home: Home | None = None
        self._is_unread = False
        self.tiles = {name: KpiTile() for name in _PLACES}
        for name, tile in self.tiles.items():
            tile.setObjectName(f"home_{name}")
            tile.number.setObjectName(f"home_{name}_number")
            tile.note.setObjectName(f"home_{name}_note")
            tile.opened.connect(lambda where=_PLACES[name]: self.asked_for.emit(where))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(FitGrid(list(self.tiles.values()), _LEAST))
        self.retranslate()

    def show_home(self, home: Home) -> None:
        """Show these numbers."""
        self._home = home
        self.retranslate()

    def show_unread(self, is_unread: bool) -> None:
        """Say beside the messages left that LINE could not be asked just now, or that it could."""
        self._is_unread = is_unread
        self.retranslate()

    def retranslate(self) -> None:
        home = self._home
        if home is None or home.is_empty:
            self._show_empty("" if home is None else _("after your first import"))
        else:
            self._show_people(home.numbers.people)
            self._show_tags(home.numbers)
        if home is not None:
            self._show_left(home.numbers.left, home)
            if not home.is_empty:
                self._show_not_wasted(home)

    def _show_empty(self, note: str) -> None:
        titles = (_("Reachable friends"), _("Friends with a source"), _("Tags without a decision"))
        for tile, title in zip(
            self.tiles.values(), (*titles, _("Messages left"), _("Messages not wasted")), strict=True
        ):
            tile.show_number(title, UNKNOWN, note)
            tile.show_share(None)

    def _show_people(self, people: People) -> None:
        values = {
            "friends": number(people.friends),
            "blocked": number(people.blocked),
            "refused": number(people.refused),
            "no_id": number(people.no_line_id),
        }
        note = _("of {friends} · {blocked} blocked, {refused} refused")
        if people.no_line_id:
            note = _("of {friends} · {blocked} blocked, {refused} refused, {no_id} without LINE ID")
        self.tiles["reachable"].show_number(_("Reachable friends"), number(people.reachable), note.format(**values))
        share = people.sourced / people.friends
        of = _("{n} of {friends}").format(n=number(people.sourced), friends=number(people.friends))
        self.tiles["sourced"].show_number(_("Friends with a source"), percent(share, 0), of)
        self.tiles["sourced"].show_share(share)

    def _show_tags(self, numbers: Numbers) -> None:
        of = ngettext("of {n} tag", "of {n} tags", numbers.tags).format(n=number(numbers.tags))
        self.tiles["undecided"].show_number(_("Tags without a decision"), number(numbers.undecided), of)
        share = 1 - numbers.undecided / numbers.tags if numbers.tags else None
        self.tiles["undecided"].show_share(share)

    def _show_left(self, left: MessagesLeft | None, home: Home) -> None:
        tile = self.tiles["left"]
        if left is None:
            note = _("LINE was not asked yet")
            tile.show_number(_("Messages left"), UNKNOWN, note)
            return
        shown = _("no limit") if left.left is None else number(left.left)
        tile.show_number(_("Messages left"), shown, self._left_note(left, home))

    def _left_note(self, left: MessagesLeft, home: Home) -> str:
        read_on = home.day.local(left.read_at).date()
        if self._is_unread:
            on = short_date(read_on, home.day.today)
            return _("from {date}, LINE could not be reached").format(date=on)
        if (read_on.year, read_on.month) != (home.day.today.year, home.day.today.month):
            return _("from {date}, not read since").format(date=short_date(read_on, home.day.today))
        values = {
            "limit": number(left.limit or 0),
            "used": number(left.used),
            "month": month_name(home.day.today, short=True),
            "extra": UNKNOWN if left.extra is None else money(left.extra, self._currency),
        }
        if left.limit is None:
            return _("{used} used in {month}").format(**values)
        if left.extra is None:
            return _("of {limit} in {month} · plan not chosen").format(**values)
        return _("of {limit} in {month} · {extra} extra so far").format(**values)

    def _show_not_wasted(self, home: Home) -> None:
        spared = home.numbers.not_wasted
        if not spared.sends:
            note = _("nothing was sent this month")
        else:
            form = ngettext("versus {n} broadcast", "versus {n} broadcasts", spared.sends)
            if spared.money_minor is not None:
                form = ngettext("versus {n} broadcast · {money}", "versus {n} broadcasts · {money}", spared.sends)
            cost = money(spared.money_minor or 0, self._currency)
            note = form.format(n=number(spared.sends), money=cost)
        self.tiles["notWasted"].show_number(_("Messages not wasted"), number(spared.messages), note)
