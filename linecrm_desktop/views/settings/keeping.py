"""How a card keeps a change: at once, with its name on the undo stack, and a word about it that can take it back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.views.act import Act, Work
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk

SETTINGS: Changes = changes(Word.SETTINGS)
_IDS = ("backup_keep", "text_size")
"""Choices that are stepped through: several steps in a row are taken back together."""


def keep(
    desk: Desk,
    name: str,
    work: Work,
    take_back: Callable[[Session, Any], object],
    said: str = "",
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Do the work, which returns what was there before; `take_back` gets it. `name` is the name of the action."""

    def done(before: Any) -> None:
        desk.undo.push(Act(desk, name, lambda session: take_back(session, before), work, SETTINGS))
        if said:
            desk.toast(said, desk.undo.undo)

    desk.jobs.write(lambda session: (work(session), SETTINGS), done, failed)


def choose(desk: Desk, name: str, **chosen: Any) -> None:
    """Choose something of this computer's preferences so that it can be taken back."""
    before = {key: getattr(desk.choices.kept, key) for key in chosen}
    if before != chosen:
        desk.undo.push(_Choice(desk.choices, name, before, chosen))


class _Choice(QUndoCommand):
    """The stack's first redo is the choice itself."""

    def __init__(self, choices: Choices, name: str, before: dict[str, Any], chosen: dict[str, Any]) -> None:
        super().__init__(name)
        self._choices, self._before, self._chosen = choices, before, chosen

    def undo(self) -> None:
        self._choices.choose(**self._before)

    def redo(self) -> None:
        self._choices.choose(**self._chosen)

    def id(self) -> int:
        """Return one number for each choice that is stepped through, and none for the others."""
        key = next(iter(self._chosen))
        return 1 + _IDS.index(key) if key in _IDS else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a later step of the same choice into this one."""
        if isinstance(other, _Choice):
            self._chosen = other._chosen
        return isinstance(other, _Choice)
