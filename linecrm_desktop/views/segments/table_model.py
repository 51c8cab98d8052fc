"""The shop's own segments as a table."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from linecrm_desktop.days import ShopDay
from linecrm_desktop.segments.health import Health
from linecrm_desktop.text import N_, _, ngettext, number, short_date, when
from linecrm_desktop.views import theme
from linecrm_desktop.views.segments.listing import Listed, made_from
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip
from linecrm_desktop.views.widgets.record_model import Index, RecordModel
from linecrm_desktop.views.widgets.spark_delegate import SPARK_ROLE

_LINES = 8
"""So many moments of a line are written out."""


class Column(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    DECIDES = 1
    MADE_FROM = 2
    MATCH = 3
    REACH = 4
    TREND = 5
    SENT = 6
    USED = 7
    HEALTH = 8


_HEADS = {
    Column.NAME: N_("Segment"),
    Column.DECIDES: N_("Helps decide"),
    Column.MADE_FROM: N_("Made from"),
    Column.MATCH: N_("Match"),
    Column.REACH: N_("Reach"),
    Column.TREND: N_("Reach over time"),
    Column.SENT: N_("Last sent"),
    Column.USED: N_("Used by"),
    Column.HEALTH: N_("Health"),
}
_HINTS = {
    Column.TREND: N_("Friends who can be reached, and how many more or less than a week ago"),
    Column.USED: N_("Messages, sends and other segments"),
}


class SegmentTableModel(RecordModel[Listed]):
    """The shop's own segments with what each comes to; a name can be written in place."""

    columns = Column
    heads = _HEADS
    hints = _HINTS
    numbers = (Column.MATCH, Column.REACH, Column.USED)
    renamed = Signal(object, str)
    """A row and the name that was written for it."""

    def __init__(self, day: Callable[[], ShopDay], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = day

    def text(self, record: Listed, column: Column) -> str:
        match column:
            case Column.NAME:
                return record.row.name
            case Column.DECIDES:
                return record.row.helps_decide or _("nothing yet")
            case Column.MADE_FROM:
                return made_from_words(record)
            case Column.MATCH | Column.REACH:
                found = self._number(record, column)
                return "—" if found is None else number(found)
            case Column.TREND:
                change = record.change(self._day())
                return "" if change is None else signed(change)
            case Column.SENT:
                return self._date(record)
            case Column.USED:
                return number(len(record.users)) if record.users else "—"
            case Column.HEALTH:
                return ", ".join(chip.text for chip in health(record))

    def sort_value(self, record: Listed, column: Column) -> Any:
        match column:
            case Column.MATCH | Column.REACH:
                found = self._number(record, column)
                return -1 if found is None else found
            case Column.MADE_FROM:
                return sum(made_from(record.row.rule))
            case Column.TREND:
                return record.change(self._day()) or 0
            case Column.SENT:
                return record.sent_at.timestamp() if record.sent_at else 0.0
            case Column.USED:
                return len(record.users)
            case _:
                return super().sort_value(record, column)

    def look(self, record: Listed, column: Column, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.FontRole:
                return theme.font(13, strong=True) if column is Column.NAME else None
            case Qt.ItemDataRole.ForegroundRole:
                undecided = column is Column.DECIDES and not record.row.helps_decide.strip()
                return theme.colour("warn" if undecided else "text2") if undecided or column in _CALM else None
            case Qt.ItemDataRole.EditRole if column is Column.NAME:
                return record.row.name
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(record, column) or None
        if role == CHIPS_ROLE and column is Column.HEALTH:
            return health(record)
        return _points(record) if role == SPARK_ROLE and column is Column.TREND else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.TREND:
            return self._tooltip(self.records[index.row()], Column.TREND)
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() == Column.NAME else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; the row shows it when the shop has it."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() != Column.NAME:
            return False
        record = self.records[index.row()]
        if str(value).strip() != record.row.name:
            self.renamed.emit(record, str(value))
        return True

    def _number(self, record: Listed, column: Column) -> int | None:
        last = record.last
        if last is None or record.trouble:
            return None
        return last.matching if column is Column.MATCH else last.reachable

    def _date(self, record: Listed) -> str:
        day = self._day()
        return short_date(day.local(record.sent_at).date(), day.today) if record.sent_at else "—"

    def _tooltip(self, record: Listed, column: Column) -> str:
        match column:
            case Column.NAME | Column.MADE_FROM:
                return record.sentence
            case Column.DECIDES:
                return record.row.helps_decide
            case Column.MATCH | Column.REACH if record.last is not None:
                return _("Counted {when}").format(when=self._when(record))
            case Column.TREND:
                return trend_words(record, self._day())
            case Column.USED:
                return "\n".join(use.name for use in record.users)
            case Column.HEALTH:
                return "\n".join(health_words(record))
            case _:
                return ""

    def _when(self, record: Listed) -> str:
        day = self._day()
        return when(day.local(record.last.at), day.today) if record.last else ""


_CALM = (Column.MADE_FROM, Column.SENT)


def made_from_words(record: Listed) -> str:
    """Say how many tags and rules a segment is made from; rules only where there are more than tags."""
    tags, rules = made_from(record.row.rule)
    said = ngettext("{n} tag", "{n} tags", tags).format(n=number(tags))
    more = ngettext("{n} rule", "{n} rules", rules).format(n=number(rules))
    return more if not tags else said if tags >= rules else _("{tags}, {rules}").format(tags=said, rules=more)


def signed(change: int) -> str:
    """Write a change with its sign."""
    return f"+{number(change)}" if change > 0 else number(change) if change else "±0"


def trend_words(record: Listed, day: ShopDay) -> str:
    """Say the line over time in words, the newest first: one number a day."""
    last_of_day = {day.local(line.at).date(): line for line in record.counted}
    lines = [
        _("{day}: {reach} of {match} can be reached").format(
            day=short_date(date, day.today), reach=number(line.reachable), match=number(line.matching)
        )
        for date, line in sorted(last_of_day.items(), reverse=True)
    ]
    return "\n".join([*lines[:_LINES], *(["…"] if len(lines) > _LINES else [])])


def health(record: Listed) -> list[Chip]:
    """Return how a segment is doing as chips, the worst first."""
    chips = {
        Health.NOT_COMPLETE: status_chip("bad", _("Rules not complete")),
        Health.RETIRED_TAG: status_chip("bad", _("Uses a retired tag")),
        Health.NO_DECISION: status_chip("warn", _("No decision")),
        Health.NOT_COUNTED: status_chip("warn", _("Not counted for 7 days")),
        Health.TOO_SMALL: status_chip("warn", _("Too small")),
        Health.DUPLICATE: status_chip("warn", _("Nearly a duplicate")),
        Health.NEW: status_chip("info", _("New")),
        Health.HEALTHY: status_chip("good", _("Healthy")),
    }
    return [chips[sign] for sign in record.signs]


def health_words(record: Listed) -> list[str]:
    """Say each sign of a segment's health with its reason."""
    words = {
        Health.NOT_COMPLETE: record.trouble,
        Health.RETIRED_TAG: _("Uses a retired tag: {tags}").format(tags=_(", ").join(record.retired)),
        Health.NO_DECISION: _("Say what this segment helps decide."),
        Health.NOT_COUNTED: _("Not counted for 7 days. F5 counts it again."),
        Health.TOO_SMALL: _("Fewer than {n} friends can be reached.").format(n=number(record.very_small)),
        Health.DUPLICATE: _("At least 85% of both are the same friends as in “{segment}”.").format(segment=record.twin),
        Health.NEW: _("Made in the last 7 days and not sent to yet."),
        Health.HEALTHY: _("Nothing is wrong with it."),
    }
    return [words[sign] for sign in record.signs]


def _points(record: Listed) -> list[tuple[float, float]]:
    return [(line.at.timestamp(), float(line.reachable)) for line in record.counted]
