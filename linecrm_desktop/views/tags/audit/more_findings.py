"""Findings that have no step of their own, in a list with what to do about the chosen ones beside it."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.audit import words
from linecrm_desktop.audit.findings import Check
from linecrm_desktop.audit.plan import Choice
from linecrm_desktop.audit.ways import Way
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.tags.audit.finding_panel import FindingPanel
from linecrm_desktop.views.tags.audit.keys import is_letter
from linecrm_desktop.views.tags.audit.said import in_a_word
from linecrm_desktop.views.tags.audit.state import AuditState
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import tag_chip
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_TAGS, _FOUND, _SAID = range(3)
_WIDTHS = {_TAGS: 190, _SAID: 130}
_LEAST_PANEL = 320
_KEYS = {Qt.Key.Key_R: Way.RETIRE, Qt.Key.Key_Delete: Way.RETIRE, Qt.Key.Key_K: Way.LEAVE, Qt.Key.Key_S: Way.LATER}


class MoreFindings(QWidget):
    """Asks about what was found beside the other steps; several findings of one kind can be decided at once."""

    decided = Signal(object)
    """A list of (key of the choice, Change)."""
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._state: AuditState | None = None
        self._choices: list[Choice] = []
        self.back = button("", "link", "caret-left", "leaveFindings")
        self.check = QComboBox()
        self.check.setObjectName("findingCheck")
        self.title, self.keys = label("", "section"), label("", "caption", wrap=True)
        self.table = text_table("moreFindings")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.panel = FindingPanel(desk)
        self._build()
        self.table.installEventFilter(self)
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.check.currentIndexChanged.connect(lambda _place: self._show_rows())
        self.back.clicked.connect(self.left)
        self.panel.taken.connect(self._take)
        self.panel.skipped.connect(self._next)

    def show_state(self, state: AuditState) -> None:
        """Show what was found; the cursor stays where it is."""
        self._state = state
        self._show_checks(state)
        self._show_rows()

    def show_check(self, check: Check | None, key: str = "") -> None:
        """Show the findings of one check, or all, with the cursor on the one of a key."""
        self.check.setCurrentIndex(max(0, self.check.findData(str(check) if check else "")))
        row = next((row for row, choice in enumerate(self._choices) if choice.key == key), 0)
        if self._choices:
            self.table.selectRow(row)
        self.table.setFocus()

    def retranslate(self) -> None:
        """Say everything anew."""
        self.panel.retranslate()
        if self._state is not None:
            self.show_state(self._state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offered, place = self.panel.offered(), event.key() - Qt.Key.Key_1
        way = offered[place] if 0 <= place < len(offered) else _KEYS.get(Qt.Key(event.key()))
        if way is None or way not in offered or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif self._chosen():
            self.panel.take_way(way)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Take the keys of this page before the table searches by letters."""
        if watched is self.table and is_letter(event):
            self.keyPressEvent(event)
            return True
        return False

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.check)
        left = Card(margins=(0, 0, 0, 0))
        left.body.addWidget(self.table)
        column = QVBoxLayout()
        column.addWidget(left, 1)
        column.addWidget(self.keys)
        panel = ScrollArea()
        panel.setWidget(self.panel)
        panel.setWidgetResizable(True)
        panel.setFrameShape(QFrame.Shape.NoFrame)
        panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        panel.setMinimumWidth(_LEAST_PANEL)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(column, 5)
        row.addWidget(panel, 3)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 14)
        page.setSpacing(12)
        page.addLayout(head)
        page.addLayout(row, 1)

    def _show_checks(self, state: AuditState) -> None:
        found = [one.finding.check for one in state.others() if one.finding]
        blocker, chosen = QSignalBlocker(self.check), self.check.currentData()
        self.check.clear()
        self.check.addItem(_("All kinds ({n})").format(n=number(len(found))), "")
        for check in dict.fromkeys(found):
            said = _("{check} ({n})").format(check=_(words.CHECKS[check]), n=number(found.count(check)))
            self.check.addItem(said, str(check))
        self.check.setCurrentIndex(max(0, self.check.findData(chosen)))
        self.check.setAccessibleName(_("Kind of finding"))
        del blocker

    def _show_rows(self) -> None:
        state = self._state
        if state is None:
            return
        check, rows = self.check.currentData(), self._rows()
        everything = state.others()
        self._choices = [one for one in everything if one.finding and check in ("", str(one.finding.check))]
        names = {tag.id: tag.name for tag in state.facts.tags}
        texts = [self._texts(one, names) for one in self._choices]
        blocker = QSignalBlocker(self.table)
        show_texts(self.table, [_("Tag"), _("What was found"), _("Decided")], texts)
        for row, one in enumerate(self._choices):
            self._show_chips(row, state, one)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_FOUND, header.ResizeMode.Stretch)
        if self._choices:
            self.table.selectRow(min(rows[0] if rows else 0, len(self._choices) - 1))
        del blocker
        self._show_words(len(everything), sum(one.change is not None for one in everything))
        self._show_chosen()

    def _show_words(self, count: int, decided: int) -> None:
        self.back.setText(_("All findings"))
        said = ngettext("{n} other finding · {done} decided", "{n} other findings · {done} decided", count)
        self.title.setText(said.format(n=number(count), done=number(decided)))
        self.keys.setText(_("Keys: 1 to 9 decide as at the right, R retire, K keep, S later, Ctrl+Z undo"))

    def _texts(self, choice: Choice, names: dict[int, str]) -> list[str]:
        finding = choice.finding
        if finding is None:
            return ["", "", ""]
        tags = _(", ").join(names.get(tag, "…") for tag in finding.tags)
        return [tags or _("all friends"), words.sentence(finding, names), in_a_word(choice.change)]

    def _show_chips(self, row: int, state: AuditState, choice: Choice) -> None:
        tags = [tag for one in choice.finding.tags if (tag := state.tag(one))] if choice.finding else []
        item = self.table.item(row, _TAGS)
        if tags and isinstance(item, QTableWidgetItem):
            item.setData(CHIPS_ROLE, [tag_chip(tag.name, tag.type) for tag in tags])

    def _rows(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectionModel().selectedRows()})

    def _chosen(self) -> list[Choice]:
        return [self._choices[row] for row in self._rows() if row < len(self._choices)]

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.panel.setVisible(bool(chosen))
        if chosen and self._state is not None:
            self.panel.show_choices(self._state, chosen)

    def _take(self, made: object) -> None:
        rows = self._rows()
        self.decided.emit(made)
        self._next_after(rows[-1] if rows else 0)

    def _next(self) -> None:
        rows = self._rows()
        self._next_after(rows[-1] if rows else 0)

    def _next_after(self, row: int) -> None:
        if self._choices:
            self.table.selectRow(min(row + 1, len(self._choices) - 1))
            self.table.setFocus()
