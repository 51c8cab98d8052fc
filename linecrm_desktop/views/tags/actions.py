"""What a person does to tags here: make, edit, retire. Each is one act that can be taken back, with one toast."""

from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft, TagRow
from linecrm_desktop.text import _
from linecrm_desktop.views.act import Act, Work
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.job_runner import Done, Failed
from linecrm_desktop.views.tags.cells import segments_in_words
from linecrm_desktop.views.tags.reading import TagLine

CHANGED: Changes = changes(Word.TAGS)


class TagActions:
    """Does the work through the runner, puts it on the undo stack, and says what was done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def make(self, draft: TagDraft, done: Done, failed: Failed) -> None:
        """Make a tag."""
        now = self._desk.now()

        def made(tag_id: int) -> None:
            self._done(
                _("make tag “{tag}”").format(tag=draft.name),
                _("Made the tag “{tag}”.").format(tag=draft.name),
                lambda session: library.retire(session, tag_id, self._desk.now()),
                lambda session: library.restore(session, tag_id),
            )
            done(tag_id)

        self._desk.jobs.write(lambda session: (library.create(session, draft, now), CHANGED), made, failed)

    def edit(self, before: TagRow, draft: TagDraft, done: Done | None = None, failed: Failed | None = None) -> None:
        """Change what is written about a tag."""

        def write(new: TagDraft) -> Work:
            return lambda session: library.edit(session, before.id, new)

        def edited(nothing: None) -> None:
            self._done(
                _("edit tag “{tag}”").format(tag=draft.name),
                _("Saved “{tag}”.").format(tag=draft.name),
                write(before.draft),
                write(draft),
            )
            if done is not None:
                done(nothing)

        self._desk.jobs.write(lambda session: (write(draft)(session), CHANGED), edited, failed)

    def retire(self, line: TagLine) -> None:
        """Take a tag out of use, after a question when segments use it."""
        tag = line.tag
        if line.used_by and not self._may_retire(line):
            return

        def work(session: Session) -> None:
            library.retire(session, tag.id, now)

        now = self._desk.now()
        self._desk.jobs.write(
            lambda session: (work(session), CHANGED),
            lambda _nothing: self._done(
                _("retire tag “{tag}”").format(tag=tag.name),
                _("Retired “{tag}”. It stays in the history of its friends.").format(tag=tag.name),
                lambda session: library.restore(session, tag.id),
                work,
            ),
        )

    def _may_retire(self, line: TagLine) -> bool:
        text = _("It is used by {segments}: {names}. They go on finding the friends who have it now.")
        names = ", ".join(f"“{name}”" for name in line.used_by)
        return self._desk.dialogs.ask(
            _("Retire “{tag}”?").format(tag=line.tag.name),
            text.format(segments=segments_in_words(len(line.used_by)), names=names),
            _("Retire “{tag}”").format(tag=line.tag.name),
        )

    def _done(self, text: str, said: str, take_back: Work, again: Work) -> None:
        self._desk.undo.push(Act(self._desk, text, take_back, again, CHANGED))
        self._desk.toast(said, self._desk.undo.undo)
