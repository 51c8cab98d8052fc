"""The consent ledger: what each friend's data may be used for, and how we know. Lines are added, never changed.

A refusal wins at once and for good: it takes the friend out of every waiting delivery in the same transaction, and
nothing here turns it back on, except a correction with a reason within ten minutes of a wrong click.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    String,
    and_,
    exists,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind, Use
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.text import _

CORRECTION_WINDOW = timedelta(minutes=10)
"""How long a wrongly chosen friend can be corrected."""
WHY_REFUSED = "refused"
"""Code of the reason on a delivery that was left out."""

PART = 10_000
"""Most friends that are named by their ids in one statement."""
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
    uses: frozenset[Use] = frozenset()
    """The uses that people were told of; empty: nobody wrote down which."""
    collected: str = ""
    """What came in: names, phones, orders."""
    notice_id: int | None = None
    told_at: datetime | None = None


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
    uses: frozenset[Use] = frozenset()
    collected: str = ""
    notice_id: int | None = None
    told_at: datetime | None = None
    recording_id: int | None = None
    list_id: int | None = None


def record_collected(
    session: Session, friend_ids: Iterable[int], origin: Origin, now: datetime, batch_id: int | None = None
) -> None:
    """Write down where the data of these friends came from and what they were told."""
    for part in _parts(friend_ids):
        informed, can_opt_out = literal(str(origin.informed)), literal(str(origin.can_opt_out))
        who: Select[Any, Any, Any] = select(_FRIENDS.c.id, informed, can_opt_out).where(_FRIENDS.c.id.in_(part))
        record_collected_of(session, who, origin, now, batch_id)


def record_collected_of(
    session: Session,
    who: Select[Any, Any, Any],
    origin: Origin,
    now: datetime,
    batch_id: int | None = None,
    *,
    is_news: bool = True,
    recording_id: int | None = None,
) -> None:
    """Write down the origin of the friends that a query names, with what each was told: friend, informed, can opt out.

    A friend whose ledger says the same already gets no second line. An unknown answer never wipes out a known one, and
    nothing here touches whether marketing is allowed. Without `is_news` all this stands beside their names already.
    """
    session.flush()
    found = who.subquery()
    friend, informed = found.c[0], found.c[1]
    line = collected_line(origin, now, batch_id, recording_id)
    known = is_known(friend, informed, line)
    fresh = select(friend, informed, *_literals(line))
    if session.scalar(select(exists().select_from(_LINES))):
        fresh = fresh.where(~known)
    session.execute(insert(_LINES).from_select(["friend_id", "informed", *line], fresh))
    if is_news:
        _put_beside_names(session, found, origin)
    session.expire_all()


def tells_news(session: Session, who: Select[Any, Any, Any], origin: Origin) -> bool:
    """Say whether record_collected_of would change what stands beside the names of the friends of such a query."""
    found = who.subquery()
    any_news = or_(*[is_new for _value, is_new in news(found, origin).values()])
    changing = select(found.c[0]).join(_FRIENDS, _FRIENDS.c.id == found.c[0]).where(any_news)
    return bool(session.scalar(select(changing.exists())))


def _put_beside_names(session: Session, found: Any, origin: Origin) -> None:
    """Write what friends were told beside their names; a column that nobody is told anything new about stays as is."""
    for name, (value, is_new) in news(found, origin).items():
        told = select(found.c[0]).join(_FRIENDS, _FRIENDS.c.id == found.c[0]).where(is_new)
        if session.scalar(select(told.exists())):
            once = select(value).where(found.c[0] == _FRIENDS.c.id).scalar_subquery()
            after = value if name == "collected_through" else once
            session.execute(update(_FRIENDS).where(_FRIENDS.c.id.in_(told)).values({name: after}))


def news(found: Any, origin: Origin) -> dict[str, tuple[ColumnElement[Any], ColumnElement[bool]]]:
    """Return what each column of a friend is told by (friend, informed, can opt out), and whether that is new."""
    values: dict[str, ColumnElement[Any]] = {
        "collected_through": literal(origin.through.strip() or None, String),
        "informed": found.c[1],
        "can_opt_out": found.c[2],
    }
    is_told = {name: and_(value.is_not(None), value != str(Answer.UNKNOWN)) for name, value in values.items()}
    return {
        name: (value, and_(is_told[name], value.is_distinct_from(_FRIENDS.c[name]))) for name, value in values.items()
    }


def refuse(
    session: Session, friend_ids: Iterable[int], how: str, now: datetime, batch_id: int | None = None
) -> list[int]:
    """Record that friends refuse marketing and how we know; return those who newly refuse.

    Their deliveries that still wait become left out in the same transaction.
    """
    return _record_each(session, friend_ids, refuse_those, Friend.marketing != Marketing.REFUSED, how, now, batch_id)


def refuse_those(
    session: Session,
    who: Select[Any],
    how: str,
    now: datetime,
    batch_id: int | None = None,
    *,
    also_brought: bool = False,
) -> int:
    """Record that the friends whose ids a query returns refuse marketing; return how many newly do.

    With `also_brought` those newly do, too, whom the import of `batch_id` made with the word beside their names.
    """
    session.flush()
    is_new = _FRIENDS.c.marketing != str(Marketing.REFUSED)
    newly = select(_FRIENDS.c.id).where(_FRIENDS.c.id.in_(who), is_new)
    waiting = _DELIVERIES.c.friend_id.in_(newly), _DELIVERIES.c.state == DeliveryState.WAITING
    session.execute(update(_DELIVERIES).where(*waiting).values(state=DeliveryState.LEFT_OUT, why=WHY_REFUSED, at=now))
    line = _line(ConsentKind.REFUSED, now, batch_id, how, uses=Use.MARKETING)
    return _answer(session, who, is_new, Marketing.REFUSED, line, also_brought=also_brought)


def allow(
    session: Session, friend_ids: Iterable[int], how: str, now: datetime, batch_id: int | None = None
) -> list[int]:
    """Record that friends allow marketing; return those for whom that is new. A refusal is never turned back on."""
    return _record_each(session, friend_ids, allow_those, Friend.marketing == Marketing.UNKNOWN, how, now, batch_id)


def allow_those(
    session: Session,
    who: Select[Any],
    how: str,
    now: datetime,
    batch_id: int | None = None,
    *,
    also_brought: bool = False,
    recording_id: int | None = None,
) -> int:
    """Record that the friends whose ids a query returns allow marketing; return for how many that is new.

    With `also_brought` it is new, too, for those whom the import of `batch_id` made with the word beside their names.
    """
    session.flush()
    is_new = _FRIENDS.c.marketing == str(Marketing.UNKNOWN)
    line = _line(ConsentKind.ALLOWED, now, batch_id, how, uses=Use.MARKETING)
    line["recording_id"] = recording_id
    return _answer(session, who, is_new, Marketing.ALLOWED, line, also_brought=also_brought)


def agree_again(session: Session, friend_ids: Iterable[int], how: str, now: datetime) -> list[int]:
    """Record that friends themselves turned marketing on again, and how we know; return those for whom it is new.

    The one way back from a refusal that holds: a person writes down what the friend said. Raises ShopError without it.
    """
    newly: list[int] = []
    is_refused = _FRIENDS.c.marketing == str(Marketing.REFUSED)
    line = _line(ConsentKind.ALLOWED, now, None, how_we_know(how), uses=Use.MARKETING)
    for part in _parts(friend_ids):
        refusing = select(_FRIENDS.c.id).where(_FRIENDS.c.id.in_(part), is_refused)
        newly += session.scalars(refusing)
        _answer(session, refusing, is_refused, Marketing.ALLOWED, line)
    return newly


def how_we_know(how: str) -> str:
    """Return what was typed about how we know, in one line. Raises ShopError when nothing was."""
    said = " ".join(how.split())
    if not said:
        raise ShopError(_("It is not said how we know."), _("Write where it can be looked up. Nothing was changed."))
    return said


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
    this = select(_FRIENDS.c.id).where(_FRIENDS.c.id == friend_id)
    word = _before_last_refusal(reversed(lines))
    _answer(session, this, true(), word, _line(ConsentKind.CORRECTED, now, None, reason.strip(), uses=Use.MARKETING))


def entries(session: Session, friend_id: int) -> list[LedgerLine]:
    """Return a friend's ledger, newest first."""
    query = (
        select(ConsentEntry)
        .where(ConsentEntry.friend_id == friend_id)
        .order_by(ConsentEntry.at.desc(), ConsentEntry.id.desc())
    )
    return [line_of(entry) for entry in session.scalars(query)]


def line_of(row: ConsentEntry) -> LedgerLine:
    """Return a row of the ledger as a frozen record."""
    return LedgerLine(
        *(row.id, row.at, row.kind, row.through, row.purpose, row.informed, row.evidence, row.batch_id),
        *(uses_in(row.uses), row.collected, row.notice_id, row.told_at, row.recording_id, row.list_id),
    )


def as_codes(uses: Iterable[Use]) -> str:
    """Return uses as a ledger line keeps them, always in the same order."""
    wanted = frozenset(uses)
    return ",".join(use for use in Use if use in wanted)


def uses_in(codes: str) -> frozenset[Use]:
    """Return the uses that a ledger line names."""
    return frozenset(Use(code) for code in codes.split(",") if code)


def standing(lines: Iterable[LedgerLine]) -> list[LedgerLine]:
    """Return the lines that hold, in their order: without what an import collected or allowed before it was undone.

    Its refusals stay among them; where they went too, a correction of their own says so.
    """
    all_lines = list(lines)
    corrected = [line for line in all_lines if line.kind is ConsentKind.CORRECTED]
    undone = {line.batch_id for line in corrected} - {None}
    recordings = {line.recording_id for line in corrected} - {None}
    return [
        line
        for line in all_lines
        if line.kind is ConsentKind.REFUSED or (line.batch_id not in undone and line.recording_id not in recordings)
    ]


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


def _parts(friend_ids: Iterable[int]) -> Iterator[list[int]]:
    """Yield friends in parts that are clear of the database's limit on parameters."""
    friends = list(dict.fromkeys(friend_ids))
    for start in range(0, len(friends), PART):
        yield friends[start : start + PART]


def _record_each(
    session: Session,
    friend_ids: Iterable[int],
    record: Callable[[Session, Select[Any], str, datetime, int | None], int],
    is_new: ColumnElement[bool],
    how: str,
    now: datetime,
    batch_id: int | None,
) -> list[int]:
    newly: list[int] = []
    for part in _parts(friend_ids):
        fresh = set(session.scalars(select(Friend.id).where(Friend.id.in_(part), is_new)))
        record(session, select(_FRIENDS.c.id).where(_FRIENDS.c.id.in_(part)), how, now, batch_id)
        newly += [friend for friend in part if friend in fresh]
    return newly


def _answer(
    session: Session,
    who: Select[Any],
    is_new: ColumnElement[bool],
    word: Marketing,
    line: dict[str, Any],
    *,
    also_brought: bool = False,
) -> int:
    """Write a ledger line for each friend of `who` for whom the word is new, then put it beside their names.

    Return how many lines were written.
    """
    entry = {**line, "informed": ""}
    batch = literal(line["batch_id"], _LINES.c.batch_id.type)
    brought = and_(_FRIENDS.c.batch_id == batch, _FRIENDS.c.marketing == str(word))
    wanted = or_(is_new, brought) if also_brought else is_new
    lines = select(_FRIENDS.c.id, *_literals(entry)).where(_FRIENDS.c.id.in_(who), wanted)
    told = session.execute(insert(_LINES).from_select(["friend_id", *entry], lines))
    anybody = select(_FRIENDS.c.id).where(is_new)
    newly = anybody.where(_FRIENDS.c.id.in_(who))
    if session.scalar(select(anybody.exists())) and session.scalar(select(newly.exists())):
        session.execute(update(_FRIENDS).where(_FRIENDS.c.id.in_(newly)).values(marketing=word))
    session.expire_all()
    return cast("CursorResult[Any]", told).rowcount


def _line(kind: ConsentKind, now: datetime, batch_id: int | None, evidence: str, *, uses: str = "") -> dict[str, Any]:
    told = {"through": "", "purpose": "", "evidence": evidence, "uses": str(uses), "collected": ""}
    return {"kind": kind, **told, "at": now, "batch_id": batch_id}


def collected_line(
    origin: Origin, now: datetime, batch_id: int | None = None, recording_id: int | None = None
) -> dict[str, Any]:
    """Return the columns of the line that record_collected_of writes for an origin."""
    return {
        **_line(ConsentKind.COLLECTED, now, batch_id, origin.evidence, uses=as_codes(origin.uses)),
        "through": origin.through,
        "purpose": origin.purpose,
        "collected": origin.collected,
        "notice_id": origin.notice_id,
        "told_at": origin.told_at,
        "recording_id": recording_id,
    }


def is_known(friend: Any, informed: Any, line: dict[str, Any]) -> ColumnElement[bool]:
    """Say of a friend whether their ledger has a line that says just what this one says."""
    apart = ("at", "batch_id", "recording_id")
    same = [_LINES.c[name].is_not_distinct_from(value) for name, value in line.items() if name not in apart]
    undone = _LINES.alias()
    is_undone = (
        exists()
        .where(undone.c.friend_id == _LINES.c.friend_id, undone.c.kind == ConsentKind.CORRECTED)
        .where(undone.c.recording_id == _LINES.c.recording_id)
        .correlate(_LINES)
    )
    return exists().where(_LINES.c.friend_id == friend, _LINES.c.informed == informed, *same, ~is_undone)


def _literals(line: dict[str, Any]) -> list[ColumnElement[Any]]:
    return [literal(value, _LINES.c[name].type) for name, value in line.items()]
