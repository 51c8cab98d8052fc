"""Who of a segment may leave for ads, and why everybody else stays: one SELECT decides for screen, file and upload.

Each friend stays for one reason at most, in this order: refused (marketing, ads or profiling), not told of ads,
carries a sensitive tag, has none of the identifiers that leave. A LINE user id of a wrong form counts as none, because
one such id fails a whole upload; so does a phone or e-mail that somebody who refused has too, because it would stand
for both.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, case, literal, not_, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Who
from linecrm_desktop.channels import ids
from linecrm_desktop.consent import uses
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.consent import Use
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.segments import codec, to_sql
from linecrm_desktop.segments.rules import HasTag, Rule
from linecrm_desktop.settings.limits import Limits

_USER_ID = re.compile(r"U[0-9a-f]{32}")


class Identifier(StrEnum):
    """What can leave of a friend. Names, orders and tags never do."""

    LINE_ID = "line_id"
    PHONE = "phone"
    """As SHA-256."""
    EMAIL = "email"
    """As SHA-256."""


class Stays(StrEnum):
    """Why a friend is not in what leaves."""

    REFUSED = "refused"
    UNINFORMED = "uninformed"
    SENSITIVE = "sensitive"
    NO_IDENTIFIER = "no_identifier"


@dataclass(frozen=True, slots=True)
class Closed:
    """What keeps a whole segment from being shared."""

    asks_for: str = ""
    """A sensitive tag of the rules."""
    rare: int | None = None
    """A tag of the rules that too few friends have."""


@dataclass(frozen=True, slots=True)
class Person:
    """One friend who may leave, with their identifiers as they stand in the shop; "" where there is none."""

    id: int
    line_id: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who may leave, and how many stay for each reason."""

    match: int
    stays: Mapping[Stays, int]
    people: tuple[Person, ...]


def sensitive_tags(session: Session) -> dict[int, str]:
    """Return the names of the shop's sensitive tags."""
    return {tag: name for tag, name in session.execute(select(Tag.id, Tag.name).where(Tag.is_sensitive))}


def closed(
    rule: Rule,
    segments: Mapping[int, Rule],
    sensitive: Mapping[int, str],
    count: Callable[[int], int],
    limits: Limits,
) -> Closed:
    """Say what keeps these rules from being shared at all; `count` tells how many friends have a tag."""
    asked = sorted(_tags(rule, segments))
    asks_for = next((sensitive[tag] for tag in asked if tag in sensitive), "")
    return Closed(asks_for, next((tag for tag in asked if count(tag) < limits.share_tag), None))


def stays(session: Session, day: ShopDay) -> ColumnElement[str]:
    """Return the expression that says why a friend stays, whatever identifiers leave; an empty text: may leave."""
    whens: list[tuple[ColumnElement[bool], ColumnElement[str]]] = [
        (uses.refuses_sharing(), literal(str(Stays.REFUSED))),
        (not_(uses.was_told(Use.ADS)), literal(str(Stays.UNINFORMED))),
    ]
    sensitive = tuple(sensitive_tags(session))
    if sensitive:
        whens.append((to_sql.condition(HasTag(sensitive), day, {}), literal(str(Stays.SENSITIVE))))
    return case(*whens, else_=literal(""))


def leaving(
    session: Session, who: Who, day: ShopDay, wanted: Collection[Identifier], channel_id: int | None = None
) -> Leaving:
    """Say who may leave with at least one of the wanted identifiers, and how many stay and why.

    LINE user IDs are those by which the given account knows friends.
    """
    why = stays(session, day)
    query = (
        select(why, Friend.id, ids.line_id(channel_id), Friend.phone, Friend.email)
        .where(Friend.id.in_(audience.members(session, who, day)))
        .order_by(Friend.id)
    )
    barred = _barred(session)
    counts, people, match = dict.fromkeys(Stays, 0), list[Person](), 0
    for reason, friend, line_id, phone, email in session.execute(query):
        match += 1
        held = {Identifier.LINE_ID: line_id, Identifier.PHONE: _clean(phone), Identifier.EMAIL: _clean(email)}
        line_id, phone, email = (
            value if value and identifier in wanted and value not in barred else ""
            for identifier, value in held.items()
        )
        person = Person(friend, line_id if _USER_ID.fullmatch(line_id) else "", phone, email)
        if reason:
            counts[Stays(reason)] += 1
        elif person.line_id or person.phone or person.email:
            people.append(person)
        else:
            counts[Stays.NO_IDENTIFIER] += 1
    return Leaving(match, counts, tuple(people))


def _clean(value: str | None) -> str:
    return (value or "").strip().lower()


def _barred(session: Session) -> set[str]:
    """Return the phones and e-mails of those who refused."""
    theirs = select(Friend.phone, Friend.email).where(uses.refuses_sharing())
    return {_clean(value) for values in session.execute(theirs) for value in values if value}


def _tags(rule: Rule, segments: Mapping[int, Rule]) -> set[int]:
    """Return the tags that rules ask for, also inside the segments that they name."""
    waiting, seen, found = [rule], set[int](), set[int]()
    while waiting:
        asked = waiting.pop()
        found |= codec.tags_used(asked)
        new = codec.references(asked) - seen
        seen |= new
        waiting += [segments[segment] for segment in new]
    return found
