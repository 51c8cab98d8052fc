"""The consent ledger: what each friend's data may be used for, and how we know. Lines are added, never changed.

A refusal wins at once and for good: it takes the friend out of every waiting delivery in the same transaction, and
nothing here turns it back on, except a correction with a reason within ten minutes of a wrong click.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.text import _

CORRECTION_WINDOW = timedelta(minutes=10)
"""How long a wrongly chosen friend can be corrected."""
WHY_REFUSED = "refused"
"""Code of the reason on a delivery that was left out."""

_FRIENDS = Friend.metadata.tables[Friend.__tablename__]
_LINES = ConsentEntry.metadata.tables[ConsentEntry.__tablename__]
_DELIVERIES = Delivery.metadata.tables[Delivery.__tablename__]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a shop says about data it brings in: through what it came, for what, and what people were told."""

    through: str
    purpose: str
    informed: Answer
    evidence: str = ""
    can_opt_out: Answer = Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of a friend's ledger."""

    id: int
    at: datetime
    kind: ConsentKind
    through: str
    purpose: str
    informed: str
    evidence: str
    batch_id: int | None


def record_collected(
    session: Session, friend_ids: Iterable[int], origin: Origin, now: datetime, batch_id: int | None = None
) -> None:
    """Write down where the data of these friends came from and what they were told.

    An unknown answer never wipes out a known one, and nothing here touches whether marketing is allowed.
    """
    friends = _unique(friend_ids)
    line = {
        "kind": ConsentKind.COLLECTED,
        "through": origin.through,
        "purpose": origin.purpose,
        "informed": str(origin.informed),
        "evidence": origin.evidence,
    }
    _append(session, friends, now, batch_id, line)
    known: dict[str, Any] = {"collected_through": origin.through.strip() or None}
    known |= {"informed": origin.informed, "can_opt_out": origin.can_opt_out}
    _set(session, friends, {key: value for key, value in known.items() if value not in (None, Answer.UNKNOWN)})


def refuse(
    session: Session, friend_ids: Iterable[int], how: str, now: datetime, batch_id: int | None = None
) -> list[int]:
    """Record that friends refuse marketing and how we know; return those who newly refuse.

    Their deliveries that still wait become left out in the same transaction.
    """
    refused = set(session.scalars(select(Friend.id).where(Friend.marketing == Marketing.REFUSED)))
    newly = [friend for friend in _unique(friend_ids) if friend not in refused]
    _append(session, newly, now, batch_id, {"kind": ConsentKind.REFUSED, "evidence": how})
    _set(session, newly, {"marketing": Marketing.REFUSED})
    _leave_out(session, newly, now)
    return newly


def allow(
    session: Session, friend_ids: Iterable[int], how: str, now: datetime, batch_id: int | None = None
) -> list[int]:
    """Record that friends allow marketing; return those for whom that is new. A refusal is never turned back on."""
    answered = set(session.scalars(select(Friend.id).where(Friend.marketing != Marketing.UNKNOWN)))
    newly = [friend for friend in _unique(friend_ids) if friend not in answered]
    _append(session, newly, now, batch_id, {"kind": ConsentKind.ALLOWED, "evidence": how})
    _set(session, newly, {"marketing": Marketing.ALLOWED})
    return newly


def correct_refusal(session: Session, friend_id: int, reason: str, now: datetime) -> None:
    """Take back a refusal that was recorded for the wrong friend, with the reason. Raises ShopError when too late.

    Deliveries that were left out stay out: it is safer to reach one person too few.
    """
    if not reason.strip():
        raise ShopError(_("The reason is empty."), _("Write why the refusal was recorded for the wrong friend."))
    lines = entries(session, friend_id)
    refusal = next((line for line in lines if line.kind is ConsentKind.REFUSED), None)
    if session.scalar(select(Friend.marketing).where(Friend.id == friend_id)) is not Marketing.REFUSED:
        raise ShopError(_("This friend does not refuse marketing."), _("Nothing was changed."))
    if refusal is None or now - refusal.at > CORRECTION_WINDOW:
        raise ShopError(
            _("A refusal can be corrected for 10 minutes only."),
            _("Now only the friend can turn marketing on again. Nothing was changed."),
        )
    _append(session, [friend_id], now, None, {"kind": ConsentKind.CORRECTED, "evidence": reason.strip()})
    _set(session, [friend_id], {"marketing": _before_last_refusal(reversed(lines))})


def entries(session: Session, friend_id: int) -> list[LedgerLine]:
    """Return a friend's ledger, newest first."""
    query = (
        select(ConsentEntry)
        .where(ConsentEntry.friend_id == friend_id)
        .order_by(ConsentEntry.at.desc(), ConsentEntry.id.desc())
    )
    return [
        LedgerLine(e.id, e.at, e.kind, e.through, e.purpose, e.informed, e.evidence, e.batch_id)
        for e in session.scalars(query)
    ]


def standing(lines: Iterable[LedgerLine]) -> list[LedgerLine]:
    """Return the lines that hold, in their order: without what an import collected or allowed before it was undone.

    Its refusals stay among them; where they went too, a correction of their own says so.
    """
    all_lines = list(lines)
    undone = {line.batch_id for line in all_lines if line.kind is ConsentKind.CORRECTED} - {None}
    return [line for line in all_lines if line.batch_id not in undone or line.kind is ConsentKind.REFUSED]


def _before_last_refusal(oldest_first: Iterable[LedgerLine]) -> Marketing:
    word = before = Marketing.UNKNOWN
    for line in standing(oldest_first):
        if line.kind is ConsentKind.ALLOWED:
            word = Marketing.ALLOWED
        elif line.kind is ConsentKind.REFUSED:
            before, word = word, Marketing.REFUSED
        elif line.kind is ConsentKind.CORRECTED:
            word = before
    return before


def _unique(friend_ids: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(friend_ids))


def _append(session: Session, friends: list[int], now: datetime, batch_id: int | None, columns: dict[str, Any]) -> None:
    line = {"through": "", "purpose": "", "informed": "", "evidence": "", **columns, "at": now, "batch_id": batch_id}
    if friends:
        session.flush()
        session.connection().execute(insert(_LINES), [{**line, "friend_id": friend} for friend in friends])


def _set(session: Session, friends: list[int], columns: dict[str, Any]) -> None:
    """Write columns of many friends, one parameter set each: clear of SQLite's limit on parameters."""
    if friends and columns:
        session.flush()
        change = update(_FRIENDS).where(_FRIENDS.c.id == bindparam("friend")).values(**columns)
        session.connection().execute(change, [{"friend": friend} for friend in friends])
        session.expire_all()


def _leave_out(session: Session, friends: list[int], now: datetime) -> None:
    if friends:
        waiting = (
            update(_DELIVERIES)
            .where(_DELIVERIES.c.friend_id == bindparam("friend"), _DELIVERIES.c.state == DeliveryState.WAITING)
            .values(state=DeliveryState.LEFT_OUT, why=WHY_REFUSED, at=now)
        )
        session.connection().execute(waiting, [{"friend": friend} for friend in friends])
        session.expire_all()
