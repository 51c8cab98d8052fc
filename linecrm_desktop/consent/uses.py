"""The uses of a friend's data: what each friend said to which of them, and refusing one without the others.

Marketing by LINE has rules of its own (consent.ledger). Refusing ads takes a friend out of every list that leaves the
shop; refusing profiling out of those too, because a segment is a profile, and no rule gives them a tag. Service cannot
be refused alone: whoever refuses it wants all use to stop.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, insert, literal, not_, or_, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.consent import ledger, profiling
from linecrm_desktop.consent.ledger import PART, LedgerLine
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind, Use
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.text import N_, _

_LINES = ConsentEntry.metadata.tables[ConsentEntry.__tablename__]
NAMES = {
    Use.MARKETING: N_("Marketing by LINE"),
    Use.ADS: N_("Ads and retargeting"),
    Use.PROFILING: N_("Profiling"),
    Use.SERVICE: N_("Service"),
}
COLUMNS = {Use.ADS: "refuses_ads", Use.PROFILING: "refuses_profiling", Use.SERVICE: "refuses_service"}
"""What stands beside a friend's name, so that one query can ask it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for one use of one friend's data, with the newest line that says so."""

    use: Use
    answer: Marketing
    """Allowed, refused, or unknown."""
    line: LedgerLine | None
    """The friend's own answer; None: they never gave one."""
    told: LedgerLine | None
    """The line by which they were told of this use; None: nobody wrote down that they were."""


def name(use: Use) -> str:
    """Return what a use is called."""
    return _(NAMES[use])


def wanted(uses: Iterable[Use]) -> frozenset[Use]:
    """Return all uses that end when these are refused: service takes the others along."""
    chosen = frozenset(uses)
    return frozenset(Use) if Use.SERVICE in chosen else chosen


def refuse(
    session: Session, friend_ids: Iterable[int], uses: Iterable[Use], how: str, now: datetime
) -> dict[Use, list[int]]:
    """Record that friends refuse uses of their data, and how we know; return who newly refuses which.

    All of it takes effect in this transaction. Raises ShopError when it is not said how we know.
    """
    friends = list(dict.fromkeys(friend_ids))
    said = ledger.how_we_know(how)
    return {use: refuse_only(session, friends, use, said, now) for use in Use if use in wanted(uses)}


def refuse_only(session: Session, friends: list[int], use: Use, how: str, now: datetime) -> list[int]:
    """Record one refusal that takes no other along; return for whom it is new. The file apart keeps each by itself."""
    if use is Use.MARKETING:
        return ledger.refuse(session, friends, how, now)
    return _answer(session, friends, use, how, now, ConsentKind.USE_REFUSED)


def allow_again(session: Session, friend_ids: Iterable[int], use: Use, how: str, now: datetime) -> list[int]:
    """Record that friends allow a use again which they refused; return those for whom that is new.

    Raises ShopError when it is not said how we know.
    """
    friends = list(dict.fromkeys(friend_ids))
    if use is Use.MARKETING:
        return ledger.agree_again(session, friends, how, now)
    return _answer(session, friends, use, ledger.how_we_know(how), now, ConsentKind.USE_ALLOWED)


def standing(session: Session, friend_id: int) -> tuple[Standing, ...]:
    """Return what holds for each use of a friend's data."""
    lines = ledger.standing(ledger.entries(session, friend_id))
    marketing = session.scalar(select(Friend.marketing).where(Friend.id == friend_id)) or Marketing.UNKNOWN
    return tuple(_of_use(use, lines, marketing) for use in Use)


def refuses_sharing() -> ColumnElement[bool]:
    """Say of a friend in SQL whether they may be in no list that leaves the shop."""
    return or_(Friend.marketing == Marketing.REFUSED, Friend.refuses_ads, Friend.refuses_profiling)


def was_told(use: Use) -> ColumnElement[bool]:
    """Say of a friend in SQL whether they were informed, and not only of other uses than this one.

    Where no line names uses, as before they were written down, being informed is all that is known.
    """
    line = ConsentEntry
    named = exists().where(
        *(line.friend_id == Friend.id, line.kind == ConsentKind.COLLECTED, line.informed == Answer.YES),
        *(line.uses != "", not_(_is_undone())),
    )
    this = named.where(("," + line.uses + ",").contains(f",{use},"))
    return and_(Friend.informed == Answer.YES, or_(not_(named), this))


def _is_undone() -> ColumnElement[bool]:
    back = _LINES.alias()
    same = or_(back.c.batch_id == ConsentEntry.batch_id, back.c.recording_id == ConsentEntry.recording_id)
    return exists().where(back.c.friend_id == ConsentEntry.friend_id, back.c.kind == ConsentKind.CORRECTED, same)


def _answer(session: Session, friends: list[int], use: Use, how: str, now: datetime, kind: ConsentKind) -> list[int]:
    """Write a line for each friend for whom the answer is new, and put it beside their names."""
    newly: list[int] = []
    refuses = kind is ConsentKind.USE_REFUSED
    for start in range(0, len(friends), PART):
        part = Friend.id.in_(friends[start : start + PART])
        is_new = is_refused(use) != literal(refuses)
        chosen = session.scalars(select(Friend.id).where(part, is_new)).all()
        if not chosen:
            continue
        newly += chosen
        said = {"at": now, "kind": kind, "evidence": how, "uses": str(use)}
        empty = {"through": "", "purpose": "", "informed": "", "collected": ""}
        session.execute(insert(ConsentEntry), [{"friend_id": friend, **said, **empty} for friend in chosen])
        session.execute(update(Friend).where(Friend.id.in_(chosen)).values({COLUMNS[use]: refuses}))
        if refuses and use is Use.PROFILING:
            profiling.take_off(session, chosen, now)
    session.expire_all()
    return newly


def is_refused(use: Use) -> ColumnElement[bool]:
    """Say of a friend in SQL whether they refuse a use."""
    if use is Use.MARKETING:
        return Friend.marketing == Marketing.REFUSED
    return getattr(Friend, COLUMNS[use])


def _of_use(use: Use, lines: list[LedgerLine], marketing: Marketing) -> Standing:
    answers = {ConsentKind.USE_REFUSED: Marketing.REFUSED, ConsentKind.USE_ALLOWED: Marketing.ALLOWED}
    if use is Use.MARKETING:
        answers = {ConsentKind.REFUSED: Marketing.REFUSED, ConsentKind.ALLOWED: Marketing.ALLOWED}
    is_about = [line for line in lines if line.kind in answers and (use in line.uses or use is Use.MARKETING)]
    said = next(iter(is_about), None)
    told = next(
        (line for line in lines if line.kind is ConsentKind.COLLECTED and use in line.uses and line.informed == "yes"),
        None,
    )
    answer = marketing if use is Use.MARKETING else answers[said.kind] if said else Marketing.UNKNOWN
    return Standing(use, answer, said if answer is not Marketing.UNKNOWN else None, told)
