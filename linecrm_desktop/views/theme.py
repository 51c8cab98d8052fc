"""How Tagwell looks: the colour tokens in light and dark, the palette and style sheet made from them, and the fonts.

No colour is written anywhere else. The contrast of every pair of tokens is computed in a test.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QPalette, QPen
from PySide6.QtWidgets import QApplication

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.resources import resource

BASE_POINTS = 9.75
"""Body text at 96 dots an inch; every other size is a multiple of it."""

TYPE_SCALE = {
    "tiny": 11,
    "caption": 12,
    "body": 13,
    "section": 14,
    "subtitle": 16,
    "title": 20,
    "number": 24,
    "display": 28,
}
"""Pixel heights of the text roles at 100 % text size."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """One look's colours, by what they are for."""

    win: str
    surface: str
    alt: str
    rail: str
    chrome: str
    border: str
    ctl: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    sel: str
    focus: str
    info: str
    info_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    good: str
    good_soft: str
    tag_src: str
    tag_src_soft: str
    tag_int: str
    tag_int_soft: str
    tag_stg: str
    tag_stg_soft: str
    tag_val: str
    tag_val_soft: str
    tag_eng: str
    tag_eng_soft: str
    tag_con: str
    tag_con_soft: str
    chart1: str
    chart2: str
    chart3: str
    chart4: str
    line_green: str


LIGHT = Tokens(
    win="#F5F7F4",
    surface="#FFFFFF",
    alt="#F9FAF8",
    rail="#E9EEE9",
    chrome="#EDF0ED",
    border="#D8DED8",
    ctl="#76807A",
    text="#1B2320",
    text2="#4C5751",
    text3="#616C66",
    accent="#0E6B47",
    accent_hover="#0A5538",
    on_accent="#FFFFFF",
    accent_soft="#E2F0E8",
    sel="#D6EADF",
    focus="#1464A5",
    info="#1F5FA8",
    info_soft="#E7EFF9",
    warn="#835000",
    warn_soft="#FBF1DE",
    bad="#A8281C",
    bad_soft="#FBEAE7",
    good="#0E6B47",
    good_soft="#E2F0E8",
    tag_src="#1F5FA8",
    tag_src_soft="#E7EFF9",
    tag_int="#7B3A93",
    tag_int_soft="#F4EBF7",
    tag_stg="#0A666C",
    tag_stg_soft="#E1F1F2",
    tag_val="#775000",
    tag_val_soft="#F8F0DD",
    tag_eng="#A03A12",
    tag_eng_soft="#FAECE5",
    tag_con="#49545F",
    tag_con_soft="#EAEDF0",
    chart1="#0E6B47",
    chart2="#4F9877",
    chart3="#A97C1F",
    chart4="#8B958E",
    line_green="#06C755",
)
DARK = Tokens(
    win="#171B19",
    surface="#1E2421",
    alt="#232926",
    rail="#121614",
    chrome="#1B201D",
    border="#37403B",
    ctl="#8A958E",
    text="#E9EDEA",
    text2="#B9C2BC",
    text3="#9CA6A0",
    accent="#55C892",
    accent_hover="#74D6A8",
    on_accent="#08190F",
    accent_soft="#1D3A2B",
    sel="#234534",
    focus="#7CBCF5",
    info="#8ABBF3",
    info_soft="#1C2E44",
    warn="#E3B768",
    warn_soft="#3A2F18",
    bad="#F2938A",
    bad_soft="#43231F",
    good="#55C892",
    good_soft="#1D3A2B",
    tag_src="#8ABBF3",
    tag_src_soft="#1C2E44",
    tag_int="#D3A4E6",
    tag_int_soft="#37253F",
    tag_stg="#6FCBD1",
    tag_stg_soft="#153538",
    tag_val="#E0BC6C",
    tag_val_soft="#382F18",
    tag_eng="#F0A583",
    tag_eng_soft="#41281D",
    tag_con="#B7C1CA",
    tag_con_soft="#2C343B",
    chart1="#55C892",
    chart2="#37906A",
    chart3="#D9B45E",
    chart4="#77837C",
    line_green="#06C755",
)

_LATIN = ("Segoe UI Variable Text", "Segoe UI", ".AppleSystemUIFont", "Noto Sans")
_TAIWAN = (
    "Segoe UI",
    "Microsoft JhengHei UI",
    ".AppleSystemUIFont",
    "PingFang TC",
    "Noto Sans",
    "Noto Sans CJK TC",
    "Noto Sans TC",
)
_JAPAN = (
    "Segoe UI",
    "Yu Gothic UI",
    "Meiryo UI",
    ".AppleSystemUIFont",
    "Hiragino Sans",
    "Noto Sans",
    "Noto Sans CJK JP",
    "Noto Sans JP",
)
_THAI = ("Leelawadee UI", ".AppleSystemUIFont", "Thonburi", "Noto Sans Thai Looped", "Noto Sans Thai")
FONTS = {
    "en": (*_LATIN, *_TAIWAN),
    "zh_TW": _TAIWAN,
    "ja": _JAPAN,
    "th": (*_THAI, *_LATIN, *_TAIWAN),
}
"""Font families by language: Latin first, then the Han shapes of the country; Thai needs its own metrics first."""

_TAG_TOKENS = {
    TagType.SOURCE: "tag_src",
    TagType.INTEREST: "tag_int",
    TagType.STAGE: "tag_stg",
    TagType.VALUE: "tag_val",
    TagType.ENGAGEMENT: "tag_eng",
    TagType.CONSENT: "tag_con",
}


_PICTURES = ("caret", "check", "dash", "dot")
"""Parts of controls that the style sheet can only show as pictures; drawn in resources/icons with @tokens."""


NOTHING = QBrush(Qt.BrushStyle.NoBrush)
"""A brush that paints nothing."""


class Signals(QObject):
    """Tells painted things that the colours or the text size changed."""

    changed = Signal()


class _Look:
    """The look in use; one place, because painted widgets ask for it at every paint."""

    tokens = LIGHT
    text_size = 100
    signals: Signals | None = None
    pictures: TemporaryDirectory[str] | None = None


def tokens() -> Tokens:
    """Return the colours in use."""
    return _Look.tokens


def is_dark() -> bool:
    """Say whether the dark colours are in use."""
    return _Look.tokens is DARK


def signals() -> Signals:
    """Return the object whose `changed` fires after every change of look."""
    if _Look.signals is None:
        _Look.signals = Signals()
    return _Look.signals


def colour(token: str) -> QColor:
    """Return the colour of a token by its name."""
    return QColor(getattr(_Look.tokens, token))


def of(look: Tokens, token: str) -> QColor:
    """Return a token's colour in a look that may not be the one in use."""
    return QColor(getattr(look, token))


def pen(token: str, width: float = 1) -> QPen:
    """Return a pen in the colour of a token."""
    return QPen(colour(token), width)


def tag_colours(tag_type: TagType) -> tuple[QColor, QColor]:
    """Return the text and the ground colour of a tag's chip."""
    token = _TAG_TOKENS.get(tag_type)
    if token is None:
        return colour("text2"), colour("surface")
    return colour(token), colour(f"{token}_soft")


def points(pixels: float) -> float:
    """Return the size in points of a text that is drawn `pixels` high in the design (13 is body text)."""
    return BASE_POINTS * pixels / 13 * _Look.text_size / 100


def text_scale() -> float:
    """Return the text size in use as a factor."""
    return _Look.text_size / 100


def font(pixels: float = 13, *, strong: bool = False) -> QFont:
    """Return the application's font in a size of the design."""
    found = QFont(QApplication.font())
    found.setPointSizeF(points(pixels))
    found.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return found


def apply(app: QApplication, theme: str, text_size: int, language: str) -> None:
    """Give the program its look. theme is system, light or dark; text_size is in percent."""
    dark = _wants_dark(app, theme)
    _Look.tokens = DARK if dark else LIGHT
    _Look.text_size = text_size
    app.setStyle("Fusion")
    body = QFont()
    body.setFamilies(list(FONTS.get(language, FONTS["en"])))
    body.setPointSizeF(points(13))
    app.setFont(body)
    app.setPalette(palette(_Look.tokens))
    app.setStyleSheet(style_sheet(_Look.tokens))
    signals().changed.emit()


def _wants_dark(app: QApplication, theme: str) -> bool:
    if theme == "system":
        return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return theme == "dark"


def palette(look: Tokens) -> QPalette:
    """Return Qt's palette for a look."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, name in {
        roles.Window: look.win,
        roles.WindowText: look.text,
        roles.Text: look.text,
        roles.ButtonText: look.text,
        roles.Base: look.surface,
        roles.AlternateBase: look.alt,
        roles.Button: look.surface,
        roles.Mid: look.border,
        roles.Midlight: look.border,
        roles.Dark: look.ctl,
        roles.PlaceholderText: look.text3,
        roles.Highlight: look.sel,
        roles.HighlightedText: look.text,
        roles.Link: look.accent,
        roles.Accent: look.accent,
        roles.ToolTipBase: look.surface,
        roles.ToolTipText: look.text,
    }.items():
        made.setColor(role, QColor(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.text3))
    made.setColor(QPalette.ColorGroup.Disabled, roles.Button, QColor(look.win))
    return made


def style_sheet(look: Tokens) -> str:
    """Return the style sheet of a look: the template with each @token, #size and picture put in."""
    sheet = _coloured(resource("style.qss.in").read_text(encoding="utf-8"), look)
    for name, pixels in TYPE_SCALE.items():
        sheet = sheet.replace(f"#{name}pt", f"{points(pixels):.2f}pt")
    for name in _PICTURES:
        sheet = sheet.replace(f"url({name})", f'url("{_picture(name, look)}")')
    return sheet


def _coloured(template: str, look: Tokens) -> str:
    for name, value in sorted(asdict(look).items(), key=lambda pair: -len(pair[0])):
        template = template.replace(f"@{name}", value)
    return template


def _picture(name: str, look: Tokens) -> str:
    """Write a small picture in a look's colours where the style sheet can find it; return its path."""
    if _Look.pictures is None:
        _Look.pictures = TemporaryDirectory(prefix="tagwell-")
    file = Path(_Look.pictures.name) / f"{name}-{'dark' if look is DARK else 'light'}.svg"
    if not file.exists():
        file.write_text(_coloured(resource("icons", f"{name}.svg").read_text(encoding="utf-8"), look), encoding="utf-8")
    return file.as_posix()
