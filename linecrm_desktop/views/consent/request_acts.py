"""What a person does to requests here, through the runner. None of it has an undo: a register tells what was done."""

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.models.data_request import Ending, RequestStep, Wants
from linecrm_desktop.requests import copying, register
from linecrm_desktop.requests.collecting import Section
from linecrm_desktop.requests.copying import Saved
from linecrm_desktop.requests.names import STEPS
from linecrm_desktop.requests.register import RequestRow, number_of
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.report import data_copy

CHANGED: Changes = changes(Word.CONSENT)
STOPPED: Changes = changes(Word.CONSENT, Word.FRIENDS, Word.CAMPAIGNS)


class RequestActs:
    """Each is one act and one toast."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write_down(self, friend: int, wants: Wants, asked: date, about: str, done: Callable[[int], None]) -> None:
        """Write a request down."""
        day, now = self._desk.day(), self._desk.now()

        def written(request: int) -> None:
            self._desk.toast(_("The request is {number}.").format(number=number_of(request)), None)
            done(request)

        self._desk.jobs.write(
            lambda session: (register.write_down(session, friend, wants, day, now, asked, about), CHANGED), written
        )

    def do_next(self, row: RequestRow, by: str) -> None:
        """Do the next step; the first one asks how it is known who is asking."""
        step, how = row.next, ""
        if step is None:
            return
        if step is RequestStep.CHECK:
            asked = self._desk.dialogs.text(
                _("Check who is asking"), _("How do you know? For example: member number and phone in the chat.")
            )
            if asked is None:
                return
            how = asked
        elif not self._is_sure(row, step):
            return
        day, now = self._desk.day(), self._desk.now()
        changed = STOPPED if row.wants in register.STOPS else CHANGED

        def do(session: Session) -> tuple[None, Changes]:
            return copying.do(session, row.id, step, by, how, day, now), changed

        self._desk.jobs.write(do)

    def end(self, row: RequestRow, by: str) -> None:
        """Close a request that is not done, with the reason."""
        endings = [Ending.DECLINED, Ending.WITHDRAWN]
        title = _("Close {number}").format(number=row.name)
        chosen = self._desk.dialogs.choose(
            title, _("How did it end?"), [_("The shop declined it"), _("The friend took it back")]
        )
        note = None if chosen is None else self._desk.dialogs.text(title, _("Why? The friend may ask."))
        if chosen is None or note is None:
            return
        now = self._desk.now()
        self._desk.jobs.write(
            lambda session: (register.close(session, row.id, endings[chosen], by, note, now), CHANGED)
        )

    def save_copy(self, row: RequestRow, by: str, done: Callable[[Saved], None]) -> None:
        """Ask where, then save the copy."""
        path = self._desk.dialogs.save_zip("copy", _("Save the copy"), copying.file_name(row))
        if path is None:
            return
        shop, day, now = self._desk.shop.name, self._desk.day(), self._desk.now()

        def to_pdf(request: RequestRow, parts: tuple[Section, ...]) -> bytes:
            return data_copy.to_pdf(shop, request, parts, day)

        def save(database: Database, _task: Task) -> tuple[Saved, Changes]:
            return copying.save(database, row.id, path, to_pdf, day, by, now), CHANGED

        self._desk.jobs.run(_("Saving the copy"), save, done)

    def _is_sure(self, row: RequestRow, step: RequestStep) -> bool:
        """Ask before a line that stays: a register is not rewritten."""
        if step is not RequestStep.HAND_OVER or row.wants not in register.STOPS:
            return self._desk.dialogs.ask(
                _("{number}: {step}").format(number=row.name, step=_(STEPS[step])),
                _("The register keeps who did it and when. It cannot be taken back."),
                _("Write it down"),
            )
        return self._desk.dialogs.ask(
            _("Stop marketing to {name}?").format(name=row.friend or row.name),
            _("The refusal goes into the ledger and every waiting send. Only the friend can turn it on again."),
            _("Record the refusal"),
        )
