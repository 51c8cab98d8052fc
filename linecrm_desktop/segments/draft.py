"""A segment being built: every edit makes a new draft, so that undo is only a list of drafts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, cast

from linecrm_desktop.models.segment import Recount
from linecrm_desktop.segments.problems import Path, Problem, problems, retired_tags
from linecrm_desktop.segments.rules import MAX_DEPTH, AllOf, AnyOf, Group, NoneOf, Rule
from linecrm_desktop.text import _

NAME_MAX = 120


class Cap(NamedTuple):
    """How often one friend is written to: at most so many messages in so many local days."""

    messages: int
    days: int


@dataclass(frozen=True, slots=True)
class SegmentDraft:
    """Name, decision, rules, and when it is counted again. Paths are positions from the root group down."""

    name: str = ""
    helps_decide: str = ""
    rule: Group = field(default_factory=AllOf)
    core: str | None = None
    recount: Recount = Recount.HAND
    cap: Cap | None = None
    """A frequency cap of its own beside the shop's; None: the shop's alone."""

    def at(self, path: Path) -> Rule:
        """Return the rule at a path; () is the root."""
        if not path:
            return self.rule
        return cast(Group, self.at(path[:-1])).rules[path[-1]]

    def with_rule(self, group: Path, rule: Rule, place: int | None = None) -> "SegmentDraft":
        """Put a rule into a group, at its end or before the rule at `place`."""

        def put(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
            at = len(rules) if place is None else place
            return (*rules[:at], rule, *rules[at:])

        return self._in_group(group, put)

    def replaced(self, path: Path, rule: Rule) -> "SegmentDraft":
        """Put another rule in the place of one."""
        if not path:
            return replace(self, rule=cast(Group, rule))
        at = path[-1]
        return self._in_group(path[:-1], lambda rules: (*rules[:at], rule, *rules[at + 1 :]))

    def without(self, path: Path) -> "SegmentDraft":
        """Take a rule out."""
        at = path[-1]
        return self._in_group(path[:-1], lambda rules: (*rules[:at], *rules[at + 1 :]))

    def pruned(self, path: Path) -> "SegmentDraft":
        """Take a rule out, and each group that would be left empty by it."""
        while len(path) > 1 and len(cast(Group, self.at(path[:-1])).rules) == 1:
            path = path[:-1]
        return self.without(path)

    def duplicated(self, path: Path) -> "SegmentDraft":
        """Put a copy of a rule behind it."""
        return self.with_rule(path[:-1], self.at(path), path[-1] + 1)

    def moved(self, path: Path, step: int) -> tuple["SegmentDraft", Path]:
        """Move a rule one line up (-1) or down (1), into and out of groups; return where it is then.

        At the top, at the bottom, and where a group would be nested too deep, it goes on or stays.
        """
        group, place = path[:-1], path[-1]
        siblings = cast(Group, self.at(group)).rules
        beside = place + step
        if not 0 <= beside < len(siblings):
            if not group:
                return self, path
            return self.carried(path, group[:-1], group[-1] + (1 if step > 0 else 0))
        neighbour = siblings[beside]
        if isinstance(neighbour, (AllOf, AnyOf, NoneOf)) and self._fits(siblings[place], (*group, beside)):
            return self.carried(path, (*group, beside), len(neighbour.rules) if step < 0 else 0)
        return self.carried(path, group, beside if step < 0 else beside + 1)

    def carried(self, path: Path, group: Path, place: int) -> tuple["SegmentDraft", Path]:
        """Move a rule before the one at `place` of a group; return where it is then.

        Into itself, or where a group would be nested too deep, it is not moved.
        """
        rule = self.at(path)
        if group[: len(path)] == path or not self._fits(rule, group):
            return self, path
        put = self.with_rule(group, rule, place)
        level = len(group)
        if path[:level] == group and place <= path[level]:  # what stood behind the place moved on by one
            path = (*path[:level], path[level] + 1, *path[level + 1 :])
        here = (*group, place)
        at = len(path) - 1
        if here[:at] == path[:-1] and here[at] > path[at]:  # what stood behind the old place moves back by one
            here = (*here[:at], here[at] - 1, *here[at + 1 :])
        return put.without(path), here

    def joined_by(self, path: Path, kind: type[AllOf] | type[AnyOf] | type[NoneOf]) -> "SegmentDraft":
        """Make a group ask for all, any or none of its rules."""
        return self.replaced(path, kind(cast(Group, self.at(path)).rules))

    def can_hold_group(self, path: Path) -> bool:
        """Say whether a group may still be put into the group at a path."""
        return len(path) + 2 <= MAX_DEPTH

    def problems(self, known: Mapping[int, Rule] | None = None) -> list[Problem]:
        """Return what is missing before this can be saved, or is to be replaced; `known` as segments.problems says."""
        found = [*problems(self.rule, known), *retired_tags(self.rule, known)]
        if not self.helps_decide.strip():
            found.insert(0, Problem((), _("Say what this segment helps decide.")))
        if not self.name.strip():
            found.insert(0, Problem((), _("Give the segment a name.")))
        return found

    def _fits(self, rule: Rule, group: Path) -> bool:
        """Say whether a rule, with the groups in it, can stand in the group at a path."""
        return len(group) + 1 + _depth(rule) <= MAX_DEPTH

    def _in_group(self, path: Path, change: Callable[[tuple[Rule, ...]], tuple[Rule, ...]]) -> "SegmentDraft":
        group = cast(Group, self.at(path))
        return self.replaced(path, type(group)(change(group.rules)))


def _depth(rule: Rule) -> int:
    """Return how many groups are nested in a rule, itself among them."""
    if not isinstance(rule, (AllOf, AnyOf, NoneOf)):
        return 0
    return 1 + max((_depth(inner) for inner in rule.rules), default=0)
