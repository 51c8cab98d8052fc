"""The page of sources: places with their links and QR codes, and of how many friends the source is known."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.sources.links import LinkRow
from linecrm_desktop.tagging.linking import LinksDraft
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.connect_dialog import ConnectDialog
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.sources import reading
from linecrm_desktop.views.tags.sources.acts import LinkActs
from linecrm_desktop.views.tags.sources.coverage_page import CoveragePage
from linecrm_desktop.views.tags.sources.detail import WIDTH, LinkDetail
from linecrm_desktop.views.tags.sources.link_list import LinkList
from linecrm_desktop.views.tags.sources.make_dialog import MakeLinksDialog
from linecrm_desktop.views.tags.sources.reading import Sources
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import EmptyState, Segmented
from linecrm_desktop.views.widgets.writing import writing

_SHOWN = changes(Word.TAGS, Word.FRIENDS, Word.IMPORTS, Word.SETTINGS)
_LIST = 908
_EMPTY, _LINKS, _COVERAGE = range(3)


class SourcesView(QWidget):
    """Reads links and coverage, and hands what a person asks for to the acts."""

    asked_for = Signal(object)
    page = Page.SOURCES

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourcesView")
        self._desk = desk
        self._found: Sources | None = None
        self._making: MakeLinksDialog | None = None
        self.acts = LinkActs(desk)
        self._build_head()
        self._build_parts()
        self._build_page()
        self._build_actions()
        self._connect()
        self.retranslate()

    def show_place(self, place: Place) -> None:
        """Show the links; with “coverage” as part, how much is known."""
        self.switch.choose(1 if place.part == "coverage" else 0)
        self._read()
        self.list.table.setFocus()

    def reload(self, changed: Changes) -> None:
        if changed & _SHOWN and self._found is not None:
            self._read()

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here."""
        return True

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return "links", self.list.table.model()

    def menu_actions(self) -> dict[str, list[QAction]]:
        """Return what the window's menu offers for the chosen link."""
        return {"tags": [self.make_action, *self.row_actions]}

    def retranslate(self) -> None:
        self.switch.show_options([_("Links"), _("Where friends come from")])
        self.switch.setAccessibleName(_("What is shown"))
        self.make_button.setText(_("Make links…"))
        self.make_button.setToolTip(_("Make links (Ctrl+Shift+N)"))
        self.save_button.setText(_("Save all QR codes…"))
        self.save_button.setToolTip(_("QR codes of all links in use, as PNG and SVG, with a list of them"))
        self.make_action.setText(_("Make links…"))
        for action, text in zip(
            self.row_actions, (_("Copy link"), _("Save QR code…"), _("Show friends"), _("Stop using")), strict=True
        ):
            action.setText(text)
        self.empty.show_text(
            _(
                "No entry links yet. Give each poster, parcel or ad a link and a QR code of its own, so that it can be "
                "told where friends come from."
            ),
            _("Make links…"),
            _("See where friends come from"),
        )
        for part in (self.list, self.detail, self.coverage):
            part.retranslate()
        self._show_words()

    def make_links(self) -> None:
        """Ask what to make."""
        if self._found is None:
            return
        dialog = self._making = MakeLinksDialog(self._desk, self._found.account, self)
        dialog.asked.connect(self._make)
        dialog.connect_asked.connect(self._connect_line)
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _build_head(self) -> None:
        self.head = PageHead()
        self.save_button = self.head.add_button("", "download-simple", name="saveAllCodes")
        self.make_button = self.head.add_button("", "plus", "primary", "makeLinks")
        self.make_button.setEnabled(False)  # until the account is known

    def _build_parts(self) -> None:
        self.switch = Segmented(["", ""])
        self.switch.setObjectName("sourcesSwitch")
        self.list, self.detail = LinkList(self._desk.day()), LinkDetail()
        self.coverage = CoveragePage()
        self.empty = EmptyState("map-pin")
        self.empty.setObjectName("noLinks")

    def _build_page(self) -> None:
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([_LIST, WIDTH])
        self.pages = QStackedWidget()
        for part in (self.empty, self.splitter, self.coverage):
            self.pages.addWidget(part)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 12, 16, 10)
        bar.addWidget(self.switch)
        bar.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addLayout(bar)
        page.addWidget(self.pages, 1)

    def _build_actions(self) -> None:
        self.make_action = writing(QAction(self))
        self.make_action.setObjectName("link_make")
        self.make_action.setEnabled(False)
        self.row_actions: list[QAction] = []
        for name, keys in (("copy", "Ctrl+C"), ("save", ""), ("friends", "Ctrl+Return"), ("stop", "Del")):
            made = QAction(self)
            made.setObjectName(f"link_{name}")
            if name == "stop":
                writing(made)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.list.table.addAction(made)
            self.row_actions.append(made)
        QShortcut(QKeySequence("Ctrl+Shift+N"), self, self.make_action.trigger).setWhatsThis(_("Make links…"))

    def _connect(self) -> None:
        self.head.went_back.connect(lambda: self.asked_for.emit(Place(Page.TAGS)))
        self.make_button.clicked.connect(self.make_links)
        self.make_action.triggered.connect(self.make_links)
        self.empty.action.clicked.connect(self.make_links)
        self.empty.second.clicked.connect(lambda: self._switch(1))
        self.save_button.clicked.connect(lambda: self.acts.save(self._found.in_use if self._found else []))
        self.switch.chosen.connect(lambda _place: self._show_page())
        self.list.chosen_changed.connect(self._show_chosen)
        self.list.menu_asked.connect(self._show_menu)
        copy, save, friends, stop = (action.triggered for action in self.row_actions)
        copy.connect(lambda _checked=False: self._with_one(self.acts.copy))
        save.connect(lambda _checked=False: self.acts.save(self.list.chosen()))
        friends.connect(lambda _checked=False: self._with_one(self._show_friends))
        stop.connect(lambda _checked=False: self._stop(self.list.chosen()))
        self.detail.copy_asked.connect(copy)
        self.detail.save_asked.connect(save)
        self.detail.friends_asked.connect(friends)
        self.detail.stop_asked.connect(stop)

    def _read(self) -> None:
        day = self._desk.day()
        self._desk.jobs.read(lambda session: reading.read(session, day), self._show, key="tags.sources")

    def _show(self, found: Sources) -> None:
        self._found = found
        for part in (self.make_button, self.make_action):
            part.setEnabled(True)
        self.list.show_rows(found.links)
        self.coverage.show_coverage(found.coverage)
        if self._making is not None:
            self._making.offer_account(found.account)
        self._show_words()
        self._show_page()
        self._show_chosen()
        if not found.links and self.empty.isVisible():
            self.empty.action.setFocus()

    def _show_words(self) -> None:
        rows = self._found.in_use if self._found else []
        note = ngettext(
            "{n} link in use · friends who came: {friends}", "{n} links in use · friends who came: {friends}", len(rows)
        )
        friends = sum(row.friends for row in self._found.links) if self._found else 0
        told = note.format(n=number(len(rows)), friends=number(friends))
        self.head.show_title(_("Sources and links"), told if self._found and self._found.links else "", _("Tags"))
        self.save_button.setEnabled(bool(rows))

    def _switch(self, place: int) -> None:
        self.switch.choose(place)
        self._show_page()

    def _show_page(self) -> None:
        has_links = bool(self._found and self._found.links)
        page = _COVERAGE if self.switch.current() == 1 else _LINKS if has_links else _EMPTY
        self.pages.setCurrentIndex(page)

    def _show_chosen(self) -> None:
        rows = self.list.chosen()
        copy, save, friends, stop = self.row_actions
        for action in (copy, friends):
            action.setEnabled(len(rows) == 1)
        save.setEnabled(bool(rows))
        stop.setEnabled(bool(rows) and not any(row.is_stopped for row in rows))
        self.detail.setVisible(len(rows) == 1)
        if len(rows) == 1:
            self.detail.show_link(rows[0])

    def _with_one(self, act: object) -> None:
        rows = self.list.chosen()
        if len(rows) == 1 and callable(act):
            act(rows[0])

    def _show_friends(self, row: LinkRow) -> None:
        self.asked_for.emit(Place(Page.FRIENDS, row.tag.id, "tag"))

    def _stop(self, rows: Sequence[LinkRow]) -> None:
        """Stop at once: it can be undone, and what is known stays."""
        if rows:
            self.acts.stop(rows)

    def _make(self, draft: LinksDraft, count: int) -> None:
        if self._making is not None:
            self.acts.make(draft, count, lambda _nothing: self._made(), self._making.show_trouble)

    def _made(self) -> None:
        if self._making is not None:
            self._making.accept()
        self._switch(0)

    def _connect_line(self) -> None:
        ConnectDialog(self._desk, self._making or self).open()

    def _forget_dialog(self) -> None:
        self._making = None

    def _show_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions(self.row_actions)
        menu.popup(where)
