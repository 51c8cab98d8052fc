"""The table of drafts and sends."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from linecrm_desktop.days import ShopDay
from linecrm_desktop.text import N_, _, when
from linecrm_desktop.views import icons, theme
from linecrm_desktop.views.messages.list_rows import ListRow, accepted_words, state_chip
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import status_chip
from linecrm_desktop.views.widgets.record_model import RecordModel


class Column(IntEnum):
    """The columns, in order."""

    NAME = 0
    SEGMENT = 1
    STATE = 2
    ACCEPTED = 3
    AT = 4


_HEADS = {
    Column.NAME: N_("Message"),
    Column.SEGMENT: N_("Segment"),
    Column.STATE: N_("State"),
    Column.ACCEPTED: N_("Accepted by LINE"),
    Column.AT: N_("Sent or changed"),
}


class ListTableModel(RecordModel[ListRow]):
    """Drafts and sends as rows."""

    columns = Column
    heads = _HEADS

    def __init__(self, day: ShopDay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = day

    def text(self, record: ListRow, column: Column) -> str:
        match column:
            case Column.NAME:
                return record.name
            case Column.SEGMENT:
                return record.segment
            case Column.STATE:
                return state_chip(record).text
            case Column.ACCEPTED:
                return accepted_words(record)
            case Column.AT:
                return when(self._day.local(record.at), self._day.today)

    def sort_value(self, record: ListRow, column: Column) -> Any:
        if column is Column.ACCEPTED:
            return record.accepted
        return record.at.timestamp() if column is Column.AT else super().sort_value(record, column)

    def look(self, record: ListRow, column: Column, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                return self.text(record, column)
            case Qt.ItemDataRole.FontRole if column is Column.NAME:
                return theme.font(13, strong=True)
            case Qt.ItemDataRole.ForegroundRole if column is Column.SEGMENT:
                return theme.colour("text2")
            case Qt.ItemDataRole.DecorationRole if column is Column.NAME:
                return icons.icon("pencil-simple" if record.is_draft else "paper-plane-tilt")
            case _ if role == CHIPS_ROLE and column is Column.STATE:
                practice = [status_chip("info", _("Practice"))] if record.is_practice else []
                return [state_chip(record), *practice]
        return None
