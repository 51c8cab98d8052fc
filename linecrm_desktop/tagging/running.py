"""Applies the rules for tags, and lets tags run out: after each import, and whenever somebody asks for it.

All rules are asked of the shop as it is before the run. Who refuses profiling gets and keeps no tag by a rule. What a
person or an import put on is never taken off by a rule. In an exclusive group such a tag wins over all rules; among
rules, the first one wins. A tag that runs out falls off whoever put it on, unless a rule of it still holds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import Tag, TagOrigin
from linecrm_desktop.models.tagging import OperationKind, TagRule
from linecrm_desktop.segments import library
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging.recording import Values, begin, carriers, whole
from linecrm_desktop.tagging.rules import RuleRow, all_rules
from linecrm_desktop.tags.relations import groups


@dataclass(frozen=True, slots=True)
class TagChange:
    """What a run does to one tag; friends in order."""

    tag_id: int
    name: str
    gain: tuple[int, ...] = ()
    lose: tuple[int, ...] = ()
    """Friends whom a rule gave the tag, and for whom none holds any more or another tag of the group wins."""
    ran_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What a run does, or would do."""

    changes: tuple[TagChange, ...]
    """Tags that change, by name."""
    troubles: tuple[RuleRow, ...]
    """Rules that cannot be applied; their tags are left as they are."""
    operation: int | None = None
    """Takes the run back; None: nothing changed, or only looked at."""

    @property
    def gained(self) -> int:
        """How often a friend gets a tag."""
        return sum(len(one.gain) for one in self.changes)

    @property
    def lost(self) -> int:
        """How often a friend loses a tag."""
        return sum(len(one.lose) + len(one.ran_out) for one in self.changes)


def look(session: Session, day: ShopDay) -> Run:
    """Say who would gain and who would lose which tag. Only reads."""
    return _Tags(session, day).run()


@whole
def run(session: Session, day: ShopDay, now: datetime, *, by: str = "") -> Run:
    """Apply all rules and let tags run out. It can be undone as one operation; the next run would do it again."""
    tags = _Tags(session, day)
    found = tags.run()
    used = [rule.id for rule in tags.usable]
    session.execute(update(TagRule).where(TagRule.id.in_(used)).values(last_run_at=now))
    if not found.changes:
        return found
    what = {"changes": found.gained + found.lost, "tags": [one.name for one in found.changes]}
    recording = begin(session, OperationKind.RULES, what, now, by=by)
    recording.carry([pair for one in found.changes for pair in tags.pairs(one, now)])
    return Run(found.changes, found.troubles, recording.operation_id)


@dataclass(slots=True)
class _Wanted:
    """What rules say about one tag."""

    friends: dict[int, RuleRow]
    """Friends for whom a rule holds, with the first rule that does."""
    takes_off: bool


class _Tags:
    """The tags that rules or time can change, as they are before the run."""

    def __init__(self, session: Session, day: ShopDay) -> None:
        self._session, self._day = session, day
        rules = [rule for rule in all_rules(session) if rule.is_active]
        broken = {rule.tag_id for rule in rules if rule.trouble}
        self.troubles = tuple(rule for rule in rules if rule.trouble)
        self.usable = [rule for rule in rules if rule.tag_id not in broken]
        self._refusing = set(session.scalars(select(Friend.id).where(Friend.refuses_profiling)))
        self._wanted = self._ask()
        in_use = select(Tag.id, Tag.name, Tag.runs_out_days).where(Tag.retired_at.is_(None))
        tags = session.execute(in_use).all()
        self._names = {tag: name for tag, name, _days in tags}
        self._days = {tag: days for tag, _name, days in tags if days is not None}
        self._groups = [members for members in groups(session).values() if self._wanted.keys() & members]
        concerned = {*self._wanted, *self._days, *(tag for members in self._groups for tag in members)}
        self._rows = {tag: carriers(session, tag) for tag in concerned}
        self._frozen = broken

    def run(self) -> Run:
        """Return who gains and loses what."""
        gain = {tag: set(wanted.friends) - self._rows[tag].keys() for tag, wanted in self._wanted.items()}
        lose = {tag: self._no_longer(tag, wanted) for tag, wanted in self._wanted.items()}
        for members in self._groups:
            self._keep_one(members, gain, lose)
        ran_out = {tag: self._run_out(tag, days) - lose.get(tag, set()) for tag, days in self._days.items()}
        found = [
            TagChange(
                *(tag, self._names[tag]),
                *(tuple(sorted(change.get(tag, ()))) for change in (gain, lose, ran_out)),
            )
            for tag in {*gain, *lose, *ran_out}
        ]
        changes = sorted((one for one in found if one.gain or one.lose or one.ran_out), key=lambda one: one.name)
        return Run(tuple(changes), self.troubles)

    def pairs(self, change: TagChange, now: datetime) -> list[tuple[Values | None, Values | None]]:
        """Return the rows before and after of the friends whom a change is about."""
        rows = self._rows[change.tag_id]
        gone = [(rows[friend], None) for friend in (*change.lose, *change.ran_out)]
        return [*gone, *((None, self._fresh(change.tag_id, friend, now)) for friend in change.gain)]

    def _fresh(self, tag: int, friend: int, now: datetime) -> Values:
        told = {"tag_id": tag, "friend_id": friend, "origin": TagOrigin.RULE, "since": now}
        return told | {"evidence": self._wanted[tag].friends[friend].name, "batch_id": None, "renewed_at": None}

    def _ask(self) -> dict[int, _Wanted]:
        found: dict[int, _Wanted] = {}
        for rule in self.usable:
            wanted = found.setdefault(rule.tag_id, _Wanted({}, takes_off=True))
            wanted.takes_off &= rule.takes_off
            for friend in library.members(self._session, rule.rule, self._day):
                if friend in self._refusing:
                    continue
                wanted.friends.setdefault(friend, rule)
        return found

    def _no_longer(self, tag: int, wanted: _Wanted) -> set[int]:
        """Return friends whom a rule gave a tag and for whom none holds any more, or who refuse profiling."""
        ruled = {friend for friend, row in self._rows[tag].items() if _is_ruled(row)}
        return ruled - wanted.friends.keys() if wanted.takes_off else ruled & self._refusing

    def _run_out(self, tag: int, days: int) -> set[int]:
        if tag in self._frozen:
            return set()
        edge = self._day.days_ago(days)
        holds = self._wanted[tag].friends.keys() if tag in self._wanted else set[int]()
        rows = self._rows[tag].items()
        return {friend for friend, row in rows if max(row["since"], row["renewed_at"] or row["since"]) < edge} - holds

    def _keep_one(self, members: Sequence[int], gain: dict[int, set[int]], lose: dict[int, set[int]]) -> None:
        """Leave each friend one tag of a group: one that no rule gave, else that of the first rule which holds."""
        order = {rule.id: place for place, rule in enumerate(self.usable)}
        claims: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for tag in members:
            for friend, rule in self._wanted[tag].friends.items() if tag in self._wanted else ():
                claims[friend].append((order[rule.id], tag))
            if tag not in self._frozen:
                continue
            for friend, row in self._rows[tag].items():
                if _is_ruled(row):  # what a broken rule gave stays until the rule is put right
                    claims[friend].append((-1, tag))
        for tag in members:
            for friend, row in self._rows[tag].items():
                if not _is_ruled(row):
                    claims[friend].append((-2, tag))
        for friend, told in claims.items():
            best = min(told)[1]
            for tag in members:
                if tag != best:
                    self._give_up(tag, friend, gain, lose)

    def _give_up(self, tag: int, friend: int, gain: Mapping[int, set[int]], lose: dict[int, set[int]]) -> None:
        if tag in gain:
            gain[tag].discard(friend)
        row = self._rows[tag].get(friend)
        if row is not None and _is_ruled(row) and tag not in self._frozen:
            lose.setdefault(tag, set()).add(friend)


def _is_ruled(row: Values) -> bool:
    return row["origin"] is TagOrigin.RULE


def after_import(database: Database, zone: str, now: datetime) -> Run | None:
    """Apply the rules to what an import changed; None: there are no rules, and nothing can run out.

    Where the disk is full just now, the import stands all the same, and the next run does what this one could not.
    """
    with suppress(TagwellError):
        with database.read() as session:
            if not has_work(session):
                return None
        with database.write() as session:
            return run(session, ShopDay.of(now, zone), now)
    return None


def has_work(session: Session) -> bool:
    """Say whether any rule is active or any tag can run out, so that a run can change something."""
    rules = select(func.count()).select_from(TagRule).where(TagRule.is_active)
    running_out = select(func.count()).where(Tag.runs_out_days.is_not(None), Tag.retired_at.is_(None))
    return bool(session.scalar(rules) or session.scalar(running_out))
