"""The table of sends with what each came to."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from linecrm_desktop.days import ShopDay
from linecrm_desktop.results import words
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.results.words import Standing
from linecrm_desktop.text import N_, _, money, number, short_date
from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip
from linecrm_desktop.views.widgets.record_model import RecordModel

UNKNOWN = "—"


class Column(IntEnum):
    """The columns, in order."""

    SENT = 0
    MESSAGE = 1
    SEGMENT = 2
    ACCEPTED = 3
    LEFT_OUT = 4
    ORDERS = 5
    REVENUE = 6
    PER_MESSAGE = 7
    NOT_SENT = 8
    WORD = 9


_HEADS = {
    Column.SENT: N_("Sent"),
    Column.MESSAGE: N_("Message"),
    Column.SEGMENT: N_("Segment"),
    Column.ACCEPTED: N_("Accepted"),
    Column.LEFT_OUT: N_("Left out"),
    Column.ORDERS: N_("Orders"),
    Column.REVENUE: N_("Revenue"),
    Column.PER_MESSAGE: N_("Per message"),
    Column.NOT_SENT: N_("Not sent"),
    Column.WORD: N_("What can be said"),
}
_HINTS = {
    Column.ACCEPTED: N_("LINE took these messages. It does not say whether a friend has read them."),
    Column.PER_MESSAGE: N_("Revenue of recipients by message. It is not what the message brought about."),
    Column.NOT_SENT: N_("Messages that a broadcast to everybody would have needed besides these."),
}
_NUMBERS = range(Column.ACCEPTED, Column.WORD)
_TONES = {
    Standing.NOT_BEGUN: "plain",
    Standing.COUNTING: "info",
    Standing.NO_KEPT_BACK: "warn",
    Standing.WORKED: "good",
    Standing.HURT: "bad",
    Standing.NO_EFFECT: "warn",
    Standing.NOT_SURE: "info",
}


class ResultsTableModel(RecordModel[Outcome]):
    """Sends, the newest first."""

    columns = Column
    heads = _HEADS
    hints = _HINTS
    numbers = _NUMBERS

    def __init__(self, day: ShopDay, currency: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day, self._currency = day, currency

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
        return None

    def _chips(self, row: Outcome) -> list[Chip]:
        practice = [status_chip("info", _("Practice"))] if row.is_practice else []
        return [standing_chip(row, self._day), *practice]

    def text(self, record: Outcome, column: Column) -> str:
        row, per = record, record.per_message
        return {
            Column.SENT: short_date(self._day.local(row.window.begins).date(), self._day.today) if row.window else "",
            Column.MESSAGE: row.name,
            Column.SEGMENT: row.segment_name,
            Column.ACCEPTED: number(row.accepted),
            Column.LEFT_OUT: number(sum(row.left_out.values())),
            Column.ORDERS: number(row.sent.orders),
            Column.REVENUE: money(row.sent.revenue, self._currency, digits=0),
            Column.PER_MESSAGE: UNKNOWN if per is None else money(per, self._currency, digits=0),
            Column.NOT_SENT: number(row.not_sent),
            Column.WORD: standing_chip(row, self._day).text,
        }[column]

    def _hint(self, row: Outcome, column: Column) -> str | None:
        if column is Column.PER_MESSAGE and row.per_message is None:
            return _("LINE accepted no message, so there is nothing to divide by.")
        if column is Column.WORD:
            return words.doubt(row) or words.comparison(row)
        return self.text(row, column) if column in (Column.MESSAGE, Column.SEGMENT) else None

    def sort_value(self, record: Outcome, column: Column) -> Any:
        row = record
        numbers = {
            Column.SENT: row.window.begins.timestamp() if row.window else 0.0,
            Column.ACCEPTED: row.accepted,
            Column.LEFT_OUT: sum(row.left_out.values()),
            Column.ORDERS: row.sent.orders,
            Column.REVENUE: row.sent.revenue,
            Column.PER_MESSAGE: -1 if row.per_message is None else row.per_message,
            Column.NOT_SENT: row.not_sent,
        }
        return numbers[column] if column in numbers else super().sort_value(record, column)


def standing_chip(found: Outcome, day: ShopDay) -> Chip:
    """Return the chip that says what may be said: a clock and the last day while a send is still counted."""
    standing = words.standing(found)
    if standing is Standing.COUNTING and found.window is not None:
        text = _("counts until {date}").format(date=short_date(found.window.last_day, day.today))
        return status_chip("info", text, "clock")
    return status_chip(_TONES[standing], words.word(found))
