"""Rows of the builder: a rule as its translated sentence with editors in it, and the head of a group."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments.known import named_tags
from linecrm_desktop.segments.problems import Path
from linecrm_desktop.segments.rules import AllOf, AnyOf, CameFrom, Group, Leaf, NoneOf
from linecrm_desktop.segments.sentence import row_parts
from linecrm_desktop.text import _, number
from linecrm_desktop.views.rules import period_editors
from linecrm_desktop.views.rules.check_combo import CheckCombo
from linecrm_desktop.views.rules.editors import editors
from linecrm_desktop.views.rules.held import Held
from linecrm_desktop.views.rules.making import named
from linecrm_desktop.views.rules.offers import Offers
from linecrm_desktop.views.rules.snug_combo import SnugCombo
from linecrm_desktop.views.widgets.basics import button, clear, icon_button, label, restyle, widgets
from linecrm_desktop.views.widgets.flow import FlowLayout
from linecrm_desktop.views.widgets.grip import Grip

INDENT = 28
Joint = type[AllOf] | type[AnyOf] | type[NoneOf]
_GROUPS: tuple[Joint, ...] = (AllOf, AnyOf, NoneOf)


class Row(QFrame):
    """What both kinds of rows have: a place in the tree, a grip, a count, and buttons at the right end."""

    removed = Signal(tuple)
    lifted = Signal(tuple)
    """The row at this path is dragged."""
    lost_asked = Signal(tuple)
    """Who is left out by this row?"""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.setObjectName("ruleRow" + "_".join(str(place) for place in path))
        self.setMinimumHeight(39)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(8 + INDENT * (len(path) - 1), 4, 12, 4)
        self.row.setSpacing(8)
        grip = Grip("moveRule")
        grip.setAccessibleName(_("Move this rule"))
        grip.setToolTip(_("Drag to move this rule, or press Alt and an arrow key"))
        grip.lifted.connect(lambda: self.lifted.emit(self.path))
        self.row.addWidget(grip)
        self.count = label("", "second")
        self.count.setObjectName("ruleCount_" + "_".join(str(place) for place in path))
        self.trouble = label("", "error")
        self.note = label("", "caption")
        self.note.setObjectName("ruleNote" + "_".join(str(place) for place in path))
        self.note.hide()
        self.lost = icon_button("user-minus", _("Who is left out by this row?"), "whoIsLeftOut")
        self.lost.clicked.connect(lambda: self.lost_asked.emit(self.path))
        self.lost.setEnabled(False)

    def show_count(self, count: int | None) -> None:
        """Show how many friends are left after this row, or nothing while that is not known."""
        self.count.setText("" if count is None else number(count))
        self.lost.setEnabled(count is not None)

    def show_note(self, note: str) -> None:
        """Say which days the row means, and of how many friends the answer is not known."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def show_trouble(self, sentence: str) -> None:
        """Say what is missing in this row."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        restyle(self, "trouble", bool(sentence))

    def show_current(self, *, is_current: bool) -> None:
        """Mark the row that the cursor is in."""
        if bool(self.property("current")) is not is_current:
            restyle(self, "current", is_current)

    def stops(self) -> list[QWidget]:
        """Return what Tab walks through, in the order of reading."""
        found: list[QWidget] = []
        for widget in widgets(self.row):
            inner = widget.layout()
            found += [*(widgets(inner) if isinstance(inner, FlowLayout) else ()), widget]
        return [one for one in found if one.focusPolicy() & Qt.FocusPolicy.TabFocus]

    def take_focus(self, name: str = "") -> None:
        """Put the cursor into the editor of a name, or else into the first one."""
        stops = self.stops()
        editors = [stop for stop in stops if not isinstance(stop, Grip)]
        first = next((stop for stop in editors if stop.objectName() == name), (editors or stops)[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self, *buttons: QWidget) -> None:
        """Put the count and the buttons at the right end."""
        self.row.addWidget(self.trouble)
        self.row.addWidget(self.count)
        self.row.addWidget(self.lost)
        for made in buttons:
            self.row.addWidget(made)


class RuleRow(Row):
    """One rule. Its words and editors stand in the order of the person's language."""

    changed = Signal(tuple, object, str)
    """The rule at this path becomes another one; the text names the fields that are typed into, if any."""
    duplicated = Signal(tuple)

    def __init__(self, path: Path, leaf: Leaf, offers: Offers, currency: str) -> None:
        super().__init__(path)
        self._offers, self._currency = offers, currency
        self._held = Held(leaf, self._edited)
        self._is_whole = False
        words = QWidget()
        self._flow = FlowLayout(words)
        self.row.addWidget(words, 1)
        self.more = icon_button("dots-three", _("More choices"), "moreChoices")
        twice = icon_button("copy", _("Duplicate this rule"), "duplicateRule")
        gone = icon_button("x", _("Remove this rule"), "removeRule")
        self.more.clicked.connect(self._show_whole)
        twice.clicked.connect(lambda: self.duplicated.emit(self.path))
        gone.clicked.connect(lambda: self.removed.emit(self.path))
        self.end(twice, gone)
        self._fill()

    def show_leaf(self, leaf: Leaf) -> None:
        """Show the rule as it is now; nothing happens where the row itself made it so."""
        if leaf != self._held.leaf:
            self._held.leaf = leaf
            self._fill()

    def _fill(self) -> None:
        """Make the words and editors anew; the cursor stays in the editor it was in."""
        focus = QApplication.focusWidget()
        had_focus = focus.objectName() if focus is not None and self.isAncestorOf(focus) else None
        self._flow.removeWidget(self.more)
        self._flow.removeWidget(self.note)
        clear(self._flow)
        self._asked = self._asks()
        for piece, is_editor in row_parts(self._held.leaf, whole=self._is_whole):
            if not is_editor:
                self._flow.addWidget(label(piece.strip()))
                continue
            for editor in editors(piece, self._held, self._offers, self._currency):
                if isinstance(editor, CheckCombo):  # its list stays open while the rule changes
                    editor.closed.connect(self._refill, Qt.ConnectionType.QueuedConnection)
                self._flow.addWidget(editor)
        if any(tag not in self._offered() for tag in named_tags(self._held.leaf)):
            self._flow.addWidget(self._replace_button())
        self._flow.addWidget(self.more)
        self._flow.addWidget(self.note)
        self.more.setVisible(row_parts(self._held.leaf) != row_parts(self._held.leaf, whole=self._is_whole))
        if had_focus is not None:
            self.take_focus(had_focus)

    def _offered(self) -> dict[int, str]:
        """Return the tags that this rule can name."""
        only = TagType.SOURCE if isinstance(self._held.leaf, CameFrom) else None
        return {tag: name for tag, name, kind in self._offers.tags if only in (None, kind)}

    def _replace_button(self) -> QPushButton:
        """Return the button that puts a tag in the place of those that are gone."""
        made = button(_("Replace…"), "link", name="replaceTag")
        menu = QMenu(made)
        for tag, name in self._offered().items():
            menu.addAction(name, lambda tag=tag: self._replace(tag))
        made.setMenu(menu)
        return made

    def _replace(self, tag: int) -> None:
        offered = self._offered()
        kept = [one for one in named_tags(self._held.leaf) if one in offered]
        tags = tuple(dict.fromkeys((*kept, tag)))
        self._held.choose(**({"sources": tags} if isinstance(self._held.leaf, CameFrom) else {"tags": tags}))
        self._fill()

    def _show_whole(self) -> None:
        self._is_whole = True
        self._fill()

    def _edited(self, typed: str) -> None:
        focus = QApplication.focusWidget()
        if not isinstance(focus, CheckCombo) or not focus.is_open:
            self._refill()
        self.changed.emit(self.path, self._held.leaf, typed)

    def _refill(self) -> None:
        if self._asks() != self._asked:
            self._fill()

    def _asks(self) -> object:
        """Return what must stay equal for the editors to stay."""
        leaf = self._held.leaf
        chooses = tuple(getattr(leaf, name, None) for name in ("compare", "field", "test", "inside"))
        return chooses, period_editors.shape(leaf), row_parts(leaf, whole=self._is_whole)


class GroupRow(Row):
    """The head of a group: all, any or none of these."""

    joined = Signal(tuple, object)
    """The group at this path asks for all, any or none."""
    added = Signal(tuple)
    """A rule is wanted in this group."""

    def __init__(self, path: Path, group: Group, word: str) -> None:
        super().__init__(path)
        self.setProperty("panel", "alt")
        self._kind = group_combo(group, lambda kind: self.joined.emit(self.path, kind))
        for part in (label(word), self._kind):
            self.row.addWidget(part)
        self.row.addWidget(label(_("of these"), "second"), 1)
        more = icon_button("plus", _("Add to this group"), "addToGroup")
        gone = icon_button("x", _("Remove this group"), "removeGroup")
        more.clicked.connect(lambda: self.added.emit(self.path))
        gone.clicked.connect(lambda: self.removed.emit(self.path))
        self.end(more, gone)


def group_combo(group: Group, chosen: Callable[[Joint], None]) -> QComboBox:
    """Return the choice between all, any and none."""
    combo = SnugCombo()
    for text in (_("all"), _("any"), _("none")):
        combo.addItem(text)
    combo.setCurrentIndex(_GROUPS.index(type(group)))
    combo.activated.connect(lambda row: chosen(_GROUPS[row]))
    named(combo, "groupKind", _("All, any or none of these"))
    return combo
