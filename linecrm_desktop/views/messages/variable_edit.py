"""The text of a bubble, with variables as chips. What it gives back is the written form, to the character.

Undo belongs to the draft, not to the field: the composer listens for the keys.
"""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from linecrm_desktop.messages.variables import VARIABLES, Variable, label, parts, write
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.messages.variable_chip import CHIP, CHIP_CHARACTER, ChipObject, insert_chip, variable_of

_LOWEST, _HIGHEST, _FRAME = 84, 240, 16
_LINE_MARGIN, _LINE_FRAME = 2, 12
_USUAL = {
    "name": N_("there"),
    "last_product": N_("your last order"),
    "tier": N_("our customer"),
    "points": N_("your points"),
}
_PARAGRAPH_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})


class VariableEdit(QTextEdit):
    """A plain text with chips in it, of one line or many."""

    edited = Signal()
    """The written form changed by a person's hand."""
    chip_opened = Signal(int)
    """Position of the chip whose fallback is to be changed (double click, or F2 beside it)."""

    def __init__(self, parent: QWidget | None = None, *, is_line: bool = False) -> None:
        super().__init__(parent)
        self.offered = list(VARIABLES)
        """The variables that "{" offers."""
        self._is_line = is_line
        self.setAcceptRichText(False)
        if is_line:
            self.document().setDocumentMargin(_LINE_MARGIN)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.document().documentLayout().registerHandler(CHIP, ChipObject(self))
        self._is_showing = False
        self.textChanged.connect(self._tell)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def written(self) -> str:
        """Return the text with its variables as they are kept, such as {name|there}."""
        lines: list[str] = []
        block = self.document().begin()
        while block.isValid():
            lines.append(_written(block))
            block = block.next()
        return "\n".join(lines)

    def show_written(self, text: str) -> None:
        """Show a text; nothing happens (the cursor stays) when it is there already."""
        if text == self.written():
            return
        place = self.textCursor().position()
        self._is_showing = True
        self.clear()
        self._insert(self.textCursor(), text)
        self._is_showing = False
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def insert_variable(self, variable: Variable) -> None:
        """Put a variable in place of the selection."""
        cursor = self.textCursor()
        insert_chip(cursor, variable)
        self.setTextCursor(cursor)
        self.setFocus()

    def variable_at(self, position: int) -> Variable | None:
        """Return the variable whose chip is the character at a position."""
        cursor = self._over(position)
        return variable_of(cursor.charFormat()) if cursor.selectedText() == CHIP_CHARACTER else None

    def replace_variable(self, position: int, variable: Variable) -> None:
        """Put another variable in place of the chip at a position."""
        insert_chip(self._over(position), variable)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        selection = self.textCursor()
        whole = self.written_between(selection.selectionStart(), selection.selectionEnd())
        data.setText(whole)
        return data

    def written_between(self, start: int, end: int) -> str:
        """Return the written form of a part of the text."""
        pieces: list[str] = []
        for position in range(start, end):
            variable = self.variable_at(position)
            pieces.append(write(variable) if variable else self._over(position).selectedText())
        return "".join(pieces).translate(_PARAGRAPH_ENDS)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text().replace("\r\n", "\n").replace("\r", "\n").replace(CHIP_CHARACTER, "")
        text = " ".join(text.split("\n")) if self._is_line else text
        self._insert(self.textCursor(), text)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() == Qt.Key.Key_F2:
            self._open_chip(self.textCursor().position())
            return
        if self._is_line and e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            e.ignore()
            return
        super().keyPressEvent(e)
        if e.text() == "{":
            self._offer_variables()

    def mouseDoubleClickEvent(self, e: QMouseEvent) -> None:
        if not self._open_chip(self.cursorForPosition(e.position().toPoint()).position()):
            super().mouseDoubleClickEvent(e)

    def _insert(self, cursor: QTextCursor, text: str) -> None:
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        for part in parts(text):
            if isinstance(part, Variable):
                insert_chip(cursor, part)
            else:
                cursor.insertText(part)
        cursor.endEditBlock()

    def _over(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _open_chip(self, around: int) -> bool:
        chip = next((at for at in (around - 1, around) if at >= 0 and self.variable_at(at)), None)
        if chip is not None:
            self.chip_opened.emit(chip)
        return chip is not None

    def _offer_variables(self) -> None:
        menu = QMenu(self)
        for name in self.offered:
            menu.addAction(label(name)).setData(name)
        menu.triggered.connect(lambda action: self._take(action.data()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))

    def _take(self, name: str) -> None:
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.insert_variable(Variable(name, usual_fallback(name)))

    def _fit(self) -> None:
        """Grow with the text up to a limit, then scroll."""
        wanted = round(self.document().size().height()) + (_LINE_FRAME if self._is_line else _FRAME)
        self.setFixedHeight(max(0 if self._is_line else _LOWEST, min(wanted, _HIGHEST)))

    def _tell(self) -> None:
        if not self._is_showing:
            self.edited.emit()


def usual_fallback(name: str) -> str:
    """Return what a friend reads for whom the shop does not know a variable, until a person writes something better."""
    return _(_USUAL[name]) if name in _USUAL else ""


def _written(block: QTextBlock) -> str:
    pieces: list[str] = []
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        variable = variable_of(fragment.charFormat())
        # Equal chips side by side are one fragment of several object characters.
        pieces.append(write(variable) * fragment.length() if variable else fragment.text())
        at += 1
    return "".join(pieces).translate(_PARAGRAPH_ENDS)
