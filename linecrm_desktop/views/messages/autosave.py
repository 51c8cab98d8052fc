"""Keeps the open draft: quietly, five seconds after the first change that is not kept yet, and at once when asked.

Saves go one after the other, so that a new draft cannot become two rows.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.messages import library
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.store.meanwhile import ChangedMeanwhile, refuse_if_changed
from linecrm_desktop.views.desk import Desk

_PAUSE_MS = 5000
Then = Callable[[int], None]


class _Saved(NamedTuple):
    message_id: int
    there: MessageDraft
    """As it lies in the shop now."""
    at: datetime
    ticket: int
    """Which open draft it was; another one may be open by now."""


class Autosave(QObject):
    """Writes one draft to the shop file."""

    saved = Signal(object)
    """The moment of the save."""
    clashed = Signal(object)
    """Another changed the message: the error. Nothing is saved until a person has said whose words stay."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._draft = MessageDraft()
        self._opened: MessageDraft | None = None
        """What was in the shop when it was opened, or saved last."""
        self._is_dirty = self._is_saving = False
        self._waiting: list[Then] = []
        self._ticket = 0
        self.message_id: int | None = None
        self._timer = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self.flush)

    def open(self, draft: MessageDraft, message_id: int | None) -> None:
        """Begin with another draft that needs no saving yet; the one before is kept first."""
        self.flush()
        self._timer.stop()
        self._ticket += 1
        self._draft, self.message_id = draft, message_id
        self._opened = draft if message_id is not None else None
        self._is_dirty = self._is_saving = False
        self._waiting = []

    def touch(self, draft: MessageDraft) -> None:
        """Take a change; it is kept within five seconds."""
        self._draft, self._is_dirty = draft, self._desk.shop.may_write
        if self._is_dirty and not self._timer.isActive():
            self._timer.start()

    def answered(self, answers: dict[str, Any]) -> None:
        """Follow answers that were kept by somebody else in this window."""
        if self._opened is not None:
            self._opened = self._opened.with_brief(**answers)

    def keep_mine(self) -> None:
        """Save over what another wrote."""
        self._opened = None
        self.flush()

    def give_way(self) -> None:
        """Drop what is not saved: another's words stay."""
        self._timer.stop()
        self._is_dirty = False

    @property
    def is_kept(self) -> bool:
        """Whether everything that was taken is in the shop file."""
        return not self._is_dirty and not self._is_saving

    def flush(self, then: Then | None = None) -> None:
        """Keep what is not kept yet, then call `then` with the message's id."""
        if then is not None:
            self._waiting.append(then)
        if self._is_saving:
            return
        if self._is_dirty or (self.message_id is None and self._waiting):
            self._save()
        else:
            self._call_waiting()

    def _save(self) -> None:
        draft, message_id, now, ticket = self._draft, self.message_id, self._desk.now(), self._ticket
        opened = self._opened
        self._is_dirty, self._is_saving = False, True
        self._timer.stop()

        def save(session: Session) -> tuple[_Saved, Changes]:
            if message_id is not None and opened is not None and library.is_there(session, message_id):
                refuse_if_changed(opened, library.load(session, message_id))
            saved = library.save(session, draft, now, message_id)
            return _Saved(saved, library.load(session, saved), now, ticket), changes(Word.MESSAGES)

        self._desk.jobs.write(save, self._saved, self._failed)

    def _saved(self, done: _Saved) -> None:
        if done.ticket != self._ticket:
            return
        message_id, now = done.message_id, done.at
        self.message_id, self._is_saving, self._opened = message_id, False, done.there
        self.saved.emit(now)
        if self._is_dirty:
            self.flush()
        else:
            self._call_waiting()

    def _failed(self, error: Exception) -> None:
        self._is_dirty, self._is_saving = True, False
        self._waiting = []
        if isinstance(error, ChangedMeanwhile):
            self.clashed.emit(error)
        else:
            self._desk.dialogs.show_error(error)

    def _call_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            if self.message_id is not None:
                then(self.message_id)
