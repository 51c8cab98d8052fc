"""The rules of a draft as rows: built anew when the tree's shape changes, told their new values when only those do."""

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.segments import rules
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.problems import Path, Problem
from linecrm_desktop.segments.rules import AllOf, AnyOf, Group, Leaf, NoneOf, Rule
from linecrm_desktop.text import _
from linecrm_desktop.views.rules import rule_drag
from linecrm_desktop.views.rules.offers import Offers
from linecrm_desktop.views.rules.rule_foot import RuleFoot
from linecrm_desktop.views.rules.rule_menu import rule_menu
from linecrm_desktop.views.rules.rule_row import GroupRow, Joint, Row, RuleRow, group_combo
from linecrm_desktop.views.widgets.basics import Card, clear, label, line

_NOTHING: Mapping[Path, str] = MappingProxyType({})


class RuleList(Card):
    """Shows a draft's rules and says what a person wants changed."""

    edited = Signal(object, str)
    """The new draft; the text names the field that is typed into, if any."""
    lost_asked = Signal(tuple)
    """Who is left out by the row at this path?"""

    def __init__(self, currency: str, *, counts: bool = True) -> None:
        """Without `counts` nothing is said of how many friends each row leaves, and nothing is taken back here."""
        super().__init__(margins=(0, 0, 0, 0))
        self._currency = currency
        self._has_counts = counts
        self._draft = SegmentDraft()
        self._offers = Offers()
        self._shape: object = None
        self._before: QWidget = self
        self._rows: dict[Path, Row] = {}
        self._counts: Mapping[Path, int] = {}
        self._notes: Mapping[Path, str] = {}
        self.body.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(14, 10, 14, 10)
        self._head.setSpacing(8)
        self._rows_at = QVBoxLayout()
        self._rows_at.setSpacing(0)
        self.foot = RuleFoot()
        for made in (self.foot.undo, self.foot.redo):
            made.setVisible(counts)
        self._drop = line()
        self._drop.setProperty("line", "drop")
        self._drop.setParent(self)
        self._drop.hide()
        self.body.addLayout(self._head)
        self.body.addLayout(self._rows_at)
        self.body.addWidget(line())
        self.body.addWidget(self.foot)
        self.setAcceptDrops(True)
        self._connect()

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
        for path, row in self._rows.items():
            leaf = draft.at(path)
            if isinstance(row, RuleRow) and not isinstance(leaf, (AllOf, AnyOf, NoneOf)):
                row.show_leaf(leaf)

    def show_counts(self, counts: Mapping[Path, int], notes: Mapping[Path, str] = _NOTHING) -> None:
        """Write beside each row how many friends are left, and what it means; rows without a count stay empty."""
        self._counts, self._notes = counts, notes
        for path, row in self._rows.items():
            row.show_count(counts.get(path))
            row.show_note(notes.get(path, ""))

    def show_problems(self, problems: list[Problem]) -> None:
        """Say at each row what is missing in it."""
        said = {problem.path: problem.sentence for problem in problems if problem.path}
        for path, row in self._rows.items():
            row.show_trouble(said.get(path, ""))

    def retranslate(self) -> None:
        self.foot.retranslate()
        self._shape = None
        self.show_draft(self._draft)

    def focused(self) -> Path | None:
        """Return the path of the row that the cursor is in."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Row):
            widget = widget.parentWidget()
        return widget.path if widget is not None and widget.path in self._rows else None

    def offer_rules(self, group: Path | None = None) -> None:
        """Open the list of kinds of rules and put the chosen one after the row with the cursor, or into a group."""
        at, place = self._next() if group is None else (group, None)
        may_nest = bool(at) and self._draft.can_hold_group(at)
        menu = rule_menu(self, self._offers, lambda leaf: self.put(leaf, at, place))
        if may_nest:
            menu.addSeparator()
            menu.addAction(_("A group"), lambda: self.put(AnyOf((rules.HasTag(()),)), at, place))
        above = self._rows[group] if group else self.foot.add_rule
        menu.popup(above.mapToGlobal(above.rect().bottomLeft()))

    def put(self, rule: Rule, group: Path = (), place: int | None = None) -> None:
        """Put a rule into a group, at its end or at a place, and the cursor into it."""
        at = len(self._group(group).rules) if place is None else place
        self.edited.emit(self._draft.with_rule(group, rule, at), "")
        self._focus((*group, at))

    def put_group(self, kind: Joint = AnyOf) -> None:
        """Put a group with one rule to fill in after the row with the cursor, as deep as groups may go."""
        group, place = self._next()
        while not self._draft.can_hold_group(group):
            group, place = group[:-1], group[-1] + 1
        self.put(kind((rules.HasTag(()),)), group, place)

    def duplicate(self) -> None:
        """Copy the row that the cursor is in."""
        path = self.focused()
        if path:
            self._duplicate(path)

    def remove(self) -> None:
        """Remove the row that the cursor is in; the cursor goes on to the next one."""
        path = self.focused()
        if path:
            self._remove(path)

    def move_row(self, step: int) -> None:
        """Move the row that the cursor is in one line up or down."""
        path = self.focused()
        if path:
            self._show_moved(*self._draft.moved(path, step))

    def set_before(self, widget: QWidget) -> None:
        """Let Tab come in from a widget."""
        self._before = widget

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if rule_drag.carried(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        spot = rule_drag.spot(self._rows, self._sizes(), event.position().toPoint())
        self._drop.setGeometry(12, spot.y - 1, self.width() - 24, 3)
        self._drop.show()
        self._drop.raise_()
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.hide()
        path = rule_drag.carried(event.mimeData())
        if path in self._rows:
            spot = rule_drag.spot(self._rows, self._sizes(), event.position().toPoint())
            self._show_moved(*self._draft.carried(path, spot.group, spot.place))
            event.acceptProposedAction()

    def _connect(self) -> None:
        self.foot.rule_asked.connect(lambda: self.offer_rules())
        self.foot.group_asked.connect(self.put_group)
        QApplication.instance().focusChanged.connect(self._show_current)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]

    def _show_current(self) -> None:
        path = self.focused()
        for at, row in self._rows.items():
            row.show_current(is_current=at == path)

    def _next(self) -> tuple[Path, int]:
        """Return where the next rule goes: after the row with the cursor, at the end of its group on a head."""
        path = self.focused()
        if not path:
            return (), len(self._draft.rule.rules)
        rule = self._draft.at(path)
        if isinstance(rule, (AllOf, AnyOf, NoneOf)):
            return path, len(rule.rules)
        return path[:-1], path[-1] + 1

    def _rebuild(self) -> None:
        focus = QApplication.focusWidget()
        path, name = self.focused(), focus.objectName() if focus is not None else ""
        clear(self._head)
        clear(self._rows_at)
        self._rows = {}
        self._build_head()
        self._add_rows(self._draft.rule, ())
        self._order_stops()
        self.show_counts(self._counts, self._notes)
        if path:
            self._focus(path, name)

    def _build_head(self) -> None:
        rule = self._draft.rule
        self._root_kind = group_combo(rule, lambda kind: self._joined((), kind))
        after = _("friends after this row") if isinstance(rule, AllOf) else _("friends who match the row")
        for part in (label(_("Who"), "section"), label(_("Friends who match"), "second"), self._root_kind):
            self._head.addWidget(part)
        self._head.addWidget(label(_("of these"), "second"))
        self._head.addStretch(1)
        if self._has_counts:
            self._head.addWidget(label(after, "caption"))

    def _add_rows(self, group: Rule, path: Path) -> None:
        if not isinstance(group, (AllOf, AnyOf, NoneOf)):
            return
        for place, rule in enumerate(group.rules):
            self._rows_at.addWidget(line())
            if isinstance(rule, (AllOf, AnyOf, NoneOf)):
                self._add_group(rule, (*path, place), _joining(group, rule, place))
                self._add_rows(rule, (*path, place))
            else:
                self._add_rule(rule, (*path, place))

    def _add_group(self, group: Group, path: Path, word: str) -> None:
        row = GroupRow(path, group, word)
        row.added.connect(self.offer_rules)
        row.joined.connect(self._joined)
        self._add_row(row)

    def _add_rule(self, leaf: Leaf, path: Path) -> None:
        row = RuleRow(path, leaf, self._offers, self._currency)
        row.duplicated.connect(self._duplicate)
        row.changed.connect(self._change)
        self._add_row(row)

    def _add_row(self, row: Row) -> None:
        row.removed.connect(self._remove)
        row.lifted.connect(lambda path: rule_drag.carry(self, path, self._rows[path]))
        row.lost_asked.connect(self.lost_asked)
        row.lost.setVisible(self._has_counts)
        self._rows[row.path] = row
        self._rows_at.addWidget(row)

    def _order_stops(self) -> None:
        """Let Tab walk from the head through the rows to the foot: rows are made later than what follows them."""
        stops = [
            self._before,
            self._root_kind,
            *(stop for row in self._rows.values() for stop in row.stops()),
            *self.foot.stops(),
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _change(self, path: Path, leaf: Leaf, typed: str) -> None:
        self.edited.emit(self._draft.replaced(path, leaf), f"{path} {typed}" if typed else "")

    def _joined(self, path: Path, kind: Joint) -> None:
        self.edited.emit(self._draft.joined_by(path, kind), "")

    def _duplicate(self, path: Path) -> None:
        self.edited.emit(self._draft.duplicated(path), "")
        self._focus((*path[:-1], path[-1] + 1))

    def _remove(self, path: Path) -> None:
        self.edited.emit(self._draft.without(path), "")
        self._focus(path)

    def _show_moved(self, draft: SegmentDraft, path: Path) -> None:
        focus = QApplication.focusWidget()
        name = focus.objectName() if focus is not None else ""
        self.edited.emit(draft, "")
        self._focus(path, name)

    def _focus(self, path: Path, name: str = "") -> None:
        """Put the cursor into a row; where it is gone, into the last one before it, or the button for a new one."""
        row = self._rows.get(path) or next((row for at, row in reversed(self._rows.items()) if at < path), None)
        if row is not None:
            row.take_focus(name)
        else:
            self.foot.add_rule.setFocus(Qt.FocusReason.OtherFocusReason)

    def _group(self, path: Path) -> Group:
        found = self._draft.at(path)
        return found if isinstance(found, (AllOf, AnyOf, NoneOf)) else AllOf((found,))

    def _sizes(self) -> dict[Path, int]:
        heads = {path: self._draft.at(path) for path in ((), *self._rows)}
        return {path: len(rule.rules) for path, rule in heads.items() if isinstance(rule, (AllOf, AnyOf, NoneOf))}


def _shape(rule: Rule) -> object:
    """Return what must be equal for rows to stay: kinds and places."""
    if isinstance(rule, (AllOf, AnyOf, NoneOf)):
        return type(rule), tuple(_shape(inner) for inner in rule.rules)
    return type(rule)


def _joining(outer: Group, group: Group, place: int) -> str:
    """Return the word before a group's head."""
    if place == 0:
        return ""
    if not isinstance(outer, AllOf):
        return _("or")
    return _("but") if isinstance(group, NoneOf) else _("and")
