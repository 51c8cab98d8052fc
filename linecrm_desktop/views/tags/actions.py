"""What a person does to tags here. Each is one act that can be taken back, with one toast.

All but a new tag is an operation of `tagging`: the window's undo takes it back through the journal, as the list of
changes does 30 days long.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.store.meanwhile import refuse_if_changed
from linecrm_desktop.tagging import changing, contracts, rules, running, splitting, starting, undoing
from linecrm_desktop.tagging.contracts import Contract
from linecrm_desktop.tagging.rules import RuleDraft, RuleRow
from linecrm_desktop.tagging.splitting import Part
from linecrm_desktop.tagging.starting import Proposal, Started
from linecrm_desktop.tags.library import TagDraft, TagRow
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.job_runner import Done, Failed
from linecrm_desktop.views.tags.merging import Merge
from linecrm_desktop.views.tags.reading import TagLine

MADE: Changes = changes(Word.TAGS)
CHANGED: Changes = changes(Word.TAGS, Word.FRIENDS, Word.SEGMENTS, Word.CAMPAIGNS)
Operations = Callable[[Session], Sequence[int]]
"""Work that returns the operations it did, the first one first."""


class TagActions:
    """Does the work through the runner, puts it on the undo stack, and says what was done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def make(self, contract: Contract, done: Done, failed: Failed) -> None:
        """Make a tag."""
        now, draft, kept = self._desk.now(), contract.draft, list[Started]()

        def make(session: Session) -> int:
            tag, made = starting.make(session, draft, now)
            operation = contracts.write(session, tag, contract, now) if contract != Contract(draft) else None
            kept[:] = [replace(made, operation=operation)]
            return tag

        def made(tag_id: int) -> None:
            self._done(
                _("make tag “{tag}”").format(tag=draft.name),
                _("Made the tag “{tag}”.").format(tag=draft.name),
                lambda session: starting.take_back(session, kept[0], self._desk.now()),
                make,
                MADE,
            )
            done(tag_id)

        self._desk.jobs.write(lambda session: (make(session), MADE), made, failed)

    def edit(
        self,
        tag: TagRow,
        contract: Contract,
        done: Done | None = None,
        failed: Failed | None = None,
        opened: Contract | None = None,
    ) -> None:
        """Change what is agreed about a tag, if it is still as it was opened; a name that it loses stays as a word."""
        name, before = contract.draft.name, [opened]

        def write(session: Session) -> list[int]:
            refuse_if_changed(before[0], contracts.of(session, tag.id))
            before[0] = None  # doing it again follows taking it back, and asks nothing
            return [contracts.write(session, tag.id, contract, self._desk.now())]

        self.operate(
            write,
            _("edit tag “{tag}”").format(tag=name),
            _("Saved “{tag}”.").format(tag=name),
            done,
            failed,
        )

    def change(self, lines: Sequence[TagLine], change: Callable[[TagDraft], TagDraft]) -> None:
        """Change the same in several tags."""
        drafts = {line.tag.id: change(line.tag.draft) for line in lines}
        drafts = {line.tag.id: drafts[line.tag.id] for line in lines if drafts[line.tag.id] != line.tag.draft}
        if not drafts:
            self._desk.toast(_("It is so already. Nothing was changed."), None)
            return
        count = len(drafts)
        self.operate(
            lambda session: [changing.edit(session, drafts, self._desk.now())],
            ngettext("change {n} tag", "change {n} tags", count).format(n=number(count)),
            ngettext("Changed {n} tag.", "Changed {n} tags.", count).format(n=number(count)),
        )

    def retire(self, lines: Sequence[TagLine]) -> None:
        """Take tags out of use."""
        ids, bundle = [line.tag.id for line in lines], _bundle(lines)
        now = self._desk.now
        if len(lines) == 1:
            name = lines[0].tag.name
            text = _("retire tag “{tag}”").format(tag=name)
            said = _("Retired “{tag}”. It stays in the history of its friends.").format(tag=name)
        else:
            count = len(lines)
            text = ngettext("retire {n} tag", "retire {n} tags", count).format(n=number(count))
            said = ngettext(
                "Retired {n} tag. It stays in the history of its friends.",
                "Retired {n} tags. They stay in the history of their friends.",
                count,
            ).format(n=number(count))
        self.operate(lambda session: [changing.retire(session, tag, now(), bundle=bundle) for tag in ids], text, said)

    def restore(self, lines: Sequence[TagLine]) -> None:
        """Bring retired tags back with all their friends."""
        ids, bundle, count = [line.tag.id for line in lines], _bundle(lines), len(lines)
        self.operate(
            lambda session: [changing.restore(session, tag, self._desk.now(), bundle=bundle) for tag in ids],
            ngettext("restore {n} tag", "restore {n} tags", count).format(n=number(count)),
            ngettext(
                "Restored {n} tag with all its friends.", "Restored {n} tags with all their friends.", count
            ).format(n=number(count)),
        )

    def merge(self, merge: Merge, done: Done, failed: Failed) -> None:
        """Make one tag of several."""
        count = len(merge.drop)
        self.operate(
            lambda session: merge.work(session, self._desk.now()),
            _("merge into “{tag}”").format(tag=merge.name),
            ngettext("Merged {n} tag into “{tag}”.", "Merged {n} tags into “{tag}”.", count).format(
                n=number(count), tag=merge.name
            ),
            done,
            failed,
        )

    def split(self, tag: TagRow, parts: Sequence[Part], day: ShopDay, done: Done, failed: Failed) -> None:
        """Make several tags of one."""
        count = len(parts)
        self.operate(
            lambda session: [splitting.split(session, tag.id, parts, day, self._desk.now())],
            _("split tag “{tag}”").format(tag=tag.name),
            ngettext(
                "Made {n} tag from “{tag}”. No segment loses anybody.",
                "Made {n} tags from “{tag}”. No segment loses anybody.",
                count,
            ).format(n=number(count), tag=tag.name),
            done,
            failed,
        )

    def add_rule(self, draft: RuleDraft, tag: str, done: Done, failed: Failed) -> None:
        """Add a rule that gives a tag."""
        kept: dict[str, int] = {}

        def add(session: Session) -> None:
            kept["id"] = rules.save(session, draft, self._desk.now())

        def added(nothing: None) -> None:
            self._done(
                _("add a rule for “{tag}”").format(tag=tag),
                _("“{rule}” now gives “{tag}”, from the next run on.").format(rule=draft.name, tag=tag),
                lambda session: rules.remove(session, kept["id"]),
                add,
                MADE,
            )
            done(nothing)

        self._desk.jobs.write(lambda session: (add(session), MADE), added, failed)

    def remove_rule(self, row: RuleRow, done: Done) -> None:
        """Remove a rule; friends keep the tag."""
        kept = {"id": row.id}

        def put_back(session: Session) -> None:
            kept["id"] = rules.save(session, row.draft, self._desk.now())

        def removed(nothing: None) -> None:
            self._done(
                _("remove a rule of “{tag}”").format(tag=row.tag_name),
                _("Removed the rule “{rule}”. Friends keep the tag.").format(rule=row.name),
                put_back,
                lambda session: rules.remove(session, kept["id"]),
                MADE,
            )
            done(nothing)

        self._desk.jobs.write(lambda session: (rules.remove(session, kept["id"]), MADE), removed)

    def start(self, chosen: Sequence[Proposal], run: bool, done: Done, failed: Failed) -> None:
        """Make tags of a set with their rules, and run all rules if wished."""
        day, count, kept = self._desk.day(), len(chosen), list[Started]()

        def start(session: Session) -> None:
            kept[:] = [starting.start(session, chosen, day, self._desk.now(), run=run)]

        def started(nothing: None) -> None:
            self._done(
                ngettext("make {n} tag of the set", "make {n} tags of the set", count).format(n=number(count)),
                ngettext("Made {n} tag.", "Made {n} tags.", count).format(n=number(count)),
                lambda session: starting.take_back(session, kept[0], self._desk.now()),
                start,
                CHANGED,
            )
            done(nothing)

        self._desk.jobs.write(lambda session: (start(session), CHANGED), started, failed)

    def put_rule_before(self, row: RuleRow, other: int | None, back: int | None, done: Done) -> None:
        """Let a rule win over another one, None: over none; `back` is the rule that it stood before until now."""

        def moved(nothing: None) -> None:
            self._done(
                _("change the order of rules"),
                _("“{rule}” has another place now. The first rule that holds wins.").format(rule=row.name),
                lambda session: rules.put_before(session, row.id, back),
                lambda session: rules.put_before(session, row.id, other),
                MADE,
            )
            done(nothing)

        self._desk.jobs.write(lambda session: (rules.put_before(session, row.id, other), MADE), moved)

    def run_rules(self) -> None:
        """Apply all rules, and let tags run out."""
        day = self._desk.day()

        def run(session: Session) -> list[int]:
            operation = running.run(session, day, self._desk.now()).operation
            return [] if operation is None else [operation]

        self.operate(run, _("run the rules for tags"), _("The rules were applied to all friends."))

    def undo(self, operation: int, title: str, done: Done, failed: Failed) -> None:
        """Take one change of the list of changes back."""

        def undone(nothing: Any) -> None:
            self._desk.toast(_("Undone: {what}.").format(what=title), None)
            done(nothing)

        now = self._desk.now()
        self._desk.jobs.write(lambda session: (undoing.undo(session, operation, now), CHANGED), undone, failed)

    def operate(
        self, work: Operations, text: str, said: str, done: Done | None = None, failed: Failed | None = None
    ) -> None:
        """Do operations in one transaction; taking back and doing again each are one transaction too."""
        kept: list[int] = []

        def do(session: Session) -> None:
            kept[:] = work(session)

        def take_back(session: Session) -> None:
            for operation in reversed(kept):
                undoing.undo(session, operation, self._desk.now())

        def worked(nothing: None) -> None:
            self._done(text, said, take_back, do, CHANGED)
            if done is not None:
                done(nothing)

        self._desk.jobs.write(lambda session: (do(session), CHANGED), worked, failed)

    def _done(
        self, text: str, said: str, take_back: Callable[..., Any], again: Callable[..., Any], changed: Changes
    ) -> None:
        self._desk.undo.push(Act(self._desk, text, take_back, again, changed))
        self._desk.toast(said, self._desk.undo.undo)


def _bundle(lines: Sequence[TagLine]) -> str | None:
    """Return a name for operations that are done together; one alone needs none."""
    return f"tags:{uuid4().hex[:12]}" if len(lines) > 1 else None
