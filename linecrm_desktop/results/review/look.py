"""Looks at all tags of a shop and proposes; the only place that puts the pieces of a review together."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from linecrm_desktop.audit.changes import Merge
from linecrm_desktop.audit.facts import Facts, gather
from linecrm_desktop.audit.plan import declared
from linecrm_desktop.days import ShopDay
from linecrm_desktop.jobs import Task
from linecrm_desktop.results.review import merges, rules
from linecrm_desktop.results.review.cards import Cards
from linecrm_desktop.results.review.carried import spans
from linecrm_desktop.results.review.evidence import Counted
from linecrm_desktop.results.review.grid import CROSSED, Grid, grid
from linecrm_desktop.results.review.grid import DAYS as GRID_DAYS
from linecrm_desktop.results.review.proposals import Kind, Proposed, Sure
from linecrm_desktop.results.review.sends import Send, over


@dataclass(frozen=True)
class Looked:
    """What a look at the tags found."""

    day: ShopDay
    sends: int
    """Sends that are old enough to count."""
    proposals: tuple[Proposed, ...]
    """To keep, split, merge or retire, in this order, the surest first."""
    not_enough: tuple[Proposed, ...]
    """Tags of which nothing can be said yet, those with most messages first."""
    grid: Grid

    def of_kind(self, kind: Kind) -> int:
        """Return how many proposals of a kind there are."""
        return sum(one.kind is kind for one in self.proposals)


def look(session: Session, day: ShopDay, task: Task | None = None) -> Looked:
    """Count every tag and every pair of tags, and propose. Only reads."""
    from linecrm_desktop.results.review import counting  # numpy is slow to load and not needed for a start

    facts = gather(session, day, declared(session), task=task)
    sends = over(session, day)
    who = spans(session, min((one.started_at for one in sends), default=day.start_of(day.today)))
    types = {row.id: row.type for row in facts.tags}
    counted = counting.count(sends, who, types, rules.ENOUGH, task)
    found = propose(facts, counted, sends)
    lately = [one for one in sends if one.started_at >= day.days_ago(GRID_DAYS)]
    crossed = counting.count(lately, {tag: one for tag, one in who.items() if types[tag] in CROSSED}, types, 1)
    told = [one for one in found if one.kind is not Kind.NOT_ENOUGH]
    rest = sorted((one for one in found if one.kind is Kind.NOT_ENOUGH), key=lambda one: -one.card.delivered)
    return Looked(day, len(sends), tuple(sorted(told, key=_place)), tuple(rest), grid(facts.tags, crossed))


def propose(facts: Facts, counted: Counted, sends: Sequence[Send]) -> list[Proposed]:
    """Return all proposals. A tag that goes into another one, or that one like it makes needless, is asked of once."""
    cards = Cards(facts, {one.id: one.started_at for one in sends})
    alike = merges.proposed(facts, counted, cards, sends)
    gone = {one.change.drop for one in alike if isinstance(one.change, Merge)}
    gone |= {tag.id for one in alike if one.kind is Kind.RETIRE for tag in one.tags}
    singles, pairs = rules.proposed(facts, counted, cards)
    return [*alike, *(one for one in (*singles, *pairs) if not gone & {tag.id for tag in one.tags})]


def _place(one: Proposed) -> tuple[int, int, int]:
    sure = list(Sure).index(one.sure) if one.sure else len(Sure)
    return list(Kind).index(one.kind), sure, -one.card.delivered
