"""Steps 4 and 5: tags in a table, each with what is proposed; R or the button retires, K keeps, S decides later."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QTableWidgetItem, QVBoxLayout, QWidget

from linecrm_desktop.audit import words
from linecrm_desktop.audit.changes import Change, Keep, Later, Retire
from linecrm_desktop.audit.plan import Choice
from linecrm_desktop.text import _, number
from linecrm_desktop.views.tags.audit.keys import is_letter
from linecrm_desktop.views.tags.audit.said import in_a_word
from linecrm_desktop.views.tags.audit.state import AuditState
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import tag_chip
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_TAG, _FRIENDS, _WHY, _PROPOSAL, _SAID = range(5)
_WIDTHS = {_TAG: 190, _FRIENDS: 80, _PROPOSAL: 250, _SAID: 120}


class TableStep(QWidget):
    """Asks about each tag that one of two steps found; several can be decided at once."""

    decided = Signal(object)
    """A list of (key of the choice, Change)."""

    def __init__(self, step: int, name: str) -> None:
        super().__init__()
        self._step = step
        self._state: AuditState | None = None
        self._choices: list[Choice] = []
        self.title = label("", "section", wrap=True)
        self.table = text_table(name)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.retire = button("", "default", "archive", f"{name}Retire")
        self.keep = button("", name=f"{name}Keep")
        self.later = button("", name=f"{name}Later")
        self.keys = label("", "caption")
        card = Card(margins=(0, 0, 0, 0))
        card.body.addWidget(self.table)
        foot = QHBoxLayout()
        for part in (self.retire, self.keep, self.later, self.keys):
            foot.addWidget(part)
        foot.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 14)
        page.setSpacing(12)
        page.addWidget(self.title)
        page.addWidget(card, 1)
        page.addLayout(foot)
        self.table.installEventFilter(self)
        self.retire.clicked.connect(lambda: self._say(Retire))
        self.keep.clicked.connect(lambda: self._say(lambda tag: Keep(tag, "")))
        self.later.clicked.connect(lambda: self._say(lambda tag: Later((tag,))))

    def show_state(self, state: AuditState) -> None:
        """Show what this step found; the cursor stays where it is."""
        self._state = state
        rows = [index.row() for index in self.table.selectionModel().selectedRows()] if self.table.rowCount() else []
        self._choices = state.of(self._step)
        names = {tag.id: tag.name for tag in state.facts.tags}
        heads = [_("Tag"), _("Friends"), _("Why"), _("What you can do"), _("Decided")]
        texts = [self._texts(state, choice, names) for choice in self._choices]
        show_texts(self.table, heads, texts, numbers=1, after=3)
        for row, choice in enumerate(self._choices):
            self._show_chip(row, state, choice)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_WHY, header.ResizeMode.Stretch)
        if self._choices:
            self.table.setCurrentCell(min(rows[0] if rows else 0, len(self._choices) - 1), 0)
        self.retranslate_parts()

    def retranslate(self) -> None:
        """Say everything anew."""
        if self._state is not None:
            self.show_state(self._state)

    def retranslate_parts(self) -> None:
        """Say what stands around the table."""
        self.title.setText(_("Does it still earn its place?") if self._choices else _("Nothing was found here."))
        self.table.setAccessibleName(self.title.text())
        self.retire.setText(_("Retire"))
        self.keep.setText(_("Keep"))
        self.later.setText(_("Later"))
        self.keys.setText(_("Keys: R retire, K keep, S later, Ctrl+Z undo"))
        for part in (self.retire, self.keep, self.later, self.keys, self.table):
            part.setVisible(bool(self._choices))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {Qt.Key.Key_R: self.retire.click, Qt.Key.Key_Delete: self.retire.click}
        act = {**acts, Qt.Key.Key_K: self.keep.click, Qt.Key.Key_S: self.later.click}.get(Qt.Key(event.key()))
        if act is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            act()

    def eventFilter(self, watched: object, event: object) -> bool:
        """Take the keys of this step before the table searches by letters."""
        if watched is self.table and is_letter(event):
            self.keyPressEvent(event)
            return True
        return False

    def _texts(self, state: AuditState, choice: Choice, names: dict[int, str]) -> list[str]:
        finding = choice.finding
        if finding is None:
            return [""] * 5
        tag = state.tag(finding.tags[0])
        friends = number(tag.friends) if tag else ""
        said = words.sentence(finding, names)
        return [state.name(finding.tags[0]), friends, said, words.proposal(finding), in_a_word(choice.change)]

    def _show_chip(self, row: int, state: AuditState, choice: Choice) -> None:
        tag = state.tag(choice.finding.tags[0]) if choice.finding else None
        if tag is not None:
            item = QTableWidgetItem(tag.name)
            item.setData(CHIPS_ROLE, [tag_chip(tag.name, tag.type)])
            self.table.setItem(row, _TAG, item)

    def _say(self, change: Callable[[int], Change]) -> None:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        last = rows[-1] if rows else 0
        chosen = [self._choices[row] for row in rows]
        self.decided.emit([(one.key, change(one.finding.tags[0])) for one in chosen if one.finding])
        if self._choices:
            self.table.setCurrentCell(min(last + 1, len(self._choices) - 1), 0)
            self.table.setFocus()
