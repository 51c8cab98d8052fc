"""The summary before a review is finished: every change that was accepted, ticked or not, and what will happen."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.audit import applying, changes
from linecrm_desktop.audit.changes import Merge, Retire, Split
from linecrm_desktop.results.review import finishing, words
from linecrm_desktop.results.review.decisions import Item
from linecrm_desktop.results.review.proposals import Kind
from linecrm_desktop.text import N_, _, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.results.review.table import tag_parts
from linecrm_desktop.views.tagwork.planned import Foreseen
from linecrm_desktop.views.tagwork.safe_points import add_safe_points
from linecrm_desktop.views.widgets.basics import Card, button, clear, label
from linecrm_desktop.views.widgets.chips import tag_chip
from linecrm_desktop.views.widgets.mixed_delegate import PARTS_ROLE, MixedDelegate, Parts
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.scrolled import ScrollArea

_KINDS = {
    Kind.MERGE: N_("Merge"),
    Kind.SPLIT: N_("Split"),
    Kind.RETIRE: N_("Retire"),
    Kind.KEEP: N_("Keep"),
}
_KEY = Qt.ItemDataRole.UserRole
_SIZE = 1040, 620
_RIGHT = 340
_ARROW = "→"


class FinishDialog(QDialog):
    """Says what finishing does; it changes nothing itself."""

    asked = Signal(object)
    """The ids of the answers that are ticked."""

    def __init__(self, desk: Desk, items: Sequence[Item], tags: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewFinish")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Finish the review"))
        self.resize(*_SIZE)
        self._desk, self._tags = desk, tags
        self._items = [one for one in items if one.is_accepted and one.decided and not one.decided.is_made]
        self.tree = QTreeWidget()
        self.tree.setObjectName("reviewChanges")
        self.tree.setAccessibleName(_("What was accepted"))
        self.tree.setItemDelegate(MixedDelegate(self.tree))
        self.planned = Foreseen(desk)
        self.yes = button("", "primary", name="reviewApply")
        self._after = QVBoxLayout()
        self._build()
        self._fill()
        self.tree.itemChanged.connect(lambda _item, _column: self._show())
        self.planned.changed.connect(self._show_button)
        self.yes.clicked.connect(self._ask)
        self._show()

    def answers(self) -> list[int]:
        """Return the ids of the ticked answers."""
        return [one.decided.id for one in self._ticked() if one.decided]

    def _build(self) -> None:
        left, after, safe, planned = Card(margins=(0, 0, 0, 0)), Card(), Card(), Card()
        left.body.addWidget(self.tree)
        after.body.addLayout(self._after)
        planned.body.addWidget(self.planned)
        safe.body.addWidget(label(_("What stays safe"), "section"))
        add_safe_points(safe.body)
        undo = Banner("info", _("You can undo the whole review, or one change, for 30 days: Tags, Changes."))
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        for part in (after, planned, safe, undo):
            right.addWidget(part)
        right.addStretch(1)
        area = ScrollArea()
        area.setWidgetResizable(True)
        area.setFixedWidth(round(_RIGHT * theme.text_scale()))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(side)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 1)
        row.addWidget(area)
        foot = QDialogButtonBox()
        foot.addButton(button(_("Cancel"), name="reviewCancel"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        foot.rejected.connect(self.reject)
        self.yes.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(12)
        column.addLayout(row, 1)
        column.addWidget(foot)

    def _fill(self) -> None:
        blocker = QSignalBlocker(self.tree)
        self.tree.setHeaderLabels([_("Change"), _("Friends"), _("Why")])
        for kind, name in _KINDS.items():
            mine = [one for one in self._items if one.proposed.kind is kind]
            if mine:
                count = ngettext("{n} change", "{n} changes", len(mine))
                count = count if kind is not Kind.KEEP else ngettext("{n} stays", "{n} stay", len(mine))
                head = QTreeWidgetItem([_(name), count.format(n=number(len(mine)))])
                self.tree.addTopLevelItem(head)
                for one in mine:
                    head.addChild(self._row(one))
        self.tree.expandAll()
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(1, header.ResizeMode.ResizeToContents)
        self.tree.setColumnWidth(0, round(_RIGHT * theme.text_scale()))
        del blocker

    def _row(self, item: Item) -> QTreeWidgetItem:
        one = item.proposed
        friends = ngettext("{n} friend", "{n} friends", one.card.friends).format(n=number(one.card.friends))
        row = QTreeWidgetItem([words.named(one), friends, words.why(one, self._desk.shop.currency)])
        row.setData(0, _KEY, one.key)
        row.setData(0, PARTS_ROLE, _parts(item))
        row.setCheckState(0, Qt.CheckState.Checked)
        row.setToolTip(2, row.text(2))
        return row

    def _ticked(self) -> list[Item]:
        keys: set[str] = set()
        for head in filter(None, map(self.tree.topLevelItem, range(self.tree.topLevelItemCount()))):
            for row in filter(None, map(head.child, range(head.childCount()))):
                if row.checkState(0) == Qt.CheckState.Checked:
                    keys.add(str(row.data(0, _KEY)))
        return [one for one in self._items if one.proposed.key in keys]

    def _show(self) -> None:
        """Count by a dry run what the ticked changes come to."""
        wanted, day, now = finishing.to_make(self._ticked()), self._desk.day(), self._desk.now()
        touched = {tag for change in wanted for tag in changes.tags_of(change)}
        work = (touched, lambda session: applying.foreseen(session, wanted, day, now)) if wanted else None
        self.planned.count(work, _("No tag changes."))
        clear(self._after)
        self._after.addWidget(label(_("After finishing"), "section"))
        gone = changes.leaving(wanted)
        new = sum(len(change.parts) for change in wanted if isinstance(change, Split))
        for name, before, after in (
            (_("Tags"), self._tags, self._tags - len(gone) + new),
            (_("Merged"), 0, sum(isinstance(change, Merge) for change in wanted)),
            (_("Retired"), 0, sum(isinstance(change, Retire) for change in wanted)),
        ):
            row = QHBoxLayout()
            row.addWidget(label(name), 1)
            row.addWidget(label(_("{before} → {after}").format(before=number(before), after=number(after)), "strong"))
            self._after.addLayout(row)
        said = ngettext("Finish with {n} change", "Finish with {n} changes", len(wanted))
        self.yes.setText(said.format(n=number(len(wanted))))
        self._show_button()

    def _show_button(self) -> None:
        wanted = finishing.to_make(self._ticked())
        self.yes.setEnabled(bool(self._ticked()) and (not wanted or self.planned.is_counted))

    def _ask(self) -> None:
        self.yes.setEnabled(False)
        self.asked.emit(self.answers())


def _parts(item: Item) -> Parts:
    """Return the chips of a change as it was accepted, else of the tags that stay."""
    one, change = item.proposed, item.decided.change if item.decided else None
    if isinstance(change, Merge):
        kept, gone = one.tags if one.tags[0].id == change.keep else reversed(one.tags)
        return [tag_chip(gone.name, gone.type), _ARROW, tag_chip(change.name, kept.type)]
    if isinstance(change, Split):
        tag = one.tags[0]
        return [tag_chip(tag.name, tag.type), _ARROW, *(tag_chip(part.name, tag.type) for part in change.parts)]
    return tag_parts(one)
