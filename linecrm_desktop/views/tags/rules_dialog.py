"""The rules that give one tag: whoever is in a saved segment gets it. Each change is kept at once, with undo.

For a tag of an exclusive group the rules of all its tags are shown, in the order in which they win.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.rules import AllOf, InSegment
from linecrm_desktop.segments.sentence import plain
from linecrm_desktop.tagging import rules
from linecrm_desktop.tagging.rules import RuleDraft, RuleRow
from linecrm_desktop.tags.library import TagRow, fold
from linecrm_desktop.tags.relations import groups
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.actions import TagActions
from linecrm_desktop.views.tagwork.tag_set import let_search
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.outside import follow_selection
from linecrm_desktop.views.widgets.writing import writing

_SIZE = 600, 420
_GAP = 3
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Read:
    """What the dialog shows: the rules of the tag with their sentences, and segments to make one from."""

    rows: tuple[tuple[RuleRow, str], ...]
    segments: tuple[tuple[int, str], ...]
    order: tuple[int, ...] = ()
    """All rules of the shop, the one that wins first."""


class RulesDialog(QDialog):
    """Shows, adds and removes the rules of a tag, and runs all rules."""

    asked_for = Signal(object)
    """The Place of a segment that a rule asks for."""
    run_asked = Signal()

    def __init__(self, desk: Desk, actions: TagActions, tag: TagRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagRulesDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Rules for “{tag}”").format(tag=tag.name))
        self.resize(*_SIZE)
        self._desk = desk
        self._actions = actions
        self._tag = tag
        self._order: tuple[int, ...] = ()
        self._build_list()
        self._build_page()
        self._connect()
        self.read()

    def read(self) -> None:
        """Read the rules anew."""
        tag, currency = self._tag, self._desk.shop.currency
        self._desk.jobs.read(lambda session: _read(session, tag, currency), self._show, key="tags.rules")

    def current(self) -> RuleRow | None:
        """Return the chosen rule."""
        item = self.list.currentItem()
        return item.data(_ROLE) if item is not None else None

    def _build_list(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("tagRules")
        follow_selection(self.list)
        self.list.setAccessibleName(self.windowTitle())
        self.list.setWordWrap(True)
        self.list.setSpacing(_GAP)
        self.none = label(_("No rule: a person or an import gives it."), "caption", wrap=True)
        self.none.setObjectName("tagRulesNone")
        self.to_segment = button(_("Open the segment"), "default", "intersect", "tagRuleOpen")
        self.remove = writing(button(_("Remove the rule"), "default", "trash", "tagRuleRemove"))
        self.up = writing(button(_("Wins earlier"), "default", "arrow-up", "tagRuleUp"))
        self.down = writing(button(_("Wins later"), "default", "arrow-down", "tagRuleDown"))
        self.segment = QComboBox()
        self.segment.setObjectName("tagRuleSegment")
        self.segment.setAccessibleName(_("Segment whose friends get the tag"))
        self.segment.setMinimumContentsLength(20)
        let_search(self.segment)
        self.add = writing(button(_("Add the rule"), "default", "plus", "tagRuleAdd"))

    def _build_page(self) -> None:
        self.run = writing(button(_("Run all rules now…"), "default", "play", "tagRulesRun"))
        about = _("Friends in these segments get the tag after each import. A tag put on by hand is never taken off.")
        acts, new = QHBoxLayout(), QHBoxLayout()
        for part in (self.to_segment, self.remove, self.up, self.down):
            acts.addWidget(part)
        acts.addStretch(1)
        new.addWidget(self.segment, 1)
        new.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(about, "second", wrap=True))
        if self._tag.exclusive_group:
            one = _("Of “{group}” a friend has one tag. Where several rules hold, the first one wins.")
            column.addWidget(label(one.format(group=self._tag.exclusive_group), "second", wrap=True))
        column.addWidget(self.list, 1)
        column.addWidget(self.none)
        column.addLayout(acts)
        column.addLayout(new)
        foot = QDialogButtonBox()
        foot.addButton(self.run, QDialogButtonBox.ButtonRole.ActionRole)
        foot.addButton(button(_("Close"), name="tagRulesClose"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.rejected.connect(self.reject)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_items: self._show_buttons())
        self.segment.currentIndexChanged.connect(lambda _place: self._show_buttons())
        self.to_segment.clicked.connect(self._open)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.add.clicked.connect(self._add)
        self.run.clicked.connect(self.run_asked)

    def _show(self, found: _Read) -> None:
        chosen, self._order = self.current(), found.order
        self.list.clear()
        for row, sentence in found.rows:
            tag = "" if row.tag_id == self._tag.id else _("gives “{tag}”").format(tag=row.tag_name)
            item = QListWidgetItem("\n".join(text for text in (row.name, tag, sentence, row.trouble) if text))
            item.setData(_ROLE, row)
            self.list.addItem(item)
        self.none.setVisible(not found.rows)
        ids = [row.id for row, _sentence in found.rows]
        self.list.setCurrentRow(ids.index(chosen.id) if chosen is not None and chosen.id in ids else 0)
        self.segment.clear()
        self.segment.addItem(_("Choose a segment…"), None)
        for number, name in found.segments:
            self.segment.addItem(name, number)
        self._show_buttons()

    def _show_buttons(self) -> None:
        row = self.current()
        is_mine = row is not None and row.tag_id == self._tag.id
        self.remove.setEnabled(is_mine)
        for part, place in ((self.up, self.list.currentRow() - 1), (self.down, self.list.currentRow() + 1)):
            part.setVisible(bool(self._tag.exclusive_group))
            part.setEnabled(row is not None and 0 <= place < self.list.count())
        self.to_segment.setEnabled(row is not None and _segment_of(row) is not None)
        self.add.setEnabled(self.segment.currentData() is not None)

    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.accept()
            self.asked_for.emit(Place(Page.SEGMENTS, _segment_of(row)))

    def _add(self) -> None:
        name, segment = self.segment.currentText(), self.segment.currentData()
        draft = RuleDraft(self._tag.id, name, AllOf((InSegment(segment),)))
        self._actions.add_rule(draft, self._tag.name, self._changed, self._desk.dialogs.show_error)

    def _remove(self) -> None:
        row = self.current()
        if row is not None:
            self._actions.remove_rule(row, self._changed)

    def _move(self, by: int) -> None:
        """Let the chosen rule change places with its neighbour: the lower of the two goes before the upper one."""
        upper, lower = sorted((self.list.currentRow(), self.list.currentRow() + by))
        above, below = (self.list.item(place).data(_ROLE) for place in (upper, lower))
        place = self._order.index(below.id) + 1
        back = self._order[place] if place < len(self._order) else None
        self._actions.put_rule_before(below, above.id, back, self._changed)

    def _changed(self, _nothing: object) -> None:
        self.read()


def _read(session: Session, tag: TagRow, currency: str) -> _Read:
    names, every = segments.names(session), rules.all_rules(session)
    group = groups(session).get(fold(tag.exclusive_group), (tag.id,)) if tag.exclusive_group else (tag.id,)
    mine = [row for row in every if row.tag_id in group]
    offered = tuple((row.id, row.name) for row in segments.all_segments(session))
    told = tuple((row, plain(row.rule, names, currency)) for row in mine)
    return _Read(told, offered, tuple(row.id for row in every))


def _segment_of(row: RuleRow) -> int | None:
    """Return the segment that a rule is made of, if it is one segment."""
    inner: Sequence[object] = row.rule.rules
    only = inner[0] if len(inner) == 1 else None
    return only.segment if isinstance(only, InSegment) and only.inside else None
