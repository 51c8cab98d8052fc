"""The table of the ledger: when, whose, what, how we know, and what a refusal took the friend out of."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt

from linecrm_desktop.consent import uses
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends.ledger_list import LedgerRow
from linecrm_desktop.friends.words import LEDGER, shown_name
from linecrm_desktop.models.consent import ConsentKind, Use
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.text import N_, _, full_date, language, ngettext, number, when
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip
from linecrm_desktop.views.widgets.paged_model import Fetch, Index, PagedModel
from linecrm_desktop.views.widgets.record_model import SORT_ROLE

_TONES = {
    ConsentKind.COLLECTED: ("info", "map-pin"),
    ConsentKind.REFUSED: ("bad", "hand-palm"),
    ConsentKind.ALLOWED: ("info", "arrow-counter-clockwise"),
    ConsentKind.CORRECTED: ("plain", "pencil-simple"),
    ConsentKind.USE_REFUSED: ("bad", "hand-palm"),
    ConsentKind.USE_ALLOWED: ("info", "arrow-counter-clockwise"),
    ConsentKind.SHARED: ("warn", "share-network"),
}


class Column(IntEnum):
    """The columns, in order."""

    WHEN = 0
    FRIEND = 1
    WHAT = 2
    PURPOSE = 3
    HOW = 4
    TAKEN_OUT = 5


HEADS = {
    Column.WHEN: N_("When"),
    Column.FRIEND: N_("Friend"),
    Column.WHAT: N_("What"),
    Column.PURPOSE: N_("For what"),
    Column.HOW: N_("How we know"),
    Column.TAKEN_OUT: N_("Taken out of"),
}


def what(row: LedgerRow) -> str:
    """Say in a word or two what a line records."""
    if row.line.kind is ConsentKind.COLLECTED and row.line.informed == Answer.YES:
        return _("Informed")
    if row.line.kind is ConsentKind.CORRECTED and row.line.batch_id is not None:
        return _("Answers taken back")
    return _(LEDGER[row.line.kind])


def what_chip(row: LedgerRow) -> Chip:
    """Return what a line records, in its colour and with its picture."""
    is_informed = row.line.kind is ConsentKind.COLLECTED and row.line.informed == Answer.YES
    tone, picture = ("good", "check-circle") if is_informed else _TONES.get(row.line.kind, ("plain", "info"))
    return status_chip(tone, what(row), picture)


def how(row: LedgerRow) -> str:
    """Say how we know: where it came from and what proves it."""
    return _(" · ").join(part for part in (row.line.through, row.line.evidence, row.notice) if part) or "—"


def purpose(row: LedgerRow) -> str:
    """Say for what use of the data a line counts."""
    named = [uses.name(use) for use in Use if use in row.line.uses]
    return _(", ").join(named) or row.line.purpose or "—"


def whose(row: LedgerRow) -> str:
    """Return the friend's name, or that the person was erased."""
    return _("Erased") if row.friend_id is None else shown_name(row.friend)


def taken_out(row: LedgerRow) -> str:
    """Say what went on without the friend, and what will."""
    out = row.out
    counts = (
        (len(out.segments), ngettext("{n} segment", "{n} segments", len(out.segments))),
        (out.journeys, ngettext("{n} journey", "{n} journeys", out.journeys)),
        (out.sends, ngettext("{n} send", "{n} sends", out.sends)),
        (
            out.audiences,
            ngettext(
                "{n} audience, when it is shared again", "{n} audiences, when they are shared again", out.audiences
            ),
        ),
    )
    return _(", ").join(words.format(n=number(count)) for count, words in counts if count) or "—"


def cell(row: LedgerRow, column: Column, day: ShopDay) -> str:
    """Return what stands in a cell."""
    return {
        Column.WHEN: when(day.local(row.line.at), day.today),
        Column.FRIEND: whose(row),
        Column.WHAT: what(row),
        Column.PURPOSE: purpose(row),
        Column.HOW: how(row),
        Column.TAKEN_OUT: taken_out(row),
    }[column]


def cells(row: LedgerRow, day: ShopDay) -> list[str]:
    """Return a whole row for a file or for paper: there a day is written with its year."""
    local = day.local(row.line.at)
    moment = f"{full_date(local.date(), language())} {local:%H:%M}"
    return [moment, *(cell(row, column, day) for column in Column if column is not Column.WHEN)]


class LedgerModel(PagedModel[LedgerRow]):
    """Lines of the ledger, which come when they are looked at."""

    columns = Column

    def __init__(self, fetch: Fetch[LedgerRow], day: Callable[[], ShopDay], parent: Any = None) -> None:
        super().__init__(fetch, parent)
        self._day = day

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(Column):
            if role == Qt.ItemDataRole.DisplayRole:
                return _(HEADS[Column(section)])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return cell(row, column, self._day())
            case _ if role == SORT_ROLE:
                return row.id
            case _ if role == CHIPS_ROLE and column is Column.WHAT:
                return [what_chip(row)]
        return None
