"""The plan as a card: four columns of tasks, the week that is on marked, and how much is done."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from linecrm_desktop.days import ShopDay
from linecrm_desktop.home import words
from linecrm_desktop.home.plan import WEEKS, Period, Plan, State, Task
from linecrm_desktop.text import _, full_date, language, month, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.home import places
from linecrm_desktop.views.home.fit_grid import FitGrid
from linecrm_desktop.views.home.task_row import EDGE, TaskRow
from linecrm_desktop.views.widgets.basics import Card, clear, label, line
from linecrm_desktop.views.widgets.charts.strips import ShareBar
from linecrm_desktop.views.widgets.chips import Chip, ChipLabel

_LEAST = 168


class WeekColumn(QFrame):
    """The tasks of one week."""

    went_on = Signal(int, object)
    """The week, and the task that leads on."""
    skip_asked = Signal(object)

    def __init__(self, week: int) -> None:
        super().__init__()
        self._week = week
        self._is_current = False
        self.caption, self.title = label("", "caption"), label("", "section", wrap=True)
        self.state = ChipLabel()
        self.state.setObjectName(f"weekState{week}")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        head, column = QGridLayout(), QVBoxLayout(self)
        head.setContentsMargins(EDGE, 0, 0, 0)  # so that the words stand over the marks of the tasks
        head.setVerticalSpacing(4)
        head.addWidget(self.caption, 0, 0)
        head.addWidget(self.state, 0, 1)
        head.addWidget(self.title, 1, 0, 1, 2)
        head.setColumnStretch(0, 1)
        column.setContentsMargins(8, 12, 10, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addStretch(1)

    def show_tasks(self, tasks: tuple[Task, ...], day: ShopDay, *, is_current: bool) -> None:
        """Show the week's tasks; the focus stays on the task it was on."""
        focused = self.focusWidget()
        kept = focused.objectName() if focused is not None and focused.hasFocus() else ""
        self._is_current = is_current
        self.caption.setText(_("Week {n}").format(n=self._week))
        self.title.setText(_(words.WEEKS[self._week - 1]))
        done = sum(task.counts_as_done for task in tasks)
        text = _("{n} of {total}").format(n=number(done), total=number(len(tasks)))
        tone = "good" if done == len(tasks) else "info" if is_current else ""
        self.state.show_chip(Chip(text, "", tone or "text2", f"{tone}_soft" if tone else ""))
        clear(self._rows)
        leading = _leading(tasks)
        for task in tasks:
            link = words.link(self._week, task) if task is leading else ""
            row = TaskRow(task, day, link, writes=places.of_task(self._week, task).writes)
            row.went_on.connect(lambda found: self.went_on.emit(self._week, found))
            row.skip_asked.connect(self.skip_asked)
            self._rows.addWidget(row)
            if row.objectName() == kept:
                row.setFocus()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._is_current:
            painter.fillRect(self.rect(), theme.colour("alt"))
            painter.fillRect(QRectF(0, 0, self.width(), 3), theme.colour("accent"))
        if self._week > 1:
            painter.fillRect(QRectF(0, 0, 1, self.height()), theme.colour("border"))


class PlanCard(Card):
    """The four-week plan, or the month after it."""

    went_on = Signal(int, object)
    skip_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(margins=(1, 1, 1, 1))
        self.setObjectName("planCard")
        self._shown: tuple[Plan, ShopDay] | None = None
        self.title, self.note = label("", "section"), label("", "caption", wrap=True)
        self.note.setObjectName("planNote")
        self.done = label("", "caption")
        self.done.setObjectName("planDone")
        self.bar = ShareBar()
        self.bar.setFixedWidth(120)
        self.weeks = [WeekColumn(week) for week in range(1, WEEKS + 1)]
        head = QHBoxLayout()
        head.setContentsMargins(14, 12, 14, 8)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        head.addWidget(self.done)
        head.addWidget(self.bar)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(FitGrid(self.weeks, _LEAST, 0))
        for week in self.weeks:
            week.went_on.connect(self.went_on)
            week.skip_asked.connect(self.skip_asked)

    def show_plan(self, plan: Plan, day: ShopDay) -> None:
        """Show how far everything is."""
        self._shown = (plan, day)
        self.retranslate()

    def retranslate(self) -> None:
        if self._shown is None:
            self.title.setText(_("Four-week plan"))
            return
        plan, day = self._shown
        self.title.setText(_("This month") if plan.period.is_monthly else _("Four-week plan"))
        self.note.setText(_note(plan.period))
        of = len(plan.tasks)
        self.done.setText(_("{n} of {total} done").format(n=number(plan.done), total=number(of)))
        self.bar.show_share(plan.done / of, self.title.text())
        for place, (column, tasks) in enumerate(zip(self.weeks, plan.weeks, strict=True), 1):
            column.show_tasks(tasks, day, is_current=place == plan.period.week)

    def rows(self) -> list[TaskRow]:
        """Return the tasks that are shown, in order."""
        return [row for column in self.weeks for row in column.findChildren(TaskRow)]


def _leading(tasks: tuple[Task, ...]) -> Task | None:
    """Return the task that the way on is shown under: the last one begun, else the first that can be done now."""
    left = [task for task in tasks if task.can_be_done]
    begun = [task for task in left if task.state is State.PART]
    return begun[-1] if begun else left[0] if left else None


def _note(period: Period) -> str:
    if period.is_monthly:
        return _("Tasks tick themselves from your data · {month}").format(month=month(period.month))
    if period.begins is None:
        return _("Tasks tick themselves from your data · begins with your first import")
    return _("Tasks tick themselves from your data · started {date}").format(date=full_date(period.begins, language()))
