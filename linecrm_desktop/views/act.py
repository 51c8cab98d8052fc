"""One thing a person did to the shop's data, on the undo stack: it can be taken back and done again."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes
from linecrm_desktop.views.desk import Desk

Work = Callable[[Session], Any]


class Act(QUndoCommand):
    """Push it after the work is done: the first redo, which the stack asks for at once, has happened already."""

    def __init__(
        self, desk: Desk, text: str, take_back: Work, again: Work, changed: Changes, said_back: str = ""
    ) -> None:
        """`said_back` is told once it is taken back, where the screen itself does not show that."""
        super().__init__(text)
        self._desk = desk
        self._take_back = take_back
        self._again = again
        self._changed = changed
        self._said_back = said_back
        self._is_done = False

    def undo(self) -> None:
        self._desk.jobs.write(lambda session: (self._take_back(session), self._changed), self._taken_back)

    def redo(self) -> None:
        if self._is_done:
            self._desk.jobs.write(lambda session: (self._again(session), self._changed))
        self._is_done = True

    def _taken_back(self, _result: Any) -> None:
        if self._said_back:
            self._desk.toast(self._said_back, None)


def done(desk: Desk, said: str, act: Act) -> None:
    """Put what was done on the undo stack, and say it with a way to take it back."""
    desk.undo.push(act)
    desk.toast(said, desk.undo.undo)
