"""What can be wrong with what is shown: each check looks at one window and returns one sentence a fault."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSplitterHandle,
    QTabBar,
    QTableView,
    QTextEdit,
    QToolButton,
    QTreeView,
    QWidget,
)

from linecrm_desktop.views.reading_order import read
from linecrm_desktop.views.rules.snug_combo import SnugCombo
from linecrm_desktop.views.toast import Toast
from linecrm_desktop.views.widgets.basics import CutLabel

MOST_STEPS = 300
OTHERWISE = ("accept_", "later_", "overlap_")
"""Buttons in rows that Tab leaves out: the keys of the row, or the buttons beside the table, do the same."""
SLACK = 2
LOOKS = 24
"""So many points across and down say what the ground of a text is."""
ARROW = 32
"""What a box of choices needs beside its text."""
"""Pixels that fonts round away."""
LEAST_CONTRAST = 4.5


def parts(window: QWidget) -> Iterator[QWidget]:
    """Yield all that is visible in a window and no inner part of Qt's own controls."""
    for part in window.findChildren(QWidget):
        if part.isVisible() and part.window() is window and not _is_inner(part) and part.width() and part.height():
            yield part


def said(part: QWidget) -> str:
    """Say which part this is."""
    text = getattr(part, "text", None)
    words = text() if callable(text) and not isinstance(part, QTextEdit) else ""
    chain: list[str] = []
    at: QWidget | None = part
    while at is not None and len(chain) < 4:
        chain.append(at.objectName() or type(at).__name__)
        at = at.parentWidget()
    return f"{'/'.join(reversed(chain))} “{str(words)[:60]}”"


def unnamed(window: QWidget) -> Iterator[str]:
    """Find what can have the focus or be pressed, and has no name for a screen reader."""
    for part in parts(window):
        if (_takes_focus(part) or isinstance(part, QAbstractButton)) and not _spoken(part).strip():
            yield f"no name: {said(part)}"


def _spoken(part: QWidget) -> str:
    if isinstance(part, QComboBox):  # Qt gives a box without a name what is chosen in it, where it runs on Linux
        labels = (one for one in part.window().findChildren(QLabel) if one.buddy() is part)
        return part.accessibleName() or next((one.text() for one in labels), "")
    return QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)


def clipped(window: QWidget) -> Iterator[str]:
    """Find texts that are wider or higher than their room."""
    for part in parts(window):
        match part:
            case CutLabel():
                pass
            case QLabel() | QPushButton() | QCheckBox() | QRadioButton() | QToolButton() if part.text():
                yield from _clipped_text(part)
            case QHeaderView():
                yield from _clipped_header(part)
            case QComboBox() if not part.isEditable():
                yield from _clipped_choice(part)
            case QTabBar():
                texts = ((part.tabText(at), part.tabRect(at).width()) for at in range(part.count()))
                yield from (f"clipped: tab “{text}”" for text, room in texts if _width(part, text) > room)
            case QLineEdit() if not part.text():
                margins = part.textMargins()
                room = part.contentsRect().width() - margins.left() - margins.right()
                if _width(part, part.placeholderText()) > room:
                    yield f"clipped: placeholder “{part.placeholderText()}” of {said(part)}"
            case _:
                pass
        yield from _outside(part)


def _width(part: QWidget, text: str) -> int:
    return part.fontMetrics().horizontalAdvance(text)


def _clipped_text(part: QLabel | QAbstractButton) -> Iterator[str]:
    wraps = isinstance(part, QLabel) and part.wordWrap()
    needed = QSize(0, part.heightForWidth(part.width())) if wraps else part.sizeHint()
    if needed.width() > part.width() + SLACK or needed.height() > part.height() + 2 * SLACK:
        yield f"clipped: {said(part)} needs {needed.toTuple()} has {part.size().toTuple()}"


def _clipped_choice(part: QComboBox) -> Iterator[str]:
    room = part.width() - ARROW
    text = part.words() if isinstance(part, SnugCombo) else part.currentText()
    if _width(part, text) > room + SLACK and text not in part.toolTip():
        yield f"clipped: choice “{text}” of {said(part)} needs {_width(part, text)} has {room}"


def overlapping(window: QWidget) -> Iterator[str]:
    """Find brothers that stand on each other."""
    for parent in [window, *parts(window)]:
        if isinstance(parent, QAbstractSpinBox | QComboBox | QAbstractItemView | QAbstractScrollArea | QLineEdit):
            continue
        shown = [
            one
            for one in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if one.isVisible()
            and not one.isWindow()
            and not isinstance(one, Toast)
            and one.width()
            and one.height()
            and not _is_inner(one)
        ]
        for at, one in enumerate(shown):
            for other in shown[at + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > SLACK and common.height() > SLACK:
                    yield f"overlap: {said(one)} and {said(other)} by {common.size().toTuple()}"


def faint(window: QWidget, picture: QImage) -> Iterator[str]:
    """Find texts of too little contrast: the ink of the palette on the ground that is really painted."""
    for part in parts(window):
        if (
            not isinstance(part, QLabel | QPushButton | QCheckBox | QRadioButton)
            or not part.text()
            or not part.isEnabled()
        ):
            continue
        seen = part.visibleRegion().boundingRect()
        area = seen.translated(part.mapTo(window, QPoint())).intersected(picture.rect())
        if area.height() < part.height():
            continue  # cut by the edge of what scrolls
        ground = _ground(picture, area)
        ink = part.palette().color(part.foregroundRole())
        if contrast(ink, ground) < LEAST_CONTRAST:
            yield f"faint: {said(part)} {ink.name()} on {ground.name()}: {contrast(ink, ground):.2f}"


def by_keys(window: QWidget) -> Iterator[str]:
    """Press Tab until it comes round: find where it goes back, where it is caught, and buttons it never comes to."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    came = [QApplication.focusWidget()]
    for _press in range(MOST_STEPS):
        before = came[-1]
        QTest.keyClick(before or window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is before:
            continue  # the hours and minutes of a time, or the links of one label
        if now is None or now in came:
            break
        came.append(now)
        if before is not None and not _is_first(now, window) and _goes_back(before, now, window):
            yield f"tab goes back: {said(before)} -> {said(now)}"
    for part in parts(window):
        if isinstance(part, QAbstractButton) and _waits_for_tab(part) and part not in came:
            yield f"mouse only: {said(part)}"


def _is_first(part: QWidget, window: QWidget) -> bool:
    """Whether the lap begins anew with it."""
    stops = (one for one in read(window) if _takes_focus(one) and one.isVisible())
    return part is next(stops, None)


def _goes_back(one: QWidget, other: QWidget, window: QWidget) -> bool:
    """Whether a step leads up, or left in the same line."""
    if one.isAncestorOf(other) or other.isAncestorOf(one):
        return False
    a, b = (QRect(part.mapTo(window, QPoint()), part.size()) for part in (one, other))
    same_line = min(a.bottom(), b.bottom()) - max(a.top(), b.top()) > min(a.height(), b.height()) / 2
    return (same_line and b.right() <= a.left()) or (b.bottom() <= a.top() and b.left() < a.right())


def _waits_for_tab(part: QAbstractButton) -> bool:
    return part.isEnabled() and not _is_one_of_group(part) and not part.objectName().startswith(OTHERWISE)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours (WCAG 2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    shares = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ground(picture: QImage, area: QRect) -> QColor:
    """Return the colour that fills most of an area."""
    counts: dict[int, int] = {}
    across, down = max(1, area.width() // LOOKS), max(1, area.height() // LOOKS)
    for y in range(area.top(), area.bottom() + 1, down):
        for x in range(area.left(), area.right() + 1, across):
            pixel = picture.pixel(x, y)
            counts[pixel] = counts.get(pixel, 0) + 1
    return QColor(max(counts, key=lambda pixel: counts[pixel]))


def _clipped_header(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if model is None or header.orientation() is not Qt.Orientation.Horizontal:
        return
    for at in range(header.count()):
        if header.isSectionHidden(at) or not model.headerData(at, header.orientation()):
            continue
        text = str(model.headerData(at, header.orientation()))
        needed = max(QFontMetrics(header.font()).horizontalAdvance(line) for line in text.split("\n")) + 8
        if needed > header.sectionSize(at) + SLACK:
            yield f"clipped: header “{text}” of {said(header)} needs {needed} has {header.sectionSize(at)}"


def _outside(part: QWidget) -> Iterator[str]:
    parent = part.parentWidget()
    if parent is None or isinstance(parent.parentWidget(), QAbstractScrollArea) or isinstance(part, Toast):
        return
    if isinstance(part, QLabel | QAbstractButton | QLineEdit) and not parent.rect().adjusted(
        -SLACK, -SLACK, SLACK, SLACK
    ).contains(part.geometry()):
        yield f"outside its parent: {said(part)} {part.geometry().getRect()} in {parent.size().toTuple()}"


def _takes_focus(part: QWidget) -> bool:
    policy = part.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and part.isEnabled() and part.focusProxy() is None


def _is_one_of_group(part: QAbstractButton) -> bool:
    """Whether the arrow keys reach it: one of several of which one is chosen."""
    group = part.group()
    return part.autoExclusive() or (group is not None and group.exclusive())


def _is_inner(part: QWidget) -> bool:
    """Whether Qt made it inside a control of its own."""
    parent = part.parentWidget()
    return (
        part.objectName().startswith("qt_")
        or isinstance(part, QScrollBar | QSplitterHandle)
        or isinstance(parent, QAbstractSpinBox | QComboBox | QTabBar | QHeaderView)
        or (isinstance(parent, QLineEdit) and isinstance(part, QToolButton))
        or (isinstance(parent, QTableView | QTreeView) and isinstance(part, QAbstractButton))
    )
