"""Two segments side by side: how many friends are in both and only in one; each count shows who they are."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.segments import comparing
from linecrm_desktop.segments.comparing import Overlap
from linecrm_desktop.segments.library import SegmentRow
from linecrm_desktop.segments.rules import AllOf
from linecrm_desktop.text import _, number, percent
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.segments import listing
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.charts.bars import Bar
from linecrm_desktop.views.widgets.charts.strips import SegmentBar

_WIDTH = 520


class CompareDialog(QDialog):
    """Counts whenever another segment is chosen; makes a segment from a part when asked."""

    segment_asked = Signal(object)
    """The rule of the part that a new segment should begin with."""

    def __init__(
        self, desk: Desk, rows: Sequence[SegmentRow], chosen: Sequence[int] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compareDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Compare two segments"))
        self.setMinimumWidth(_WIDTH)
        self._desk = desk
        self._rows = list(rows)
        self._part: AllOf | None = None
        self._build_choice(chosen)
        self._build_counts()
        self._build_sample()
        self._build_page()
        self._connect()
        self._count()

    def pair(self) -> tuple[int, int]:
        """Return the ids of the two segments."""
        return self.first.currentData(), self.second.currentData()

    def _build_choice(self, chosen: Sequence[int]) -> None:
        ids = [row.id for row in self._rows]
        wanted = [*(one for one in chosen if one in ids), *(one for one in ids if one not in chosen)]
        self.first, self.second = QComboBox(), QComboBox()
        for combo, name, accessible, one in (
            (self.first, "compareFirst", _("First segment"), wanted[0]),
            (self.second, "compareSecond", _("Second segment"), wanted[1]),
        ):
            combo.setObjectName(name)
            combo.setAccessibleName(accessible)
            for row in self._rows:
                combo.addItem(row.name, row.id)
            combo.setCurrentIndex(ids.index(one))

    def _build_counts(self) -> None:
        self.bar = SegmentBar()
        self.words: list[QLabel] = []
        self.parts: list[QPushButton] = []
        self.grid = QGridLayout()
        self.grid.setColumnStretch(1, 1)
        for row, name in enumerate(("compareBoth", "compareOnlyFirst", "compareOnlySecond")):
            part, words = button("", "link", name=name), label("")
            self.parts.append(part)
            self.words.append(words)
            self.grid.addWidget(part, row, 0, Qt.AlignmentFlag.AlignRight)
            self.grid.addWidget(words, row, 1)
        self.share = label("", "caption", wrap=True)
        self.share.setObjectName("compareShare")

    def _build_sample(self) -> None:
        self.sample_title = label("", "strong", wrap=True)
        self.sample = QListWidget()
        self.sample.setObjectName("compareSample")
        self.make = button(_("Make a segment from these"), name="compareMake")
        for part in (self.sample_title, self.sample, self.make):
            part.hide()

    def _build_page(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        for part in (self.first, self.second, self.bar):
            column.addWidget(part)
        column.addLayout(self.grid)
        for part in (self.share, self.sample_title, self.sample, self.make):
            column.addWidget(part)
        foot = QDialogButtonBox()
        foot.addButton(button(_("Close"), name="compareClose"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.rejected.connect(self.reject)
        column.addWidget(foot)

    def _connect(self) -> None:
        for combo in (self.first, self.second):
            combo.activated.connect(lambda _row: self._count())
        for place, part in enumerate(self.parts):
            part.clicked.connect(lambda _checked=False, at=place: self._show_part(at))
        self.make.clicked.connect(self._ask_segment)

    def _count(self) -> None:
        a, b = self.pair()
        for part in (self.sample_title, self.sample, self.make):
            part.hide()
        for part in self.parts:
            part.setEnabled(False)
        if a == b:
            self.share.setText(_("Choose two different segments."))
            return
        self.share.setText(_("Counting…"))
        day = self._desk.day()
        self._desk.jobs.read(
            lambda session: comparing.compare(session, a, b, day), self._show, self._failed, key="segments.compare"
        )

    def _show(self, found: Overlap) -> None:
        first, second = self.first.currentText(), self.second.currentText()
        counts = (found.both, found.only_a, found.only_b)
        says = (
            _("in both"),
            _("only in “{segment}”").format(segment=first),
            _("only in “{segment}”").format(segment=second),
        )
        for part, words, count, said in zip(self.parts, self.words, counts, says, strict=True):
            part.setText(number(count))
            part.setAccessibleName(f"{number(count)} {said}")
            part.setEnabled(count > 0)
            words.setText(said)
        roles = ("chart1", "chart3", "chart4")
        order = (1, 0, 2)
        self.bar.show_bars([Bar(says[at], counts[at], number(counts[at]), roles[at]) for at in order])
        self.share.setText(_("{share} of the larger one is in both.").format(share=percent(found.share, 0)))

    def _failed(self, error: Exception) -> None:
        self.share.setText("")
        self._desk.dialogs.show_error(error)

    def _show_part(self, place: int) -> None:
        a, b = self.pair()
        rule = self._part = (comparing.both(a, b), comparing.only(a, b), comparing.only(b, a))[place]
        said = f"{self.parts[place].text()} {self.words[place].text()}"
        day = self._desk.day()
        self._desk.jobs.read(
            lambda session: listing.sample(session, rule, day),
            lambda names: self._show_sample(said, names),
            key="segments.compare.sample",
        )

    def _show_sample(self, said: str, names: list[str]) -> None:
        self.sample_title.setText(said)
        self.sample.clear()
        self.sample.addItems(names)
        self.sample.setAccessibleName(said)
        for part in (self.sample_title, self.sample, self.make):
            part.show()
        self.sample.setFocus()

    def _ask_segment(self) -> None:
        part = self._part
        self.accept()
        self.segment_asked.emit(part)
