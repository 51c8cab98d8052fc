"""What a person does in a review: answer, answer all clear ones, split by the dialog, and finish as one step."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.audit.changes import Change, Split
from linecrm_desktop.audit.changes import Part as NewTag
from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.results.review import decisions, finishing
from linecrm_desktop.results.review.decisions import Item
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, Rule
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging.splitting import Part
from linecrm_desktop.tags.library import TagRow
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.results.review.finish_dialog import FinishDialog
from linecrm_desktop.views.results.review.reading import Shown
from linecrm_desktop.views.tagwork.split_dialog import SplitDialog

_CHANGED: Changes = changes(Word.TAGS, Word.FRIENDS, Word.SEGMENTS, Word.CAMPAIGNS)
Write = Callable[[Callable[[Session], object]], None]
"""Writes answers down and shows them."""


class ReviewActs:
    """Does the work through the runner; the page shows what came of it."""

    def __init__(self, desk: Desk, window: QWidget, write: Write, read: Callable[[], None]) -> None:
        self._desk, self._window = desk, window
        self._write, self._read = write, read

    def accept(self, item: Item, why: str, tags: Sequence[TagRow]) -> None:
        """Accept a proposal; for a split, ask for its parts first."""
        if isinstance(item.proposed.change, Split):
            self._ask_split(item, item.proposed.change, why, tags)
            return
        now = self._desk.now()
        self._answer([item], lambda session: decisions.accept(session, item.proposed, now, why))

    def put_off(self, item: Item, why: str) -> None:
        """Leave a proposal for now."""
        now = self._desk.now()
        self._answer([item], lambda session: decisions.later(session, item.proposed, now, why))

    def take_back(self, item: Item) -> None:
        """Take an answer back that was not made yet."""
        if item.decided is not None and not item.decided.is_made:
            self._write(lambda session: decisions.take_back(session, item.proposed.key))

    def accept_clear(self, shown: Shown) -> None:
        """Accept all clear proposals but splits, and say how to take that back."""
        clear, now = decisions.clear_ones(shown.items), self._desk.now()

        def accept(session: Session) -> None:
            for item in clear:
                decisions.accept(session, item.proposed, now)

        self._answer(clear, accept)
        said = ngettext("{n} clear proposal is accepted.", "{n} clear proposals are accepted.", len(clear))
        self._desk.toast(said.format(n=number(len(clear))), self._desk.undo.undo)

    def finish(self, shown: Shown) -> None:
        """Show the summary, then make what is ticked."""
        dialog = FinishDialog(self._desk, shown.items, len(shown.tags), self._window)
        dialog.asked.connect(partial(self._make, dialog))
        dialog.open()

    def _answer(self, items: Sequence[Item], work: Callable[[Session], object]) -> None:
        """Write answers down as one step of undo; the page shows them, and shows them gone."""

        def back(session: Session) -> None:
            for item in items:
                decisions.take_back(session, item.proposed.key)

        self._desk.undo.push(_Answered(self._write, work, back))

    def _ask_split(self, item: Item, split: Split, why: str, tags: Sequence[TagRow]) -> None:
        row = next((tag for tag in tags if tag.id == split.tag), None)
        if row is None:
            return
        wanted = [(part.name, _alone(codec.from_json(part.rule))) for part in split.parts]
        dialog = SplitDialog(
            *(self._desk, row, tags, self._window), wanted=wanted, yes=_("Split it when the review is finished")
        )
        dialog.asked.connect(partial(self._accept_split, dialog, item, why))
        dialog.open()

    def _accept_split(self, dialog: SplitDialog, item: Item, why: str, parts: Sequence[Part]) -> None:
        now = self._desk.now()
        made = tuple(NewTag(part.draft.name, codec.to_json(part.rule) if part.rule else {}) for part in parts)
        change = Split(item.proposed.tags[0].id, made)
        dialog.accept()
        self._answer([item], lambda session: decisions.accept(session, item.proposed, now, why, change))

    def _make(self, dialog: FinishDialog, answers: list[int]) -> None:
        day, now = self._desk.day(), self._desk.now()

        def work(database: Database, _task: Task) -> tuple[Path, Changes]:
            return finishing.finish(database, answers, day, now), _CHANGED

        def done(copy: Path) -> None:
            dialog.accept()
            said = _("The review is finished. The backup is “{file}”.").format(file=copy.name)
            self._tell_finished(said)
            self._read()

        self._desk.jobs.run(_("Changing the tags"), work, done, dialog.planned.refuse)

    def _tell_finished(self, said: str) -> None:
        """Say it, and let all that the review changed be taken back as one step, and made again."""
        desk, kept = self._desk, list[Change]()

        def take_back(session: Session) -> None:
            kept[:] = finishing.made_last(session)
            finishing.take_back_last(session, desk.now())

        def again(session: Session) -> None:
            finishing.make_again(session, kept, desk.day(), desk.now())

        gone = _("The changes of the review were undone.")
        act.done(desk, said, act.Act(desk, _("finish the tag review"), take_back, again, _CHANGED, gone))


class _Answered(QUndoCommand):
    """Answers that were written together; the stack's first redo writes them."""

    def __init__(self, write: Write, work: Callable[[Session], object], back: Callable[[Session], object]) -> None:
        super().__init__(_("answer of the tag review"))
        self._write, self._work, self._back = write, work, back

    def redo(self) -> None:
        self._write(self._work)

    def undo(self) -> None:
        self._write(self._back)


def _alone(rule: Rule) -> Rule:
    """Return the only rule of a group, as the dialog offers it."""
    return rule.rules[0] if isinstance(rule, AllOf) and len(rule.rules) == 1 else rule
