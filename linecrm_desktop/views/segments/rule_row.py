"""Rows of the builder: a rule as its translated sentence with editors in it, and the head of a group."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QWidget

from linecrm_desktop.segments.problems import Path
from linecrm_desktop.segments.rules import AllOf, AnyOf, Group, Leaf, NoneOf
from linecrm_desktop.segments.sentence import row_parts
from linecrm_desktop.text import _, number
from linecrm_desktop.views.segments.check_combo import named
from linecrm_desktop.views.segments.editors import editors
from linecrm_desktop.views.segments.reading import Offers
from linecrm_desktop.views.segments.snug_combo import SnugCombo
from linecrm_desktop.views.widgets.basics import icon_button, label
from linecrm_desktop.views.widgets.flow import FlowLayout

INDENT = 28
Joint = type[AllOf] | type[AnyOf] | type[NoneOf]
_GROUPS: tuple[Joint, ...] = (AllOf, AnyOf, NoneOf)


class Row(QFrame):
    """What both kinds of rows have: a place in the tree, a count, and buttons at the right end."""

    changed = Signal(tuple, object)
    """The rule at this path becomes another one."""
    removed = Signal(tuple)
    duplicated = Signal(tuple)
    lost_asked = Signal(tuple)
    """Who is left out by this row?"""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.setObjectName("ruleRow" + "_".join(str(place) for place in path))
        self.setMinimumHeight(39)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(14 + INDENT * (len(path) - 1), 4, 12, 4)
        self.row.setSpacing(8)
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

    def end(self, *buttons: QWidget) -> None:
        """Put the count and the buttons at the right end."""
        self.row.addWidget(self.trouble)
        self.row.addWidget(self.count)
        self.row.addWidget(self.lost)
        for made in buttons:
            self.row.addWidget(made)


class RuleRow(Row):
    """One rule. Its words and editors stand in the order of the person's language."""

    def __init__(self, path: Path, leaf: Leaf, offers: Offers, currency: str) -> None:
        super().__init__(path)
        words = QWidget()
        flow = FlowLayout(words)
        for piece, is_editor in row_parts(leaf):
            if not is_editor:
                flow.addWidget(label(piece.strip()))
                continue
            for editor in editors(piece, leaf, offers, currency, self._changed):
                flow.addWidget(editor)
        flow.addWidget(self.note)
        self.row.addWidget(words, 1)
        twice = icon_button("copy", _("Duplicate this rule"), "duplicateRule")
        gone = icon_button("x", _("Remove this rule"), "removeRule")
        twice.clicked.connect(lambda: self.duplicated.emit(self.path))
        gone.clicked.connect(lambda: self.removed.emit(self.path))
        self.end(twice, gone)

    def _changed(self, leaf: Leaf) -> None:
        self.changed.emit(self.path, leaf)


class GroupRow(Row):
    """The head of a group: all, any or none of these."""

    added = Signal(tuple)
    """A rule is wanted in this group."""

    def __init__(self, path: Path, group: Group) -> None:
        super().__init__(path)
        self._group = group
        self.setProperty("panel", "alt")
        self.row.addWidget(label(_("and")))
        self.row.addWidget(group_combo(group, self._joined))
        self.row.addWidget(label(_("of these"), "second"), 1)
        more = icon_button("plus", _("Add a rule to this group"), "addToGroup")
        gone = icon_button("x", _("Remove this group"), "removeGroup")
        more.clicked.connect(lambda: self.added.emit(self.path))
        gone.clicked.connect(lambda: self.removed.emit(self.path))
        self.end(more, gone)

    def _joined(self, kind: Joint) -> None:
        self.changed.emit(self.path, kind(self._group.rules))


def group_combo(group: Group, chosen: Callable[[Joint], None]) -> QComboBox:
    """Return the choice between all, any and none."""
    combo = SnugCombo()
    for text in (_("all"), _("any"), _("none")):
        combo.addItem(text)
    combo.setCurrentIndex(_GROUPS.index(type(group)))
    combo.activated.connect(lambda row: chosen(_GROUPS[row]))
    named(combo, "groupKind", _("All, any or none of these"))
    return combo
