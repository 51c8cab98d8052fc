"""Labels, buttons, cards and lines with the roles of the design; the style sheet gives them their look."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import icon
from linecrm_desktop.views.widgets.writing import writing


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """Return a label in a role of the type scale: title, subtitle, section, strong, body, second, caption, error."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return made


def button(text: str = "", kind: str = "default", icon_name: str = "", name: str = "") -> "IconButton":
    """Return a button; kind is default, primary, danger, link or flat. The main one, and a dangerous one, write."""
    made = IconButton(text, icon_name, kind)
    made.setProperty("kind", kind)
    if kind in ("primary", "danger"):
        writing(made)
    made.setObjectName(name)
    made.setAutoDefault(False)
    return made


def icon_button(icon_name: str, accessible: str, name: str = "") -> QPushButton:
    """Return a small button that shows only an icon; `accessible` is its name and tooltip."""
    made = IconButton("", icon_name, "flat")
    made.setProperty("kind", "flat")
    made.setProperty("small", True)
    made.setObjectName(name)
    made.setAutoDefault(False)
    made.setAccessibleName(accessible)
    made.setToolTip(accessible)
    made.setFixedSize(28, 28)
    return made


class IconButton(QPushButton):
    """A push button that draws its icon again when the theme changes."""

    _ROLES = {"primary": "on_accent", "danger": "bad", "link": "accent"}

    def __init__(self, text: str, icon_name: str, kind: str) -> None:
        super().__init__(text)
        self._icon_name = icon_name
        self._role = self._ROLES.get(kind, "text")
        self.setIconSize(QSize(20 if text or kind != "flat" else 16, 16))
        self._draw()
        theme.signals().changed.connect(self._draw)

    def show_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self._icon_name = icon_name
        self._draw()

    def _draw(self) -> None:
        if self._icon_name:
            self.setIcon(icon(self._icon_name, self._role))


class CutLabel(QLabel):
    """One line of text that is cut at its end when there is no room; the tooltip then says all."""

    def __init__(self, text: str, role: str = "body") -> None:
        super().__init__(text)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Card(QFrame):
    """A surface with a thin border and rounded corners."""

    def __init__(self, parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (16, 14, 16, 14)) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(8)

    def choose(self, chosen: bool) -> None:
        """Draw the card as the chosen one of several."""
        restyle(self, "card", "chosen" if chosen else "true")


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and draw the widget anew."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def line() -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame()
    made.setProperty("line", "true")
    return made


def widgets(layout: QLayout) -> list[QWidget]:
    """Return the widgets that stand in a layout, in its order."""
    items = [layout.itemAt(place) for place in range(layout.count())]
    found = [item.widget() for item in items if item is not None]
    return [widget for widget in found if widget is not None]


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        inner = item.layout() if item else None
        if widget is not None:
            widget.hide()
            widget.setParent(None)  # gone at once for everybody who looks for it, deleted when it is safe
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
