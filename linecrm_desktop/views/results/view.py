"""The Results screen: messages, journeys, the review of tags, and the months, each on its own tab."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.results.outcome import Outcome, all_campaigns
from linecrm_desktop.results.steps import StepResult, steps
from linecrm_desktop.results.totals import Month, months
from linecrm_desktop.text import N_, _, long_date, month
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.report.sheet import Report
from linecrm_desktop.views.results import report
from linecrm_desktop.views.results.asking import LineAsking
from linecrm_desktop.views.results.messages_page import MessagesPage
from linecrm_desktop.views.results.months_page import MonthsPage
from linecrm_desktop.views.results.review import paper
from linecrm_desktop.views.results.review.page import ReviewPage
from linecrm_desktop.views.results.steps_page import StepsPage
from linecrm_desktop.views.widgets.basics import line
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import Banner, EmptyState
from linecrm_desktop.views.widgets.writing import reading, writing

_SHOWN = frozenset({Word.CAMPAIGNS, Word.FRIENDS, Word.IMPORTS, Word.SETTINGS, Word.JOURNEYS, Word.MESSAGES})
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
    steps: list[StepResult]
    months: list[Month]


class ResultsView(QWidget):
    """What the sends came to."""

    page = Page.RESULTS
    asked_for = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found = _Read([], [], [])
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
        self.asking.look()

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
        shop, day, its = self._desk.shop, self._desk.day(), self.messages
        if self._part() is self.months:
            return report.over_time(shop.name, shop.currency, self._found.months, day)
        if self._part() is self.steps:
            return report.path_steps(shop.name, shop.currency, self._found.steps, day)
        if self._part() is self.review and (shown := self.review.shown()) is not None:
            return paper.of_review(shop.name, shop.currency, shown, day)
        said, shown_sends, chosen = its.filters.said(), its.shown(), its.chosen()
        practice = shop.is_practice
        return report.period(shop.name, shop.currency, said, shown_sends, chosen, day, is_practice=practice)

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here."""
        return True

    def _build_parts(self) -> None:
        self.head = PageHead()
        self.ask = writing(self.head.add_button("", "arrows-clockwise", name="readLine"))
        self.paper = self.head.add_button("", "printer", name="printResults")
        self.save = self.head.add_button("", "download-simple", name="saveResults")
        self.mark = Banner()
        self.mark.setObjectName("practiceMark")
        self.tabs = QTabBar()
        self.tabs.setObjectName("resultTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.messages, self.steps, self.months = MessagesPage(self._desk), StepsPage(self._desk), MonthsPage(self._desk)
        self.empty = EmptyState("chart-bar")
        self.review = ReviewPage(self._desk)
        self.head.add_widget(self.review.finish)
        self.review.finish.hide()
        self.asking = LineAsking(self._desk, self)
        for _name in _TABS:
            self.tabs.addTab("")

    def _lay_out(self) -> None:
        self.parts = QStackedWidget()
        for part in (self.messages, self.steps, self.review, self.months, self.empty):
            self.parts.addWidget(part)
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(self.tabs, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addLayout(row)
        page.addWidget(line())
        page.addWidget(self.mark)
        page.addWidget(self.parts, 1)

    def _connect(self) -> None:
        self.empty.action.clicked.connect(lambda: self.asked_for.emit(Place(Page.MESSAGES, part="new")))
        reading(self.steps.empty.action).clicked.connect(lambda: self.asked_for.emit(Place(Page.JOURNEYS)))
        self.review.asked_for.connect(self.asked_for)
        self.tabs.currentChanged.connect(self._show_tab)
        self.review.changed.connect(self._show_buttons)
        self.ask.clicked.connect(self.asking.ask)
        self.asking.began.connect(lambda: self.ask.setEnabled(False))
        self.asking.ended.connect(self._line_answered)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.paper.setMenu(self._menu)
        self.save.clicked.connect(self._save)

    def _part(self) -> MessagesPage | StepsPage | ReviewPage | MonthsPage:
        return (self.messages, self.steps, self.review, self.months)[self.tabs.currentIndex()]

    def _show_tab(self) -> None:
        """Show the chosen part. The review and the steps say themselves what is missing; they need no send of today."""
        part = self._part()
        needs_sends = part in (self.messages, self.months)
        self.parts.setCurrentWidget(self.empty if needs_sends and not self._found.sends else part)
        self._show_buttons()
        if part is self.review:
            self.review.show_now()

    def _show_buttons(self) -> None:
        """Offer to print and to save what is there to be seen."""
        part, has_sends = self._part(), bool(self._found.sends)
        has_rows = {self.steps: bool(self._found.steps), self.review: self.review.shown() is not None}.get(
            part, has_sends
        )
        self.ask.setVisible(has_sends)
        self.review.finish.setVisible(part is self.review)
        for button in (self.paper, self.save):
            button.setVisible(has_rows)

    def _read(self) -> None:
        day = self._desk.day()

        def work(session: Session) -> _Read:
            sends = all_campaigns(session, day)
            mine = [one for one in sends if one.is_practice == self._desk.shop.is_practice]
            return _Read(sends, steps(session, mine), months(session, mine, day))

        self._desk.jobs.read(work, self._take, key="results")

    def _take(self, found: _Read) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        counted = _("counted on {date}").format(date=long_date(self._desk.day().today)) if self._found.sends else ""
        self.head.show_title(_("Results"), counted)
        self.mark.setVisible(self._desk.shop.is_practice and bool(self._found.sends))
        self._show_tab()
        self.messages.show_sends(self._found.sends)
        self.steps.show_steps(self._found.steps)
        self.months.show_months(self._found.months)

    def _line_answered(self) -> None:
        """Show also what came before LINE stopped answering."""
        self.ask.setEnabled(True)
        self._read()

    def _fill_menu(self) -> None:
        """Offer what can be printed of what is shown."""
        self._menu.clear()
        for name, made in self._reports():
            self._menu.addAction(name).triggered.connect(lambda _checked=False, made=made: self._print(made))

    def _reports(self) -> list[tuple[str, Callable[[], Report]]]:
        shop, day, one = self._desk.shop, self._desk.day(), self.messages.chosen()
        found: list[tuple[str, Callable[[], Report]]] = [(_("What is shown…"), self.report)]
        if one is not None and self._part() is self.messages:
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
