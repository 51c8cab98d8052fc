"""Checks of two tags together: the same name, the same people, one inside another, or two that exclude one another."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime
from functools import cache
from itertools import combinations

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check, Finding, Number, Proposal
from linecrm_desktop.audit.lookalikes import Pair
from linecrm_desktop.audit.names import Name, Reason, read
from linecrm_desktop.audit.vocabulary import NOT, listed
from linecrm_desktop.models.tag import FriendTag, TagType

_STATES = (TagType.STAGE, TagType.VALUE, TagType.ENGAGEMENT, TagType.CONSENT, TagType.NONE)
"""Types that say how a friend stands, which cannot be so and not so; one can like both this and its opposite."""


def alike(facts: Facts) -> Iterator[Finding]:
    """Find tags whose names say the same, or whose friends are the same, or lie inside another's."""
    for pair in facts.pairs:
        numbers = evidence(pair)
        tags = (pair.one, pair.other)
        if pair.reason is not None:
            check = Check.SAME_NAME if is_same_name(pair) else Check.NEAR_NAME
            proposal = Proposal.MERGE if check is Check.SAME_NAME or pair.is_strong(facts.limits) else Proposal.COMPARE
            yield Finding(check, tags, proposal, numbers, str(pair.reason))
        if pair.is_same_people(facts.limits):
            proposal = Proposal.MERGE if pair.reason is not None else Proposal.KEEP_BOTH
            yield Finding(Check.SAME_PEOPLE, tags, proposal, numbers)
        elif pair.reason is None and pair.is_contained(facts.limits) and not _is_inside(facts, pair):
            yield Finding(Check.CONTAINED, (pair.other, pair.one), Proposal.NEST, numbers)


def asked_about(facts: Facts) -> list[Pair]:
    """Return the pairs of which something is found: those that an audit asks about."""
    found = {frozenset(finding.tags) for finding in alike(facts)}
    return [pair for pair in facts.pairs if pair.tags in found]


def is_same_name(pair: Pair) -> bool:
    """Say whether two names are one name, and not only near one another."""
    return pair.reason is Reason.SAME or (pair.reason is Reason.SYNONYM and not pair.is_near)


def evidence(pair: Pair) -> dict[str, Number]:
    """Return all numbers about two tags."""
    return {
        "friends": pair.size_one,
        "friends_other": pair.size_other,
        "both": pair.both,
        "only": pair.only_one,
        "only_other": pair.only_other,
        "jaccard": round(pair.jaccard, 4),
        "containment": round(pair.containment, 4),
        "dice": round(pair.dice, 4),
    }


def contradictions(session: Session, facts: Facts) -> Iterator[Finding]:
    """Find two tags on one friend that cannot both be true, with the newest time this happened."""
    places = {tag: at for at, tag in enumerate(facts.overlaps.tags)}
    for (one, other), group in sorted(_excluding(facts).items()):
        both = facts.overlaps.both(places[one], places[other]) if one in places and other in places else 0
        if both:
            newest, at_once = _newest(session, one, other)
            numbers: dict[str, Number] = {"both": both, "newest_days": facts.day.age(newest), "group": group}
            numbers["at_once"] = at_once
            yield Finding(Check.CONTRADICTION, (one, other), Proposal.KEEP_LATEST, numbers)


def _is_inside(facts: Facts, pair: Pair) -> bool:
    """Say whether the shop declared that the smaller tag lies inside the larger one, also by way of others."""
    seen, waiting = set[int](), [pair.other]
    while waiting:
        inner = waiting.pop()
        seen.add(inner)
        waiting += [outer for tag, outer in facts.declared.inside if tag == inner and outer not in seen]
    return pair.one in seen


def _excluding(facts: Facts) -> dict[tuple[int, int], str]:
    """Return the pairs that exclude one another, and the group: declared ones, and those that the words tell."""
    found: dict[tuple[int, int], str] = {}
    for group, members in facts.declared.exclusive.items():
        found |= dict.fromkeys(combinations(sorted(members), 2), group)
    for two in facts.declared.opposites:
        one, other = sorted(two)
        found.setdefault((one, other), "")
    names = {tag.id: read(tag.name, tag.type) for tag in facts.tags if tag.type in _STATES}
    for group, words in (*_stages(), ("not", frozenset((NOT,)))):
        for (one, mine), (other, theirs) in _in_one_place(names, words):
            types = {names[one].type, names[other].type} - {TagType.NONE}
            is_denied = frozenset((one, other)) in facts.declared.compatible
            if len(types) < 2 and mine != theirs and not mine & theirs and not is_denied:
                found.setdefault((min(one, other), max(one, other)), group)
    return found


_Said = tuple[int, frozenset[str]]


def _in_one_place(names: Mapping[int, Name], words: frozenset[str]) -> Iterator[tuple[_Said, _Said]]:
    """Yield the pairs of names that are equal but for some words, with the words that each has."""
    alike: defaultdict[Hashable, list[_Said]] = defaultdict(list)
    for tag, name in names.items():
        mine = frozenset(name.signs) & words
        if mine or NOT in words:
            alike[frozenset(name.signs) - words, name.numbers, name.letters].append((tag, mine))
    for some in alike.values():
        yield from combinations(some, 2)


@cache
def _stages() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the groups of words of which a friend can be one only."""
    return tuple((group, frozenset(words)) for group, words in listed("stages.json").items())


def _newest(session: Session, one: int, other: int) -> tuple[datetime, int]:
    """Return when a friend who had one of two tags last got the other, and how many friends got both at one moment."""
    first, second = aliased(FriendTag), aliased(FriendTag)
    is_at_once = func.coalesce(first.renewed_at, first.since) == func.coalesce(second.renewed_at, second.since)
    both = (
        select(func.max(first.since), func.max(second.since), func.sum(case((is_at_once, 1), else_=0)))
        .join(second, second.friend_id == first.friend_id)
        .where(first.tag_id == one, second.tag_id == other)
    )
    latest, latest_other, at_once = session.execute(both).one()
    return max(latest, latest_other), at_once
