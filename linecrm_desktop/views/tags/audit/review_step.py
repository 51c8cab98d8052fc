"""Step 6: every change that was decided, ticked or not, and what they come to. Nothing has happened yet."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from linecrm_desktop.audit import applying, changes
from linecrm_desktop.audit.changes import Change
from linecrm_desktop.audit.plan import Choice
from linecrm_desktop.audit.words import CHECKS as CHECK_NAMES
from linecrm_desktop.text import N_, _, ngettext, number, percent
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.tags.audit.change_parts import parts
from linecrm_desktop.views.tags.audit.said import in_full
from linecrm_desktop.views.tags.audit.state import CHECKS, FINDINGS, AuditState
from linecrm_desktop.views.tagwork.planned import Foreseen
from linecrm_desktop.views.tagwork.safe_points import add_safe_points
from linecrm_desktop.views.widgets.basics import Card, clear, label
from linecrm_desktop.views.widgets.mixed_delegate import PARTS_ROLE, MixedDelegate
from linecrm_desktop.views.widgets.parts import Banner

_KINDS = {
    "merge": N_("Merge"),
    "split": N_("Split"),
    "retire": N_("Retire"),
    "decide": N_("Give a decision"),
    "retype": N_("Move to another type"),
    "rename": N_("Rename"),
    "restrict": N_("Mark as sensitive"),
    "assign": N_("Give an owner"),
    "settle": N_("Leave one of two tags"),
    "justify": N_("Say why it may stay"),
    "nest": N_("Declare one inside the other"),
}
_KEY = Qt.ItemDataRole.UserRole
_CHANGE, _FRIENDS, _SEGMENTS, _WHY, _GO = range(5)
_RIGHT = 330


class ReviewStep(QWidget):
    """A tree of changes by kind with check boxes; Enter or "Change" goes back to where it was decided."""

    checked = Signal(str, bool)
    step_asked = Signal(int, str)
    """The step where something was decided, and the key of the choice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._state: AuditState | None = None
        self.tree = QTreeWidget()
        self.tree.setObjectName("auditChanges")
        self.tree.setRootIsDecorated(True)
        self.tree.setItemDelegate(MixedDelegate(self.tree))
        self.nothing = label("", "second", wrap=True)
        self.nothing.setContentsMargins(16, 14, 16, 14)
        self.planned = Foreseen(desk)
        self.after_title, self._after = label("", "section"), QVBoxLayout()
        self.safe_title, self._safe, self.undo = label("", "section"), QVBoxLayout(), Banner("info")
        self._build()
        self.tree.itemChanged.connect(self._ticked)
        self.tree.itemActivated.connect(lambda item, _column: self._go(item))
        self.tree.itemClicked.connect(lambda item, column: self._go(item) if column == _GO else None)

    def show_state(self, state: AuditState) -> None:
        """Show the changes."""
        self._state = state
        blocker = QSignalBlocker(self.tree)
        self.tree.clear()
        self.tree.setAccessibleName(_("Review changes"))
        self.tree.setHeaderLabels([_("Change"), _("Friends"), _("Segments"), _("Why"), ""])
        wanted = [one for one in state.choices if one.change is not None and changes.changes_tags(one.change)]
        for kind, name in _KINDS.items():
            mine = [one for one in wanted if one.change is not None and changes.kind(one.change) == kind]
            if mine:
                self._add_kind(state, _(name), mine)
        self.nothing.setText(_("Nothing is decided yet. Go back to a step, and decide about a tag there."))
        self.nothing.setVisible(not wanted)
        self.tree.setVisible(bool(wanted))
        self.tree.expandAll()
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(header.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_CHANGE, header.ResizeMode.Stretch)
        del blocker
        self.show_after(state)

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Return the changes as header and rows for a file, also those that are left out."""
        rows: list[list[str]] = []
        for head in filter(None, map(self.tree.topLevelItem, range(self.tree.topLevelItemCount()))):
            for item in filter(None, map(head.child, range(head.childCount()))):
                is_on = item.checkState(0) == Qt.CheckState.Checked
                cells = [item.text(column) for column in (_CHANGE, _FRIENDS, _SEGMENTS, _WHY)]
                rows.append([head.text(0), *cells, _("Yes") if is_on else _("No")])
        return [_("Kind"), _("Change"), _("Friends"), _("Segments"), _("Why"), _("Will be done")], rows

    def retranslate(self) -> None:
        """Say everything anew."""
        if self._state is not None:
            self.show_state(self._state)

    def _build(self) -> None:
        left = Card(margins=(0, 0, 0, 0))
        left.body.addWidget(self.tree)
        left.body.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        after, safe, planned = Card(), Card(), Card(margins=(16, 6, 16, 14))
        planned.body.addWidget(self.planned)
        after.body.addWidget(self.after_title)
        after.body.addLayout(self._after)
        safe.body.addWidget(self.safe_title)
        safe.body.addLayout(self._safe)
        right = QVBoxLayout()
        right.setSpacing(12)
        for part in (after, planned, safe):
            part.setMinimumWidth(_RIGHT)
            right.addWidget(part)
        right.addWidget(self.undo)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(12)
        row.addWidget(left, 3)
        row.addLayout(right, 1)

    def _add_kind(self, state: AuditState, name: str, mine: list[Choice]) -> None:
        off = sum(not one.is_checked for one in mine)
        count = ngettext("{n} change", "{n} changes", len(mine)).format(n=number(len(mine)))
        left = ngettext("{n} left out by you", "{n} left out by you", off).format(n=number(off)) if off else ""
        head = QTreeWidgetItem([name, _(", ").join(part for part in (count, left) if part)])
        self.tree.addTopLevelItem(head)
        for one in mine:
            if one.change is not None:
                told = (in_full(state, one.change), *self._numbers(state, one.change), self._why(state, one))
                row = QTreeWidgetItem([*told, _("Change it")])
                row.setData(0, _KEY, one.key)
                row.setData(0, PARTS_ROLE, parts(state, one.change))
                row.setForeground(_GO, theme.colour("accent"))
                row.setCheckState(0, Qt.CheckState.Checked if one.is_checked else Qt.CheckState.Unchecked)
                row.setToolTip(0, row.text(0))
                head.addChild(row)

    def _numbers(self, state: AuditState, change: Change) -> tuple[str, str]:
        """Return who is touched, and in how many segments."""
        tags = changes.tags_of(change)
        tag = state.tag(tags[-1])
        friends = tag.friends if tag else 0
        used = {name for each in tags for name in state.used_by.get(each, ())}
        told = ngettext("{n} friend", "{n} friends", friends).format(n=number(friends))
        return told, number(len(used)) if used else "—"

    def _why(self, state: AuditState, choice: Choice) -> str:
        if choice.is_gone:
            return _("counted again: no longer so")
        if choice.is_counted_again:
            return _("counted again")
        pair = state.pair(choice)
        if pair is not None:
            return _("{share} overlap").format(share=percent(pair.containment, 0))
        return _(CHECK_NAMES[choice.finding.check]) if choice.finding else ""

    def show_after(self, state: AuditState) -> None:
        """Show what the ticked changes come to, and count by a dry run what becomes of tags and segments."""
        wanted, day, now = state.planned(), self._desk.day(), self._desk.now()
        tags = {tag for change in wanted for tag in changes.tags_of(change)}
        work = (tags, lambda session: applying.foreseen(session, wanted, day, now)) if wanted else None
        self.planned.count(work, _("Nothing changes."))
        clear(self._after)
        clear(self._safe)
        found = state.summary()
        self.after_title.setText(_("After applying"))
        rows = (
            (_("Tags"), found.tags, found.tags_after),
            (_("With a decision"), found.decided, found.decided_after),
            (_("Without a decision"), found.tags - found.decided, found.tags_after - found.decided_after),
            (_("Look-alike pairs"), found.pairs, found.pairs_after),
        )
        for name, before, after in rows:
            row = QHBoxLayout()
            row.addWidget(label(name), 1)
            row.addWidget(label(_("{before} → {after}").format(before=number(before), after=number(after)), "strong"))
            self._after.addLayout(row)
        self.safe_title.setText(_("What stays safe"))
        add_safe_points(self._safe)
        self.undo.show_text("info", _("You can undo the whole audit, or one change, for 30 days: Tags, Changes."))

    def _ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        key = item.data(0, _KEY)
        if key is not None:
            self.checked.emit(str(key), item.checkState(0) == Qt.CheckState.Checked)

    def _go(self, item: QTreeWidgetItem) -> None:
        """Go back to the step where a change was decided."""
        choice = self._state.choice(str(item.data(0, _KEY))) if self._state else None
        if choice is not None and choice.finding is not None:
            check = choice.finding.check
            step = next((step for step, checks in CHECKS.items() if check in checks), FINDINGS)
            self.step_asked.emit(step, choice.key)
