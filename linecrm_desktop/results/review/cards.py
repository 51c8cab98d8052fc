"""Makes the evidence cards: what was counted, with the names, sizes and decisions of today beside it."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.results.review.evidence import Card, Subject
from linecrm_desktop.tags.library import TagChip


class Cards:
    """Makes a card of each subject, once."""

    def __init__(self, facts: Facts, begun: Mapping[int, datetime]) -> None:
        self._facts = facts
        self._rows = {row.id: row for row in facts.tags}
        self._begun = begun
        self.of = cache(self._of)
        self.friends = cache(self._friends)

    def chip(self, tag: int) -> TagChip:
        """Return the chip of a tag in use."""
        return self._rows[tag].chip

    def _of(self, subject: Subject) -> Card:
        rows = [self._rows[tag] for tag in subject.tags]
        reached = [one for one in subject.strata if one.sent.friends]
        last = max((self._begun[one.send] for one in reached), default=None)
        return Card(
            tags=tuple(row.chip for row in rows),
            sends=len(reached),
            delivered=subject.delivered,
            kept_back=subject.kept_back,
            lift=subject.lift,
            revenue=subject.revenue,
            per_message=round(subject.per_message) if subject.delivered else None,
            friends=self._count(subject.tags),
            last_days=None if last is None else self._facts.day.age(last),
            helps_decide=tuple(row.helps_decide.strip() for row in rows),
            by_today=subject.by_today,
        )

    def _friends(self, tag: int) -> set[int]:
        """Return who carries a tag today."""
        return set(self._facts.links.of(tag).tolist())

    def _count(self, tags: tuple[int, ...]) -> int:
        found = self.friends(tags[0])
        for tag in tags[1:]:
            found = found & self.friends(tag)
        return len(found)
