"""Checks of how a tag is used: decision, use, sends, size, freshness, and whether an interest was only guessed."""

from collections.abc import Iterator

from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check, Finding, Number, Proposal
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.health import unused_days
from linecrm_desktop.tags.library import TagRow

_ANY_SIZE = (TagType.CONSENT, TagType.SOURCE)
"""Types whose tags may be as small or as large as they are."""


def no_decision(facts: Facts) -> Iterator[Finding]:
    """Find tags that do not say what they help decide; a new one has some days to learn it.

    A decision about a segment or a message that is gone is none.
    """
    for tag in facts.tags:
        if tag.id in facts.speaks_of:
            about: dict[str, Number] = {"friends": tag.friends, "about": facts.speaks_of[tag.id]}
            yield Finding(Check.NO_DECISION, (tag.id,), Proposal.DECIDE, about, "gone")
        age = facts.day.age(tag.created_at)
        if not tag.helps_decide.strip() and age > facts.limits.grace_days:
            numbers = {"friends": tag.friends, "age_days": age, "segments": len(facts.used(tag.id).segments)}
            proposal = Proposal.DECIDE if tag.friends or facts.used(tag.id).is_used else Proposal.RETIRE
            yield Finding(Check.NO_DECISION, (tag.id,), proposal, numbers)


def unused(facts: Facts) -> Iterator[Finding]:
    """Find tags without friends, and tags that nothing uses and nobody got for long. Drafts and sends are use."""
    for tag in facts.tags:
        usage, days = facts.used(tag.id), unused_days(tag, facts.day)
        if tag.type is TagType.CONSENT or usage.is_used:
            continue
        if usage.sent_at is not None and facts.day.age(usage.sent_at) <= facts.limits.unused_days:
            continue
        is_empty = tag.friends == 0 and days > facts.limits.grace_days
        if is_empty or days > facts.limits.unused_days:
            yield Finding(Check.UNUSED, (tag.id,), Proposal.RETIRE, {"days": days, "friends": tag.friends})


def never_sent(facts: Facts) -> Iterator[Finding]:
    """Find tags that segments ask for, none of which was ever sent to; a season may still come."""
    for tag in facts.tags:
        usage = facts.used(tag.id)
        if not usage.segments or usage.sent_at is not None or usage.since is None:
            continue
        days = facts.day.age(usage.since)
        if days > facts.limits.unsent_days and tag.id not in facts.declared.seasonal:
            yield Finding(Check.NEVER_SENT, (tag.id,), Proposal.USE, {"days": days, "segments": len(usage.segments)})


def too_small(facts: Facts) -> Iterator[Finding]:
    """Find tags with too few friends whom a message can reach."""
    paired = {tag for pair in facts.pairs if pair.reason for tag in pair.tags}
    for tag in _sized(facts):
        reached = facts.reachable.get(tag.id, 0)
        if tag.friends and reached < facts.limits.small:
            proposal = Proposal.MERGE if tag.id in paired else Proposal.WIDEN
            yield Finding(Check.TOO_SMALL, (tag.id,), proposal, {"reachable": reached, "friends": tag.friends})


def too_broad(facts: Facts) -> Iterator[Finding]:
    """Find tags that so many friends carry that they set nobody apart."""
    for tag in _sized(facts):
        share = tag.friends / facts.friends if facts.friends else 0.0
        if share > facts.limits.broad:
            numbers = {"friends": tag.friends, "of": facts.friends, "share": round(share, 4)}
            yield Finding(Check.TOO_BROAD, (tag.id,), Proposal.MAKE_FIELD, numbers)


def stale(facts: Facts) -> Iterator[Finding]:
    """Find tags of types that should move and that nobody got for long."""
    for tag in facts.tags:
        limit = facts.limits.stale_days.get(tag.type)
        if limit is None or tag.last_used is None:
            continue
        days = facts.day.age(tag.last_used)
        if days > limit:
            numbers = {"days": days, "limit_days": limit, "friends": tag.friends}
            yield Finding(Check.STALE, (tag.id,), Proposal.REFRESH, numbers)


def guesswork(facts: Facts) -> Iterator[Finding]:
    """Find interests that people put on by hand: an interest should come from what friends do."""
    for tag in facts.tags:
        hand = facts.by_hand.get(tag.id, 0)
        if tag.type is TagType.INTEREST and tag.friends and hand > facts.limits.by_hand * tag.friends:
            numbers = {"by_hand": hand, "friends": tag.friends, "share": round(hand / tag.friends, 4)}
            yield Finding(Check.GUESSWORK, (tag.id,), Proposal.MEASURE, numbers)


def missing_answers(facts: Facts) -> Iterator[Finding]:
    """Find friends without any source tag, and friends with an open consent question."""
    for check, count in ((Check.NO_SOURCE, facts.without_source), (Check.NO_CONSENT, facts.without_consent)):
        if count:
            numbers = {"friends": count, "of": facts.friends, "share": round(count / facts.friends, 4)}
            yield Finding(check, (), Proposal.ASK, numbers)


def _sized(facts: Facts) -> Iterator[TagRow]:
    return (tag for tag in facts.tags if tag.type not in _ANY_SIZE)
