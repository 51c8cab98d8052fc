"""Which tags to make one: those that the audit finds alike, and those whose segments always got the same messages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from linecrm_desktop.audit.changes import Merge, Retire
from linecrm_desktop.audit.check_use import unused
from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.lookalikes import Pair, Two
from linecrm_desktop.audit.names import Reason as NameReason
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.results.review.cards import Cards
from linecrm_desktop.results.review.evidence import Counted, Subject
from linecrm_desktop.results.review.proposals import Kind, Number, Proposed, Reason, Sure
from linecrm_desktop.results.review.sends import Send
from linecrm_desktop.tags.health import LONG_UNUSED_DAYS
from linecrm_desktop.tags.library import TagRow

_LEAST_MESSAGES = 2
"""One message that two segments both got can be a coincidence."""


def proposed(facts: Facts, counted: Counted, cards: Cards, sends: Sequence[Send]) -> list[Proposed]:
    """Return the merges, and the retiring of tags that mean what another one means and that nobody uses."""
    same = _same_messages(facts, sends)
    idle = {one.tags[0]: int(one.evidence["days"]) for one in unused(facts)}
    rows = {row.id: row for row in facts.tags}
    found: list[Proposed] = []
    for pair in facts.pairs:
        one, other = rows[pair.one], rows[pair.other]
        if TagType.CONSENT in (one.type, other.type):
            continue
        card = cards.of(counted.subjects.get((one.id,), Subject((one.id,), (), by_today=False)))
        if pair.reason is not None and other.id in idle and not other.helps_decide.strip():
            found.append(_same_as(cards, counted, pair, other, idle[other.id]))
            continue
        told = _why(facts, pair, same)
        if told is not None:
            numbers: dict[str, Number] = {"both": pair.both, "of": pair.size_other, "share": pair.containment}
            chips = (one.chip, other.chip)
            found.append(Proposed(Kind.MERGE, *(told[0], chips, card, told[1], numbers, _merge(one, other))))
        same.pop(pair.tags, None)
    return [*found, *_by_message(facts, counted, cards, same, rows)]


def _why(facts: Facts, pair: Pair, same: Mapping[Two, int]) -> tuple[Reason, Sure] | None:
    """Return why two tags that look alike are one; None: the audit knows that they only have the same people."""
    if pair.is_strong(facts.limits):
        return Reason.SAME_NAME, Sure.CLEAR
    if pair.reason is not None:
        is_likely = pair.reason in (NameReason.SAME, NameReason.SYNONYM) or pair.containment >= facts.limits.overlap
        return Reason.SAME_NAME, Sure.LIKELY if is_likely else Sure.WEAK
    if pair.tags in same:
        return Reason.SAME_MESSAGE, Sure.LIKELY
    return (Reason.SAME_PEOPLE, Sure.WEAK) if pair.is_same_people(facts.limits) else None


def _by_message(
    facts: Facts, counted: Counted, cards: Cards, same: Mapping[Two, int], rows: Mapping[int, TagRow]
) -> list[Proposed]:
    """Propose, weakly, to merge tags of one type that share few friends and yet always got the same messages."""
    found: list[Proposed] = []
    for two in sorted(same, key=sorted):
        one, other = sorted((rows[tag] for tag in two), key=lambda row: (-row.friends, row.id))
        mine, theirs = (set(facts.links.of(row.id).tolist()) for row in (one, other))
        both = len(mine & theirs)
        numbers: dict[str, Number] = {"both": both, "of": len(theirs), "share": both / len(theirs) if theirs else 0.0}
        card = cards.of(counted.subjects[one.id,])
        chips = (one.chip, other.chip)
        change = _merge(one, other)
        found.append(Proposed(Kind.MERGE, Reason.SAME_MESSAGE, chips, card, Sure.WEAK, numbers, change))
    return found


def _same_as(cards: Cards, counted: Counted, pair: Pair, row: TagRow, days: int) -> Proposed:
    card = cards.of(counted.subjects.get((row.id,), Subject((row.id,), (), by_today=False)))
    numbers: dict[str, Number] = {"days": days, "other": cards.chip(pair.one).name}
    sure = Sure.CLEAR if days >= LONG_UNUSED_DAYS else Sure.LIKELY
    return Proposed(Kind.RETIRE, Reason.SAME_AS, (row.chip,), card, sure, numbers, Retire(row.id))


def _merge(one: TagRow, other: TagRow) -> Merge:
    """Make one tag of two: the larger one's name and decision, or the other's decision where it has none."""
    return Merge(one.id, other.id, one.name, one.helps_decide.strip() or other.helps_decide.strip())


def _same_messages(facts: Facts, sends: Sequence[Send]) -> dict[Two, int]:
    """Return two tags of one type that different sends named, always with the same messages, and how many these were.

    Sends that named both say nothing: whoever asks for two tags together sends to both.
    """
    types = {row.id: row.type for row in facts.tags if row.type is not TagType.CONSENT}
    by_tag: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for send in sends:
        for tag in send.tags & types.keys():
            if send.message_id is not None:
                by_tag[tag].add((send.id, send.message_id))
    apart = facts.declared.different | facts.declared.opposites | facts.declared.compatible
    apart |= {frozenset(two) for group in facts.declared.exclusive.values() for two in combinations(group, 2)}
    found: dict[Two, int] = {}
    for one, other in combinations(sorted(by_tag), 2):
        both = by_tag[one] & by_tag[other]
        mine, theirs = ({message for _send, message in by_tag[tag] - both} for tag in (one, other))
        two = frozenset((one, other))
        if types[one] is types[other] and mine == theirs and len(mine) >= _LEAST_MESSAGES and two not in apart:
            found[two] = len(mine)
    return found
