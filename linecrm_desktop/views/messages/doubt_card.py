"""Messages of which nobody can tell whether they arrived: what is known, and the two things a person can decide."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from linecrm_desktop.campaigns.doubts import Doubts
from linecrm_desktop.days import ShopDay
from linecrm_desktop.text import _, ngettext, number, when
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.writing import writing


class DoubtCard(Card):
    """Is there only while something is to be decided."""

    again_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(18, 14, 18, 14))
        self._title, self._facts = label("", "section", wrap=True), label("", "second", wrap=True)
        self._title.setObjectName("doubtTitle")
        self._facts.setObjectName("doubtFacts")
        self.again = button("", "danger", "arrow-clockwise", "doubtAgain")
        self.leave = writing(button("", "default", name="doubtLeave"))
        foot = QHBoxLayout()
        foot.addWidget(self.again)
        foot.addWidget(self.leave)
        foot.addStretch()
        self.body.addWidget(self._title)
        self.body.addWidget(self._facts)
        self.body.addLayout(foot)
        self.again.clicked.connect(self.again_asked)
        self.leave.clicked.connect(self.left)
        self.hide()

    def show_doubts(self, found: Doubts | None, day: ShopDay) -> None:
        """Show what is in doubt, or nothing."""
        self.setVisible(found is not None)
        if found is None:
            return
        title = ngettext(
            "Nobody can tell whether {n} friend got it.", "Nobody can tell whether {n} friends got it.", found.copies
        )
        self._title.setText(title.format(n=number(found.copies)))
        left = "" if found.last is None else when(day.local(found.last), day.today)
        facts = _(
            "No answer came to the request of {time}, and LINE forgets requests after a day. Look at what LINE counts "
            "for that day. Sent again, some may get it twice; left, some may get nothing."
        )
        self._facts.setText(facts.format(time=left or "–"))

    def retranslate(self) -> None:
        self.again.setText(_("Send again…"))
        self.leave.setText(_("Leave it"))
