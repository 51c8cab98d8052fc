"""The navigation rail: the pages under the letters of the method and under Protect, with numbers to decide.

One list with two widths; narrow, it shows the icons only, and names them in tooltips and to screen readers.
"""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.text import N_, _, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Page
from linecrm_desktop.views.icons import pixmap

WIDE, NARROW = 200, 52
_ITEM, _CAPTION, _EDGE = 34, 32, 8
_INDEX = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the rail: a page, or (without one) the caption of a group, with its letter."""

    text: str
    icon: str = ""
    page: Page | None = None
    shortcut: str = ""
    letter: str = ""


ITEMS = (
    Item(N_("Home"), "house", Page.HOME, "Ctrl+1"),
    Item(N_("Trace"), letter="T"),
    Item(N_("Friends"), "users", Page.FRIENDS, "Ctrl+2"),
    Item(N_("Imports"), "download-simple", Page.IMPORTS, "Ctrl+3"),
    Item(N_("Attribute"), letter="A"),
    Item(N_("Tags"), "tag", Page.TAGS, "Ctrl+4"),
    Item(N_("Group"), letter="G"),
    Item(N_("Segments"), "intersect", Page.SEGMENTS, "Ctrl+5"),
    Item(N_("Send"), letter="S"),
    Item(N_("Messages"), "chat-circle-text", Page.MESSAGES, "Ctrl+6"),
    Item(N_("Journeys"), "path", Page.JOURNEYS, "Ctrl+7"),
    Item(N_("Results"), "chart-bar", Page.RESULTS, "Ctrl+8"),
    Item(N_("Protect"), letter="✓"),
    Item(N_("Consent"), "shield-check", Page.CONSENT, "Ctrl+9"),
)
BOTTOM = (Item(N_("Settings"), "gear-six", Page.SETTINGS, "Ctrl+,"),)
_PART_OF = {Page.AUDIT: Page.TAGS, Page.SOURCES: Page.TAGS}
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect
PAGE_ROLE, ITEM_ROLE, BADGE_ROLE = (Qt.ItemDataRole.UserRole + n for n in range(1, 4))


def keys(shortcut: str) -> str:
    """Write a shortcut as this computer writes it."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


class RailModel(QAbstractListModel):
    """The lines of one list of the rail and the numbers on them."""

    def __init__(self, items: tuple[Item, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = items
        self._badges: dict[Page, tuple[int, str]] = {}

    def show_badge(self, page: Page, count: int, meaning: str) -> None:
        """Put a number on a page's line; zero takes it away. `meaning` says what is counted."""
        self._badges[page] = (count, meaning)
        self.retranslate()

    def row_of(self, page: Page) -> int | None:
        """Return where a page's line is."""
        return next((row for row, item in enumerate(self._items) if item.page is page), None)

    def retranslate(self) -> None:
        self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def rowCount(self, parent: _INDEX = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: _INDEX) -> Qt.ItemFlag:
        if not index.isValid() or self._items[index.row()].page is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        item = self._items[index.row()]
        count, meaning = self._badges.get(item.page, (0, "")) if item.page else (0, "")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _named(item)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{_(item.text)}, {meaning}" if count else _(item.text)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{_(item.text)} ({keys(item.shortcut)})" if item.shortcut else None
        return {PAGE_ROLE: item.page, ITEM_ROLE: item, BADGE_ROLE: count}.get(role)


def _named(item: Item) -> str:
    """Return what a line is called; a letter of the method stands for an English word, so that word is there too."""
    name = _(item.text)
    return f"{name} {item.text}" if item.letter.isalpha() and name != item.text else name


class RailDelegate(QStyledItemDelegate):
    """Paints captions with their letter, and pages with icon, name and number."""

    narrow = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _INDEX) -> QSize:
        height = theme.font(13).pointSizeF() / theme.BASE_POINTS
        item: Item = index.data(ITEM_ROLE)
        if item.page is None and self.narrow:
            return QSize(NARROW, 12)
        return QSize(1, round((_ITEM if item.page else _CAPTION) * max(1.0, 0.6 + 0.4 * height)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _INDEX) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item: Item = index.data(ITEM_ROLE)
        if item.page is None:
            self._paint_caption(painter, option.rect, item, index.data())
        else:
            self._paint_page(painter, option, item, index)
        painter.restore()

    def _paint_caption(self, painter: QPainter, rect: QRect, item: Item, text: str) -> None:
        if self.narrow:
            return
        middle = rect.top() + rect.height() / 2 + 3
        side = 16 * theme.font(11).pointSizeF() / (theme.BASE_POINTS * 11 / 13)
        box = QRectF(rect.left() + 8, middle - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("border"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font(10, strong=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, item.letter)
        painter.setFont(theme.font(11, strong=True))
        room = QRectF(box.right() + 6, rect.top() + 3, rect.width() - box.right(), rect.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_page(self, painter: QPainter, option: QStyleOptionViewItem, item: Item, index: _INDEX) -> None:
        view = option.widget
        chosen = isinstance(view, _List) and view.shown is item.page
        rect = QRectF(option.rect)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sel"))
            painter.drawRoundedRect(rect, 4, 4)
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        if isinstance(view, _List) and view.has_ring and view.currentIndex() == index:
            painter.setPen(theme.pen("focus", 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        left = rect.left() + (8 if not self.narrow else (rect.width() - 18) / 2)
        picture = pixmap(item.icon, "accent" if chosen else "text2", 18)
        painter.drawPixmap(QPoint(round(left), round(rect.center().y() - 8.5)), picture)
        if self.narrow:
            self._paint_dot(painter, rect, index.data(BADGE_ROLE))
            return
        right = self._paint_badge(painter, rect, index.data(BADGE_ROLE), quiet=item.page is Page.JOURNEYS)
        painter.setFont(theme.font(13, strong=chosen))
        painter.setPen(theme.colour("text"))
        room = QRectF(left + 28, rect.top(), right - left - 32, rect.height())
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_badge(self, painter: QPainter, rect: QRectF, count: int, *, quiet: bool) -> float:
        """Paint a number: amber for decisions, grey for work that waits."""
        if not count:
            return rect.right() - 4
        painter.setFont(theme.font(11, strong=True))
        text = number(count)
        metrics = painter.fontMetrics()
        width, height = max(20, metrics.horizontalAdvance(text) + 12), metrics.height() + 1
        box = QRectF(rect.right() - width - 8, rect.center().y() - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("border" if quiet else "warn_soft"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(theme.colour("text2" if quiet else "warn"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return box.left()

    def _paint_dot(self, painter: QPainter, rect: QRectF, count: int) -> None:
        if count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("warn"))
            painter.drawEllipse(QRectF(rect.right() - 12, rect.top() + 5, 7, 7))


class _List(QListView):
    """A list of the rail. The page that is shown is marked; the arrow keys only move the focus, Enter opens."""

    opened = Signal(object)

    def __init__(self, items: tuple[Item, ...], name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("rail", True)
        self.shown: Page | None = None
        self._open_page: Page | None = None
        self._by_keys = False
        self.lines = RailModel(items, self)
        self.paper = RailDelegate(self)
        self.setModel(self.lines)
        self.setItemDelegate(self.paper)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Mouse and keys select nothing here. The open page is selected, so that screen readers can say so; they and
        # voice control open a page by selecting its line.
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.clicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self._open_selected)

    @property
    def has_ring(self) -> bool:
        """Whether the focus is here and shown: the mouse shows where it is by itself."""
        return self.hasFocus() and self._by_keys

    def mark(self, page: Page) -> None:
        """Mark the page that is open, or the one it is a part of; only the page itself counts as selected."""
        self._open_page, self.shown = page, _PART_OF.get(page, page)
        row, selected = self.lines.row_of(self.shown), self.lines.row_of(page)
        if row is not None:
            self.setCurrentIndex(self.lines.index(row))
        if selected is not None:
            self.selectionModel().select(self.lines.index(selected), _ONLY)
        else:
            self.clearSelection()
        self.viewport().update()

    def selectionCommand(self, index: _INDEX, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keys = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint())
        hand = over.isValid() and over.data(PAGE_ROLE) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        heights = (self.sizeHintForRow(row) for row in range(self.lines.rowCount()))
        return QSize(NARROW, sum(heights))

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROW - 2 * _EDGE, 40)

    def _open(self, index: QModelIndex) -> None:
        page = index.data(PAGE_ROLE)
        if page is not None:
            self.opened.emit(Page(page))  # Qt's models hand out the plain text of an enum

    def _open_selected(self) -> None:
        """Open the line that another program selected; `mark` selects only what is open already."""
        for index in self.selectionModel().selectedIndexes():
            if index.data(PAGE_ROLE) != self._open_page:
                self._open(index)


class Rail(QFrame):
    """The whole rail: the method at the top, settings at the bottom."""

    opened = Signal(object)
    """A page was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setProperty("ground", "rail")
        self.top = _List(ITEMS, "railPages")
        self.bottom = _List(BOTTOM, "railSettings")
        self.bottom.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 4, _EDGE, _EDGE)
        column.addWidget(self.top, 1)
        column.addWidget(self.bottom)
        for part in (self.top, self.bottom):
            part.opened.connect(self.opened)
        theme.signals().changed.connect(self._draw)
        self.make_narrow(False)
        self.retranslate()

    @property
    def is_narrow(self) -> bool:
        return self.top.paper.narrow

    def make_narrow(self, narrow: bool) -> None:
        """Show only the icons, or the names too."""
        for part in (self.top, self.bottom):
            part.paper.narrow = narrow
            part.scheduleDelayedItemsLayout()
        self._draw()

    def mark(self, page: Page) -> None:
        """Mark the page that is open."""
        for part in (self.top, self.bottom):
            part.mark(page)

    def show_badge(self, page: Page, count: int, meaning: str) -> None:
        """Put a number on a page's line, with what it counts; zero takes it away."""
        self.top.lines.show_badge(page, count, meaning)

    def retranslate(self) -> None:
        self.top.setAccessibleName(_("Pages"))
        self.bottom.setAccessibleName(_("Settings"))
        for part in (self.top, self.bottom):
            part.lines.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), theme.colour("border"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._draw()

    def _draw(self) -> None:
        wide = round(WIDE * max(1.0, theme.font(13).pointSizeF() / theme.BASE_POINTS))
        self.setFixedWidth(NARROW if self.is_narrow else wide)
        self.bottom.setFixedHeight(self.bottom.sizeHint().height())
        self.update()
