"""The table of proposals: what is proposed for which tags, why, with which evidence, how sure, and the answer."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from linecrm_desktop.results.review import words
from linecrm_desktop.results.review.decisions import Item
from linecrm_desktop.results.review.proposals import Kind, Proposed, Sure
from linecrm_desktop.text import N_, _
from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip, tag_chip
from linecrm_desktop.views.widgets.mixed_delegate import PARTS_ROLE, Parts
from linecrm_desktop.views.widgets.record_model import RecordModel

ICONS = {
    Kind.KEEP: "push-pin",
    Kind.SPLIT: "git-branch",
    Kind.MERGE: "git-merge",
    Kind.RETIRE: "archive",
    Kind.NOT_ENOUGH: "hourglass",
}
TONES = {
    Kind.KEEP: "good",
    Kind.SPLIT: "info",
    Kind.MERGE: "warn",
    Kind.RETIRE: "bad",
    Kind.NOT_ENOUGH: "plain",
}


class Column(IntEnum):
    """The columns, in order."""

    PROPOSAL = 0
    TAGS = 1
    WHY = 2
    EVIDENCE = 3
    SURE = 4
    DECISION = 5


HEADS = {
    Column.PROPOSAL: N_("Proposal"),
    Column.TAGS: N_("Tags"),
    Column.WHY: N_("Why"),
    Column.EVIDENCE: N_("Evidence"),
    Column.SURE: N_("Sure?"),
    Column.DECISION: N_("Your decision"),
}
_HINTS = {
    Column.EVIDENCE: N_("Counted among the friends who carried the tags when the message was sent."),
    Column.SURE: N_("Many tags are looked at together, so the limit for “clear” is stricter than for one alone."),
}


class ProposalModel(RecordModel[Item]):
    """Proposals in the order in which they were found."""

    columns = Column
    heads = HEADS
    hints = _HINTS

    def __init__(self, currency: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._currency = currency

    def row_of(self, key: str) -> int:
        """Return the row of a proposal, -1 when it is not there."""
        return next((row for row, item in enumerate(self.records) if item.proposed.key == key), -1)

    def text(self, record: Item, column: Column) -> str:
        one = record.proposed
        return {
            Column.PROPOSAL: _(words.KINDS[one.kind]),
            Column.TAGS: words.named(one),
            Column.WHY: words.why(one, self._currency),
            Column.EVIDENCE: words.evidence(one),
            Column.SURE: words.sure(one),
            Column.DECISION: words.state(record),
        }[column]

    def sort_value(self, record: Item, column: Column) -> Any:
        one = record.proposed
        match column:
            case Column.PROPOSAL:
                return list(Kind).index(one.kind)
            case Column.SURE:
                return list(Sure).index(one.sure) if one.sure else len(Sure)
            case Column.EVIDENCE:
                return -one.card.delivered
            case _:
                return super().sort_value(record, column)

    def look(self, record: Item, column: Column, role: int) -> Any:
        one = record.proposed
        match role:
            case Qt.ItemDataRole.ToolTipRole if column is not Column.DECISION:
                return self.text(record, column)
            case Qt.ItemDataRole.FontRole if column is Column.EVIDENCE:
                return theme.font(12)
            case Qt.ItemDataRole.ForegroundRole if column in (Column.EVIDENCE, Column.SURE):
                return theme.colour("text2")
            case _ if role == CHIPS_ROLE and column is Column.PROPOSAL:
                return [kind_chip(one.kind)]
            case _ if role == CHIPS_ROLE and column is Column.DECISION:
                return []  # buttons stand there
            case _ if role == PARTS_ROLE and column is Column.TAGS:
                return tag_parts(one)
        return None


def kind_chip(kind: Kind) -> Chip:
    """Return the chip of what is proposed."""
    return status_chip(TONES[kind], _(words.KINDS[kind]), ICONS[kind])


def tag_parts(one: Proposed) -> Parts:
    """Return the chips of the tags with the sign between them."""
    parts: Parts = []
    for tag in one.tags:
        parts += [*([words.joint(one)] if parts else []), tag_chip(tag.name, tag.type)]
    return parts
