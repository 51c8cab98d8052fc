"""Shows a row beside the friends that it could be; one press decides."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.imports.columns import TARGET_NAMES, Target
from linecrm_desktop.imports.decisions import Decision
from linecrm_desktop.text import _, number
from linecrm_desktop.views.widgets.basics import button, label

_CAPTIONS = (Target.NAME, Target.LINE_ID, Target.MEMBER, Target.EMAIL, Target.PHONE)


class DecisionDialog(QDialog):
    """The row in the first column, each friend in one of the others; what is equal stands out."""

    def __init__(self, asked: Decision, decided: Callable[[int, int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decisionDialog")
        self.setWindowTitle(_("Who is row {row}?").format(row=number(asked.line)))
        self._asked, self._decided = asked, decided
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        words = _("Its keys belong to different friends, or contradict what the shop knows. Nothing is changed yet.")
        column.addWidget(label(words, "second", wrap=True))
        column.addLayout(self._people())
        column.addLayout(self._foot())

    def _people(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.addWidget(label(_("In the file"), "section"), 0, 1)
        for row, caption in enumerate(_CAPTIONS, start=1):
            grid.addWidget(label(_(TARGET_NAMES[caption]), "second"), row, 0)
            grid.addWidget(label(self._asked.row.values[row - 1] or "—"), row, 1)
        for place, friend in enumerate(self._asked.friends, start=2):
            grid.addWidget(label(_("Friend {n}").format(n=number(place - 1)), "section"), 0, place)
            for row, value in enumerate(friend.values, start=1):
                same = bool(value) and value == self._asked.row.values[row - 1]
                grid.addWidget(label(f"✓ {value}" if same else value or "—"), row, place)
            it_is = button(_("It is this one"), "default", name=f"itIs{place - 1}")
            it_is.clicked.connect(lambda _on=False, chosen=friend.id: self._choose(chosen))
            grid.addWidget(it_is, len(_CAPTIONS) + 1, place)
        return grid

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        leave = button(_("Leave the row out"), name="leaveRowOut")
        leave.setDefault(True)
        leave.clicked.connect(self.reject)
        foot.addStretch(1)
        foot.addWidget(leave)
        return foot

    def _choose(self, friend: int | None) -> None:
        self.accept()
        if friend is not None:
            self._decided(self._asked.line, friend)
