"""Pairs of tags that may mean the same, by their names, by their people, or by both: with every number as evidence.

Names that a guard keeps apart are never a pair, whoever carries them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linecrm_desktop.audit.names import Guard, Name, Reason, dice, guard, is_near, read
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.settings.thresholds import Thresholds
from linecrm_desktop.tags.library import TagRow

if TYPE_CHECKING:
    from linecrm_desktop.audit.overlaps import Links, Overlaps

Two = frozenset[int]
"""Two tags, by their numbers."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tags that may mean the same. `one` has at least as many friends as `other`."""

    one: int
    other: int
    size_one: int
    size_other: int
    both: int
    reason: Reason | None
    """Why the names say the same; None: only the people are the same."""
    dice: float
    """How much the names look alike, from 0 to 1."""
    is_near: bool
    """The names say the same, and look alike too; else they are different words or only folded differently."""
    is_across_types: bool = False

    @property
    def tags(self) -> Two:
        return frozenset((self.one, self.other))

    @property
    def jaccard(self) -> float:
        """Friends whom both have, of all who have either."""
        either = self.size_one + self.size_other - self.both
        return self.both / either if either else 0.0

    @property
    def containment(self) -> float:
        """Friends of the smaller tag who have the larger one too."""
        return self.both / self.size_other if self.size_other else 0.0

    @property
    def only_one(self) -> int:
        return self.size_one - self.both

    @property
    def only_other(self) -> int:
        return self.size_other - self.both

    def is_strong(self, limits: Thresholds) -> bool:
        """Say whether names and people agree that these are the same."""
        return self.reason is not None and self.containment >= limits.strong

    def is_same_people(self, limits: Thresholds) -> bool:
        """Say whether nearly the same friends carry both."""
        return self._counts(limits) and self.jaccard >= limits.jaccard

    def is_contained(self, limits: Thresholds) -> bool:
        """Say whether nearly all friends of the smaller tag have the larger one."""
        return self._counts(limits) and self.containment >= limits.contained

    def is_asked_about(self, limits: Thresholds) -> bool:
        """Say whether names or people are near enough for a question; the rest only stands beside other evidence."""
        return self.reason is not None or self.is_same_people(limits) or self.is_contained(limits)

    def _counts(self, limits: Thresholds) -> bool:
        return self.size_other >= limits.least_friends


def find(
    tags: Sequence[TagRow],
    shared: "Overlaps",
    limits: Thresholds,
    settled: Collection[Two] = (),
    task: Task | None = None,
    friends: int = 0,
) -> list[Pair]:
    """Return all pairs that may mean the same, the surest first; `settled` ones are known to differ.

    `friends` is how many friends the shop has: what is inside a tag that most of them carry is inside by chance.
    """
    from linecrm_desktop.audit.likeness import alike  # rapidfuzz is slow to load and not needed for a start

    names = [read(tag.name, tag.type) for tag in tags]
    places = {tag: at for at, tag in enumerate(shared.tags)}
    at_of = [places[tag.id] for tag in tags]
    by_place = {place: at for at, place in enumerate(at_of)}
    reasons = alike(names, task)
    by_people = [
        (min(one, other), max(one, other))
        for one, other in (
            (by_place[one], by_place[other])
            for one, other in shared.pairs(limits.jaccard, limits.overlap, limits.least_friends)
        )
    ]
    found: list[Pair] = []
    for one, other in sorted({*reasons, *by_people}):
        pair = _pair(tags, names, shared, at_of, (one, other), reasons.get((one, other)), limits)
        if pair.tags not in settled and (
            pair.reason or _may_be_shown(pair, tags, names, (one, other), limits, friends)
        ):
            found.append(pair)
    return sorted(found, key=lambda pair: (not pair.is_strong(limits), -pair.containment, -pair.both, pair.other))


def by_name(names: Sequence[str], types: Sequence[TagType] | None = None) -> list[tuple[int, int, Reason]]:
    """Return the pairs of names, by their places, that say the same: look-alikes by name alone."""
    from linecrm_desktop.audit.likeness import alike

    read_names = [read(name, types[at] if types else TagType.NONE) for at, name in enumerate(names)]
    return [(one, other, reason) for (one, other), reason in alike(read_names).items()]


def disagreeing(who: "Links", pair: Pair, most: int | None = None) -> tuple[list[int], list[int]]:
    """Return the friends who have only the larger tag, and who have only the smaller one, the first `most` of each."""
    mine, theirs = set(who.of(pair.one).tolist()), set(who.of(pair.other).tolist())
    return sorted(mine - theirs)[:most], sorted(theirs - mine)[:most]


def _pair(
    tags: Sequence[TagRow],
    names: Sequence[Name],
    shared: "Overlaps",
    at_of: Sequence[int],
    two: tuple[int, int],
    reason: Reason | None,
    limits: Thresholds,
) -> Pair:
    sizes = {at: int(shared.sizes[at_of[at]]) for at in two}
    one, other = sorted(two, key=lambda at: (-sizes[at], tags[at].id))
    return Pair(
        one=tags[one].id,
        other=tags[other].id,
        size_one=sizes[one],
        size_other=sizes[other],
        both=shared.both(at_of[one], at_of[other]),
        reason=reason,
        dice=dice(names[one].plain, names[other].plain),
        is_near=reason is not None and reason is not Reason.SAME and is_near(names[one], names[other], limits.near),
        is_across_types=_across(tags[one].type, tags[other].type),
    )


def _may_be_shown(
    pair: Pair,
    tags: Sequence[TagRow],
    names: Sequence[Name],
    two: tuple[int, int],
    limits: Thresholds,
    friends: int,
) -> bool:
    """Say whether two tags with the same people are worth a question: not opposites, not what is inside by nature."""
    if guard(names[two[0]], names[two[1]]) not in (None, Guard.TYPE):
        return False
    types = {tags[at].type for at in two}
    if TagType.CONSENT in types or (TagType.SOURCE in types and len(types) > 1):
        return False
    if pair.is_same_people(limits):
        return True
    if friends and pair.size_one > limits.broad * friends:
        return False
    return pair.is_contained(limits) or not pair.is_across_types


def _across(one: TagType, other: TagType) -> bool:
    return one is not other and TagType.NONE not in (one, other)
