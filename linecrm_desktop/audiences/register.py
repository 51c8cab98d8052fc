"""The register: each list's passport, who was in it, and who of them refused since.

A list is written down before it leaves. What is found begun later either left without an answer, or not at all; LINE is
asked which.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from linecrm_desktop.audiences.checks import Offer, Wish, offer
from linecrm_desktop.audiences.contents import Content, contents
from linecrm_desktop.audiences.leaving import Identifier, Person
from linecrm_desktop.campaigns.audience import Who
from linecrm_desktop.consent import sharing, uses
from linecrm_desktop.consent.sharing import Left
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import AUDIENCE_DAYS, AUDIENCE_FILE_MAX, AUDIENCE_NAME_MAX, AudienceGroup
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.share import SharedFriend, SharedList, ShareState, Way
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import Rule, Unreadable
from linecrm_desktop.settings.limits import Limits
from linecrm_desktop.text import _, number

_FRIENDS = SharedFriend.metadata.tables[SharedFriend.__tablename__]
_PART = 10_000


@dataclass(frozen=True, slots=True)
class Frozen:
    """A list that is written down and about to leave."""

    id: int
    name: str
    """What it is called at LINE."""
    people: tuple[Person, ...]
    contents: tuple[Content, ...]

    @property
    def user_ids(self) -> tuple[str, ...]:
        """The LINE user ids of the list."""
        return next((one.lines for one in self.contents if one.identifier is Identifier.LINE_ID), ())


@dataclass(frozen=True, slots=True)
class Passport:
    """What the register says of one list."""

    id: int
    at: datetime
    segment_id: int | None
    segment: str
    way: Way
    purpose: str
    to_whom: str
    state: ShareState
    counts: dict[str, int]
    contents: tuple[dict[str, Any], ...]
    people: int
    line_id: int | None
    line_name: str
    line_status: str
    line_people: int | None
    asked_at: datetime | None
    expires_at: datetime | None
    ended_at: datetime | None
    again_id: int | None
    refused_since: int
    """Friends of the list who refuse marketing, ads or profiling now."""
    is_practice: bool
    channel_id: int | None = None

    def is_expired(self, now: datetime) -> bool:
        """Say whether LINE has let the list expire."""
        return self.line_status == "EXPIRED" or (self.expires_at is not None and now >= self.expires_at)

    def is_out(self, now: datetime) -> bool:
        """Say whether the list may still be in use, so that whoever refused should be taken out of it."""
        if self.state is ShareState.AT_LINE:
            return not self.is_expired(now)
        return self.state in (ShareState.SAVED, ShareState.BEGUN) and self.again_id is None


def freeze(
    session: Session,
    wish: Wish,
    segment_id: int | None,
    day: ShopDay,
    now: datetime,
    limits: Limits | None = None,
    who: Who | None = None,
) -> Frozen:
    """Write a list down before it leaves. Raises ShopError while one of the five checks is red."""
    found = offer(session, wish, day, limits, who)
    for check in found.blocking:
        raise ShopError(f"{check.title}: {check.sentence}", _("Nothing left this computer."))
    if found.people > AUDIENCE_FILE_MAX:
        most = _("LINE takes at most {n} people in one list.").format(n=number(AUDIENCE_FILE_MAX))
        raise ShopError(most, _("Nothing left this computer."))
    segment = session.get(Segment, segment_id) if segment_id is not None else None
    name = segment.name if segment is not None else _("Rules from a file")
    made = contents(found.leaving.people, wish.identifiers)
    row = SharedList(
        at=now,
        segment_id=segment_id,
        segment_name=name,
        segment_rule=codec.to_json(wish.rule),
        way=wish.way,
        purpose=" ".join(wish.purpose.split()),
        to_whom=" ".join(wish.to_whom.split()) if wish.way is Way.CSV else "LINE",
        state=ShareState.BEGUN,
        counts=counts(found),
        contents=[{"identifier": str(one.identifier), "lines": len(one.lines), "sha256": one.sha256} for one in made],
        people=found.people,
        channel_id=wish.channel_id,
        line_name=_line_name(name, day.local(now)),
        is_practice=session.get_one(Shop, 1).is_practice,
    )
    session.add(row)
    session.flush()
    put_in(session, row.id, [person.id for person in found.leaving.people], now)
    return Frozen(row.id, row.line_name, found.leaving.people, tuple(made))


def counts(found: Offer) -> dict[str, int]:
    """Return how many matched, stayed and leave, by short names."""
    stay = {str(why): n for why, n in found.leaving.stays.items()}
    return {"match": found.leaving.match, **stay, "shared": found.people}


def take_out(session: Session, list_id: int, friends: Sequence[int], now: datetime) -> None:
    """Write down that friends did not get into a list after all, in their ledgers too."""
    sharing.stayed(session, friends, _left(session, list_id), now)
    for start in range(0, len(friends), _PART):
        part = friends[start : start + _PART]
        session.execute(delete(_FRIENDS).where(_FRIENDS.c.list_id == list_id, _FRIENDS.c.friend_id.in_(part)))


def put_in(session: Session, list_id: int, friends: Sequence[int], now: datetime) -> None:
    """Write down that friends are in a list, in their ledgers too."""
    sharing.left(session, friends, _left(session, list_id), now)
    for start in range(0, len(friends), _PART):
        part = friends[start : start + _PART]
        session.execute(insert(_FRIENDS), [{"list_id": list_id, "friend_id": friend} for friend in part])


def _left(session: Session, list_id: int) -> Left:
    row = row_of(session, list_id)
    what = dict.fromkeys(part for one in row.contents for part in str(one["identifier"]).split("+"))
    return Left(row.id, row.to_whom, row.purpose, ",".join(what))


def row_of(session: Session, list_id: int) -> SharedList:
    """Return the row of a list. Raises ShopError when there is none."""
    row = session.get(SharedList, list_id)
    if row is None:
        raise ShopError(_("There is no shared list with this number."), _("See: tagwell audiences list"))
    return row


def at_line(session: Session, list_id: int, group: AudienceGroup, now: datetime) -> None:
    """Write down what LINE says of a list."""
    row = row_of(session, list_id)
    row.state, row.line_id, row.line_status = ShareState.AT_LINE, group.id, group.status
    row.line_people, row.asked_at = group.people, now
    row.expires_at = group.expires_at or row.expires_at or row.at + timedelta(days=AUDIENCE_DAYS)


def ended(session: Session, list_id: int, state: ShareState, now: datetime) -> None:
    """Write down that a list did not leave, or is gone from LINE."""
    row = row_of(session, list_id)
    if state is ShareState.FAILED:
        sharing.stayed(session, session.scalars(members(list_id)).all(), _left(session, list_id), now)
    row.state, row.ended_at, row.asked_at = state, now, now


def saved(session: Session, list_id: int, files: Iterable[dict[str, Any]]) -> None:
    """Write down the files of a list, each with its identifier, lines, SHA-256 and name."""
    row = row_of(session, list_id)
    row.state, row.contents = ShareState.SAVED, list(files)


def replaced(session: Session, list_id: int, by: int) -> None:
    """Write down that another list went in the place of one."""
    row_of(session, list_id).again_id = by


def members(list_id: int) -> Select[int]:
    """Return who is in a list, as one SELECT of friends' ids; erased people are not."""
    return select(SharedFriend.friend_id).where(SharedFriend.list_id == list_id)


def rule_of(session: Session, list_id: int) -> Rule:
    """Return the rules of a list as they were. Raises ShopError when they cannot be read."""
    rule = codec.stored(row_of(session, list_id).segment_rule)
    if isinstance(rule, Unreadable):
        raise ShopError(_("The rules of this segment cannot be read."), _("Make them anew."))
    return rule


def passport(session: Session, list_id: int) -> Passport:
    """Return what the register says of one list. Raises ShopError when there is none."""
    row_of(session, list_id)
    return _passports(session, list_id)[0]


def history(session: Session) -> list[Passport]:
    """Return all lists that left or were about to, the newest first."""
    return _passports(session)


def of_friend(session: Session, friend_id: int) -> list[Passport]:
    """Return the lists that a friend was in and that left, the newest first."""
    theirs = set(session.scalars(select(SharedFriend.list_id).where(SharedFriend.friend_id == friend_id)))
    return [one for one in _passports(session) if one.id in theirs and one.state is not ShareState.FAILED]


def _passports(session: Session, list_id: int | None = None) -> list[Passport]:
    refused = (
        select(SharedFriend.list_id, func.count())
        .join(Friend, Friend.id == SharedFriend.friend_id)
        .where(uses.refuses_sharing())
        .group_by(SharedFriend.list_id)
    )
    query = select(SharedList).order_by(SharedList.at.desc(), SharedList.id.desc())
    if list_id is not None:
        refused, query = refused.where(SharedFriend.list_id == list_id), query.where(SharedList.id == list_id)
    since = {found: n for found, n in session.execute(refused)}
    return [_passport(row, since.get(row.id, 0)) for row in session.scalars(query)]


def _passport(row: SharedList, refused_since: int) -> Passport:
    return Passport(
        *(row.id, row.at, row.segment_id, row.segment_name, row.way, row.purpose, row.to_whom, row.state),
        *(row.counts, tuple(row.contents), row.people),
        *(row.line_id, row.line_name, row.line_status, row.line_people),
        *(row.asked_at, row.expires_at, row.ended_at, row.again_id),
        refused_since=refused_since,
        is_practice=row.is_practice,
        channel_id=row.channel_id,
    )


def _line_name(segment: str, at: datetime) -> str:
    """Return a name that LINE has not got yet: names are unique there, whatever their case."""
    when = f" {at:%Y-%m-%d %H:%M:%S}"
    clean = "".join(letter for letter in segment if letter.isprintable())
    return clean[: AUDIENCE_NAME_MAX - len(when)] + when
