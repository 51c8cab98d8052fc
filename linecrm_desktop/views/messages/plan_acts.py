"""What a person decides about a send: another time, now after all, not at all, or again where nobody can tell."""

from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import doubts, scheduling
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.text import _, ngettext, number, when
from linecrm_desktop.views.act import Act, Work, done
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages.sender import Sender
from linecrm_desktop.views.messages.time_dialog import TimeDialog

_CHANGED: Changes = changes(Word.CAMPAIGNS)


class PlanActs(QObject):
    """Used by the list of messages and by the page of one send."""

    def __init__(self, desk: Desk, sender: Sender, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._sender, self._over = desk, sender, over

    def ask_time(self, campaign_id: int, due_at: datetime | None) -> TimeDialog:
        """Open the dialog for another time."""
        dialog = TimeDialog(self._desk, due_at or self._desk.now(), self._over.window())
        dialog.chosen.connect(lambda moment: self._retime(campaign_id, moment))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def ask_now(self, campaign_id: int, name: str, n: int) -> None:
        """Send it now, if the person says so once more; red checks still stop it."""
        question = ngettext(
            "{n} friend gets “{name}” now, and not at its time.",
            "{n} friends get “{name}” now, and not at its time.",
            n,
        ).format(n=number(n), name=name)
        if self._desk.dialogs.ask(_("Send it now?"), question, _("Send it now")):
            self._sender.start_now(campaign_id, name)

    def ask_stop(self, campaign_id: int, n: int) -> None:
        """End it for good."""
        question = ngettext(
            "{n} friend has not got it. Stop for good?", "{n} friends have not got it. Stop for good?", n
        ).format(n=number(n))
        if self._desk.dialogs.ask(_("Stop the send"), question, _("Stop the send"), danger=True):
            self._sender.stop(campaign_id)

    def ask_again(self, campaign_id: int, name: str, n: int) -> None:
        """Send messages in doubt once more, if the person takes a second copy into account."""
        question = ngettext(
            "{n} friend may get it twice. Send it again?", "{n} friends may get it twice. Send it again?", n
        ).format(n=number(n))
        if not self._desk.dialogs.ask(_("Send again"), question, _("Send again"), danger=True):
            return
        now = self._desk.now()

        def write(session: Session) -> tuple[int, Changes]:
            return doubts.send_again(session, campaign_id, now), changes(Word.CAMPAIGNS)

        self._desk.jobs.write(write, lambda _copies: self._sender.start(campaign_id, name))

    def leave_doubts(self, campaign_id: int) -> None:
        """Leave messages in doubt as they are, for good, if the person says so once more."""
        question = _("Whoever did not get it will not get it from this send any more. This cannot be taken back.")
        if not self._desk.dialogs.ask(_("Leave them as they are?"), question, _("Leave them"), danger=True):
            return
        now = self._desk.now()

        def write(session: Session) -> tuple[int, Changes]:
            return doubts.leave(session, campaign_id, now), changes(Word.CAMPAIGNS)

        self._desk.jobs.write(write, self._left)

    def _left(self, n: int) -> None:
        left = ngettext("{n} message stays in doubt.", "{n} messages stay in doubt.", n)
        self._desk.toast(left.format(n=number(n)), None)

    def _retime(self, campaign_id: int, moment: datetime) -> None:
        now = self._desk.now()

        def write(session: Session) -> tuple[datetime | None, Changes]:
            return scheduling.retime(session, campaign_id, moment, now), _CHANGED

        self._desk.jobs.write(write, lambda before: self._planned(campaign_id, moment, before))

    def _planned(self, campaign_id: int, moment: datetime, before: datetime | None) -> None:
        day = self._desk.day()
        said = _("Planned for {time}").format(time=when(day.local(moment), day.today))
        if before is None:
            self._desk.toast(said, None)
            return

        def to(time: datetime) -> Work:
            return lambda session: scheduling.retime(session, campaign_id, time, self._desk.now())

        done(self._desk, said, Act(self._desk, _("another time for a send"), to(before), to(moment), _CHANGED))
