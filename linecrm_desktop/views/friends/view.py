"""The Friends screen: saved filters, the table, and one friend's story beside each other."""

from datetime import date

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from linecrm_desktop.consent.coverage import Part
from linecrm_desktop.friends import directory
from linecrm_desktop.friends.directory import FriendQuery, Listed
from linecrm_desktop.friends.words import LISTED
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.tags import friends_tags, library
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.edit_dialog import EditFriendDialog
from linecrm_desktop.views.erase_dialog import EraseDialog
from linecrm_desktop.views.friends import listing
from linecrm_desktop.views.friends.actions import FriendActions
from linecrm_desktop.views.friends.add_dialog import AddFriendDialog
from linecrm_desktop.views.friends.detail import FriendDetail
from linecrm_desktop.views.friends.filter_list import FilterList
from linecrm_desktop.views.friends.list_panel import FriendListPanel
from linecrm_desktop.views.friends.listing import Listing, Wanted
from linecrm_desktop.views.friends.table_model import FriendTableModel
from linecrm_desktop.views.friends.tag_picker import TagPicker
from linecrm_desktop.views.job_runner import Done
from linecrm_desktop.views.refusal_dialog import RefusalDialog
from linecrm_desktop.views.rules.offers import offers
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.writing import reading, writing

_SHOWN = changes(Word.FRIENDS, Word.TAGS, Word.CONSENT, Word.IMPORTS, Word.SEGMENTS, Word.CAMPAIGNS, Word.JOURNEYS)
_FILTERS, _TABLE, _DETAIL = 180, 716, 344
_SLOW_MS = 150
"""After so long a list that is being read says so."""


class FriendsView(QWidget):
    """Holds what is wanted; reads it, and hands what a person asks for to the actions."""

    asked_for = Signal(object)
    page = Page.FRIENDS
    names_people = True
    """Its list is one of people."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("friendsView")
        self._desk = desk
        self._wanted = Wanted()
        self._goal: int | None = None
        """The friend who is to be chosen once the list is read."""
        self._is_read = False
        self._counted_on: date | None = None
        """The day for which the saved filters were counted; None: something changed since."""
        self.actions_ = FriendActions(desk)
        self._build_head()
        self._build_panels()
        self._build_keys()
        self._connect()
        self.retranslate()

    def show_place(self, place: Place) -> None:
        """Show a segment's members, a tag's friends, a part of the coverage, a saved filter or one friend."""
        wanted = self._wanted
        if place.part == "segment" and place.object_id is not None:
            wanted = Wanted(segment=place.object_id)
        elif place.part == "tag" and place.object_id is not None:
            wanted = Wanted(FriendQuery(tag=place.object_id))
        elif place.part in set(Listed):
            wanted = Wanted(FriendQuery(Listed(place.part)))
        elif isinstance(place.about, Part):
            wanted = Wanted(covered=place.about)
        elif place.object_id is not None:
            wanted, self._goal = wanted.everybody(), place.object_id
        if wanted != self._wanted or not self._is_read or self._goal is not None:
            self._want(wanted)
            self.panel.show_search(wanted.query.search)
        self.table.setFocus()

    def reload(self, changed: Changes) -> None:
        if changed & _SHOWN and self._is_read:
            self._counted_on = None
            self._read()
            if self.panel.filter.isChecked():
                self._read_offers()

    def retranslate(self) -> None:
        self.head.show_title(_("Friends"))
        self.import_button.setText(_("Import…"))
        self.add_button.setText(_("Add friend"))
        self.segment_button.setText(_("Make a segment from this"))
        for part in (self.filters, self.panel, self.detail):
            part.retranslate()

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put the cursor into the search."""
        self.panel.search.setFocus()
        self.panel.search.selectAll()

    def save_list(self) -> None:
        """Write the friends who are listed into a file."""
        self.actions_.save_list(list(self.table.listed()))

    def can_leave(self) -> bool:
        return True

    def _build_head(self) -> None:
        self.head = PageHead()
        self.import_button = writing(self.head.add_button("", "file-plus", name="goToImport"))
        self.add_button = writing(self.head.add_button("", "plus", name="addFriend"))
        self.segment_button = reading(self.head.add_button("", "intersect", "primary", "makeSegment"))

    def _build_panels(self) -> None:
        self.model = FriendTableModel(self._fetch, self._desk.day, self._desk.shop.currency, self)
        self.filters = FilterList()
        self.panel = FriendListPanel(self.model, self._desk.shop.currency)
        self.table = self.panel.table
        self.detail = FriendDetail(self._desk)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for part in (self.filters, self.panel, self.detail):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_FILTERS, _TABLE, _DETAIL])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.splitter, 1)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)

    def _build_keys(self) -> None:
        for keys, act in (("Ctrl+D", self._toggle_detail),):
            QShortcut(QKeySequence(keys), self, act)

    def _connect(self) -> None:
        self.import_button.clicked.connect(lambda: self.asked_for.emit(Place(Page.IMPORTS)))
        self.add_button.clicked.connect(self._ask_add)
        self.segment_button.clicked.connect(self._make_segment)
        self.filters.chosen.connect(lambda listed: self._want(self._wanted.listed(listed)))
        self._slow.timeout.connect(self.panel.show_counting)
        self._connect_panel()
        self._connect_detail()

    def _connect_panel(self) -> None:
        panel, bulk = self.panel, self.panel.bulk
        panel.searched.connect(lambda text: self._want(self._wanted.searching(text)))
        panel.sort_asked.connect(lambda order, down: self._want(self._wanted.sorted_by(order, descending=down)))
        panel.everybody_asked.connect(self._show_everybody)
        panel.import_asked.connect(lambda: self.asked_for.emit(Place(Page.IMPORTS)))
        panel.add_asked.connect(self._ask_add)
        panel.again_asked.connect(self._read)
        panel.filter_opened.connect(self._read_offers)
        panel.rules.filtered.connect(lambda rule: self._want(self._wanted.filtered(rule)))
        panel.left.connect(self._close_detail)
        bulk.add_tag_asked.connect(self._ask_tag)
        bulk.remove_tag_asked.connect(self._ask_untag)
        bulk.export_asked.connect(lambda: self.actions_.save_list(self.table.chosen()))
        bulk.refusal_asked.connect(lambda: self._ask_refusal(self.table.chosen()))
        bulk.segment_asked.connect(self._make_segment)
        self.table.moved.connect(self._show_friend)
        self.table.opened.connect(self._open_detail)
        self.table.tag_asked.connect(self.panel.bulk.add_tag.click)
        self.table.menu_asked.connect(self._show_menu)

    def _connect_detail(self) -> None:
        self.detail.closed.connect(self._close_detail)
        self.detail.tester_asked.connect(lambda: self.actions_.make_tester(self.detail.friend))
        self.detail.add_tag_asked.connect(lambda: self._pick_tag(self._shown_friend()))
        self.detail.remove_tag_asked.connect(lambda: self._pick_untag(self._shown_friend()))
        self.detail.refusal_asked.connect(lambda: self._ask_refusal(self._shown_friend()))
        self.detail.correction_asked.connect(self._correct)
        self.detail.edit_asked.connect(lambda: self._ask_edit(self.detail.friend))
        self.detail.erase_asked.connect(lambda: self._ask_erase(self.detail.friend))

    def _want(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.panel.rules.show_rule(wanted.rule)
        self.filters.choose(wanted.query.listed if wanted.is_plain else None)
        self._read()

    def _read(self) -> None:
        wanted, day = self._wanted, self._desk.day()
        self._is_read = True
        self._slow.start()
        self._desk.jobs.read(
            lambda session: listing.read(session, wanted, day), self._show, self._failed, key="friends.list"
        )
        if self._counted_on != day.today:
            # Apart from the list, and not again with each search: in a large shop this takes much longer.
            self._counted_on = day.today
            self._desk.jobs.read(
                lambda session: directory.counts(session, day),
                self.filters.show_counts,
                self._failed,
                key="friends.counts",
            )

    def _read_offers(self) -> None:
        """Read what rules can name: tags and products may have come since."""
        day = self._desk.day()
        self._desk.jobs.read(lambda session: offers(session, day), self.panel.rules.offer, key="friends.offers")

    def _fetch(self, ids: list[int], done: Done) -> None:
        self._desk.jobs.read(lambda session: directory.rows(session, ids), done)

    def _show(self, listed: Listing) -> None:
        self._slow.stop()
        self.panel.show_listing(listed)
        if self._goal is not None:
            goal, self._goal = self._goal, None
            self._show_one(listed, goal)
        self._show_friend(self.table.current_friend())

    def _show_one(self, listed: Listing, friend: int) -> None:
        """Go to one friend's row and open what is known of her."""
        if friend in listed.ids:
            self.table.go_to(listed.ids.index(friend))
            self._open_detail()

    def _failed(self, error: Exception) -> None:
        self._slow.stop()
        self._counted_on = None
        if not self.panel.show_trouble(error):
            self._desk.dialogs.show_error(error)

    def _show_everybody(self) -> None:
        self.panel.show_search("")
        self._want(self._wanted.everybody())

    def _show_friend(self, friend: int | None) -> None:
        if self.detail.isVisibleTo(self):
            self.detail.show_friend(friend)

    def _shown_friend(self) -> list[int]:
        return [] if self.detail.friend is None else [self.detail.friend]

    def _open_detail(self) -> None:
        self.detail.show()
        self._show_friend(self.table.current_friend())
        self.detail.more.setFocus()

    def _close_detail(self) -> None:
        self.detail.hide()
        self.table.setFocus()

    def _toggle_detail(self) -> None:
        if self.detail.isVisibleTo(self):
            self._close_detail()
        else:
            self.detail.show()
            self._show_friend(self.table.current_friend())

    def _ask_add(self) -> None:
        AddFriendDialog(self._desk, self.actions_, self).open()

    def _make_segment(self) -> None:
        self.asked_for.emit(Place(Page.SEGMENTS, None, "new", listing.as_rule(self._wanted)))
        if listing.loses_filter(self._wanted):
            lost = _("No rule says “{filter}”, so the segment begins without it.")
            self._desk.toast(lost.format(filter=_(LISTED[self._wanted.query.listed])), None)

    def _ask_tag(self) -> None:
        self._pick_tag(self.table.chosen())

    def _ask_untag(self) -> None:
        self._pick_untag(self.table.chosen())

    def _pick_tag(self, friends: list[int]) -> None:
        if friends:
            self._desk.jobs.read(library.all_tags, lambda tags: self._open_picker(tags, friends), key="friends.pick")

    def _open_picker(self, tags: list[library.TagRow], friends: list[int]) -> None:
        picker = TagPicker(_("Add a tag"), _("Add tag"), tags, parent=self)
        picker.picked.connect(lambda tag, name: self.actions_.add_tag(tag, name, friends))
        picker.named.connect(lambda name, type: self.actions_.make_and_add_tag(name, type, friends))
        picker.open()

    def _pick_untag(self, friends: list[int]) -> None:
        if friends:
            self._desk.jobs.read(
                lambda session: (library.all_tags(session), friends_tags.tags_on(session, friends)),
                lambda found: self._open_unpicker(found[0], found[1], friends),
                key="friends.pick",
            )

    def _open_unpicker(self, tags: list[library.TagRow], counts: dict[int, int], friends: list[int]) -> None:
        picker = TagPicker(_("Remove a tag"), _("Remove tag"), tags, counts, parent=self)
        picker.picked.connect(lambda tag, name: self.actions_.remove_tag(tag, name, friends))
        picker.open()

    def _correct(self) -> None:
        if self.detail.friend is not None:
            self.actions_.correct_refusal(self.detail.friend)

    def _ask_edit(self, friend: int | None) -> None:
        if friend is not None:
            EditFriendDialog(self._desk, friend, self).open()

    def _ask_refusal(self, friends: list[int]) -> None:
        if friends:
            RefusalDialog(self._desk, friends, self).open()

    def _ask_erase(self, friend: int | None) -> None:
        if friend is not None:
            EraseDialog(self._desk, friend, self).open()

    def _show_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(_("Open"), self._open_detail)
        writing(menu.addAction(_("Edit friend…"), lambda: self._ask_edit(self.table.current_friend())))
        menu.addSeparator()
        writing(menu.addAction(_("Add tag…"), self._ask_tag))
        writing(menu.addAction(_("Remove tag…"), self._ask_untag))
        menu.addSeparator()
        writing(menu.addAction(_("Record a refusal…"), lambda: self._ask_refusal(self.table.chosen())))
        writing(menu.addAction(_("Export…"), lambda: self.actions_.save_list(self.table.chosen())))
        tester = menu.addAction(_("Make a tester"), lambda: self.actions_.make_tester(self.table.current_friend()))
        writing(tester).setObjectName("makeTester")
        menu.addSeparator()
        writing(menu.addAction(_("Erase this person…"), lambda: self._ask_erase(self.table.current_friend())))
        menu.popup(where)
