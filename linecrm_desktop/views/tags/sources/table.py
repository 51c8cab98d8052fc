"""The table of entry links."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from linecrm_desktop.days import ShopDay
from linecrm_desktop.sources.links import LinkRow
from linecrm_desktop.sources.words import KINDS
from linecrm_desktop.text import N_, _, number, when
from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip, tag_chip
from linecrm_desktop.views.widgets.record_model import RecordModel

UNKNOWN = "—"


class Column(IntEnum):
    """The columns, in order."""

    PLACE = 0
    TAG = 1
    CODE = 2
    KIND = 3
    FRIENDS = 4
    LAST = 5


class LinkTableModel(RecordModel[LinkRow]):
    """Links, those in use first."""

    columns = Column
    heads = {
        Column.PLACE: N_("Place"),
        Column.TAG: N_("Tag"),
        Column.CODE: N_("Code"),
        Column.KIND: N_("Kind of link"),
        Column.FRIENDS: N_("Friends"),
        Column.LAST: N_("Last one"),
    }
    hints = {Column.FRIENDS: N_("Friends who wrote the code, in chats and logs that were imported.")}
    numbers = (Column.FRIENDS,)

    def __init__(self, day: ShopDay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = day

    def text(self, record: LinkRow, column: Column) -> str:
        match column:
            case Column.PLACE:
                return record.place
            case Column.TAG:
                return record.tag.name
            case Column.CODE:
                return record.code
            case Column.KIND:
                state = _state(record)
                return state.text if state else _(KINDS[record.kind])
            case Column.FRIENDS:
                return number(record.friends)
            case Column.LAST:
                return when(self._day.local(record.last_at), self._day.today) if record.last_at else UNKNOWN

    def sort_value(self, record: LinkRow, column: Column) -> Any:
        if column is Column.FRIENDS:
            return record.friends
        if column is Column.LAST:
            return record.last_at.timestamp() if record.last_at else 0.0
        return super().sort_value(record, column)

    def look(self, record: LinkRow, column: Column, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                return record.url if column is Column.CODE else self.text(record, column)
            case Qt.ItemDataRole.FontRole if column is Column.PLACE:
                return theme.font(13, strong=True)
            case Qt.ItemDataRole.ForegroundRole if record.is_stopped or column is Column.KIND:
                return theme.colour("text2")
            case _ if role == CHIPS_ROLE and column is Column.TAG:
                return [tag_chip(record.tag.name, record.tag.type)]
            case _ if role == CHIPS_ROLE and column is Column.KIND:
                state = _state(record)
                return [state] if state else None
        return None


def _state(row: LinkRow) -> Chip | None:
    """Return what stands in the place of the kind: the link is stopped, or has no effect."""
    if row.is_stopped:
        return status_chip("plain", _("Not used any more"))
    return status_chip("warn", _("Tag is retired")) if row.is_tag_retired else None
