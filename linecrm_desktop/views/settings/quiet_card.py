"""Quiet hours: a strip of the day and two times; they count from the next request on."""

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QHBoxLayout

from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.settings.quiet_hours import QuietHours, clock_words
from linecrm_desktop.text import _
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings, set_quiet
from linecrm_desktop.views.settings.quiet_strip import QuietStrip
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.time_field import TimeField
from linecrm_desktop.views.widgets.writing import writing, writing_inside

_QUIET_MS = 600


class QuietCard(Card):
    """From and to, shown twice: as a strip and as times."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        writing_inside(self)
        self._desk = desk
        self._kept = self._wanted = QuietHours(0, 0)
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.strip = writing(QuietStrip())
        self.before, self.between, self.said = label(role="second"), label(role="second"), label(role="caption")
        self.said.setObjectName("quietSaid")
        self.begins, self.ends = TimeField("quietFrom"), TimeField("quietTo")
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.before, self.begins, self.between, self.ends, self.said):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self.heading, self.note, self.strip):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self._connect()

    def show_facts(self, facts: ShopSettings) -> None:
        """Show the hours in use, unless a person is just choosing others."""
        if not self._quiet.isActive():
            self._kept = facts.quiet
            self._show(facts.quiet)

    def retranslate(self) -> None:
        self.heading.setText(_("Quiet hours"))
        self.note.setText(
            _("In these hours nothing is sent. A send that runs into them pauses and says when it can go on.")
        )
        self.before.setText(_("Quiet from"))
        self.between.setText(_("to"))
        self.begins.setAccessibleName(_("Quiet from"))
        self.ends.setAccessibleName(_("Quiet until"))
        self.strip.retranslate()
        self._say()

    def _connect(self) -> None:
        self.strip.moved.connect(lambda begins, ends: self._choose(QuietHours(begins, ends)))
        for field in (self.begins, self.ends):
            field.timeChanged.connect(self._typed)
        self._quiet.timeout.connect(self._keep)

    def _typed(self) -> None:
        self._choose(QuietHours(self.begins.minute, self.ends.minute))

    def _choose(self, quiet: QuietHours) -> None:
        self._show(quiet)
        self._quiet.start()

    def _show(self, quiet: QuietHours) -> None:
        self._wanted = quiet
        self.strip.show_hours(quiet)
        for field, minute in ((self.begins, quiet.begins), (self.ends, quiet.ends)):
            with QSignalBlocker(field):
                field.show_minute(minute)
        self._say()

    def _say(self) -> None:
        self.said.setText(_said(self._wanted))

    def _keep(self) -> None:
        if self._wanted == self._kept:
            return
        self._kept = wanted = self._wanted
        self._desk.jobs.write(lambda session: set_quiet(session, wanted), self._kept_now)

    def _kept_now(self, before: QuietHours) -> None:
        wanted = self._kept
        self._desk.undo.push(
            Act(
                self._desk,
                _("quiet hours"),
                lambda session: set_quiet(session, before),
                lambda session: set_quiet(session, wanted),
                changes(Word.SETTINGS),
            )
        )
        self._desk.toast(_said(wanted), self._desk.undo.undo)


def _said(quiet: QuietHours) -> str:
    if not quiet.exist:
        return _("There are no quiet hours.")
    words = {"from": clock_words(quiet.begins), "to": clock_words(quiet.ends)}
    return _("Nothing is sent from {from} to {to}.").format_map(words)
