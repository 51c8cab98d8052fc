"""One line a friend of a send: when, who, what became of the copy, and why."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from linecrm_desktop.campaigns.progress import DeliveryLine
from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.models.campaign import DeliveryState
from linecrm_desktop.results.send_list import STATE_WORDS
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip
from linecrm_desktop.views.widgets.record_model import RecordModel

_TONES = {
    DeliveryState.ACCEPTED: "good",
    DeliveryState.REFUSED: "bad",
    DeliveryState.IN_DOUBT: "warn",
    DeliveryState.STOPPED: "warn",
    DeliveryState.LEFT_OUT: "info",
    DeliveryState.KEPT_BACK: "info",
}

_WITHOUT = (DeliveryState.KEPT_BACK, DeliveryState.LEFT_OUT)
"""Who gets nothing gets no variant either."""


class Column(IntEnum):
    """The columns, in order."""

    TIME = 0
    FRIEND = 1
    VARIANT = 2
    RESULT = 3
    WHY = 4


_HEADS = {
    Column.TIME: N_("Time"),
    Column.FRIEND: N_("Friend"),
    Column.VARIANT: N_("Variant"),
    Column.RESULT: N_("Result"),
    Column.WHY: N_("Why"),
}


class DeliveryTableModel(RecordModel[DeliveryLine]):
    """The newest copies of one send."""

    columns = Column
    heads = _HEADS

    def __init__(self, day: ShopDay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = day

    def text(self, record: DeliveryLine, column: Column) -> str:
        match column:
            case Column.TIME:
                return self._day.local(record.at).strftime("%H:%M:%S") if record.at else ""
            case Column.FRIEND:
                return record.friend_name or _("Friend without a name")
            case Column.VARIANT:
                return "" if record.state in _WITHOUT else LETTERS[record.variant]
            case Column.RESULT:
                return _chip(record).text
            case Column.WHY:
                return record.why

    def look(self, record: DeliveryLine, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.WHY:
            return record.why or None
        return [_chip(record)] if role == CHIPS_ROLE and column is Column.RESULT else None


def _chip(line: DeliveryLine) -> Chip:
    if line.state is DeliveryState.ACCEPTED and line.tries > 1:
        return status_chip("warn", _("Tried again"))
    return status_chip(_TONES.get(line.state, "plain"), _(STATE_WORDS[line.state]))
