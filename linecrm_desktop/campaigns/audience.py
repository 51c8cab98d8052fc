"""Who of a segment can be written to: consent, blocks, LINE ids and the frequency cap are always applied here.

One expression decides, so that builder, gate and send can never differ by one. Each friend has one reason at most, in
this order: blocked, refused, no LINE id, over the cap, and, where a message asks for it, not informed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, literal, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import caps
from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.channels import ids
from linecrm_desktop.channels.ids import ANY, Through
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.segments import library, to_sql
from linecrm_desktop.segments.draft import Cap
from linecrm_desktop.segments.rules import Rule

NAMES_MAX = 500
"""Names that a list on the screen shows at most."""

Who = Rule | Select[int]
"""The rules of a segment, or friends who were chosen otherwise: those who are due on a path."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many match, how many are taken out and why, and how many are left."""

    match: int = 0
    blocked: int = 0
    refused: int = 0
    no_line_id: int = 0
    capped: int = 0
    reachable: int = 0
    uninformed: int = 0
    """Left out because the message asks for it."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Who was taken out for one reason: how many, and the names of the first ones."""

    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """One friend who can be written to."""

    id: int
    line_user_id: str
    is_informed: bool


@dataclass(frozen=True, slots=True)
class Sieve:
    """What takes friends out beside the consent, the blocks and the caps of the whole shop."""

    cap: Cap | None = None
    """The segment's own frequency cap, if it has one."""
    only_informed: bool = False
    """Whether the message leaves out whoever was not told how their data is used."""
    through: Through = ANY
    """The account that would write; any: whoever one account of the shop reaches is reachable."""


def reach(session: Session, who: Who, day: ShopDay, now: datetime, sieve: Sieve = Sieve()) -> Reach:
    """Count a segment by reason, in one query."""
    why = reason(session, day, now, sieve)
    counted = select(why, func.count()).where(Friend.id.in_(members(session, who, day))).group_by(why)
    found = dict(session.execute(counted).all())
    return Reach(
        match=sum(found.values()),
        blocked=found.get(Why.BLOCKED, 0),
        refused=found.get(Why.REFUSED, 0),
        no_line_id=found.get(Why.NO_LINE_ID, 0),
        capped=found.get(Why.CAPPED, 0),
        reachable=found.get("", 0),
        uninformed=found.get(Why.UNINFORMED, 0),
    )


def members(session: Session, who: Who, day: ShopDay) -> Select[int]:
    """Return the friends of a rule as one SELECT of ids, whether they can be reached or not."""
    return who if isinstance(who, Select) else to_sql.members(who, day, library.rules(session, who))


def reason(session: Session, day: ShopDay, now: datetime, sieve: Sieve = Sieve()) -> ColumnElement[str]:
    """Return the expression that says why a friend gets nothing; an empty text: can be reached."""
    whens = reasons(session, day, now, sieve)
    return case(*[(condition, literal(str(why))) for why, condition in whens.items()], else_=literal(""))


def reasons(session: Session, day: ShopDay, now: datetime, sieve: Sieve = Sieve()) -> dict[Why, ColumnElement[bool]]:
    """Return why friends get nothing, each as a condition on friends; the first that holds is the one that is told.

    A segment's own cap comes beside the shop's: it can only spare a friend more.
    """
    whens: dict[Why, ColumnElement[bool]] = {
        Why.BLOCKED: ids.is_blocked(session, sieve.through),
        Why.REFUSED: Friend.marketing == Marketing.REFUSED,
        Why.NO_LINE_ID: ids.has_none(session, sieve.through),
    }
    over = caps.over(caps.of_shop(session), sieve.cap, day, now)
    if over is not None:
        whens[Why.CAPPED] = over
    if sieve.only_informed:
        whens[Why.UNINFORMED] = Friend.informed != Answer.YES
    return whens


def people(
    session: Session, who: Who, day: ShopDay, now: datetime, channel_id: int | None, sieve: Sieve = Sieve()
) -> list[Person]:
    """Return everybody of a segment whom an account can write to, ordered by friend id."""
    can = reason(session, day, now, replace(sieve, through=channel_id)) == ""
    found = session.execute(
        select(Friend.id, ids.line_id(channel_id), Friend.informed)
        .where(Friend.id.in_(members(session, who, day)), can)
        .order_by(Friend.id)
    )
    return [Person(friend, line_id or "", informed is Answer.YES) for friend, line_id, informed in found]


def reachable(session: Session, who: Who, day: ShopDay, now: datetime, sieve: Sieve = Sieve()) -> list[int]:
    """Return the ids of everybody of a segment who can be written to, in order."""
    can = reason(session, day, now, sieve) == ""
    return list(
        session.scalars(select(Friend.id).where(Friend.id.in_(members(session, who, day)), can).order_by(Friend.id))
    )


def taken_out(
    session: Session,
    rule: Rule,
    day: ShopDay,
    now: datetime,
    why: Why,
    sieve: Sieve = Sieve(),
    *,
    most: int = NAMES_MAX,
) -> TakenOut:
    """Name friends of a segment who cannot be written to for one reason, in the order of their names."""
    said = reason(session, day, now, sieve)
    chosen = (Friend.id.in_(members(session, rule, day)), said == why)
    count = session.scalars(select(func.count()).select_from(Friend).where(*chosen)).one()
    names = session.scalars(select(Friend.name).where(*chosen).order_by(Friend.name, Friend.id).limit(most))
    return TakenOut(count, tuple(names))


def split(people: Sequence[Person], keep_back_percent: int, salt: str) -> tuple[set[int], list[Person]]:
    """Choose whom to keep back; return their ids, and the recipients in the order given.

    The choice hangs on the salt and the LINE id only, so that it is the same after everybody was imported anew.
    """
    count = len(people) * keep_back_percent // 100
    chosen = sorted(people, key=lambda person: draw(salt, person.line_user_id))[:count]
    kept = {person.id for person in chosen}
    return kept, [person for person in people if person.id not in kept]


def draw(salt: str, key: str) -> bytes:
    """Return where somebody stands in the order in which groups are drawn."""
    return hashlib.sha256(f"{salt}\n{key}".encode()).digest()
