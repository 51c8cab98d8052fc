"""How far the friends of a draft are in the shop's other segments too; each row opens who is in both."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.text import _, ngettext, number, percent
from linecrm_desktop.views import theme
from linecrm_desktop.views.segments.reading import Shared
from linecrm_desktop.views.widgets.basics import button, clear, label
from linecrm_desktop.views.widgets.charts.strips import ShareBar
from linecrm_desktop.views.widgets.parts import PictureLabel

FOLDED = 8
"""So many segments are shown until all are asked for."""
_UNKNOWN = "—"


class OverlapRow(QAbstractButton):
    """One other segment: its name, a bar, how many and which share. A press asks who they are."""

    def __init__(self, one: Shared, of: int) -> None:
        super().__init__()
        self.setObjectName(f"overlap_{one.segment_id}")
        self.one = one
        share = one.both / of if one.both and of else 0.0
        self.name = label(one.name, wrap=True)
        self.said = label(_UNKNOWN, "caption")
        if one.both is not None:
            self.said.setText(_("{n} · {share}").format(n=number(one.both), share=percent(share, 0)))
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(10)
        row.addWidget(self.name, 1)
        row.addWidget(ShareBar(share, one.name), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one.both else Qt.FocusPolicy.NoFocus)
        if one.both:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say()

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._row.heightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.pen("focus", 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def _say(self) -> None:
        both = self.one.both
        if both is None:
            words = _("The rules of this segment are not complete.")
        else:
            words = ngettext("{n} friend is in both.", "{n} friends are in both.", both).format(n=number(both))
        self.setToolTip(words)
        self.setAccessibleName(f"{self.one.name}: {self.said.text()}")
        self.setAccessibleDescription(words)


class OverlapPart(QWidget):
    """All other saved segments, the one that shares most first; long lists are folded."""

    asked = Signal(object)
    """Who is in the draft and in this other segment (a Shared)?"""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[OverlapRow] = []
        self._rows_at = QVBoxLayout()
        self._rows_at.setSpacing(2)
        self.all_button = button("", "link", name="allOverlaps")
        self.all_button.setCheckable(True)
        self.all_button.toggled.connect(lambda _on: self._fold())
        self._mark = PictureLabel("info", "text2", 14)
        self.sentence = label("", "caption", wrap=True)
        self.sentence.setObjectName("overlapSentence")
        said = QHBoxLayout()
        said.setSpacing(6)
        said.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.sentence, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._rows_at)
        column.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(said)

    def show_overlaps(self, overlaps: Sequence[Shared], of: int) -> None:
        """Show how many of so many friends are in each other segment."""
        clear(self._rows_at)
        self.rows = [OverlapRow(one, of) for one in overlaps]
        width = max((row.said.sizeHint().width() for row in self.rows), default=0)
        for row in self.rows:
            row.said.setMinimumWidth(width)
            if row.one.both:
                row.clicked.connect(lambda _on=False, one=row.one: self.asked.emit(one))
            self._rows_at.addWidget(row)
        self.sentence.setText(_sentence(overlaps, of))
        self._mark.setVisible(bool(self.sentence.text()))
        self._fold()

    def _fold(self) -> None:
        count, opened = len(self.rows), self.all_button.isChecked()
        for place, row in enumerate(self.rows):
            row.setVisible(opened or place < FOLDED)
        more = ngettext("Show {n} segment", "Show all {n} segments", count).format(n=number(count))
        self.all_button.setText(_("Show fewer") if opened else more)
        self.all_button.setVisible(count > FOLDED)


def _sentence(overlaps: Sequence[Shared], of: int) -> str:
    """Say the largest overlap, or that there is none."""
    if not overlaps:
        return _("There is no other segment yet.")
    first = overlaps[0]
    if not first.both:
        return _("No other segment has these friends.") if of else ""
    return _("{share} are already in “{segment}”.").format(share=percent(first.both / of, 0), segment=first.name)
