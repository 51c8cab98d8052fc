"""The rules of a draft as rows: built anew when the tree's shape changes, left alone when only a value does."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.segments import rules
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.problems import Path, Problem
from linecrm_desktop.segments.rules import AllOf, AnyOf, NoneOf, Rule
from linecrm_desktop.text import _
from linecrm_desktop.views.segments import period_editors
from linecrm_desktop.views.segments.reading import Offers
from linecrm_desktop.views.segments.rule_menu import rule_menu
from linecrm_desktop.views.segments.rule_row import GroupRow, Joint, Row, RuleRow, group_combo
from linecrm_desktop.views.widgets.basics import Card, button, clear, label, line

_NOTHING: Mapping[Path, str] = MappingProxyType({})


class RuleList(Card):
    """Shows a draft's rules and says what a person wants changed."""

    edited = Signal(object)
    """The new draft."""
    lost_asked = Signal(tuple)
    """Who is left out by the row at this path?"""

    def __init__(self, currency: str) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        self._currency = currency
        self._draft = SegmentDraft()
        self._offers = Offers()
        self._shape: object = None
        self._rows: dict[Path, Row] = {}
        self.body.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(14, 10, 14, 10)
        self._head.setSpacing(8)
        self._rows_at = QVBoxLayout()
        self._rows_at.setSpacing(0)
        self.body.addLayout(self._head)
        self.body.addLayout(self._rows_at)
        self._build_foot()

    def offer(self, offers: Offers) -> None:
        """Take what rules can name, and build the rows anew."""
        self._offers = offers
        self._shape = None
        self.show_draft(self._draft)

    def show_draft(self, draft: SegmentDraft) -> None:
        """Show a draft."""
        self._draft = draft
        shape = _shape(draft.rule)
        if shape != self._shape:
            self._shape = shape
            self._rebuild()

    def show_counts(self, counts: Mapping[Path, int], notes: Mapping[Path, str] = _NOTHING) -> None:
        """Write beside each row how many friends are left, and what it means; rows without a count stay empty."""
        for path, row in self._rows.items():
            row.show_count(counts.get(path))
            row.show_note(notes.get(path, ""))

    def show_problems(self, problems: list[Problem]) -> None:
        """Say at each row what is missing in it."""
        said = {problem.path: problem.sentence for problem in problems if problem.path}
        for path, row in self._rows.items():
            row.show_trouble(said.get(path, ""))

    def retranslate(self) -> None:
        self.add_rule.setText(_("Add a rule"))
        self.add_rule.setToolTip(_("Add a rule (Ctrl+R)"))
        self.add_group.setText(_("Add a group"))
        self.add_group.setToolTip(_("Add a group (Ctrl+Shift+R)"))
        self._shape = None
        self.show_draft(self._draft)

    def focused(self) -> Path | None:
        """Return the path of the row that the cursor is in."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Row):
            widget = widget.parentWidget()
        return widget.path if widget is not None else None

    def offer_rules(self, group: Path = ()) -> None:
        """Open the list of kinds of rules and put the chosen one into a group."""
        menu = rule_menu(self, self._offers, lambda leaf: self.put(leaf, group))
        menu.popup(self.add_rule.mapToGlobal(self.add_rule.rect().topLeft()))

    def put(self, rule: Rule, group: Path = ()) -> None:
        """Put a rule at the end of a group and the cursor into it."""
        self.edited.emit(self._draft.with_rule(group, rule))

    def put_group(self) -> None:
        """Put a group of any with one rule to fill in at the end."""
        self.put(AnyOf((rules.HasTag(()),)))

    def duplicate(self) -> None:
        """Copy the row that the cursor is in."""
        path = self.focused()
        if path:
            self.edited.emit(self._draft.duplicated(path))

    def remove(self) -> None:
        """Remove the row that the cursor is in."""
        path = self.focused()
        if path:
            self.edited.emit(self._draft.without(path))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        path = self.focused()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if path and step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.edited.emit(self._draft.moved(path, step))
            return
        super().keyPressEvent(event)

    def _build_foot(self) -> None:
        self.add_rule = button("", "default", "plus", "addRule")
        self.add_group = button("", "default", "stack", "addGroup")
        self.add_rule.clicked.connect(lambda: self.offer_rules())
        self.add_group.clicked.connect(self.put_group)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 10, 12, 10)
        foot.setSpacing(8)
        foot.addWidget(self.add_rule)
        foot.addWidget(self.add_group)
        foot.addStretch(1)
        self.body.addWidget(line())
        self.body.addLayout(foot)

    def _rebuild(self) -> None:
        clear(self._head)
        clear(self._rows_at)
        self._rows = {}
        self._build_head()
        self._add_rows(self._draft.rule, ())

    def _build_head(self) -> None:
        self._head.addWidget(label(_("Who"), "section"))
        self._head.addWidget(label(_("Friends who match"), "second"))
        self._head.addWidget(group_combo(self._draft.rule, lambda kind: self._joined((), kind)))
        self._head.addWidget(label(_("of these"), "second"))
        self._head.addStretch(1)
        self._head.addWidget(label(_("friends after this row"), "caption"))

    def _add_rows(self, group: Rule, path: Path) -> None:
        if not isinstance(group, (AllOf, AnyOf, NoneOf)):
            return
        for place, rule in enumerate(group.rules):
            self._rows_at.addWidget(line())
            self._add_row(rule, (*path, place))
            self._add_rows(rule, (*path, place))

    def _add_row(self, rule: Rule, path: Path) -> None:
        if isinstance(rule, (AllOf, AnyOf, NoneOf)):
            row: Row = GroupRow(path, rule)
            row.added.connect(self.offer_rules)
        else:
            row = RuleRow(path, rule, self._offers, self._currency)
            row.duplicated.connect(lambda at: self.edited.emit(self._draft.duplicated(at)))
        row.changed.connect(lambda at, changed: self.edited.emit(self._draft.replaced(at, changed)))
        row.lost_asked.connect(self.lost_asked)
        row.removed.connect(lambda at: self.edited.emit(self._draft.without(at)))
        self._rows[path] = row
        self._rows_at.addWidget(row)

    def _joined(self, path: Path, kind: Joint) -> None:
        self.edited.emit(self._draft.joined_by(path, kind))


def _shape(rule: Rule) -> object:
    """Return what must be equal for rows to stay: kinds, places, and whatever decides which editors there are."""
    if isinstance(rule, (AllOf, AnyOf, NoneOf)):
        return type(rule), tuple(_shape(inner) for inner in rule.rules)
    chooses = tuple(getattr(rule, name, None) for name in ("compare", "field", "test", "inside"))
    return type(rule), chooses, period_editors.shape(rule)
