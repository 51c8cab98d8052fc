"""The field and what it found. The arrow keys choose while the cursor stays in the field; Enter goes there."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.finding.offers import KIND_NAMES, Kind, Offer, found, rank
from linecrm_desktop.views.finding.reading import read
from linecrm_desktop.views.widgets.announcing import announce
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.parts import SearchField

_SIZE = (620, 460)
_OFFER = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FindDialog(QDialog):
    """Shows at once what the window knows; what the shop has follows when it is read."""

    chosen = Signal(object)
    """The Offer that was chosen."""

    def __init__(
        self, desk: Desk, offers: Sequence[Offer], recent: Sequence[Offer], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("findDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Search everything"))
        self.resize(*(round(side * theme.text_scale()) for side in _SIZE))
        self._desk, self._offers, self._recent = desk, offers, recent
        self._of_shop: list[Offer] = []
        self._build()
        self.search.textChanged.connect(lambda _text: self._look())
        self.search.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item, _column: self._choose())
        self.list.itemClicked.connect(lambda _item, _column: self._choose())
        self._look()

    def shown(self) -> list[Offer]:
        """Return what is listed, in its order."""
        items = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item.data(0, _OFFER) for item in items if item is not None]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys that move and choose work while the cursor is in the field."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.search = SearchField(_("Page, command, setting, tag, segment, message or friend"), "findEverything")
        self.list = QTreeWidget()
        self.list.setObjectName("foundEverything")
        self.list.setAccessibleName(_("What was found"))
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setColumnCount(3)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.said = label("", "caption", wrap=True)
        self.said.setObjectName("findSaid")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        for part in (self.search, self.list, self.said):
            whole.addWidget(part)

    def _look(self) -> None:
        words = self.search.text()
        self._of_shop = [one for one in self._of_shop if rank(words, one.name) is not None]
        self._show(is_read=not words.strip())
        self._desk.jobs.read(lambda session: read(session, words), self._take, self._failed, key="window.find")

    def _take(self, of_shop: list[Offer]) -> None:
        self._of_shop = of_shop
        self._show(is_read=True)

    def _failed(self, _error: Exception) -> None:
        self._show(is_read=False)
        self.said.setText(_("The shop could not be searched. Pages and commands are found all the same."))

    def _show(self, *, is_read: bool) -> None:
        words = self.search.text()
        # A friend is found by phone, number or e-mail too, which the name need not hold.
        others = [one for one in self._of_shop if one.kind is Kind.FRIEND and rank(words, one.name) is None]
        listed = [*found(words, [*self._offers, *self._of_shop], self._recent), *others]
        self.list.clear()
        for one in listed:
            item = QTreeWidgetItem([one.name, _(KIND_NAMES[one.kind]), one.key])
            item.setData(0, _OFFER, one)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{one.name}, {_(KIND_NAMES[one.kind])}")
            item.setForeground(1, theme.colour("text2"))
            item.setForeground(2, theme.colour("text2"))
            self.list.addTopLevelItem(item)
        if listed:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.said.setText(self._words(len(listed), is_read))
        if is_read and words.strip():
            announce(self.list, self.said.text())

    def _words(self, count: int, is_read: bool) -> str:
        words = self.search.text().strip()
        if not words:
            return _("What you chose last comes first. Arrow keys choose, Enter opens, Esc closes.")
        if not is_read:
            return _("Searching the shop…")
        if not count:
            return _(
                "Nothing is called “{words}”. Pages, commands, settings, tags, segments, messages, paths and friends "
                "were searched by name; friends by phone, e-mail and member number too."
            ).format(words=words)
        return ngettext("{n} found", "{n} found", count).format(n=number(count))

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            offer: Offer = item.data(0, _OFFER)
            self.accept()
            self.chosen.emit(offer)
