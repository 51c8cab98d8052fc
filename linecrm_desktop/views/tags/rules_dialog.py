"""The rules that give one tag: whoever is in a saved segment gets it. Each change is kept at once, with undo."""

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
from linecrm_desktop.tags.library import TagRow
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.actions import TagActions
from linecrm_desktop.views.tags.tag_set import let_search
from linecrm_desktop.views.widgets.basics import button, label

_SIZE = 600, 420
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Read:
    """What the dialog shows: the rules of the tag with their sentences, and segments to make one from."""

    rows: tuple[tuple[RuleRow, str], ...]
    segments: tuple[tuple[int, str], ...]


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
        self._build_list()
        self._build_page()
        self._connect()
        self.read()

    def read(self) -> None:
        """Read the rules anew."""
        tag, currency = self._tag.id, self._desk.shop.currency
        self._desk.jobs.read(lambda session: _read(session, tag, currency), self._show, key="tags.rules")

    def current(self) -> RuleRow | None:
        """Return the chosen rule."""
        item = self.list.currentItem()
        return item.data(_ROLE) if item is not None else None

    def _build_list(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("tagRules")
        self.list.setAccessibleName(self.windowTitle())
        self.list.setWordWrap(True)
        self.to_segment = button(_("Open the segment"), "default", "intersect", "tagRuleOpen")
        self.remove = button(_("Remove the rule"), "default", "trash", "tagRuleRemove")
        self.segment = QComboBox()
        self.segment.setObjectName("tagRuleSegment")
        self.segment.setAccessibleName(_("Segment whose friends get the tag"))
        self.segment.setMinimumContentsLength(20)
        let_search(self.segment)
        self.add = button(_("Add the rule"), "default", "plus", "tagRuleAdd")

    def _build_page(self) -> None:
        self.run = button(_("Run all rules now…"), "default", "play", "tagRulesRun")
        about = _("Friends in these segments get the tag after each import. A tag put on by hand is never taken off.")
        acts, new = QHBoxLayout(), QHBoxLayout()
        for part in (self.to_segment, self.remove):
            acts.addWidget(part)
        acts.addStretch(1)
        new.addWidget(self.segment, 1)
        new.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(about, "second", wrap=True))
        column.addWidget(self.list, 1)
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
        self.add.clicked.connect(self._add)
        self.run.clicked.connect(self.run_asked)

    def _show(self, found: _Read) -> None:
        self.list.clear()
        for row, sentence in found.rows:
            item = QListWidgetItem("\n".join(text for text in (row.name, sentence, row.trouble) if text))
            item.setData(_ROLE, row)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.segment.clear()
        self.segment.addItem(_("Choose a segment…"), None)
        for number, name in found.segments:
            self.segment.addItem(name, number)
        self._show_buttons()

    def _show_buttons(self) -> None:
        row = self.current()
        self.remove.setEnabled(row is not None)
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

    def _changed(self, _nothing: object) -> None:
        self.read()


def _read(session: Session, tag: int, currency: str) -> _Read:
    names = segments.names(session)
    mine = [row for row in rules.all_rules(session) if row.tag_id == tag]
    offered = tuple((row.id, row.name) for row in segments.all_segments(session))
    return _Read(tuple((row, plain(row.rule, names, currency)) for row in mine), offered)


def _segment_of(row: RuleRow) -> int | None:
    """Return the segment that a rule is made of, if it is one segment."""
    inner: Sequence[object] = row.rule.rules
    only = inner[0] if len(inner) == 1 else None
    return only.segment if isinstance(only, InSegment) and only.inside else None
