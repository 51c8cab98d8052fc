"""Some friends of the segment that is being built, with what they did last: faces for a number."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import happened, words
from linecrm_desktop.friends.happened import What
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.text import _, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.segments.reading import People
from linecrm_desktop.views.widgets.basics import Card, CutLabel, button, clear, label
from linecrm_desktop.views.widgets.parts import Avatar

SHOWN = 4
_COLUMNS = 2
_LOOKED_AT = 20
"""How far back in what happened to a friend their last order and reaction are looked for."""
_NOT_DONE_BY_THEM = (What.ORDER, What.MESSAGE, What.JOINED, What.FOLLOW, What.BLOCK)


class SampleCard(Card):
    """Shows four friends at a time, and says what is wanted; where nobody is left it is not there."""

    why_asked = Signal()
    all_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._people: People = ()
        self._first = 0
        self._reachable = 0
        self.title = label("", "section")
        self.title.setObjectName("someFriends")
        self.others = button("", "link", name="otherFriends")
        self.why = button("", "link", name="whyIsSheIn")
        self.all = button("", "link", name="showInFriends")
        head = QHBoxLayout()
        for part in (self.title, self.others):
            head.addWidget(part)
        head.addStretch(1)
        for part in (self.why, self.all):
            head.addWidget(part)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._facts: dict[int, CutLabel] = {}
        self.body.addLayout(head)
        self.body.addLayout(self._grid)
        self.others.clicked.connect(self._show_others)
        self.why.clicked.connect(self.why_asked)
        self.all.clicked.connect(self.all_asked)
        self.show_people((), 0)

    def show_people(self, people: People, reachable: int) -> None:
        """Show the first of some friends out of all who can be reached."""
        if people != self._people:
            self._first = 0
        self._people, self._reachable = people, reachable
        self._show()

    def retranslate(self) -> None:
        """Say everything in the person's language."""
        self.all.setText(_("Show all in Friends"))
        self.why.setText(_("Why is she in?"))
        self._show()

    def shown(self) -> People:
        """Return the friends who are shown now."""
        return self._people[self._first : self._first + SHOWN]

    def _show(self) -> None:
        clear(self._grid)
        self._facts = {}
        people = self.shown()
        self.setVisible(bool(people))
        self.title.setText(_("Some of the {n}").format(n=number(self._reachable)) if people else "")
        self.others.setText(_("Another {n}").format(n=number(SHOWN)))
        self.others.setVisible(len(self._people) > SHOWN)
        for place, (friend, name) in enumerate(people):
            self._grid.addWidget(self._person(friend, name), place // _COLUMNS, place % _COLUMNS)
        if people:
            day = self._desk.day()
            self._desk.jobs.read(lambda s: last_done(s, people, day), self._show_facts, key="segments.sample")

    def _person(self, friend: int, name: str) -> QWidget:
        made, facts = QWidget(), CutLabel("", "second")
        self._facts[friend] = facts
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(Avatar(name, 24))
        row.addWidget(CutLabel(name or _("(no name)")), 2)
        row.addWidget(facts, 3)
        return made

    def _show_facts(self, told: dict[int, str]) -> None:
        for friend, facts in self._facts.items():
            facts.setText(told.get(friend, ""))

    def _show_others(self) -> None:
        self._first = self._first + SHOWN if self._first + SHOWN < len(self._people) else 0
        self._show()


def last_done(session: Session, people: People, day: ShopDay) -> dict[int, str]:
    """Return what each friend ordered last and did last, each with its day."""
    found: dict[int, str] = {}
    for friend, _name in people:
        done = happened.newest(session, session.get_one(Friend, friend), _LOOKED_AT)
        order = next((one for one in done if one.what is What.ORDER and one.is_counted), None)
        did = next((one for one in done if one.what not in _NOT_DONE_BY_THEM), None)
        said = [(order.product or words.happened(order), order)] if order else []
        said += [(words.happened(did), did)] if did else []
        found[friend] = " · ".join(f"{what} {words.day_of(one.at, day)}" for what, one in said)
    return found
