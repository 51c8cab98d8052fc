"""Who works for the shop, and who of them sits at this computer."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.settings import people
from linecrm_desktop.text import _
from linecrm_desktop.views import staff
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings
from linecrm_desktop.views.widgets.basics import Card, button, clear, icon_button, label
from linecrm_desktop.views.widgets.writing import reading, writing_inside

_TOUCHED: Changes = changes(Word.SETTINGS, Word.TAGS)


class PeopleCard(Card):
    """A line for each name, a field for another one, and a choice for this computer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        writing_inside(self)
        self._desk = desk
        self._people: tuple[str, ...] = ()
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.list = QVBoxLayout()
        self.list.setSpacing(4)
        self.name, self.add = QLineEdit(), button("", "default", "plus", "addPerson")
        self.name.setObjectName("personName")
        self.here_name, self.here = label(role="second"), reading(QComboBox())
        self.here.setObjectName("personHere")
        self.here_note = label(role="caption", wrap=True)
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.name.returnPressed.connect(self._add)
        self.here.activated.connect(lambda _at: staff.keep_who(self.here.currentText()))

    def show_facts(self, facts: ShopSettings) -> None:
        """Show the names."""
        self._people = facts.people
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.setText(_("Who works here"))
        self.note.setText(_("Names to choose from: who looks after a tag, who did a step of a request."))
        self.name.setPlaceholderText(_("Name"))
        self.name.setAccessibleName(_("Name of the person"))
        self.add.setText(_("Add person"))
        self.here_name.setText(_("At this computer"))
        self.here.setAccessibleName(_("At this computer"))
        self.here_note.setText(_("is written down when a phone, an e-mail or a list is looked at"))
        self._show_list()
        self._show_here()

    def _lay_out(self) -> None:
        row, here = QHBoxLayout(), QHBoxLayout()
        for part in (self.name, self.add, self.here):
            part.setProperty("small", True)
        row.addWidget(self.name, 1)
        row.addWidget(self.add)
        row.addStretch(2)
        for part, stretch in ((self.here_name, 0), (self.here, 0), (self.here_note, 1)):
            here.addWidget(part, stretch)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.note)
        for part in (self.list, row, here):
            self.body.addLayout(part)

    def _show_list(self) -> None:
        clear(self.list)
        if not self._people:
            self.list.addWidget(label(_("Nobody yet."), "second"))
        for name in self._people:
            self.list.addWidget(self._line(name))

    def _show_here(self) -> None:
        now = staff.who()
        self.here.clear()
        self.here.addItems([now, *(name for name in self._people if name != now)])

    def _line(self, name: str) -> QWidget:
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        remove = icon_button("trash", _("Remove {name}").format(name=name), f"removePerson {name}")
        remove.clicked.connect(lambda: self._change(_("removing a person"), name, is_new=False))
        row.addWidget(label(name, "strong"))
        row.addStretch(1)
        row.addWidget(remove)
        return shown

    def _add(self) -> None:
        self._change(_("adding a person"), self.name.text(), is_new=True)

    def _change(self, action: str, name: str, *, is_new: bool) -> None:
        work = people.add if is_new else people.remove

        def write(session: Session) -> tuple[tuple[str, ...], Changes]:
            return work(session, name), _TOUCHED

        def done(before: tuple[str, ...]) -> None:
            back = Act(
                *(self._desk, action, lambda session: people.keep(session, before)),
                *(lambda session: work(session, name), _TOUCHED),
            )
            self._desk.undo.push(back)
            if is_new:
                self.name.setText("")  # which leaves the field nothing to take back
                self.name.setFocus()

        self._desk.jobs.write(write, done)
