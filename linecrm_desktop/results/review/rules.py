"""What is proposed for a tag or a pair of tags: keep, split, retire, or nothing while the evidence is not enough.

Many tags are tested at once, so what is sure by itself need not be sure among sixty: lifts, revenues and splits are
each told from chance as one family (results.statistics.told_from_chance). A pair speaks only where it says more than
its tags.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from linecrm_desktop.audit.changes import Part as NewTag
from linecrm_desktop.audit.changes import Retire, Split
from linecrm_desktop.audit.check_use import unused
from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.results import statistics
from linecrm_desktop.results.lift import KEPT_BACK_MIN, Verdict
from linecrm_desktop.results.review.cards import Cards
from linecrm_desktop.results.review.evidence import Card, Counted, Part, Subject
from linecrm_desktop.results.review.proposals import Kind, Number, Proposed, Reason, Sure
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.tags.health import LONG_UNUSED_DAYS, SMALL
from linecrm_desktop.tags.library import NAME_MAX, TagRow

ENOUGH = 100
"""So many messages must have arrived before revenue by message is compared."""
NO_EFFECT_ENOUGH = 400
"""So many messages must have arrived before a tag is retired because they changed nothing."""
MARGIN = 0.03
"""…and no effect over three points may be left in the interval: too few people see no effect of any size."""
EXPECTED = 5
"""So many friends of the kept-back group must be expected to do it before a lift counts that is sure only by itself."""
PART_LEAST = 200
"""Each part of a split must have so many friends."""
_TOP = 4
"""The best of so many."""
Key = tuple[int, ...]


@dataclass(frozen=True)
class _Told:
    """What is told from chance, each family by itself."""

    lifts: set[Key]
    revenues: set[Key]
    parts: set[int]
    """Places in Counted.parts."""
    top: set[Key]
    """The quarter with the highest revenue by message, tags among tags and pairs among pairs."""


def proposed(facts: Facts, counted: Counted, cards: Cards) -> tuple[list[Proposed], list[Proposed]]:
    """Return one proposal for each tag that was counted, and those for pairs of tags."""
    told = _tell(counted, cards)
    return list(_of_tags(facts, counted, cards, told)), list(_of_pairs(counted, cards, told))


def _of_tags(facts: Facts, counted: Counted, cards: Cards, told: _Told) -> Iterator[Proposed]:
    idle = {one.tags[0]: int(one.evidence["days"]) for one in unused(facts)}
    for row in facts.tags:
        subject = counted.subjects.get((row.id,))
        if subject is not None:
            yield (
                _split(counted, cards, told, row)
                or _kept(cards, told, subject)
                or _retired(facts, cards, subject, row, idle)
                or _doubtful(cards, subject)
            )


def _of_pairs(counted: Counted, cards: Cards, told: _Told) -> Iterator[Proposed]:
    for key, subject in counted.subjects.items():
        if len(key) == 1:
            continue
        found = _kept(cards, told, subject) or _without_effect(cards, subject)
        alone = [counted.subjects[tag,] for tag in key]
        # Of hundreds of pairs some are sure by themselves, so weak ones are not told.
        if found is not None and found.sure is not Sure.WEAK and _says_more(found.reason, subject, alone):
            yield found


def _says_more(reason: Reason, pair: Subject, alone: Sequence[Subject]) -> bool:
    match reason:
        case Reason.LIFT:
            return all(_estimate(pair) > _estimate(one) for one in alone)
        case Reason.REVENUE:
            return all(pair.per_message > one.per_message for one in alone)
        case _:
            return not any(_is_without_effect(one) for one in alone)


def _tell(counted: Counted, cards: Cards) -> _Told:
    enough = {key: one for key, one in counted.subjects.items() if one.delivered >= ENOUGH}
    lifts = {
        key: one.chance
        for key, one in counted.subjects.items()
        if one.kept_back >= KEPT_BACK_MIN and one.chance is not None
    }
    revenues = {key: one.revenue_chance for key, one in enough.items()}
    parts = {at: part.chance for at, part in enumerate(counted.parts) if _is_large(cards, part)}
    top = {key for number in (1, 2) for key in _top({key: one for key, one in enough.items() if len(key) == number})}
    return _Told(
        statistics.told_from_chance(lifts),
        statistics.told_from_chance({key: chance for key, chance in revenues.items() if chance is not None}),
        statistics.told_from_chance({at: chance for at, chance in parts.items() if chance is not None}),
        top,
    )


def _top(subjects: Mapping[Key, Subject]) -> list[Key]:
    if len(subjects) < _TOP:
        return []
    order = sorted(subjects, key=lambda key: -subjects[key].per_message)
    return order[: ceil(len(order) / _TOP)]


def _kept(cards: Cards, told: _Told, subject: Subject) -> Proposed | None:
    """Propose to keep what lifts, or what earns more than others do and more than chance makes."""
    key, card = subject.tags, cards.of(subject)
    if subject.lift.verdict is Verdict.WORKED:
        is_clear = key in told.lifts and not subject.by_today
        if is_clear or _is_enough_alone(subject):
            return Proposed(Kind.KEEP, Reason.LIFT, card.tags, card, Sure.CLEAR if is_clear else Sure.WEAK)
    if key in told.top and key in told.revenues:
        sure = Sure.WEAK if subject.by_today else Sure.LIKELY
        return Proposed(Kind.KEEP, Reason.REVENUE, card.tags, card, sure)
    return None


def _is_enough_alone(subject: Subject) -> bool:
    """Say whether enough of the kept-back group would do it anyway for its interval to be read by itself (Cochran)."""
    sent, kept = subject.lift.sent, subject.lift.kept
    return kept.friends * (sent.did + kept.did) >= EXPECTED * (sent.friends + kept.friends)


def _retired(facts: Facts, cards: Cards, subject: Subject, row: TagRow, idle: Mapping[int, int]) -> Proposed | None:
    card, days = cards.of(subject), idle.get(row.id)
    if days is not None and row.id not in facts.declared.seasonal:
        sure = Sure.CLEAR if days >= LONG_UNUSED_DAYS else Sure.LIKELY
        return _to_retire(Reason.UNUSED, card, sure, {"days": days})
    without = _without_effect(cards, subject)
    if without is not None:
        return without
    is_new = facts.day.age(row.created_at) <= facts.limits.grace_days
    if not row.helps_decide.strip() and row.friends < SMALL and not is_new:
        return _to_retire(Reason.SMALL, card, Sure.LIKELY, {})
    return None


def _without_effect(cards: Cards, subject: Subject) -> Proposed | None:
    if not _is_without_effect(subject):
        return None
    sure = Sure.WEAK if subject.by_today else Sure.LIKELY
    return _to_retire(Reason.NO_EFFECT, cards.of(subject), sure, {})


def _is_without_effect(subject: Subject) -> bool:
    interval = subject.lift.interval
    if subject.lift.verdict is not Verdict.NO_EFFECT or interval is None or subject.delivered < NO_EFFECT_ENOUGH:
        return False
    return interval.low >= -MARGIN and interval.high <= MARGIN


def _to_retire(reason: Reason, card: Card, sure: Sure, numbers: Mapping[str, Number]) -> Proposed:
    """Propose to retire a tag; a pair is only not written to any more, since both tags may have other uses."""
    change = Retire(card.tags[0].id) if len(card.tags) == 1 else None
    return Proposed(Kind.RETIRE, reason, card.tags, card, sure, numbers, change)


def _doubtful(cards: Cards, subject: Subject) -> Proposed:
    card, verdict = cards.of(subject), subject.lift.verdict
    reason = Reason.CHANCE
    if not subject.delivered:
        reason = Reason.NO_SENDS
    elif verdict is Verdict.HURT:
        reason = Reason.HURT
    elif subject.delivered < ENOUGH or subject.kept_back < KEPT_BACK_MIN:
        reason = Reason.TOO_FEW
    return Proposed(Kind.NOT_ENOUGH, reason, card.tags, card)


def _is_large(cards: Cards, part: Part) -> bool:
    """Say whether enough friends carry the tag with one of the two others and without the second, both ways."""
    whole, one, other = (cards.friends(tag) for tag in (part.tag, part.one, part.other))
    return min(len((whole & one) - other), len((whole & other) - one)) >= PART_LEAST


def _split(counted: Counted, cards: Cards, told: _Told, row: TagRow) -> Proposed | None:
    """Propose the surest split of a tag. It compares people and no message, so it is never more than likely."""
    mine = [counted.parts[at] for at in told.parts if counted.parts[at].tag == row.id]
    clean = [part for part in mine if part.interval and (part.interval.is_over or part.interval.is_under)]
    if not clean:
        return None
    part = min(clean, key=lambda part: (part.chance or 0.0, part.one, part.other))
    did, of, did_other, of_other = part.totals
    one, other = cards.chip(part.one), cards.chip(part.other)
    if did * of_other < did_other * of:
        one, other, did, of, did_other, of_other = other, one, did_other, of_other, did, of
    subject = counted.subjects[row.id,]
    new = tuple(
        NewTag(_named(row.name, chip.name), codec.to_json(AllOf((HasTag((chip.id,)),)))) for chip in (one, other)
    )
    numbers = {"did": did, "of": of, "did_other": did_other, "of_other": of_other}
    sure = Sure.WEAK if subject.by_today else Sure.LIKELY
    card = cards.of(subject)
    return Proposed(Kind.SPLIT, Reason.PARTS_DIFFER, card.tags, card, sure, numbers, Split(row.id, new), (one, other))


def _named(tag: str, part: str) -> str:
    return f"{tag}, {part}"[:NAME_MAX].strip()


def _estimate(subject: Subject) -> float:
    return subject.lift.interval.estimate if subject.lift.interval else 0.0
