"""By when friends' requests about their data must be answered: five numbers of days, each a law's or the shop's own."""

from functools import partial

from PySide6.QtWidgets import QFormLayout, QLabel

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.models.data_request import Wants
from linecrm_desktop.requests import deadlines
from linecrm_desktop.requests.names import WANTS
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.number_field import NumberField
from linecrm_desktop.views.widgets.writing import writing_inside

_CHANGED: Changes = changes(Word.SETTINGS, Word.CONSENT)


class RequestCard(Card):
    """A number for each thing that can be asked; requests that are written down keep their day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        writing_inside(self)
        self._desk = desk
        self._days: deadlines.Days = {}
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.names: dict[Wants, QLabel] = {wants: label(role="second") for wants in Wants}
        self.fields = {wants: NumberField(0, deadlines.MOST_DAYS, f"requestDays_{wants}") for wants in Wants}
        form = QFormLayout()
        for wants, field in self.fields.items():
            form.addRow(self.names[wants], field)
            field.setMaximumWidth(96)
            field.editingFinished.connect(partial(self._keep, wants))
        for part in (self.heading, self.note):
            self.body.addWidget(part)
        self.body.addLayout(form)

    def show_facts(self, facts: ShopSettings) -> None:
        """Show the days in use."""
        self._days = dict(facts.request_days)
        for wants, days in self._days.items():
            self.fields[wants].setValue(days)

    def retranslate(self) -> None:
        self.heading.setText(_("Requests about data"))
        self.note.setText(
            _("Days for the answer. They begin with what the country’s law seems to say: have a lawyer confirm them.")
        )
        for wants, field in self.fields.items():
            self.names[wants].setText(_(WANTS[wants]))
            field.setAccessibleName(_(WANTS[wants]))
            field.setSpecialValueText(_("at once"))

    def _keep(self, wants: Wants) -> None:
        wanted = self.fields[wants].value()
        if self._days.get(wants, wanted) != wanted:
            self._days[wants] = wanted
            self._desk.jobs.write(
                lambda session: (deadlines.set_days(session, wants, wanted), _CHANGED),
                lambda before: self._kept(wants, wanted, before),
            )

    def _kept(self, wants: Wants, wanted: int, before: int) -> None:
        self._desk.undo.push(
            Act(
                self._desk,
                _("days for requests"),
                lambda session: deadlines.set_days(session, wants, before),
                lambda session: deadlines.set_days(session, wants, wanted),
                _CHANGED,
            )
        )
        said = ngettext("{what}: answer within {n} day.", "{what}: answer within {n} days.", wanted)
        self._desk.toast(said.format(what=_(WANTS[wants]), n=number(wanted)), self._desk.undo.undo)
