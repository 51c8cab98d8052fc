"""What a person does to paths: one piece of work and one toast each, and an undo where it can be undone."""

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.journeys import due, library, templates
from linecrm_desktop.journeys.draft import PathDraft
from linecrm_desktop.journeys.due import Line
from linecrm_desktop.journeys.templates import Made
from linecrm_desktop.text import _, language, ngettext, number
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk

CHANGED: Changes = changes(Word.JOURNEYS, Word.CAMPAIGNS, Word.MESSAGES, Word.SEGMENTS)
Done = Callable[[int], None]
Change = Callable[[Session], None]


class PathActs:
    """Does the work through the runner; `done` is told the path that changed."""

    def __init__(self, desk: Desk, done: Done) -> None:
        self._desk = desk
        self._done = done

    def use(self, core: str) -> None:
        """Make a draft from a template; taking it back deletes it again, with what was made for it and is as it was."""

        kept: list[Made] = []

        def make(session: Session) -> int:
            kept[:] = [templates.make_all(session, core, language(), self._desk.day(), self._desk.now())]
            return kept[0].path

        def made(path: int) -> None:
            back = Act(
                *(self._desk, _("make a path")),
                lambda session: templates.take_back(session, kept[0]),
                *(make, CHANGED),
            )
            self._tell_made(back, path)

        self._desk.jobs.write(lambda session: (make(session), CHANGED), made)

    def save(self, draft: PathDraft, before: PathDraft | None, path: int | None) -> None:
        """Keep a path; undo puts the path before back: steps that were added are taken out, none is sent twice."""

        def work(session: Session) -> tuple[int, Changes]:
            return library.save(session, draft, self._desk.day(), self._desk.now(), path), CHANGED

        if path is None or before is None:
            self._desk.jobs.write(work, self._made)
            return

        def saved(kept: int) -> None:
            self._push(_("edit “{path}”").format(path=draft.name), kept, before)
            self._say(_("“{path}” was changed.").format(path=draft.name))
            self._done(kept)

        self._desk.jobs.write(work, saved)

    def start(self, path: int, name: str, *, only_new: bool) -> None:
        """Let a path run; taking it back lets it rest: who came in stays, and nothing of it is due."""
        work, back = self._runs(path, only_new=only_new), self._rests(path)
        undo = Act(self._desk, _("start “{path}”").format(path=name), back, work, CHANGED)
        self._move(path, work, _("“{path}” runs.").format(path=name), undo)

    def pause(self, path: int, name: str) -> None:
        """Let a path rest; taking it back lets it run on. What had been approved has to be approved again."""
        work, back = self._rests(path), self._runs(path, only_new=False)
        undo = Act(self._desk, _("pause “{path}”").format(path=name), back, work, CHANGED)
        self._move(path, work, _("“{path}” rests. Nothing of it is due.").format(path=name), undo)

    def stop(self, path: int, name: str) -> None:
        """End a path for good."""
        self._move(
            path,
            lambda session: library.stop(session, path, self._desk.day(), self._desk.now()),
            _("“{path}” was stopped. Everybody left it.").format(path=name),
        )

    def skip_today(self, lines: list[Line]) -> None:
        """Move what is due to tomorrow."""
        steps, day = [line.step_id for line in lines], self._desk.day()

        def work(session: Session) -> tuple[dict[int, date], Changes]:
            return due.skip_today(session, steps, day), CHANGED

        def skipped(before: dict[int, date]) -> None:
            count = len(before)
            words = ngettext("{n} friend waits until tomorrow.", "{n} friends wait until tomorrow.", count)
            act = Act(
                self._desk,
                _("skip today"),
                lambda session: due.put_back(session, before),
                lambda session: due.skip_today(session, steps, day),
                CHANGED,
            )
            self._desk.undo.push(act)
            self._say(words.format(n=number(count)))

        self._desk.jobs.write(work, skipped)

    def _runs(self, path: int, *, only_new: bool) -> Change:
        return lambda session: library.start(session, path, self._desk.day(), self._desk.now(), only_new=only_new)

    def _rests(self, path: int) -> Change:
        return lambda session: library.pause(session, path, self._desk.day(), self._desk.now())

    def _move(self, path: int, change: Change, said: str, undo: Act | None = None) -> None:
        def work(session: Session) -> tuple[int, Changes]:
            change(session)
            return path, CHANGED

        def moved(_path: int) -> None:
            if undo is not None:
                self._desk.undo.push(undo)
            self._desk.toast(said, None if undo is None else self._desk.undo.undo)
            self._done(path)

        self._desk.jobs.write(work, moved)

    def _made(self, path: int) -> None:
        made, there = list[PathDraft](), [path]

        def take_back(session: Session) -> None:
            made[:] = [library.load(session, there[0])]
            library.delete(session, there[0])

        def again(session: Session) -> None:
            there[:] = [library.save(session, made[0], self._desk.day(), self._desk.now())]

        self._tell_made(Act(self._desk, _("make a path"), take_back, again, CHANGED), path)

    def _tell_made(self, back: Act, path: int) -> None:
        self._desk.undo.push(back)
        self._say(_("The path is a draft. Read its messages, then start it."))
        self._done(path)

    def _push(self, words: str, path: int, before: PathDraft) -> None:
        kept: list[PathDraft] = []

        def take_back(session: Session) -> None:
            kept[:] = [library.load(session, path)]
            library.save(session, before, self._desk.day(), self._desk.now(), path)

        def again(session: Session) -> None:
            library.save(session, kept[0], self._desk.day(), self._desk.now(), path)

        self._desk.undo.push(Act(self._desk, words, take_back, again, CHANGED))

    def _say(self, words: str) -> None:
        self._desk.toast(words, self._desk.undo.undo)
