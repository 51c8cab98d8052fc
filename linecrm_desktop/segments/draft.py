"""A segment being built: every edit makes a new draft, so that undo is only a list of drafts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from linecrm_desktop.segments.problems import Path, Problem, problems, retired_tags
from linecrm_desktop.segments.rules import MAX_DEPTH, AllOf, AnyOf, Group, NoneOf, Rule
from linecrm_desktop.text import _

NAME_MAX = 120


@dataclass(frozen=True, slots=True)
class SegmentDraft:
    """Name, the decision it helps with, and the rules. Paths are positions from the root group down."""

    name: str = ""
    helps_decide: str = ""
    rule: Group = field(default_factory=AllOf)
    core: str | None = None

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

    def moved(self, path: Path, step: int) -> "SegmentDraft":
        """Move a rule up (-1) or down (1) inside its group; at the edge nothing happens."""
        siblings = cast(Group, self.at(path[:-1])).rules
        if not 0 <= path[-1] + step < len(siblings):
            return self
        return self.without(path).with_rule(path[:-1], siblings[path[-1]], path[-1] + step)

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

    @property
    def can_save(self) -> bool:
        return not self.problems()

    @property
    def can_count(self) -> bool:
        return not problems(self.rule)

    def _in_group(self, path: Path, change: Callable[[tuple[Rule, ...]], tuple[Rule, ...]]) -> "SegmentDraft":
        group = cast(Group, self.at(path))
        return self.replaced(path, type(group)(change(group.rules)))
