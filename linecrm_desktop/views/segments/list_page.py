"""The list of segments: the three core ones as cards, templates to start from, the shop's own in a table."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.segments.core import CORE
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.segments.core_card import CoreCard
from linecrm_desktop.views.segments.gallery import TemplateGallery
from linecrm_desktop.views.segments.list_actions import ListActions
from linecrm_desktop.views.segments.listing import Listed
from linecrm_desktop.views.segments.segment_table import SegmentTable
from linecrm_desktop.views.segments.unsaved_banner import UnsavedBanner
from linecrm_desktop.views.segments.used_line import UsedLine
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import SearchField, Segmented
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.writing import reading


class SegmentListPage(QWidget):
    """Shows what is saved; asks to open, make, or write to one. What else is done to it are the actions."""

    opened = Signal(int)
    new_asked = Signal()
    core_asked = Signal()
    message_asked = Signal(int)
    shelf_asked = Signal()
    """The other list is wanted: what is in use, or what is put away."""

    def __init__(self, day: Callable[[], ShopDay]) -> None:
        super().__init__()
        self._day = day
        self._listed: list[Listed] = []
        self._aside: list[Listed] = []
        self._is_resting = False
        self._build_head()
        self._build_cards()
        self.unsaved = UnsavedBanner()
        self.gallery = TemplateGallery()
        self._build_table()
        self._build_page()
        self._connect()
        self.retranslate()

    def show_segments(self, listed: list[Listed]) -> None:
        """Show the saved segments with their numbers."""
        self._listed = listed
        by_core = {one.row.core: one for one in listed}
        for card, core in zip(self.cards, CORE, strict=True):
            card.show_segment(by_core.get(core.key))
        if not self.is_shelf:
            self._show_own([one for one in listed if one.row.core is None])
        self._show_words()

    def show_shelf(self, listed: list[Listed]) -> None:
        """Show the segments that are put away."""
        self._shelved = len(listed)
        if self.is_shelf:
            self._show_own(listed)
        self._show_words()

    @property
    def is_shelf(self) -> bool:
        """Whether the table shows what is put away."""
        return self.shelf.current() == 1

    @property
    def rows(self) -> list[Listed]:
        """All segments in use that are shown, the core ones too."""
        return self._listed

    def chosen(self) -> list[Listed]:
        """Return the segments that an action is meant for: the chosen rows, or the card whose menu is open."""
        return self._aside or self.table.chosen()

    def retranslate(self) -> None:
        self.new_button.setText(_("New segment"))
        self.compare_button.setText(_("Compare two…"))
        self.search.show_placeholder(_("Find a segment"))
        self.shelf.setAccessibleName(_("Which segments"))
        self.own_title.setText(_("My segments"))
        for card in self.cards:
            card.retranslate()
        self.gallery.retranslate()
        self.unsaved.retranslate()
        self.table.records.retranslate()
        self.table.setAccessibleName(_("Segments"))
        self.actions_.retranslate()
        self._show_words()
        self._show_current()

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put the cursor into the search."""
        self.search.setFocus()

    def rest(self, resting: bool) -> None:
        """Offer no action while the list is out of sight."""
        self._is_resting = resting
        self._fit_actions(self.chosen())

    def _build_head(self) -> None:
        self.head = PageHead()
        self.compare_button = self.head.add_button("", "intersect", name="compareSegments")
        self.new_button = reading(self.head.add_button("", "plus", "primary", "newSegment"))

    def _build_cards(self) -> None:
        self.cards = [CoreCard(place, core, self._day) for place, core in enumerate(CORE, 1)]
        self._cards_row = QHBoxLayout()
        self._cards_row.setSpacing(12)
        for card in self.cards:
            self._cards_row.addWidget(card, 1)

    def _build_table(self) -> None:
        self._shelved = 0
        self.table = SegmentTable(self._day)
        self.actions_ = ListActions(self, self.table)
        self.used = UsedLine()
        self.search = SearchField(name="segmentFind")
        self.search.setFixedWidth(220)
        self.shelf = Segmented(["", ""])
        self.shelf.setObjectName("segmentShelf")
        self.own_title, self.empty = label("", "section"), label("", "second", wrap=True)
        self.empty.setObjectName("noSegments")
        self.empty.setContentsMargins(14, 4, 14, 14)

    def _build_page(self) -> None:
        own = Card(margins=(0, 10, 0, 0))
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 14, 0)
        head.addWidget(self.own_title)
        head.addWidget(self.shelf)
        head.addStretch(1)
        head.addWidget(self.search)
        own.body.addLayout(head)
        own.body.setSpacing(6)
        for part in (self.empty, self.table, self.used):
            own.body.addWidget(part)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(12)
        column.addWidget(self.unsaved)
        column.addLayout(self._cards_row)
        column.addWidget(self.gallery)
        column.addWidget(own)
        column.addStretch(1)
        scroll = ScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_asked)
        self.compare_button.clicked.connect(self.actions_.all["compare"].trigger)
        self.shelf.chosen.connect(lambda _choice: self.shelf_asked.emit())
        self.search.textChanged.connect(self.table.shown.setFilterFixedString)
        self.table.activated.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._show_current())
        self.table.selectionModel().currentChanged.connect(lambda *_rows: self._show_current())
        self.table.customContextMenuRequested.connect(self._show_menu)
        for card in self.cards:
            card.opened.connect(self.opened)
            card.message_asked.connect(self.message_asked)
            card.made.connect(self.core_asked)
            card.menu_asked.connect(lambda at, of=card: self._show_card_menu(of, at))

    def _open(self, index: QModelIndex) -> None:
        listed = self.table.at(index)
        if listed is not None:
            self.opened.emit(listed.row.id)

    def _show_own(self, own: list[Listed]) -> None:
        self.table.show_segments(own)
        self.empty.setVisible(not own)
        self.table.setVisible(bool(own))
        self._show_current()

    def _show_current(self) -> None:
        self.used.show_segment(self.table.current(), self._day())
        self._fit_actions(self.chosen())

    def _fit_actions(self, chosen: Sequence[Listed]) -> None:
        if self._is_resting:
            self.actions_.rest()
            return
        shelved = self.is_shelf and not self._aside
        self.actions_.choose([one.row for one in chosen], shelved=shelved, count=len(self._listed))
        self.compare_button.setEnabled(len(self._listed) > 1)

    def _show_menu(self, at: QPoint) -> None:
        if self.table.chosen():
            self.actions_.menu(self).popup(self.table.viewport().mapToGlobal(at))

    def _show_card_menu(self, card: CoreCard, at: QPoint) -> None:
        """Open the same menu for a core segment; until it is closed, the actions are meant for that one."""
        if card.listed is None:
            return
        self._aside = [card.listed]
        self._fit_actions(self._aside)
        menu = self.actions_.menu(self)
        # The menu hides before its action is carried out.
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._forget_aside))
        menu.popup(at)

    def _forget_aside(self) -> None:
        self._aside = []
        self._show_current()

    def _show_words(self) -> None:
        count = len(self._listed)
        core = sum(one.row.core is not None for one in self._listed)
        note = ngettext("{n} segment", "{n} segments", count).format(n=number(count))
        if core:
            note = _("{segments} · {n} core").format(segments=note, n=number(core))
        self.head.show_title(_("Segments"), note if count else "")
        names = (_("In use {n}"), _("Put away {n}"))
        counts = (count - core, self._shelved)
        self.shelf.show_options([name.format(n=number(n)) for name, n in zip(names, counts, strict=True)])
        self.shelf.setVisible(bool(self._shelved) or self.is_shelf)
        self.empty.setText(
            _("Nothing is put away.")
            if self.is_shelf
            else _("No segments of your own yet. Start with one condition, then add one at a time.")
        )
