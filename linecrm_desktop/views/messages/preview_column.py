"""The phone beside the bubbles, and whose phone it is."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.campaigns.gate_facts import Tests
from linecrm_desktop.messages.blocks import Bubble, to_line
from linecrm_desktop.messages.people import Filling, Sample
from linecrm_desktop.messages.variables import label as variable_label
from linecrm_desktop.messages.variables import used
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.messages.chat.reading import chat
from linecrm_desktop.views.messages.facts import Facts
from linecrm_desktop.views.messages.phone_preview import PhonePreview
from linecrm_desktop.views.messages.tested_lines import TestedLines
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.scrolled import scrolled
from linecrm_desktop.views.widgets.writing import writing

NOBODY, LONGEST, ANOTHER = 0, -1, -2
"""In the list of friends: somebody without any value, the longest value of each variable, and one to be searched."""


class PreviewColumn(QFrame):
    """Shows the bubbles as one friend would get them."""

    another_asked = Signal()
    """A person wants to see it as a friend who is not in the list."""
    json_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self._facts = Facts()
        self._bubbles: tuple[Bubble, ...] = ()
        self._time = ""
        self._pictures: Mapping[str, QPixmap] = {}
        self._coupons: Mapping[str, str] = {}
        self._searched: Sample | None = None
        self._chosen: int | None = None
        self._title = label("", "section")
        self.friend = QComboBox()
        self.friend.setObjectName("previewAs")
        self.friend.setMinimumContentsLength(12)
        self.friend.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.phone = PhonePreview()
        self.phone.setObjectName("phone")
        self._fallbacks = label("", "caption", wrap=True)
        self._fallbacks.setObjectName("allFallbacks")
        self.test = writing(button("", "default", "device-mobile", "askTest"))
        self._tested = TestedLines()
        self.json = button("", "link", "brackets-curly", "showJson")
        self._note = label("", "caption", wrap=True)
        self._lay_out()
        self.friend.activated.connect(self._choose)
        self.json.clicked.connect(self.json_asked)
        self.retranslate()

    @property
    def values(self) -> dict[str, str]:
        """What the variables are for whom the phone is shown."""
        chosen = self.friend.currentData()
        if chosen == LONGEST:
            return self._facts.filling.longest
        return next((sample.values for sample in self._samples if sample.id == chosen), {})

    def show_bubbles(self, bubbles: tuple[Bubble, ...]) -> None:
        """Draw the bubbles anew."""
        self._bubbles = bubbles
        self._draw()

    def show_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Draw with the pictures that are there."""
        self._pictures = pictures
        self._draw()

    def show_coupons(self, titles: Mapping[str, str]) -> None:
        """Draw with what the coupons of the LINE account are called, by their ids."""
        self._coupons = titles
        self._draw()

    def show_facts(self, facts: Facts, time: str) -> None:
        """Offer these friends to look as; the chosen one stays when it is still there."""
        self._facts, self._time = facts, time
        self._fill()
        self._draw()

    def show_tests(self, tests: Sequence[Tests], today: date) -> None:
        """Say whether testers got each variant as it is; none: nobody knows yet."""
        self._tested.show_tests(tests, today)

    def show_as(self, friend: Sample) -> None:
        """Offer one more friend, and show the phone as theirs."""
        self._searched, self._chosen = friend, friend.id
        self._fill()
        self._draw()

    def retranslate(self) -> None:
        self._title.setText(_("Preview"))
        self.friend.setAccessibleName(_("Whose phone to show"))
        self.test.setText(_("Send a test…"))
        self.json.setText(_("Show as JSON"))
        self._note.setText(_("LINE may look slightly different on each phone."))
        self._tested.retranslate()
        self._fill()
        self._draw()

    @property
    def _samples(self) -> list[Sample]:
        known = [sample for sample in self._facts.samples if self._searched is None or sample.id != self._searched.id]
        return [*([self._searched] if self._searched is not None else []), *known]

    def _lay_out(self) -> None:
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(8)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self.friend, 1)
        column.addLayout(head)
        inside = QWidget()
        centred = QHBoxLayout(inside)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addWidget(self.phone)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self._fallbacks)
        foot.addWidget(self.test, 1)
        foot.addWidget(self.json)
        column.addLayout(foot)
        column.addWidget(self._tested)
        column.addWidget(self._note)

    def _fill(self) -> None:
        with QSignalBlocker(self.friend):
            self.friend.clear()
            for sample in self._samples:
                self.friend.addItem(_("As {name}").format(name=sample.values.get("name", "")), sample.id)
            self.friend.addItem(_("As someone without a name"), NOBODY)
            if self._facts.filling.friends:
                self.friend.addItem(_("With the longest values"), LONGEST)
                self.friend.insertSeparator(self.friend.count())
                self.friend.addItem(_("As another friend…"), ANOTHER)
            there = -1 if self._chosen is None else self.friend.findData(self._chosen)
            self.friend.setCurrentIndex(max(0, there))

    def _choose(self, _row: int) -> None:
        chosen = self.friend.currentData()
        if chosen == ANOTHER:
            self._fill()
            self.another_asked.emit()
            return
        self._chosen = chosen
        self._draw()

    def _draw(self) -> None:
        drawn = chat(to_line(self._bubbles, self.values), self._coupons)
        self.phone.show_chat(self._facts.account, drawn, self._time, self._pictures)
        self._fallbacks.setText("\n".join(_lacking(self._bubbles, self._facts.filling)))
        self._fallbacks.setVisible(bool(self._fallbacks.text()))


def _lacking(bubbles: tuple[Bubble, ...], filling: Filling) -> list[str]:
    """Say for each variable of the message how many friends lack it, those that most lack first."""
    counted = sorted(
        ((filling.lacking.get(name, 0), name) for name in used(bubbles)), key=lambda one: (-one[0], one[1])
    )
    return [
        ngettext(
            "“{variable}”: {n} friend gets the fallback.", "“{variable}”: {n} friends get the fallback.", n
        ).format(variable=variable_label(name), n=number(n))
        for n, name in counted
        if n
    ]
