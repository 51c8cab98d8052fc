"""What an audit comes to, before it is applied and after: its summary, the audits of before, what changed since."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.audit import changes, check_pairs
from linecrm_desktop.audit.changes import Change, Decide, KeepBoth, Merge, Nest
from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check, Finding
from linecrm_desktop.audit.plan import choices
from linecrm_desktop.models.audit import Audit, AuditChoice, AuditState
from linecrm_desktop.tags.library import TagRow


@dataclass(frozen=True, slots=True)
class Summary:
    """A shop's tags before and after a list of changes."""

    tags: int
    tags_after: int
    decided: int
    decided_after: int
    pairs: int
    pairs_after: int
    by_kind: dict[str, int]
    """How many changes of each kind."""


@dataclass(frozen=True, slots=True)
class PastAudit:
    """An audit that is over."""

    id: int
    state: AuditState
    started_at: datetime
    ended_at: datetime
    action: str | None
    next_at: datetime | None
    tags: int
    """In use when it began."""
    applied: int
    """Changes that were applied."""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the last audit that was applied."""

    ended_at: datetime
    new_tags: tuple[int, ...]
    gone_tags: tuple[str, ...]
    """Names of tags that are no longer in use."""
    new_findings: tuple[Finding, ...]
    """What was not found then."""
    regressions: tuple[Finding, ...]
    """Those of them about tags that were there and sound."""
    settled: int
    """How many findings of then are no more."""


def summary(facts: Facts, planned: Iterable[Change]) -> Summary:
    """Say what a list of changes would make of the shop's tags."""
    planned = list(planned)
    gone = changes.leaving(planned)
    named = {change.tag: bool(change.helps_decide.strip()) for change in planned if isinstance(change, Decide)}
    named |= {change.keep: bool(change.helps_decide.strip()) for change in planned if isinstance(change, Merge)}
    has = {tag.id: bool(tag.helps_decide.strip()) for tag in facts.tags}
    left = {tag: named.get(tag, has[tag]) for tag in has if tag not in gone}
    parts = sum(len(change.parts) for change in planned if isinstance(change, changes.Split))
    settled = {frozenset(changes.tags_of(change)) for change in planned if isinstance(change, KeepBoth | Nest)}
    pairs = check_pairs.asked_about(facts)
    open_pairs = [pair for pair in pairs if not pair.tags & gone and pair.tags not in settled]
    return Summary(
        tags=len(has),
        tags_after=len(left) + parts,
        decided=sum(has.values()),
        decided_after=sum(left.values()),
        pairs=len(pairs),
        pairs_after=len(open_pairs),
        by_kind=dict(Counter(changes.kind(change) for change in planned)),
    )


def past(session: Session) -> list[PastAudit]:
    """Return the audits that are over, the newest first."""
    rows = session.scalars(select(Audit).where(Audit.ended_at.is_not(None)).order_by(Audit.id.desc()))
    return [
        PastAudit(
            id=row.id,
            state=row.state,
            started_at=row.started_at,
            ended_at=row.ended_at or row.started_at,
            action=row.action,
            next_at=row.next_at,
            tags=len(row.tags),
            applied=_applied(session, row),
        )
        for row in rows
    ]


def next_due(session: Session) -> datetime | None:
    """Return when the next audit is due, by the last one that was applied."""
    row = _last(session)
    return row.next_at if row else None


def decided(session: Session, checks: Collection[Check], since: datetime) -> tuple[int, int] | None:
    """Count what some checks found in the audit under way, or else in the last one, and how much of it is settled.

    What several checks found about the same tags counts once. It is settled by a decision about it, by one by which a
    tag of it goes, or when it holds no more. None: no audit is under way, and none was applied since.
    """
    row = session.scalar(select(Audit).where(Audit.state == AuditState.OPEN)) or _last(session)
    if row is None or (row.ended_at is not None and row.ended_at < since):
        return None
    chosen = choices(session, row.id)
    going = changes.leaving([one.change for one in chosen if one.change is not None])
    settled: dict[frozenset[int], bool] = {}
    for one in chosen:
        if one.finding is not None and one.finding.check in checks:
            tags = frozenset(one.finding.tags)
            is_settled = one.change is not None or one.is_gone or bool(tags & going)
            settled[tags] = settled.get(tags, False) or is_settled
    return len(settled), sum(settled.values())


def since_last(session: Session, tags: Sequence[TagRow], found: Iterable[Finding]) -> Since | None:
    """Say what changed since the last audit that was applied; None: there was none."""
    row = _last(session)
    if row is None or row.ended_at is None:
        return None
    then, now_in_use = set(map(int, row.tags)), {tag.id for tag in tags}
    seen, found = set(row.seen), list(found)
    keys = {one.key for one in found}
    new = [one for one in found if one.key not in seen]
    return Since(
        ended_at=row.ended_at,
        new_tags=tuple(sorted(now_in_use - then)),
        gone_tags=tuple(row.tags[str(tag)]["name"] for tag in sorted(then - now_in_use)),
        new_findings=tuple(new),
        regressions=tuple(one for one in new if then.issuperset(one.tags)),
        settled=sum(key not in keys for key in seen),
    )


def step_counts(found: Iterable[Finding]) -> dict[Check, int]:
    """Return how many tags, or pairs, each check found."""
    return dict(Counter(one.check for one in found))


def _applied(session: Session, row: Audit) -> int:
    if row.state is not AuditState.APPLIED:
        return 0
    decided = session.scalars(select(AuditChoice.change).where(AuditChoice.audit_id == row.id, AuditChoice.is_checked))
    return len({repr(one) for one in decided if one and changes.changes_tags(changes.from_json(one))})


def _last(session: Session) -> Audit | None:
    return session.scalar(select(Audit).where(Audit.state == AuditState.APPLIED).order_by(Audit.id.desc()).limit(1))
