"""Over the table: how many proposals of each kind, how many are decided, and a button for all that are clear."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.results.review import decisions
from linecrm_desktop.results.review.proposals import Kind
from linecrm_desktop.text import N_, _, ngettext, number
from linecrm_desktop.views.results.review.reading import Shown
from linecrm_desktop.views.results.review.table import ICONS, TONES
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.charts.strips import ShareBar
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.writing import writing

_NAMES = {
    Kind.KEEP: N_("to keep"),
    Kind.SPLIT: N_("to split"),
    Kind.MERGE: N_("to merge"),
    Kind.RETIRE: N_("to retire"),
}


class ReviewHead(QWidget):
    """Four counts, the progress, and two ways on."""

    all_asked = Signal()
    """Tags without enough evidence are to be shown, or not."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = {kind: label("—", "number") for kind in _NAMES}
        self._names = {kind: label("", "second") for kind in _NAMES}
        self._tiles = {kind: Card(margins=(14, 10, 14, 10)) for kind in _NAMES}
        self._progress, self._bar = label(""), ShareBar()
        self._progress.setObjectName("reviewProgress")
        self.clear = writing(button("", name="reviewClear"))
        self.rest = QCheckBox()
        self.rest.setObjectName("reviewRest")
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(12)
        for kind, tile in self._tiles.items():
            tile.setObjectName(f"review_{kind}")
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(PictureLabel(ICONS[kind], TONES[kind], 20))
            line.addWidget(self._numbers[kind])
            line.addWidget(self._names[kind], 1)
            tile.body.addLayout(line)
            row.addWidget(tile, 1)
        row.addWidget(self._build_progress(), 2)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.rest)
        self.rest.toggled.connect(lambda _on: self.all_asked.emit())

    def shows_all(self) -> bool:
        """Say whether tags without enough evidence are wanted too."""
        return self.rest.isChecked()

    def show_counting(self) -> None:
        """Say that it is counted just now."""
        self._progress.setText(_("Counting…"))
        self.clear.setEnabled(False)

    def show_look(self, shown: Shown) -> None:
        """Show the counts."""
        for kind, name in _NAMES.items():
            count = shown.looked.of_kind(kind)
            self._numbers[kind].setText(number(count))
            self._names[kind].setText(_(name))
            self._tiles[kind].setAccessibleName(f"{number(count)} {_(name)}")
        whole = len(shown.items)
        said = _("{n} of {all} decided").format(n=number(shown.decided), all=number(whole))
        self._progress.setText(said)
        self._bar.show_share(shown.decided / whole if whole else 0.0, said)
        clear = len(decisions.clear_ones(shown.items))
        self.clear.setText(_("Accept the clear ones ({n})").format(n=number(clear)))
        self.clear.setEnabled(bool(clear))
        n = len(shown.rest)
        said = ngettext("Show {n} tag without enough evidence too", "Show {n} tags without enough evidence too", n)
        self.rest.setText(said.format(n=number(n)))
        self.rest.setVisible(n > 0)

    def _build_progress(self) -> Card:
        card = Card(margins=(14, 8, 10, 8))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._progress)
        line.addWidget(self._bar, 1)
        line.addWidget(self.clear)
        card.body.addLayout(line)
        return card
