"""The table of sends with what each came to."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from linecrm_desktop.days import ShopDay
from linecrm_desktop.results import words
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.results.words import Standing
from linecrm_desktop.text import N_, _, money, number, short_date
from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
UNKNOWN = "—"
Index = QModelIndex | QPersistentModelIndex


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
    Standing.TOO_FEW: "warn",
    Standing.COMPARED: "info",
}


class ResultsTableModel(QAbstractTableModel):
    """Sends, the newest first."""

    def __init__(self, day: ShopDay, currency: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day, self._currency = day, currency
        self._rows: list[Outcome] = []

    def show_rows(self, rows: Sequence[Outcome]) -> None:
        """Show these sends."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_at(self, row: int) -> Outcome | None:
        """Return a send, or None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, campaign_id: int) -> int:
        """Return the row of a send, -1 when it is not there."""
        return next((row for row, found in enumerate(self._rows) if found.id == campaign_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[column])
        if role == Qt.ItemDataRole.ToolTipRole and column in _HINTS:
            return _(_HINTS[column])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._hint(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(column)
            case Qt.ItemDataRole.FontRole if column is Column.MESSAGE:
                return theme.font(13, strong=True)
            case Qt.ItemDataRole.ForegroundRole if column is Column.SEGMENT:
                return theme.colour("text2")
            case _ if role == CHIPS_ROLE and column is Column.WORD:
                return self._chips(row)
            case _ if role == SORT_ROLE:
                return self._sorted_by(row, column)
        return None

    def _chips(self, row: Outcome) -> list[Chip]:
        practice = [status_chip("info", _("Practice"))] if row.is_practice else []
        return [standing_chip(row, self._day), *practice]

    def _text(self, row: Outcome, column: Column) -> str:
        per = row.per_message
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
        return self._text(row, column) if column in (Column.MESSAGE, Column.SEGMENT) else None

    def _sorted_by(self, row: Outcome, column: Column) -> Any:
        numbers = {
            Column.SENT: row.window.begins.timestamp() if row.window else 0.0,
            Column.ACCEPTED: row.accepted,
            Column.LEFT_OUT: sum(row.left_out.values()),
            Column.ORDERS: row.sent.orders,
            Column.REVENUE: row.sent.revenue,
            Column.PER_MESSAGE: -1 if row.per_message is None else row.per_message,
            Column.NOT_SENT: row.not_sent,
        }
        return numbers.get(column, self._text(row, column).casefold())


def standing_chip(found: Outcome, day: ShopDay) -> Chip:
    """Return the chip that says what may be said: a clock and the last day while a send is still counted."""
    standing = words.standing(found)
    if standing is Standing.COUNTING and found.window is not None:
        text = _("counts until {date}").format(date=short_date(found.window.last_day, day.today))
        return status_chip("info", text, "clock")
    return status_chip(_TONES[standing], words.word(found))


def _side(column: Column) -> int:
    right = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(right | Qt.AlignmentFlag.AlignVCenter)
