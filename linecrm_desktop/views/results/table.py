"""The table of sends with what each came to."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from linecrm_desktop.days import ShopDay
from linecrm_desktop.results import words
from linecrm_desktop.results.figures import Figure, Told
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.text import N_, _, money, ngettext, number, short_date
from linecrm_desktop.views import theme
from linecrm_desktop.views.results.wording import UNKNOWN, interval_of, said_of, share_of, standing_chip
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip
from linecrm_desktop.views.widgets.interval_delegate import INTERVAL_ROLE, CellInterval
from linecrm_desktop.views.widgets.record_model import RecordModel

_EDGE = 1.0
"""Points that the scale of the intervals has at least on both sides of zero."""


class Column(IntEnum):
    """The columns, in order."""

    SENT = 0
    MESSAGE = 1
    SEGMENT = 2
    ACCEPTED = 3
    OPENED = 4
    CLICKED = 5
    ORDERS = 6
    REVENUE = 7
    PER_MESSAGE = 8
    BLOCKS = 9
    LIFT = 10
    WORD = 11


HEADS = {
    Column.SENT: N_("Sent"),
    Column.MESSAGE: N_("Message"),
    Column.SEGMENT: N_("Segment"),
    Column.ACCEPTED: N_("Accepted"),
    Column.OPENED: N_("Opened"),
    Column.CLICKED: N_("Clicked"),
    Column.ORDERS: N_("Orders"),
    Column.REVENUE: N_("Revenue"),
    Column.PER_MESSAGE: N_("Per message"),
    Column.BLOCKS: N_("Blocks"),
    Column.LIFT: N_("Lift, points"),
    Column.WORD: N_("Did it work?"),
}
HINTS = {
    Column.ACCEPTED: N_("LINE took these messages. It does not say whether a friend has read them."),
    Column.OPENED: N_("People who opened it, as LINE counts them. LINE tells no number under 20."),
    Column.CLICKED: N_("People who clicked in it, as LINE counts them. LINE tells no number under 20."),
    Column.ORDERS: N_("Orders of recipients in the time that the brief named. Each order counts once."),
    Column.PER_MESSAGE: N_("Revenue of recipients by message. It is not what the message brought about."),
    Column.BLOCKS: N_("Recipients who blocked the account in that time, as far as the shop’s files tell."),
    Column.LIFT: N_("Share of those who got it, less the share of those who were kept back."),
}
NUMBERS = range(Column.ACCEPTED, Column.LIFT)


class ResultsTableModel(RecordModel[Outcome]):
    """Sends, the newest first."""

    columns = Column
    heads = HEADS
    hints = HINTS
    numbers = NUMBERS

    def __init__(
        self, day: ShopDay, currency: str, parent: QObject | None = None, *, is_practice: bool = False
    ) -> None:
        super().__init__(parent)
        self._is_practice = is_practice
        self._day, self._currency = day, currency
        self._scale = (-_EDGE, _EDGE)

    def show_rows(self, rows: Sequence[Outcome]) -> None:
        """Show these sends; their intervals share one scale."""
        ends = [row.lift.interval for row in rows if row.lift.interval is not None]
        low, high = min((end.low for end in ends), default=0.0), max((end.high for end in ends), default=0.0)
        self._scale = (min(low * 100, -_EDGE), max(high * 100, _EDGE))
        super().show_rows(rows)

    def row_of(self, campaign_id: int) -> int:
        """Return the row of a send, -1 when it is not there."""
        return next((row for row, found in enumerate(self.records) if found.id == campaign_id), -1)

    def look(self, record: Outcome, column: Column, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                return self._hint(record, column)
            case Qt.ItemDataRole.FontRole if column is Column.MESSAGE:
                return theme.font(13, strong=True)
            case Qt.ItemDataRole.ForegroundRole if column is Column.SEGMENT:
                return theme.colour("text2")
            case _ if role == CHIPS_ROLE and column is Column.WORD:
                return self._chips(record)
            case _ if role == INTERVAL_ROLE and column is Column.LIFT:
                found = interval_of(record.lift)
                return CellInterval(found, *self._scale) if found else None
        return None

    def _chips(self, row: Outcome) -> list[Chip]:
        practice = [status_chip("info", _("Practice"))] if row.is_practice and not self._is_practice else []
        return [standing_chip(row, self._day), *practice]

    def text(self, record: Outcome, column: Column) -> str:
        row, per = record, record.per_message
        blocked = row.reactions.blocked
        return {
            Column.SENT: short_date(self._day.local(row.window.begins).date(), self._day.today) if row.window else "",
            Column.MESSAGE: row.name,
            Column.SEGMENT: row.segment_name,
            Column.ACCEPTED: number(row.accepted),
            Column.OPENED: share_of(row.line.seen, row.accepted),
            Column.CLICKED: share_of(row.line.pressed, row.accepted),
            Column.ORDERS: number(row.sent.orders),
            Column.REVENUE: money(row.sent.revenue, self._currency, digits=0),
            Column.PER_MESSAGE: UNKNOWN if per is None else money(per, self._currency, digits=0),
            Column.BLOCKS: UNKNOWN if blocked is None else number(blocked),
            Column.LIFT: said_of(row.lift),
            Column.WORD: standing_chip(row, self._day).text,
        }[column]

    def _hint(self, row: Outcome, column: Column) -> str | None:
        match column:
            case Column.PER_MESSAGE if row.per_message is None:
                return _("LINE accepted no message, so there is nothing to divide by.")
            case Column.BLOCKS if row.reactions.blocked is None:
                return _("No file or log of this shop has told of a block yet, so nobody knows.")
            case Column.OPENED | Column.CLICKED:
                return figure_hint(row.line.seen if column is Column.OPENED else row.line.pressed)
            case Column.WORD:
                return words.doubt(row) or words.comparison(row)
            case _:
                return self.text(row, column) if column in (Column.MESSAGE, Column.SEGMENT, Column.LIFT) else None

    def sort_value(self, record: Outcome, column: Column) -> Any:
        row = record
        numbers = {
            Column.SENT: row.window.begins.timestamp() if row.window else 0.0,
            Column.ACCEPTED: row.accepted,
            Column.OPENED: _share(row.line.seen.people, row.accepted),
            Column.CLICKED: _share(row.line.pressed.people, row.accepted),
            Column.ORDERS: row.sent.orders,
            Column.REVENUE: row.sent.revenue,
            Column.PER_MESSAGE: -1 if row.per_message is None else row.per_message,
            Column.BLOCKS: -1 if row.reactions.blocked is None else row.reactions.blocked,
            Column.LIFT: row.lift.interval.estimate if row.lift.interval else -1.0,
        }
        return numbers[column] if column in numbers else super().sort_value(record, column)


def figure_hint(figure: Figure) -> str:
    """Say why there is no number of LINE's, or how many people it is."""
    match figure.told:
        case Told.NOT_ASKED:
            return _("LINE was not asked yet. “Read LINE’s numbers” asks it.")
        case Told.NOT_YET:
            return _("LINE has not counted this message yet. It takes up to three days.")
        case Told.UNDER:
            return _("LINE tells no number of fewer than 20 people.")
        case Told.NUMBER | Told.AT_LEAST:
            return ngettext("{n} person", "{n} people", figure.people or 0).format(n=figure.text)


def _share(people: int | None, of: int) -> float:
    return people / of if people is not None and of else -1.0
