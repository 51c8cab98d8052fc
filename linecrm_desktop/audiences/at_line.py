"""Lists at LINE: uploaded whole in one request, asked about, added to, uploaded again without refusals, deleted.

No request is made while the shop is being written. LINE has no retry key for audiences; their names are unique, so a
list whose answer was lost is looked for by its name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.audiences import register
from linecrm_desktop.audiences.checks import Wish, offer
from linecrm_desktop.audiences.leaving import Identifier, Leaving
from linecrm_desktop.audiences.register import Frozen
from linecrm_desktop.campaigns.audience import Who, members
from linecrm_desktop.channels import accounts
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.line.gateway import AudienceGroup, Line, MaybeTaken
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.share import SharedFriend, SharedList, ShareState, Way
from linecrm_desktop.settings.limits import Limits
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _

_LATE = timedelta(minutes=5)
"""A request whose answer was lost is on its way no longer than this."""
_THERE = (ShareState.AT_LINE, ShareState.BEGUN)
ONLY_IDS = frozenset({Identifier.LINE_ID})


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens, as the shop's calendar sees it."""

    day: ShopDay
    now: datetime


def upload(
    database: Database,
    line: Line,
    wish: Wish,
    segment_id: int | None,
    at: Moment,
    limits: Limits | None = None,
    who: Who | None = None,
) -> int:
    """Make an audience of a wish's user ids at LINE; return the list's number.

    Raises ShopError while a check is red, OutsideError when LINE did not take it, MaybeTaken when nobody knows.
    """
    if wish.way is Way.CSV or wish.identifiers != ONLY_IDS:
        raise ShopError(
            _("LINE takes LINE user IDs alone this way."),
            _("Phones and e-mails leave as files for LINE Ads. Nothing left this computer."),
        )
    with database.write() as session:
        frozen = register.freeze(session, wish, segment_id, at.day, at.now, limits, who)
    group = _created(database, line, frozen, at.now)
    with database.write() as session:
        register.at_line(session, frozen.id, group, at.now)
    return frozen.id


def _created(database: Database, line: Line, frozen: Frozen, now: datetime) -> AudienceGroup:
    try:
        return line.create_audience(frozen.name, frozen.user_ids)
    except MaybeTaken:
        found = _named(line, frozen.name)
        if found is None:
            raise
        return found
    except OutsideError:
        with database.write() as session:
            register.ended(session, frozen.id, ShareState.FAILED, now)
        raise


def accounts_of(session: Session) -> list[int | None]:
    """Return the accounts that may hold lists, the first one always and first."""
    query = select(SharedList.channel_id).where(SharedList.state.in_(_THERE), SharedList.way != Way.CSV)
    further = {found for found in session.scalars(query) if found is not None}
    connected = [one.channel_id for one in accounts.rows(session) if one.is_connected]
    return [None, *(one for one in connected if one in further)]


def ask(database: Database, line: Line, now: datetime, channel_id: int | None = None) -> int:
    """Ask LINE how all lists of an account stand that may be there; return how many were asked about."""
    with database.read() as session:
        query = select(SharedList).where(
            SharedList.state.in_(_THERE),
            SharedList.way != Way.CSV,
            SharedList.channel_id.is_not_distinct_from(channel_id),
        )
        waiting = [(row.id, row.line_id, row.line_name, row.at, row.is_practice) for row in session.scalars(query)]
    for list_id, line_id, name, begun, is_practice in waiting:
        group = line.audience(line_id) if line_id is not None else _named(line, name)
        if group is None and (is_practice or (line_id is None and now - begun < _LATE)):
            continue  # the practice LINE forgets everything when it ends
        with database.write() as session:
            if group is not None:
                register.at_line(session, list_id, group, now)
            else:
                gone = ShareState.FAILED if line_id is None else ShareState.DELETED
                register.ended(session, list_id, gone, now)
    return len(waiting)


def again(database: Database, line: Line, list_id: int, at: Moment, limits: Limits | None = None) -> int:
    """Upload a list again without those who may not be in it any more, then delete the old one; return the new one.

    Raises ShopError when too few are left: then deleting it is what remains.
    """
    with database.read() as session:
        row = _there(session, list_id)
        line_id, segment_id = cast(int, row.line_id), row.segment_id
        wish = Wish(register.rule_of(session, list_id), row.way, row.purpose, ONLY_IDS, channel_id=row.channel_id)
    new = upload(database, line, wish, segment_id, at, limits, register.members(list_id))
    with database.write() as session:
        register.replaced(session, list_id, new)
    line.delete_audience(line_id)
    with database.write() as session:
        register.ended(session, list_id, ShareState.DELETED, at.now)
    return new


def add(database: Database, line: Line, list_id: int, at: Moment, limits: Limits | None = None) -> int:
    """Add those who came into the segment since to a list at LINE; return how many.

    Raises ShopError when somebody of the list refused since: LINE has no way to take anybody out.
    """
    with database.write() as session:
        row = _there(session, list_id)
        if register.passport(session, list_id).refused_since:
            raise ShopError(_("Somebody of this list refused since."), _("Upload it again without them first."))
        line_id, new = cast(int, row.line_id), _new(session, row, at, limits)
        friends = [person.id for person in new.people]
        _count_in(session, list_id, friends, at.now)
    if not friends:
        return 0
    try:
        line.add_to_audience(line_id, [person.line_id for person in new.people])
    except MaybeTaken:
        raise
    except OutsideError:
        with database.write() as session:
            register.take_out(session, list_id, friends, at.now)
            register.row_of(session, list_id).people -= len(friends)
        raise
    return len(friends)


def delete(database: Database, line: Line, list_id: int, now: datetime) -> None:
    """Delete a list at LINE."""
    with database.read() as session:
        line_id = cast(int, _there(session, list_id).line_id)
    line.delete_audience(line_id)
    with database.write() as session:
        register.ended(session, list_id, ShareState.DELETED, now)


def _new(session: Session, row: SharedList, at: Moment, limits: Limits | None) -> Leaving:
    """Return who came into the segment since. Raises ShopError when its tags became too sensitive or too rare."""
    rule = register.rule_of(session, row.id)
    already = select(SharedFriend.friend_id).where(SharedFriend.list_id == row.id)
    who = members(session, rule, at.day).where(Friend.id.not_in(already))
    wish = Wish(rule, row.way, row.purpose, ONLY_IDS, channel_id=row.channel_id)
    found = offer(session, wish, at.day, limits, who)
    for check in found.blocking:
        if check.key != "large":  # they join a list that is large enough
            raise ShopError(f"{check.title}: {check.sentence}", _("Nothing left this computer."))
    return found.leaving


def _count_in(session: Session, list_id: int, friends: list[int], now: datetime) -> None:
    register.put_in(session, list_id, friends, now)
    register.row_of(session, list_id).people += len(friends)


def _there(session: Session, list_id: int) -> SharedList:
    row = register.row_of(session, list_id)
    if row.state is not ShareState.AT_LINE or row.line_id is None:
        raise ShopError(_("This list is not at LINE."), _("Files that were saved are where you put them."))
    return row


def _named(line: Line, name: str) -> AudienceGroup | None:
    return next((one for one in line.audiences(name) if one.name.casefold() == name.casefold()), None)
