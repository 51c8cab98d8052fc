"""An audit in progress: every proposal, every decision, saved as it is made; nothing else changes until it is applied.

One at a time. When the shop's data changes meanwhile, the evidence is counted again, and a change whose evidence is
gone is no longer checked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.audit import changes
from linecrm_desktop.audit.changes import Change, Keep, KeepBoth
from linecrm_desktop.audit.facts import Declared
from linecrm_desktop.audit.findings import Check, Finding, Proposal
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.audit import Audit, AuditChoice, AuditState
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.tags.library import TagRow
from linecrm_desktop.tags.relations import groups, relations
from linecrm_desktop.text import _

OWN = "own"
"""Begins the key of a change that no finding proposed."""


@dataclass(frozen=True, slots=True)
class OpenAudit:
    """The audit that is under way."""

    id: int
    step: int
    started_at: datetime
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """One proposal, and what the person decided about it."""

    key: str
    finding: Finding | None
    """None: a change of the person's own."""
    change: Change | None
    """None: not decided yet."""
    is_checked: bool
    is_counted_again: bool
    is_gone: bool

    @property
    def is_to_apply(self) -> bool:
        """Whether applying the audit changes tags by this."""
        return self.is_checked and self.change is not None and changes.changes_tags(self.change)


def begin(session: Session, tags: Sequence[TagRow], found: Iterable[Finding], now: datetime) -> int:
    """Start an audit with what was found. Raises ShopError while another one is under way."""
    if under_way(session) is not None:
        raise ShopError(
            _("An audit of the tags is under way already."),
            _("Go on with that one, or cancel it before you begin anew."),
        )
    found = list(found)
    row = Audit(started_at=now, counted_at=now, tags=_tags(tags), seen=[one.key for one in found])
    session.add(row)
    session.flush()
    session.add_all(AuditChoice(audit_id=row.id, key=one.key, finding=_written(one)) for one in found)
    session.flush()
    return row.id


def under_way(session: Session) -> OpenAudit | None:
    """Return the audit that is under way, if there is one."""
    row = session.scalar(select(Audit).where(Audit.state == AuditState.OPEN))
    return OpenAudit(row.id, row.step, row.started_at, row.counted_at) if row else None


def choices(session: Session, audit: int) -> list[Choice]:
    """Return all proposals of an audit with their decisions, in the order in which they were found."""
    rows = session.scalars(select(AuditChoice).where(AuditChoice.audit_id == audit).order_by(AuditChoice.id))
    return [_choice(row) for row in rows]


def go_to(session: Session, audit: int, step: int) -> None:
    """Remember which step of the wizard is open."""
    _open(session, audit).step = step
    session.flush()


def decide(session: Session, audit: int, key: str, change: Change, now: datetime) -> None:
    """Write down what was decided about a proposal, in the place of what was decided before."""
    _open(session, audit)
    row = _row(session, audit, key)
    row.change, row.is_checked, row.is_counted_again, row.decided_at = changes.to_json(change), True, False, now
    session.flush()


def write(session: Session, audit: int, decided: Mapping[str, Change | None], now: datetime) -> None:
    """Write down several decisions at once; None takes one back."""
    for key, change in decided.items():
        if change is None:
            undecide(session, audit, key)
        else:
            decide(session, audit, key, change, now)


def add_own(session: Session, audit: int, change: Change, now: datetime) -> str:
    """Add a change that no finding proposed; return its key. Two of one kind about one tag are one."""
    _open(session, audit)
    key = ":".join((OWN, changes.kind(change), *map(str, changes.tags_of(change))))
    found = session.scalar(select(AuditChoice).where(AuditChoice.audit_id == audit, AuditChoice.key == key))
    if found is None:
        session.add(AuditChoice(audit_id=audit, key=key, finding={}))
        session.flush()
    decide(session, audit, key, change, now)
    return key


def undecide(session: Session, audit: int, key: str) -> None:
    """Take back what was decided about a proposal."""
    _open(session, audit)
    row = _row(session, audit, key)
    row.change, row.decided_at, row.is_checked = None, None, True
    session.flush()


def check(session: Session, audit: int, key: str, *, on: bool) -> None:
    """Say whether a change is to be applied."""
    _open(session, audit)
    _row(session, audit, key).is_checked = on
    session.flush()


def recount(session: Session, audit: int, found: Iterable[Finding], now: datetime) -> int:
    """Put new evidence into an audit; return how many decided changes rest on other evidence than before.

    New findings are added. A change whose finding is gone is marked and no longer checked.
    """
    row = _open(session, audit)
    fresh = {one.key: one for one in found}
    kept = {one.key: one for one in session.scalars(select(AuditChoice).where(AuditChoice.audit_id == audit))}
    moved = 0
    for key, choice in kept.items():
        if key.startswith(f"{OWN}:"):
            continue
        new = fresh.get(key)
        written = _written(new) if new else choice.finding
        is_other = new is None or written["evidence"] != choice.finding["evidence"]
        if choice.change is not None and is_other and not choice.is_gone:
            choice.is_counted_again = True
            moved += 1
        if new is None:
            choice.is_checked = False
        elif choice.is_gone:
            choice.is_counted_again = choice.change is not None
        choice.is_gone, choice.finding = new is None, written
    added = [one for key, one in fresh.items() if key not in kept]
    session.add_all(AuditChoice(audit_id=audit, key=one.key, finding=_written(one)) for one in added)
    row.counted_at, row.seen = now, list(fresh)
    session.flush()
    return moved


def to_apply(session: Session, audit: int) -> list[Change]:
    """Return the changes that are decided and checked, in the order of their proposals, each once."""
    decided = (one.change for one in choices(session, audit) if one.is_to_apply and one.change)
    return list({repr(change): change for change in decided}.values())


def cancel(session: Session, audit: int, now: datetime) -> None:
    """End an audit without any change."""
    row = _open(session, audit)
    row.state, row.ended_at = AuditState.CANCELLED, now
    session.flush()


def finish(
    session: Session, audit: int, now: datetime, action: str | None = None, next_at: datetime | None = None
) -> None:
    """Write down that an audit was applied, under which name the journal holds it, and when the next is due."""
    row = _open(session, audit)
    row.state, row.ended_at, row.action, row.next_at = AuditState.APPLIED, now, action, next_at
    session.flush()


def declared(session: Session) -> Declared:
    """Return what persons said of tags: in the library, and in audits that were applied."""
    query = select(AuditChoice.change, AuditChoice.finding).join(Audit, Audit.id == AuditChoice.audit_id)
    query = query.where(Audit.state == AuditState.APPLIED, AuditChoice.is_checked)
    told = relations(session)
    different, compatible, inside = set[frozenset[int]](), set[frozenset[int]](), set(told.parents)
    reviewed = set(session.scalars(select(Tag.id).where(func.trim(Tag.lawful_reason) != "")))
    for written, finding in session.execute(query):
        match changes.from_json(written) if written else None:
            case KeepBoth(one=one, other=other) if (finding or {}).get("check") == Check.CONTRADICTION:
                compatible.add(frozenset((one, other)))
            case KeepBoth(one=one, other=other):
                different.add(frozenset((one, other)))
            case Keep(tag=tag) if (finding or {}).get("check") in (Check.PERSONAL, Check.SENSITIVE):
                reviewed.add(tag)
            case _:
                pass
    return Declared(
        exclusive={group: frozenset(tags) for group, tags in groups(session).items()},
        opposites=frozenset(frozenset(pair) for pair in told.opposites),
        inside=frozenset(inside),
        seasonal=frozenset(session.scalars(select(Tag.id).where(Tag.is_seasonal))),
        reviewed=frozenset(reviewed),
        different=frozenset(different),
        compatible=frozenset(compatible),
    )


def _open(session: Session, audit: int) -> Audit:
    row = session.get(Audit, audit)
    if row is None or row.state is not AuditState.OPEN:
        raise ShopError(_("This audit is not under way any more."), _("Nothing was changed. Begin a new one."))
    return row


def _row(session: Session, audit: int, key: str) -> AuditChoice:
    found = session.scalar(select(AuditChoice).where(AuditChoice.audit_id == audit, AuditChoice.key == key))
    if found is None:
        raise ShopError(_("This proposal is not part of the audit."), _("Nothing was changed. Look at the list again."))
    return found


def _tags(tags: Sequence[TagRow]) -> dict[str, Any]:
    return {
        str(tag.id): {"name": tag.name, "type": str(tag.type), "decided": bool(tag.helps_decide.strip())}
        for tag in tags
    }


def _written(finding: Finding) -> dict[str, Any]:
    return {
        "check": str(finding.check),
        "tags": list(finding.tags),
        "proposal": str(finding.proposal),
        "evidence": dict(finding.evidence),
        "why": finding.why,
    }


def _choice(row: AuditChoice) -> Choice:
    return Choice(
        key=row.key,
        finding=_finding(row.finding) if row.finding else None,
        change=changes.from_json(row.change) if row.change else None,
        is_checked=row.is_checked,
        is_counted_again=row.is_counted_again,
        is_gone=row.is_gone,
    )


def _finding(told: Mapping[str, Any]) -> Finding:
    return Finding(
        Check(told["check"]), tuple(told["tags"]), Proposal(told["proposal"]), dict(told["evidence"]), told["why"]
    )
