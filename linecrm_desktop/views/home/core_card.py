"""The three core segments: how many can be reached, who came in and who bought this week. A line opens its segment."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.home.core import CoreNumbers, Moves
from linecrm_desktop.text import _, number
from linecrm_desktop.views.widgets.basics import Card, button, clear, label, line

UNKNOWN = "—"


class CoreRow(QWidget):
    """One core segment."""

    opened = Signal(object)
    """The number of the segment; None: it is not made yet."""

    def __init__(self, core: CoreNumbers, moved: Moves | None) -> None:
        super().__init__()
        self.name = button(core.name, "row", name=f"core_{core.key}")
        self.name.setProperty("snug", True)
        self.name.clicked.connect(lambda: self.opened.emit(core.segment_id))
        self.note = label(_note(core, moved), "caption", wrap=True)
        self.note.setObjectName(f"coreNote_{core.key}")
        self.number = label(UNKNOWN if core.reachable is None else number(core.reachable), "strong")
        self.number.setObjectName(f"coreNumber_{core.key}")
        self.name.setAccessibleDescription(f"{self.number.text()}. {self.note.text()}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.addLayout(words, 1)
        row.addWidget(self.number)


class CoreSegments(Card):
    """The card with all three."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._core: tuple[CoreNumbers, ...] = ()
        self._moves: dict[str, Moves] = {}
        self.title = label("", "section")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addWidget(self.title)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self.retranslate()

    def show_core(self, core: tuple[CoreNumbers, ...]) -> None:
        """Show how many can be reached; this week's moves stay until they are counted anew."""
        self._core = core
        self.retranslate()

    def show_moves(self, moves: dict[str, Moves]) -> None:
        """Show who came in and who bought this week."""
        self._moves = moves
        self.retranslate()

    def _show_rows(self) -> None:
        clear(self._rows)
        for one in self._core:
            row = CoreRow(one, self._moves.get(one.key))
            row.opened.connect(self.opened)
            self._rows.addWidget(line())
            self._rows.addWidget(row)

    def retranslate(self) -> None:
        self.title.setText(_("Three core segments"))
        self._show_rows()


def _note(core: CoreNumbers, moved: Moves | None) -> str:
    if core.segment_id is None:
        return _("not made yet")
    if core.reachable is None:
        return _("cannot be counted")
    if moved is None:
        return _("Counting…")
    if moved.bought == 0:
        return _("{joined} joined this week").format(joined=number(moved.joined))
    return _("{joined} joined, {bought} bought this week").format(
        joined=number(moved.joined), bought=number(moved.bought)
    )
