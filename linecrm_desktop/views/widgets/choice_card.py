"""A large card that is one of several ways on; exactly one of them is the chosen one."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import pixmap
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.parts import PictureLabel

_TILE = 44
_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
"""The ring is shown to people who move with keys; the chosen card is marked anyway."""


class _Tile(QWidget):
    """An icon on a soft square."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self.setFixedSize(_TILE, _TILE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        picture = pixmap(self._icon_name, "accent", 22)
        painter.drawPixmap((_TILE - 22) // 2, (_TILE - 22) // 2, picture)


class ChoiceCard(QAbstractButton):
    """Icon, heading, two lines, an arrow. A click chooses, Enter or a second click opens."""

    opened = Signal()

    def __init__(self, icon_name: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.title, self.says, self.note = (
            label(role="subtitle"),
            label(role="second", wrap=True),
            label(role="caption"),
        )
        self.note.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.title, self.says, self.note):
            words.addWidget(part)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(18, 16, 18, 16)
        row.setSpacing(16)
        row.addWidget(_Tile(icon_name))
        row.addLayout(words, 1)
        row.addWidget(PictureLabel("arrow-right", "text2", 20))

    def show_text(self, title: str, says: str, note: str) -> None:
        """Say what this way is."""
        self.title.setText(title)
        self.says.setText(says)
        self.note.setText(note)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{says} {note}")

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._row.heightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("surface"))
        chosen = self.isChecked()
        painter.setPen(theme.pen("accent", 2) if chosen else theme.pen("border"))
        inset = 1.0 if chosen else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        if self.hasFocus() and self.window().property("keyboard"):
            painter.setPen(theme.pen("focus", 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 4, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            self.opened.emit()
            return
        self.window().setProperty("keyboard", True)
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.window().setProperty("keyboard", event.reason() in _BY_KEYS)
        super().focusInEvent(event)
        self.setChecked(True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.opened.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()
