"""The line at the bottom: what is under way, whether LINE is connected, practice or real, where the data is."""

from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QStatusBar, QWidget

from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.job_runner import JobRunner
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.parts import PictureLabel

SAID_MS = 8000


@dataclass
class _Job:
    name: str
    ready: int = 0
    total: int = 0


@dataclass
class _Jobs:
    """The long tasks that are under way, in the order they began."""

    running: list[_Job] = field(default_factory=list[_Job])

    def started(self, name: str) -> None:
        self.running.append(_Job(name))

    def moved(self, name: str, ready: int, total: int) -> None:
        for job in self.running:
            if job.name == name:
                job.ready, job.total = ready, total

    def ended(self, name: str) -> None:
        gone = next((job for job in self.running if job.name == name), None)
        if gone is not None:
            self.running.remove(gone)


class JobWidget(QWidget):
    """The oldest job with its bar and numbers, and how many more there are; nothing to do: "Ready"."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.setObjectName("jobWidget")
        self._jobs = _Jobs()
        self._said = ""
        self.words = QLabel()
        self.words.setObjectName("jobText")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(120)
        self.bar.setTextVisible(False)
        self.counts = QLabel()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(SAID_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 0)
        for part in (self.words, self.bar, self.counts):
            row.addWidget(part)
        row.addStretch(1)
        self._connect(jobs)
        self.retranslate()

    def say(self, text: str) -> None:
        """Show a sentence for a while, in the place of "Ready"."""
        self._said = text
        self._quiet.start()
        self.retranslate()

    def retranslate(self) -> None:
        running = self._jobs.running
        self.bar.setVisible(bool(running))
        self.counts.setVisible(bool(running))
        if not running:
            self.words.setText(self._said or _("Ready"))
            return
        job, more = running[0], len(running) - 1
        self.words.setText(job.name)
        self.bar.setRange(0, job.total)
        self.bar.setValue(job.ready)
        counts = _("{n} of {total}").format(n=number(job.ready), total=number(job.total)) if job.total else ""
        others = ngettext("and {n} more", "and {n} more", more).format(n=number(more)) if more else ""
        self.counts.setText("  ".join(part for part in (counts, others) if part))

    def _connect(self, jobs: JobRunner) -> None:
        self._quiet.timeout.connect(self._hush)
        jobs.started.connect(self._started)
        jobs.moved.connect(self._moved)
        jobs.ended.connect(self._ended)

    def _hush(self) -> None:
        self._said = ""
        self.retranslate()

    def _started(self, name: str) -> None:
        self._jobs.started(name)
        self.retranslate()

    def _moved(self, name: str, ready: int, total: int) -> None:
        self._jobs.moved(name, ready, total)
        self.retranslate()

    def _ended(self, name: str) -> None:
        self._jobs.ended(name)
        self.retranslate()


class Dot(QWidget):
    """LINE's green, in the only place it may be."""

    def sizeHint(self) -> QSize:
        return QSize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line_green"))
        painter.drawEllipse(1, (self.height() - 8) // 2, 8, 8)


class StatusBar(QStatusBar):
    """Jobs at the left; what always holds at the right."""

    def __init__(self, jobs: JobRunner, *, is_practice: bool, is_encrypted: bool, server: str = "") -> None:
        super().__init__()
        self._is_encrypted = is_encrypted
        self._server = server
        self._is_reached = True
        self.setSizeGripEnabled(False)
        self._is_connected = False
        self.jobs = JobWidget(jobs)
        self.practice = label()
        self.practice.setObjectName("practiceState")
        self.practice.setProperty("mark", "warn")
        self.dot = Dot()
        self.unlinked = PictureLabel("link", "text2", 14)
        self.line = QLabel()
        self.line.setObjectName("lineState")
        self.data = QLabel()
        self.data.setObjectName("dataState")
        self.backup = QLabel()
        self.backup.setObjectName("backupState")
        self.addWidget(self.jobs, 1)
        if is_practice:
            self.addPermanentWidget(self.practice)
        place = PictureLabel("users-three" if server else "lock" if is_encrypted else "lock-open", "text2", 14)
        kept = PictureLabel("floppy-disk", "text2", 14)
        self._kept = _group(kept, self.backup)
        for group in (_group(self.dot, self.unlinked, self.line), _group(place, self.data), self._kept):
            self.addPermanentWidget(group)
        theme.signals().changed.connect(self._fit)
        self._fit()
        self.show_line(False)

    def show_line(self, is_connected: bool) -> None:
        """Say whether the shop has a LINE channel."""
        self._is_connected = is_connected
        self.retranslate()

    def show_reached(self, is_reached: bool) -> None:
        """Say whether the server of a shared shop answers."""
        self._is_reached = is_reached
        self.retranslate()

    def show_backup(self, text: str) -> None:
        """Say when the shop was last backed up; without words nothing is shown."""
        self.backup.setText(text)
        self._kept.setVisible(bool(text))

    def say(self, text: str) -> None:
        """Show a sentence for a while."""
        self.jobs.say(text)

    def retranslate(self) -> None:
        self.practice.setText(_("Practice: nothing is sent"))
        self.dot.setVisible(self._is_connected)
        self.unlinked.setVisible(not self._is_connected)
        self.line.setText(_("LINE connected") if self._is_connected else _("LINE not connected"))
        encrypted, open_to_all = _("Data on this computer, encrypted"), _("Data on this computer, not encrypted")
        here = encrypted if self._is_encrypted else open_to_all
        shared = _("Shared on {server}") if self._is_reached else _("{server} does not answer")
        self.data.setText(shared.format(server=self._server) if self._server else here)
        self.jobs.retranslate()
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(26, self.fontMetrics().height() + 8, self.practice.sizeHint().height() + 2))


def _group(*parts: QWidget) -> QFrame:
    made = QFrame()
    made.setProperty("statusGroup", True)
    row = QHBoxLayout(made)
    row.setContentsMargins(12, 0, 8, 0)
    row.setSpacing(4)
    for part in parts:
        row.addWidget(part)
    return made
