"""Banner, empty state, segmented control, search field, steps, avatar: parts with a little life."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import icon, pixmap
from linecrm_desktop.views.widgets.basics import button, label, line, restyle

_TONE_ICONS = {"info": "info", "warn": "warning", "bad": "x-circle", "good": "check-circle"}


class PictureLabel(QLabel):
    """An icon that follows the theme."""

    def __init__(self, name: str, role: str = "text2", size: int = 16) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        theme.signals().changed.connect(self._draw)
        self._draw()

    def show_icon(self, name: str, role: str) -> None:
        """Show another icon or colour."""
        self._name, self._role = name, role
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(pixmap(self._name, self._role, self._size))


class Banner(QFrame):
    """A sentence across a page: info, warn, bad or good; at most one action."""

    def __init__(
        self, tone: str = "info", text: str = "", action: str = "", pressed: Callable[[], None] | None = None
    ) -> None:
        super().__init__()
        self._icon = PictureLabel(_TONE_ICONS[tone], tone)
        self.words = label(text, wrap=True)
        self.words.setObjectName("bannerText")
        self.action = button(action, "link", name="bannerAction")
        self.action.setVisible(bool(action))
        if pressed is not None:
            self.action.clicked.connect(pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        row.addWidget(self.action)
        self.show_text(tone, text, action)

    def show_text(self, tone: str, text: str, action: str = "") -> None:
        """Say something else."""
        self._icon.show_icon(_TONE_ICONS[tone], tone)
        self.words.setText(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        restyle(self, "tone", tone)


class EmptyState(QWidget):
    """What a list says when there is nothing: one icon, one sentence, at most two ways on."""

    def __init__(self, icon_name: str, sentence: str = "", action: str = "", second: str = "") -> None:
        super().__init__()
        self.sentence = label(sentence, "section", wrap=True)
        self.sentence.setObjectName("emptySentence")
        self.action = button(action, "primary", name="emptyAction")
        self.second = button(second, "link", name="emptySecond")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(12)
        column.addWidget(PictureLabel(icon_name, "text3", 32))
        column.addWidget(self.sentence)
        row = QHBoxLayout()
        row.addWidget(self.action)
        row.addWidget(self.second)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.show_text(sentence, action, second)

    def show_text(self, sentence: str, action: str = "", second: str = "") -> None:
        """Say something else."""
        self.sentence.setText(sentence)
        for shown, text in ((self.action, action), (self.second, second)):
            shown.setText(text)
            shown.setVisible(bool(text))


class Segmented(QFrame):
    """Two to five choices side by side, exactly one of them chosen; Left and Right move."""

    chosen = Signal(int)

    def __init__(self, options: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("segmented", True)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.idClicked.connect(self.chosen)
        self.show_options(options)

    def show_options(self, options: Sequence[str]) -> None:
        """Show these choices; the same number of them keeps the choice."""
        if len(options) != len(self._group.buttons()):
            self._rebuild(len(options))
        for shown, text in zip(self._group.buttons(), options, strict=True):
            shown.setText(text)

    def current(self) -> int:
        """Return the position of the choice."""
        return self._group.checkedId()

    def choose(self, position: int) -> None:
        """Choose without telling anybody."""
        self._group.buttons()[position].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        target = self.current() + step
        if step and 0 <= target < len(self._group.buttons()):
            self._group.buttons()[target].setFocus()
            self._group.buttons()[target].click()
        else:
            super().keyPressEvent(event)

    def _rebuild(self, count: int) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        for position in range(count):
            made = QToolButton()
            made.setCheckable(True)
            made.setChecked(position == 0)
            made.setObjectName(f"option{position}")
            made.setProperty("first", position == 0)
            made.setProperty("last", position == count - 1)
            self._group.addButton(made, position)
            self._row.addWidget(made)


class SearchField(QLineEdit):
    """A field with a lens; Escape empties it first and leaves it then."""

    def __init__(self, placeholder: str = "", name: str = "search") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setClearButtonEnabled(True)
        self._lens = self.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        theme.signals().changed.connect(self._draw)
        self.show_placeholder(placeholder)

    def show_placeholder(self, text: str) -> None:
        """Say what can be searched for; also the field's accessible name."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        self._lens.setIcon(icon("magnifying-glass"))


class StepBar(QFrame):
    """The steps of a wizard: done, current, later. A done step can be pressed."""

    pressed = Signal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("steps", True)
        self.setFixedHeight(52)
        self._current = 0
        self._buttons: list[QPushButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 0, 20, 0)  # a flat button has 7 px around its picture
        row.setSpacing(8)
        for position in range(len(names)):
            step = button("", "flat", name=f"step{position + 1}")
            step.clicked.connect(lambda _checked=False, at=position: self.pressed.emit(at))
            self._buttons.append(step)
            if position:
                between = line()
                between.setFixedWidth(36)
                row.addWidget(between)
            row.addWidget(step)
        row.addStretch(1)
        theme.signals().changed.connect(self._draw)
        self.show_names(names)

    def show_names(self, names: Sequence[str]) -> None:
        """Name the steps."""
        for step, name in zip(self._buttons, names, strict=True):
            step.setText(f" {name}")
        self._draw()

    def show_step(self, position: int) -> None:
        """Mark the current step."""
        self._current = position
        self._draw()

    def _draw(self) -> None:
        for position, step in enumerate(self._buttons):
            if position < self._current:
                step.setIcon(icon("check-circle", "accent"))
            else:
                step.setIcon(_numbered(position + 1, filled=position == self._current))
            step.setIconSize(QSize(22, 22))
            step.setEnabled(position <= self._current)
            font = theme.font(13, strong=position == self._current)
            step.setFont(font)


def _numbered(number: int, *, filled: bool) -> QIcon:
    drawn = QPixmap(44, 44)
    drawn.setDevicePixelRatio(2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("accent" if filled else "ctl"))
    painter.setBrush(theme.colour("accent" if filled else "surface"))
    painter.drawEllipse(QRectF(1, 1, 20, 20))
    painter.setPen(theme.colour("on_accent" if filled else "text2"))
    painter.setFont(theme.font(12, strong=True))
    painter.drawText(QRectF(0, 0, 22, 22), Qt.AlignmentFlag.AlignCenter, str(number))
    painter.end()
    return QIcon(drawn)


class Avatar(QWidget):
    """The first letter of a name in a circle, or a picture where there is one."""

    def __init__(self, name: str = "", size: int = 40) -> None:
        super().__init__()
        self._name = name
        self._picture = QPixmap()
        self.setFixedSize(size, size)

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    def show_name(self, name: str, picture: bytes | None = None) -> None:
        """Show another name's letter, or this picture; one that cannot be read counts as none."""
        self._name, self._picture = name, QPixmap()
        if picture is not None:
            self._picture.loadFromData(picture)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.has_picture:
            paint_avatar(painter, QRectF(self.rect()), self._name)
            return
        round_ = QPainterPath()
        round_.addEllipse(QRectF(self.rect()))
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(round_)
        side = min(self._picture.width(), self._picture.height())
        left, top = (self._picture.width() - side) / 2, (self._picture.height() - side) / 2
        painter.drawPixmap(QRectF(self.rect()), self._picture, QRectF(left, top, side, side))


def paint_avatar(painter: QPainter, box: QRectF, name: str) -> None:
    """Paint the first letter of a name in a circle that fills a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent_soft"))
    painter.drawEllipse(box)
    painter.setPen(theme.colour("accent"))
    painter.setFont(theme.font(box.height() * 0.45, strong=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name.strip()[:1].upper() or "?")
    painter.restore()
