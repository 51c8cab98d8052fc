"""The table of requests: number, friend, what is wanted, two days, and how it stands."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.data_request import Ending
from linecrm_desktop.requests import words
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.text import N_, short_date
from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip
from linecrm_desktop.views.widgets.record_model import RecordModel


class Column(IntEnum):
    """The columns, in order."""

    NUMBER = 0
    FRIEND = 1
    WANTS = 2
    ASKED = 3
    ANSWER_BY = 4
    STATE = 5


def state_chip(row: RequestRow, day: ShopDay) -> Chip:
    """Return how a request stands, in its colour: red when the answer is due within three days."""
    said = words.state(row, day)
    if row.is_open:
        return status_chip("bad" if row.is_pressing(day.today) else "warn", said, "clock")
    return status_chip("good", said) if row.ending is Ending.DONE else status_chip("plain", said)


class RequestsModel(RecordModel[RequestRow]):
    """Requests, the newest first."""

    columns = Column
    heads = {
        Column.NUMBER: N_("No."),
        Column.FRIEND: N_("Friend"),
        Column.WANTS: N_("Wants"),
        Column.ASKED: N_("Asked"),
        Column.ANSWER_BY: N_("Answer by"),
        Column.STATE: N_("State"),
    }

    def __init__(self, day: Callable[[], ShopDay], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = day

    def text(self, record: RequestRow, column: Column) -> str:
        day = self._day()
        return {
            Column.NUMBER: record.name,
            Column.FRIEND: words.friend(record),
            Column.WANTS: words.wants(record),
            Column.ASKED: short_date(record.asked, day.today),
            Column.ANSWER_BY: words.answer_by(record, day.today),
            Column.STATE: words.state(record, day),
        }[column]

    def look(self, record: RequestRow, column: Column, role: int) -> Any:
        if role == CHIPS_ROLE and column is Column.STATE:
            return [state_chip(record, self._day())]
        if role == Qt.ItemDataRole.FontRole and column is Column.NUMBER:
            return theme.font(13, strong=True)
        if role == Qt.ItemDataRole.ToolTipRole:
            return record.about or None
        return None

    def sort_value(self, record: RequestRow, column: Column) -> Any:
        dates = {Column.ASKED: record.asked, Column.ANSWER_BY: record.answer_by}
        if column in dates:
            return dates[column].toordinal()
        return record.id if column is Column.NUMBER else super().sort_value(record, column)
