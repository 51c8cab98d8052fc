"""Runs every check of the audit on one moment of a shop."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from linecrm_desktop.audit import check_names, check_pairs, check_use
from linecrm_desktop.audit.facts import Declared, Facts, gather
from linecrm_desktop.audit.findings import Check, Finding
from linecrm_desktop.days import ShopDay
from linecrm_desktop.jobs import Task
from linecrm_desktop.settings.thresholds import Thresholds

_BY_FACTS = (
    check_use.no_decision,
    check_pairs.alike,
    check_use.unused,
    check_use.never_sent,
    check_use.too_small,
    check_use.too_broad,
    check_use.stale,
    check_names.no_owner,
    check_names.bad_name,
    check_names.two_types,
    check_names.personal,
    check_names.sensitive,
    check_use.guesswork,
    check_use.missing_answers,
)


def audit(
    session: Session,
    day: ShopDay,
    declared: Declared | None = None,
    limits: Thresholds | None = None,
    task: Task | None = None,
) -> tuple[Facts, list[Finding]]:
    """Return what the audit saw and what it found, by check, the tags with most friends first."""
    facts = gather(session, day, declared, limits, task)
    return facts, findings(session, facts)


def findings(session: Session, facts: Facts) -> list[Finding]:
    """Return all that the checks find in what was gathered."""
    order, friends = list(Check), {tag.id: tag.friends for tag in facts.tags}
    return sorted(
        _all(session, facts),
        key=lambda one: (order.index(one.check), -max((friends.get(tag, 0) for tag in one.tags), default=0), one.tags),
    )


def _all(session: Session, facts: Facts) -> Iterator[Finding]:
    from linecrm_desktop.audit.mixed import mixed  # numpy is slow to load and not needed for a start

    for check in _BY_FACTS:
        yield from check(facts)
    yield from check_pairs.contradictions(session, facts)
    yield from mixed(session, facts)
