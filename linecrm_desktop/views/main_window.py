"""The window of one open shop: rail, pages, menus, status. It goes where it is asked to go and knows nothing of a word.

Pages are made when they are first visited. What changed while a page was out of sight is told to it when it comes back.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from linecrm_desktop import APP_NAME
from linecrm_desktop.campaigns import progress
from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.journeys.summary import Waiting, waiting
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.requests import register
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.server_troubles import MayNotWrite
from linecrm_desktop.tags.health import count_undecided
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import looking_only, theme
from linecrm_desktop.views.areas import AreaWalk, areas
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.due_timer import DueTimer
from linecrm_desktop.views.finding.finder import Finder
from linecrm_desktop.views.keeper import Keeper
from linecrm_desktop.views.lock_window import Lock
from linecrm_desktop.views.menus import Menus
from linecrm_desktop.views.others import Others
from linecrm_desktop.views.pages import PageView, as_page, make_page
from linecrm_desktop.views.place_history import PlaceHistory
from linecrm_desktop.views.rail import Rail
from linecrm_desktop.views.recounter import Recounter
from linecrm_desktop.views.run_sheet import RunSheet
from linecrm_desktop.views.status_bar import StatusBar
from linecrm_desktop.views.toast import Toast
from linecrm_desktop.views.widgets.strip import Strip
from linecrm_desktop.views.window_acts import WindowActs
from linecrm_desktop.views.window_undo import WindowUndo

if TYPE_CHECKING:
    from linecrm_desktop.views.guide.window import GuideWindow

FIRST_SIZE = (1440, 900)
LEAST_SIZE = (1120, 700)
NARROW_UNDER = 1240
"""Under this window width the rail shows icons only."""
_OF_THE_WINDOW = ("back_up", "restore")
_MINE = {Word.SETTINGS, Word.TAGS, Word.CAMPAIGNS, Word.IMPORTS, Word.CONSENT}


class MainWindow(QMainWindow):
    """Switches pages, and keeps what stands around them true."""

    asked = Signal(str, object)
    """Something for the whole program, by its name, with what it is about."""
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self._desk = desk
        self._places = PlaceHistory()
        self._missed: dict[Page, Changes] = {}
        self._unfinished: list[int] = []
        self._closing = False
        self.views: dict[Page, PageView] = {}
        self.acts = WindowActs(self, desk)
        self.recounter = Recounter(desk, self)
        self.due = DueTimer(desk, self)
        self.keeper = Keeper(desk, self)
        self.others = Others(desk, self)
        self.lock: Lock | None = None
        self.guide: GuideWindow | None = None
        self.run_sheet = RunSheet(desk, self)
        self.undo = WindowUndo(desk.undo, self)
        self.finder = Finder(desk, self, self.go)
        self._area_walk = AreaWalk()
        self.setAcceptDrops(desk.shop.may_write)
        self._build_frame()
        self._build_menus()
        self._connect()
        self.retranslate()
        self._read_state()

    @property
    def place(self) -> Place:
        """Where the person is."""
        return self._place

    @property
    def desk(self) -> Desk:
        """The tools of the shop that is open."""
        return self._desk

    def go(self, place: Place) -> None:
        """Show a place and remember it for Back, unless the page that is shown does not let go."""
        if place.writes and self._only_looks is not None:
            self.status.say(looking_only.reason())
        elif self._show(place):
            self._places.went(place)
            self._show_steps()

    def start(self, place: Place) -> None:
        """Take the first size and show the first page."""
        room = QApplication.primaryScreen().availableSize()
        self.resize(min(FIRST_SIZE[0], room.width()), min(FIRST_SIZE[1], room.height()))
        self.go(place)

    def step(self, by: int) -> None:
        """Go back or forward."""
        if (self._places.can_go_back if by < 0 else self._places.can_go_forward) and self._show(self._places.step(by)):
            self._show_steps()

    def step_area(self, by: int) -> None:
        """Move the focus to the next area of the window, or the one before."""
        self._area_walk.step([self.rail, *areas(self.current_view())], by)

    def show_toast(self, text: str, take_back: Any = None) -> None:
        """Say what was done, with a way to take it back."""
        self.toast.show_text(text, take_back)
        self.status.say(text)

    def show_failed(self, error: Exception) -> None:
        """Show an error of work in the form that fits; that one may only look is said at the bottom."""
        if isinstance(error, MayNotWrite):
            self.status.say(error.title)
        else:
            self._desk.dialogs.show_error(error)

    def show_news(self, told: list[str]) -> None:
        """Say what happened to the shop as it was opened, until it was read."""
        self.news.show_text(" ".join(told), _("Close"))
        self.news.setVisible(bool(told))

    def ask_program(self, what: str, about: object) -> None:
        """Ask for something that concerns more than this window, or that only this window can do."""
        if what in _OF_THE_WINDOW:
            self.acts.do(what)
        else:
            self.asked.emit(what, about)

    def lock_with(self, key: Key) -> None:
        """Let the shop be locked: its file has a password."""
        self.lock = Lock(self, self._desk.shop.name, key, self._desk.choices)
        self.menus.action("lock").setEnabled(True)

    def open_guide(self, chapter: int) -> None:
        """Open the guide beside the window, at a chapter counted from 0."""
        if self.guide is None:
            from linecrm_desktop.views.guide.window import GuideWindow

            self.guide = GuideWindow(self)
        self.guide.open_at(chapter)

    def current_view(self) -> QWidget:
        """Return the page that is shown."""
        return self._widget(self.views[self._place.page])

    def retranslate(self) -> None:
        self.setWindowTitle(f"{self._desk.shop.name}[*] — {APP_NAME}")
        self.practice.show_text(
            _("Practice: nothing is sent. Messages of this shop go to a pretended LINE on this computer.")
        )
        self.looking.show_text(looking_only.reason())
        self._show_unfinished(self._unfinished)
        for part in (self.rail, self.menus, self.status, self.toast, *self.views.values()):
            part.retranslate()
        if self.guide is not None:
            self.guide.retranslate()
        self.status.show_backup(self.keeper.in_words())
        self._show_undo()
        self._read_badges()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin an import with the file that was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.go(Place(Page.IMPORTS))
        take_file = getattr(self.current_view(), "take_file", None)
        if files and take_file is not None:
            event.acceptProposedAction()
            take_file(files[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the page keep what is written, and let long work come to its next safe point first."""
        if not self._may_close():
            event.ignore()
            return
        self.let_go()
        event.accept()
        self.closed.emit()

    def let_go(self) -> None:
        """End all work on the shop, so that its file can be closed."""
        if self._only_looks is not None:
            self._only_looks.stop()
        self.keeper.stop()
        self.others.stop()
        self._desk.jobs.close()
        self._desk.line.close()

    def _build_frame(self) -> None:
        self.rail = Rail()
        self.practice = Strip("warn", "practiceStrip")
        self.practice.setVisible(self._desk.shop.is_practice)
        self.unfinished = Strip("info", "unfinishedStrip")
        self.unfinished.hide()
        self.looking = Strip("info", "lookingStrip")
        self.looking.setVisible(not self._desk.shop.may_write)
        self.news = Strip("info", "newsStrip")
        self.news.hide()
        self.pages = QStackedWidget()
        facts = self._desk.shop
        self.status = StatusBar(
            self._desk.jobs, is_practice=facts.is_practice, is_encrypted=facts.is_encrypted, server=facts.server
        )
        self.setStatusBar(self.status)
        middle = QHBoxLayout()
        for part, stretch in ((self.rail, 0), (self.pages, 1)):
            middle.addWidget(part, stretch)
        whole = QWidget()
        column = QVBoxLayout(whole)
        for layout in (middle, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for strip in (self.practice, self.looking, self.unfinished, self.news):
            column.addWidget(strip)
        column.addLayout(middle, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(*LEAST_SIZE)
        self.toast = Toast(self, self.status.height)

    def _build_menus(self) -> None:
        self.menus = Menus(self, self.acts.do)
        self.menus.action("lock").setEnabled(False)
        self._only_looks = None if self._desk.shop.may_write else looking_only.LookingOnly(self, self.status.say)
        self._show_choices()

    def _connect(self) -> None:
        desk = self._desk
        self.rail.opened.connect(lambda page: self.go(Place(page)))
        self.unfinished.pressed.connect(self._go_on)
        self.news.pressed.connect(self.news.hide)
        desk.jobs.changed.connect(self._changed)
        self.due.due.connect(self._send_due)
        self.keeper.told.connect(lambda _standing: self.status.show_backup(self.keeper.in_words()))
        desk.jobs.started.connect(lambda _name: self._show_unfinished(self._unfinished))
        desk.jobs.ended.connect(self._job_ended)
        self.others.reached.connect(self.status.show_reached)
        for signal in (self.undo.indexChanged, self.undo.canUndoChanged, self.undo.canRedoChanged):
            signal.connect(self._show_undo)
        desk.choices.changed.connect(self._show_choices)
        desk.choices.language_changed.connect(self.retranslate)
        theme.signals().changed.connect(self._fit_rail)

    def _show(self, place: Place) -> bool:
        leaving = self.views.get(self._place.page) if self.views else None
        if leaving is not None and self._place.page is not place.page and not leaving.can_leave():
            self.rail.mark(self._place.page)
            return False
        view = self.views.get(place.page) or self._make(place.page)
        self._place = place
        self.pages.setCurrentWidget(self._widget(view))
        self.rail.mark(place.page)
        missed = self._missed.pop(place.page, frozenset())
        if missed:
            view.reload(missed)
        view.show_place(place)
        self.menus.show_page_actions(self._widget(view))
        self._choose_undo()
        return True

    def _make(self, page: Page) -> PageView:
        made = make_page(page, self._desk)
        self.pages.addWidget(made)
        view = self.views[page] = as_page(made)
        view.asked_for.connect(self.go)
        moved = getattr(made, "undo_moved", None)
        if moved is not None:
            moved.connect(self._choose_undo)
        return view

    def _send_due(self, campaign_id: int, name: str) -> None:
        """Hand a send whose moment has come to the page of messages, which may not have been visited yet."""
        page = self.views.get(Page.MESSAGES) or self._make(Page.MESSAGES)
        send_due = getattr(page, "send_due", None)
        if send_due is not None and not self._closing:
            send_due(campaign_id, name)

    def _widget(self, view: Any) -> QWidget:
        return view

    def _changed(self, changed: Changes) -> None:
        for page, view in self.views.items():
            if page is self._place.page:
                view.reload(changed)
            else:
                self._missed[page] = self._missed.get(page, frozenset()) | changed
        if changed & _MINE:
            self._read_state()

    def _read_state(self) -> None:
        self._desk.jobs.read(
            lambda session: session.get_one(Shop, 1).line_account is not None, self.status.show_line, key="window.line"
        )
        self._desk.jobs.read(progress.unfinished, self._show_unfinished, key="window.unfinished")
        self._read_badges()

    def _read_badges(self) -> None:
        day, now = self._desk.day(), self._desk.now()
        self._desk.jobs.read(count_undecided, self._show_badge, key="window.badges")
        self._desk.jobs.read(lambda session: waiting(session, day, now), self._show_waiting, key="window.waiting")

        self._desk.jobs.read(register.waiting, self._show_requests, key="window.requests")

    def _show_badge(self, count: int) -> None:
        meaning = ngettext("{n} tag has no decision", "{n} tags have no decision", count).format(n=number(count))
        self.rail.show_badge(Page.TAGS, count, meaning)

    def _show_requests(self, count: int) -> None:
        meaning = ngettext("{n} request about data waits", "{n} requests about data wait", count)
        self.rail.show_badge(Page.CONSENT, count, meaning.format(n=number(count)))

    def _show_waiting(self, found: Waiting) -> None:
        steps = ngettext("{n} step waits for approval", "{n} steps wait for approval", found.steps)
        self.rail.show_badge(Page.JOURNEYS, found.steps, steps.format(n=number(found.steps)))

    def _show_unfinished(self, campaigns: list[int]) -> None:
        self._unfinished = campaigns
        count = len(campaigns)
        said = ngettext("{n} send is not over.", "{n} sends are not over.", count).format(n=number(count))
        self.unfinished.show_text(said, _("Go on"))
        self.unfinished.setVisible(bool(count) and self._desk.shop.may_write and not self._desk.jobs.is_busy)

    def _go_on(self) -> None:
        if self._unfinished:
            self.go(Place(Page.MESSAGES, self._unfinished[0], "sending"))

    def _choose_undo(self) -> None:
        self.undo.follow(self.current_view())
        self._show_undo()

    def _show_undo(self, *_said: object) -> None:
        undo = self.undo
        self.menus.show_undo(undo.undoText(), undo.redoText(), can_undo=undo.canUndo(), can_redo=undo.canRedo())

    def _show_steps(self) -> None:
        self.menus.action("step:back").setEnabled(self._places.can_go_back)
        self.menus.action("step:forward").setEnabled(self._places.can_go_forward)

    def _show_choices(self) -> None:
        kept = self._desk.choices.kept
        self.menus.action("compact_rail").setChecked(kept.compact_rail)
        self.menus.action(f"look:{kept.theme}").setChecked(True)
        self.menus.show_recent(self.acts.recent_shops())
        self._fit_rail()

    def _fit_rail(self) -> None:
        wide_enough = self.width() >= NARROW_UNDER * theme.text_scale()
        self.rail.make_narrow(self._desk.choices.kept.compact_rail or not wide_enough)

    def _may_close(self) -> bool:
        view = self.views.get(self._place.page)
        if self._closing:
            return not self._desk.jobs.is_busy
        if view is not None and not view.can_leave():
            return False
        if not self._desk.jobs.is_busy:
            return True
        self._closing = self._desk.dialogs.ask(
            _("Close the shop?"),
            _(
                "Something is still running. It stops at its next safe point, and nothing is lost. "
                "A send goes on with the next friend when you open the shop again."
            ),
            _("Stop and close"),
        )
        if self._closing:
            self.setEnabled(False)
            self.status.say(_("Stopping at the next safe point…"))
            self._desk.jobs.stop()
        return False

    def _job_ended(self, _name: str) -> None:
        if self._closing:
            self.close()
        else:
            self._read_state()
