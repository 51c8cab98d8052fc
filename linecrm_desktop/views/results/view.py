"""The Results screen: messages, journeys, the review of tags, and the months, each on its own tab."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.results import reading
from linecrm_desktop.results.outcome import Outcome, all_campaigns
from linecrm_desktop.results.reading import Asked
from linecrm_desktop.results.totals import Month, months
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import N_, _, long_date, month, ngettext, number
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.line_access import line_of
from linecrm_desktop.views.report.sheet import Report
from linecrm_desktop.views.results import report
from linecrm_desktop.views.results.messages_page import MessagesPage
from linecrm_desktop.views.results.months_page import MonthsPage
from linecrm_desktop.views.results.review.page import ReviewPage
from linecrm_desktop.views.results.steps_page import StepsPage
from linecrm_desktop.views.widgets.basics import line
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import Banner, EmptyState

_SHOWN = frozenset({Word.CAMPAIGNS, Word.FRIENDS, Word.IMPORTS, Word.SETTINGS})
_MONTHS = 3
"""So many of the last months are offered for printing."""
MESSAGES, JOURNEYS, REVIEW, MONTHS = "messages", "journeys", "review", "months"
_TABS = {
    MESSAGES: N_("Messages"),
    JOURNEYS: N_("Journeys"),
    REVIEW: N_("Tag review"),
    MONTHS: N_("Over time"),
}


@dataclass(frozen=True, slots=True)
class _Read:
    """What the screen shows."""

    sends: list[Outcome]
    months: list[Month]


class ResultsView(QWidget):
    """What the sends came to."""

    page = Page.RESULTS
    asked_for = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found = _Read([], [])
        self._build_parts()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._read()

    def show_place(self, place: Place) -> None:
        """Show a tab, or choose a send, or keep what is chosen."""
        if place.part in _TABS:
            self.tabs.setCurrentIndex(list(_TABS).index(place.part))
        if place.object_id is not None:
            self.tabs.setCurrentIndex(0)
            self.messages.want(place.object_id)
        self._read()

    def reload(self, changed: Changes) -> None:
        self.review.reload(changed)
        if changed & _SHOWN:
            self._read()

    def retranslate(self) -> None:
        for at, name in enumerate(_TABS.values()):
            self.tabs.setTabText(at, _(name))
        self.tabs.setAccessibleName(_("Parts of Results"))
        self.ask.setText(_("Read LINE’s numbers"))
        self.paper.setText(_("Print…"))
        self.save.setText(_("Save this table…"))
        self.mark.show_text("info", _("Practice: nothing was sent. The numbers are a rehearsal."))
        self.empty.show_text(_("No results yet. They begin with the first message you send."), _("Write a message"), "")
        for part in (self.messages, self.steps, self.review, self.months):
            part.retranslate()
        self._show()

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return self._part().list_to_save()

    def report(self) -> Report:
        """Return what is shown as a report."""
        shop, day = self._desk.shop, self._desk.day()
        if self._part() is self.months:
            return report.over_time(shop.name, shop.currency, self._found.months, day)
        return report.period(
            shop.name, shop.currency, self.messages.filters.said(), self.messages.shown(), self.messages.chosen(), day
        )

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here."""
        return True

    def _build_parts(self) -> None:
        self.head = PageHead()
        self.ask = self.head.add_button("", "arrows-clockwise", name="readLine")
        self.paper = self.head.add_button("", "printer", name="printResults")
        self.save = self.head.add_button("", "download-simple", name="saveResults")
        self.mark = Banner()
        self.mark.setObjectName("practiceMark")
        self.mark.setVisible(self._desk.shop.is_practice)
        self.tabs = QTabBar()
        self.tabs.setObjectName("resultTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.messages, self.steps, self.months = MessagesPage(self._desk), StepsPage(self._desk), MonthsPage(self._desk)
        self.empty = EmptyState("chart-bar")
        self.review = ReviewPage(self._desk)
        self.head.add_widget(self.review.finish)
        self.review.finish.hide()
        for _name in _TABS:
            self.tabs.addTab("")

    def _lay_out(self) -> None:
        self.parts, self.pages = QStackedWidget(), QStackedWidget()
        for part in (self.messages, self.steps, self.review, self.months):
            self.parts.addWidget(part)
        inside, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(self.tabs)
        row.addStretch()
        column.addLayout(row)
        column.addWidget(line())
        for part in (self.mark, self.parts):
            column.addWidget(part)
        inside.setLayout(column)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        for part in (self.head, self.pages):
            page.addWidget(part)

    def _connect(self) -> None:
        self.empty.action.clicked.connect(lambda: self.asked_for.emit(Place(Page.MESSAGES, part="new")))
        self.review.asked_for.connect(self.asked_for)
        self.tabs.currentChanged.connect(self._show_tab)
        self.ask.clicked.connect(self._ask_line)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.paper.setMenu(self._menu)
        self.save.clicked.connect(self._save)

    def _part(self) -> MessagesPage | StepsPage | ReviewPage | MonthsPage:
        return (self.messages, self.steps, self.review, self.months)[self.parts.currentIndex()]

    def _show_tab(self, at: int) -> None:
        self.parts.setCurrentIndex(at)
        self.paper.setEnabled(self._part() not in (self.steps, self.review))
        is_review = self._part() is self.review
        self.review.finish.setVisible(is_review)
        if is_review:
            self.review.show_now()

    def _read(self) -> None:
        day = self._desk.day()

        def work(session: Session) -> _Read:
            sends = all_campaigns(session, day)
            mine = [one for one in sends if one.is_practice == self._desk.shop.is_practice]
            return _Read(sends, months(session, mine, day))

        self._desk.jobs.read(work, self._take, key="results")

    def _take(self, found: _Read) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        counted = _("counted on {date}").format(date=long_date(self._desk.day().today)) if self._found.sends else ""
        self.head.show_title(_("Results"), counted)
        self.pages.setCurrentIndex(1 if self._found.sends else 0)
        for button in (self.ask, self.paper, self.save):
            button.setVisible(bool(self._found.sends))
        self.messages.show_sends(self._found.sends)
        self.steps.show_steps([])
        self.months.show_months(self._found.months)

    def _ask_line(self) -> None:
        desk, now = self._desk, self._desk.now()

        def work(database: Database, task: Task) -> tuple[Asked, Changes]:
            with line_of(desk, database) as line:
                asked = reading.read(database, line, now, task, is_practice=desk.shop.is_practice)
            return asked, changes(Word.CAMPAIGNS)

        self.ask.setEnabled(False)
        done, failed = self._ending(self._say_asked), self._ending(desk.dialogs.show_error)
        desk.jobs.run(_("Asking LINE for opens and clicks"), work, done, failed, stopped=self._free)

    def _ending(self, then: Callable[..., None]) -> Callable[..., None]:
        def end(said: object) -> None:
            self._free()
            then(said)

        return end

    def _free(self) -> None:
        self.ask.setEnabled(True)

    def _say_asked(self, asked: Asked) -> None:
        n = asked.read
        said = ngettext("LINE was asked {n} time.", "LINE was asked {n} times.", n).format(n=number(n))
        if not n:
            said = _("All numbers are up to date. LINE counts once a day, for 14 days after a message.")
        if asked.later:
            n = number(asked.later)
            said = _("{n} more have to wait: LINE may be asked 60 times an hour.").format(n=n)
        self._desk.toast(said, None)

    def _fill_menu(self) -> None:
        """Offer what can be printed of what is shown."""
        self._menu.clear()
        for name, made in self._reports():
            self._menu.addAction(name).triggered.connect(lambda _checked=False, made=made: self._print(made))

    def _reports(self) -> list[tuple[str, Callable[[], Report]]]:
        shop, day, one = self._desk.shop, self._desk.day(), self.messages.chosen()
        found: list[tuple[str, Callable[[], Report]]] = [(_("What is shown…"), self.report)]
        if one is not None:
            name = _("Only “{name}”…").format(name=one.name).replace("&", "&&")
            found.append((name, lambda: report.send(shop.name, one, day)))
        for its in self._found.months[:_MONTHS]:
            found.append((_("All of {month}…").format(month=month(its.first_day)), partial(self._month, its.first_day)))
        return found

    def _month(self, first: date) -> Report:
        shop, months = self._desk.shop, self._found.months
        return report.of_month(shop.name, shop.currency, first, self._mine(), months, self._desk.day())

    def _mine(self) -> list[Outcome]:
        return [one for one in self._found.sends if one.is_practice == self._desk.shop.is_practice]

    def _print(self, made: Callable[[], Report]) -> None:
        from linecrm_desktop.views.report import printing

        printing.preview(made(), self.window())

    def _save(self) -> None:
        from linecrm_desktop.views import saved_list

        saved_list.save(self._desk, *self.list_to_save())
