"""The Home screen: where a day starts. It reads everything at once and sends the person on to where things are done."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.home import core, reading, skips, words
from linecrm_desktop.home.plan import Task
from linecrm_desktop.home.reading import Home
from linecrm_desktop.home.today import Item, Kind, Outside
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.safekeeping import backups
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.text import _
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.home import places
from linecrm_desktop.views.home.core_card import CoreSegments
from linecrm_desktop.views.home.month_card import MonthCard
from linecrm_desktop.views.home.plan_card import PlanCard
from linecrm_desktop.views.home.quota import QuotaReader
from linecrm_desktop.views.home.tiles import Tiles
from linecrm_desktop.views.home.today_panel import TodayPanel
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.writing import writing

_CHANGED = changes(Word.HOME)


class HomeView(QWidget):
    """Shows what was read; all else is done on other pages."""

    page = Page.HOME
    asked_for = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("homeView")
        self._desk = desk
        self._home: Home | None = None
        self.quota = QuotaReader(desk, self)
        self._build_parts()
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_place(self, place: Place) -> None:
        """Count anew, and ask LINE once a day; the window is painted first, because counting loads libraries."""
        QTimer.singleShot(0, self, self._look)
        self.tiles.tiles["reachable"].setFocus()

    def reload(self, changed: Changes) -> None:
        """Count anew whatever changed: each word is on Home."""
        self._read()

    def retranslate(self) -> None:
        self.import_button.setText(_("Import…"))
        self.segment_button.setText(_("New segment"))
        self.message_button.setText(_("New message"))
        for part in (self.tiles, self.plan, self.month, self.core, self.today):
            part.retranslate()
        if self._home is not None:
            self._take(self._home)
        self._show_head()

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here."""
        return True

    @property
    def home(self) -> Home | None:
        """What is shown; None until it was read."""
        return self._home

    def _build_parts(self) -> None:
        self.head = PageHead()
        self.head.note.setObjectName("homeSubtitle")
        self.import_button = writing(self.head.add_button("", "file-plus", name="homeImport"))
        self.segment_button = self.head.add_button("", "plus", name="homeSegment")
        self.message_button = self.head.add_button("", "chat-text", "primary", "homeMessage")
        self.tiles = Tiles(self._desk.shop.currency)
        self.plan = PlanCard()
        self.month = MonthCard()
        self.core = CoreSegments()
        self.today = TodayPanel()

    def _lay_out(self) -> None:
        inside, cards = QVBoxLayout(), QHBoxLayout()
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(14)
        cards.setSpacing(12)
        cards.addWidget(self.month, 11)
        cards.addWidget(self.core, 5)
        for part in (self.tiles, self.plan):
            inside.addWidget(part)
        inside.addLayout(cards)
        inside.addStretch(1)
        content = QWidget()
        content.setLayout(inside)
        area = ScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        both, page = QHBoxLayout(), QVBoxLayout(self)
        both.addWidget(area, 1)
        both.addWidget(self.today)
        page.addWidget(self.head)
        page.addLayout(both, 1)
        for layout in (both, page):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def _connect(self) -> None:
        for button, place in (
            (self.import_button, Place(Page.IMPORTS, part="new")),
            (self.segment_button, Place(Page.SEGMENTS, part="new")),
            (self.message_button, Place(Page.MESSAGES, part="new")),
        ):
            button.clicked.connect(lambda _checked=False, where=place: self.asked_for.emit(where))
        self.tiles.asked_for.connect(self.asked_for)
        self.plan.went_on.connect(lambda week, task: self.asked_for.emit(places.of_task(week, task)))
        self.plan.skip_asked.connect(self._skip)
        self.month.opened.connect(lambda: self.asked_for.emit(Place(Page.RESULTS)))
        self.core.opened.connect(lambda segment: self.asked_for.emit(Place(Page.SEGMENTS, segment)))
        self.today.opened.connect(self._open)
        self.quota.ended.connect(self._read)
        QShortcut(QKeySequence("F5"), self, self._recount)

    def _open(self, item: Item) -> None:
        if item.kind is Kind.BACKUP:
            self._desk.ask_program("back_up", None)
        else:
            self.asked_for.emit(places.of_item(item))

    def _look(self) -> None:
        self._read()
        self.quota.look()

    def _recount(self) -> None:
        self._read()
        self.quota.look(again=True)

    def _read(self) -> None:
        day, now, trouble = self._desk.day(), self._desk.now(), self.quota.token_trouble
        self.head.note.setText(_("Counting…") if self._home is None else self.head.note.text())
        path, plan = self._desk.shop.path, backups.plan_for(self._desk.shop.path, self._desk.choices.kept)

        def work(session: Session) -> Home:
            newest = backups.last(plan, path)
            outside = Outside(trouble, newest.at.date() if newest is not None else None, looked_for_backup=True)
            return reading.read(session, day, now, outside)

        self._desk.jobs.read(work, self._take, key="home")
        self._desk.jobs.read(
            lambda session: core.moves(session, Counting(session, day)), self.core.show_moves, key="home.moves"
        )

    def _take(self, home: Home) -> None:
        self._home = home
        self.tiles.show_unread(self.quota.is_unread)
        self.tiles.show_home(home)
        self.plan.show_plan(home.plan, home.day)
        self.month.show_sends(home)
        self.core.show_core(home.core)
        self.today.show_home(home)
        self._show_head()

    def _show_head(self) -> None:
        note = ""
        if self._home is not None:
            hour = self._home.day.local(self._desk.now()).hour
            note = words.subtitle(len(self._home.items), self._home.quick, hour)
        self.head.show_title(_("Home"), note)

    def _skip(self, task: Task) -> None:
        """Skip a task, or do it after all; both can be taken back."""
        if self._home is None:
            return
        month, now, key = self._home.plan.period.month, self._desk.now(), task.key

        def skip(session: Session) -> None:
            skips.skip(session, key, month, now)

        def take_back(session: Session) -> None:
            skips.take_back(session, key, month)

        work, back = (take_back, skip) if task.is_skipped else (skip, take_back)
        text = _("do “{task}” after all") if task.is_skipped else _("skip “{task}”")
        act = Act(self._desk, text.format(task=words.title(task)), back, work, _CHANGED)
        self._desk.jobs.write(lambda session: (work(session), _CHANGED), lambda _done: self._desk.undo.push(act))
