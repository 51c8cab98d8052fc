"""The two tables of the coverage page: sources with their gaps, and what was written down last."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from linecrm_desktop.consent.coverage import Covered, Part, Question
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends.ledger_list import Happening
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.text import N_, _, ngettext, number, percent, when
from linecrm_desktop.views import theme
from linecrm_desktop.views.consent import ledger_table
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, tag_chip
from linecrm_desktop.views.widgets.record_model import RecordModel
from linecrm_desktop.views.widgets.share_delegate import SHARE_ROLE


class SourceColumn(IntEnum):
    """The columns of the sources, in order."""

    SOURCE = 0
    FRIENDS = 1
    INFORMED = 2
    CAN_OPT_OUT = 3


class SourceModel(RecordModel[Covered]):
    """One row a source; a number is a link to the friends it counts, a share to those who are missing in it."""

    columns = SourceColumn
    heads = {
        SourceColumn.SOURCE: N_("Source"),
        SourceColumn.FRIENDS: N_("Friends"),
        SourceColumn.INFORMED: N_("Informed"),
        SourceColumn.CAN_OPT_OUT: N_("Can opt out"),
    }
    numbers = (SourceColumn.FRIENDS, SourceColumn.INFORMED, SourceColumn.CAN_OPT_OUT)

    def text(self, record: Covered, column: SourceColumn) -> str:
        return {
            SourceColumn.SOURCE: record.source or _("No source"),
            SourceColumn.FRIENDS: number(record.friends),
            SourceColumn.INFORMED: percent(record.informed / record.friends, 0),
            SourceColumn.CAN_OPT_OUT: percent(record.can_opt_out / record.friends, 0),
        }[column]

    def look(self, record: Covered, column: SourceColumn, role: int) -> Any:
        if role == CHIPS_ROLE and column is SourceColumn.SOURCE:
            return [tag_chip(record.source, TagType.SOURCE) if record.source else Chip(_("No source"))]
        if role == SHARE_ROLE and column in (SourceColumn.INFORMED, SourceColumn.CAN_OPT_OUT):
            answered = record.informed if column is SourceColumn.INFORMED else record.can_opt_out
            return answered / record.friends
        if role == Qt.ItemDataRole.ForegroundRole and column is not SourceColumn.SOURCE:
            return theme.colour("accent")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(record, column)
        return None

    def _hint(self, record: Covered, column: SourceColumn) -> str:
        if column in (SourceColumn.SOURCE, SourceColumn.FRIENDS):
            return _("Show these friends")
        answered = record.informed if column is SourceColumn.INFORMED else record.can_opt_out
        gap = record.friends - answered
        said = ngettext("Show the {n} friend without an answer", "Show the {n} friends without an answer", gap)
        return said.format(n=number(gap))


def part_of(record: Covered, column: int) -> Part:
    """Return the friends behind a cell: all of the source, or those of them without the answer."""
    question = {SourceColumn.INFORMED: Question.INFORMED, SourceColumn.CAN_OPT_OUT: Question.CAN_OPT_OUT}
    return Part(record.source, question.get(SourceColumn(column)))


class NewestColumn(IntEnum):
    """The columns of what was written down last, in order."""

    WHEN = 0
    FRIEND = 1
    WHAT = 2
    HOW = 3
    TAKEN_OUT = 4


class NewestModel(RecordModel[Happening]):
    """What was written down last; lines of one moment stand together."""

    columns = NewestColumn
    heads = {
        NewestColumn.WHEN: N_("When"),
        NewestColumn.FRIEND: N_("Friend"),
        NewestColumn.WHAT: N_("What"),
        NewestColumn.HOW: N_("How we know"),
        NewestColumn.TAKEN_OUT: N_("Taken out of"),
    }

    def __init__(self, day: Callable[[], ShopDay], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = day

    def text(self, record: Happening, column: NewestColumn) -> str:
        day, row = self._day(), record.row
        several = ngettext("{n} friend", "{n} friends", record.friends).format(n=number(record.friends))
        return {
            NewestColumn.WHEN: when(day.local(row.line.at), day.today),
            NewestColumn.FRIEND: ledger_table.whose(row) if record.friends == 1 else several,
            NewestColumn.WHAT: ledger_table.what(row),
            NewestColumn.HOW: ledger_table.how(row),
            NewestColumn.TAKEN_OUT: ledger_table.taken_out(row),
        }[column]

    def look(self, record: Happening, column: NewestColumn, role: int) -> Any:
        if role == CHIPS_ROLE and column is NewestColumn.WHAT:
            return [ledger_table.what_chip(record.row)]
        return self.text(record, column) if role == Qt.ItemDataRole.ToolTipRole else None
