"""Icons from the Phosphor font (the only one of QtAwesome's fonts that is used), in the colours of the theme.

The font is read straight from QtAwesome's folder: importing that package loads seven fonts and takes longer than Qt.
"""

import json
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.resources import resource
from linecrm_desktop.views import theme

TAG_ICONS = {
    TagType.SOURCE: "map-pin",
    TagType.INTEREST: "heart",
    TagType.STAGE: "path",
    TagType.VALUE: "coin",
    TagType.ENGAGEMENT: "lightning",
    TagType.CONSENT: "shield-check",
    TagType.NONE: "question",
}
_FILL = 0.9375
"""How much of its box a glyph's em takes; the font keeps a margin of its own."""


def icon(name: str, role: str = "text2", look: theme.Tokens | None = None) -> QIcon:
    """Return a Phosphor icon by its name, drawn in the colour of a token of the look in use or of another."""
    look = look or theme.tokens()
    return _drawn(name, theme.of(look, role).name(), theme.of(look, "text3").name())


def pixmap(name: str, role: str = "text2", size: int = 16) -> QPixmap:
    """Return an icon as a picture of `size` device-independent pixels."""
    return icon(name, role).pixmap(QSize(size, size))


def app_icon() -> QIcon:
    """Return the mark of the program."""
    return QIcon(str(resource("icons", "tagwell.svg")))


class _Glyph(QIconEngine):
    """Draws one character of the icon font at whatever size is asked for."""

    def __init__(self, character: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._said = (character, colour, disabled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        character, colour, disabled = self._said
        font = QFont(_font()[0])
        side = min(rect.width(), rect.height())
        font.setPixelSize(max(1, round(side * _FILL)))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(disabled if mode == QIcon.Mode.Disabled else colour))
        # Drawn at the left of a box that is wider than high: that is how buttons keep their text at a distance.
        square = QRect(rect.left(), rect.top() + (rect.height() - side) // 2, side, side)
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, character)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _Glyph(*self._said)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, disabled: str) -> QIcon:
    return QIcon(_Glyph(chr(int(_font()[1][name], 16)), colour, disabled))


@cache
def _font() -> tuple[str, dict[str, str]]:
    """Load the font; return its family and the code of each icon's name."""
    found = find_spec("qtawesome")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("qtawesome")
    # The installed program ships the folder with this one font and none of the package's code.
    folder = Path(found.submodule_search_locations[0]) / "fonts"
    loaded = QFontDatabase.addApplicationFont(str(next(folder.glob("phosphor-*.ttf"))))
    codes: dict[str, str] = json.loads(next(folder.glob("phosphor-charmap-*.json")).read_text(encoding="utf-8"))
    return QFontDatabase.applicationFontFamilies(loaded)[0], codes
