"""One task of the plan: its mark, what it is, how far it is, and the way on. It can be skipped by its menu."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.home import words
from linecrm_desktop.home.plan import State, Task
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import pixmap
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.tiles import Pressable
from linecrm_desktop.views.widgets.writing import writing

EDGE = 4
"""The room for the focus around a task."""
_MARK = 16


class TaskMark(QWidget):
    """An open circle, a ring that is half full, or a check."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        side = round(_MARK * theme.text_scale())
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._task.counts_as_done:
            role = "text3" if self._task.is_skipped else "accent"
            painter.drawPixmap(0, 0, pixmap("check-circle-fill", role, self.width()))
            return
        ring = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self._task.state is State.PART:
            painter.setPen(theme.pen("border", 3))
            painter.drawEllipse(ring)
            painter.setPen(theme.pen("warn", 3))
            painter.drawArc(ring, 90 * 16, -180 * 16)
        else:
            painter.setPen(theme.pen("ctl", 1.4))
            painter.drawEllipse(ring)


class TaskRow(Pressable):
    """A task. Pressing it leads to where it is done; `link` names the way on, if that is shown here."""

    went_on = Signal(object)
    skip_asked = Signal(object)
    """The task; its mark says whether it is skipped now."""

    def __init__(self, task: Task, day: ShopDay, link: str = "", *, writes: bool = False) -> None:
        super().__init__()
        self.task = task
        self.setObjectName(f"task_{task.key}")
        writing(self, writes)
        self.opened.connect(lambda: self.went_on.emit(task))
        self.title = label(words.title(task), "second" if task.counts_as_done else "body", wrap=True)
        self.title.setObjectName(f"taskTitle_{task.key}")
        font = theme.font(13)
        font.setStrikeOut(task.is_skipped)
        self.title.setFont(font)
        self.detail = label(_("skipped") if task.is_skipped else words.detail(task, day), "caption", wrap=True)
        self.detail.setObjectName(f"taskDetail_{task.key}")
        self.detail.setVisible(bool(self.detail.text()))
        self.link = writing(button(link, "link", name=f"taskLink_{task.key}"), writes)
        self.link.setProperty("snug", True)
        self.link.setVisible(bool(link))
        self.link.clicked.connect(lambda: self.went_on.emit(task))
        self.setAccessibleName(", ".join((words.title(task), words.state(task))))
        self.setAccessibleDescription(self.detail.text())
        self._build()

    def menu(self) -> QMenu:
        """Return the menu of the task."""
        made = QMenu(self)
        act = writing(made.addAction(_("Do this task after all") if self.task.is_skipped else _("Skip this task")))
        act.setObjectName("skipTask")
        act.setEnabled(self.task.is_skipped or self.task.state is not State.DONE)
        act.triggered.connect(lambda: self.skip_asked.emit(self.task))
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def _build(self) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for part in (self.title, self.detail):
            lines.addWidget(part)
        lines.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, 3, EDGE, 3)
        row.setSpacing(10)
        row.addWidget(TaskMark(self.task), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
