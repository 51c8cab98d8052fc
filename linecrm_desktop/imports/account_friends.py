"""Friends as an account lists them, by its own ids: who is known, who is new, and who does not block it any more.

The first account's ids stand in the friend's row; a further one has its own beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import false, insert, literal, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.channels import ids as account_ids
from linecrm_desktop.imports.merge import Batch, journal
from linecrm_desktop.imports.people import FRIEND
from linecrm_desktop.models.channel import ChannelFriend
from linecrm_desktop.models.friend import Answer, Friend, Marketing


@dataclass(frozen=True, slots=True)
class Taken:
    """What one page of ids came to."""

    friends: Sequence[int]
    """Everybody of the page, as the shop numbers them."""
    new: int
    changed: int
    """Friends of the shop of whom something is known now that was not before."""


def take(session: Session, batch: Batch, ids: Sequence[str]) -> Taken:
    """Write a page of ids of the batch's account: friends who are new, and that those who are there do not block it."""
    ids = list(dict.fromkeys(ids))
    beside = _by_shared_ids(session, ids, batch.channel_id)
    return (
        _of_first(session, batch, ids, beside)
        if batch.channel_id is None
        else _of_further(session, batch, ids, beside, batch.channel_id)
    )


def nameless(session: Session, channel_id: int | None) -> list[tuple[int, str]]:
    """Return the friends of an account who have no name, with the ids by which it knows them."""
    line_id = account_ids.line_id(channel_id)
    query = select(Friend.id, line_id).where(Friend.name == "", line_id.is_not(None)).order_by(Friend.id)
    return [(friend, str(ident)) for friend, ident in session.execute(query)]


def unblocked(session: Session, channel_id: int | None) -> list[str]:
    """Return the ids of an account's friends who have not blocked it, as the shop knows them."""
    line_id = account_ids.line_id(channel_id)
    there = (line_id.is_not(None), ~account_ids.is_blocked(session, channel_id))
    return [str(ident) for ident in session.scalars(select(line_id).select_from(Friend).where(*there))]


def _by_shared_ids(session: Session, ids: Sequence[str], channel_id: int | None) -> dict[str, int]:
    """Return whom other accounts of the same provider know by these ids, each friend once.

    Whoever the account knows by another id already is not among them: they cannot be the person of this one, too.
    """
    found: dict[str, int] = {}
    for other in account_ids.same_ids(session, channel_id):
        if other is None and channel_id is not None:
            query = select(Friend.line_user_id, Friend.id).where(Friend.line_user_id.in_(ids))
        elif other is not None and other != channel_id:
            mine = (ChannelFriend.channel_id == other, ChannelFriend.line_user_id.in_(ids))
            query = select(ChannelFriend.line_user_id, ChannelFriend.friend_id).where(*mine)
        else:
            continue
        found |= {str(ident): friend for ident, friend in session.execute(query)}
    known = select(Friend.id).where(Friend.id.in_(found.values()), account_ids.line_id(channel_id).is_not(None))
    taken, beside = set(session.scalars(known)), dict[str, int]()
    for ident, friend in found.items():
        if friend not in taken:
            taken.add(friend)
            beside[ident] = friend
    return beside


def _of_first(session: Session, batch: Batch, ids: Sequence[str], beside: dict[str, int]) -> Taken:
    known = set(session.scalars(select(Friend.line_user_id).where(Friend.line_user_id.in_(ids))))
    fresh = [ident for ident in ids if ident not in known and ident not in beside]
    changed = 0
    for ident in ids:
        if ident not in known and ident in beside:
            this = (FRIEND.c.id == beside[ident],)
            changed += journal(session, batch, FRIEND, {"line_user_id": literal(ident)}, this)
            session.execute(update(FRIEND).where(*this).values(line_user_id=ident))
    if fresh:
        session.execute(insert(FRIEND), [_new(batch) | {"line_user_id": ident} for ident in fresh])
    back = (FRIEND.c.line_user_id.in_(ids), FRIEND.c.is_blocked)
    changed += journal(session, batch, FRIEND, {"is_blocked": false()}, back)
    session.execute(update(FRIEND).where(*back).values(is_blocked=False))
    friends = session.scalars(select(Friend.id).where(Friend.line_user_id.in_(ids))).all()
    return Taken(friends, len(fresh), changed)


def _of_further(session: Session, batch: Batch, ids: Sequence[str], beside: dict[str, int], channel_id: int) -> Taken:
    mine = (ChannelFriend.channel_id == channel_id, ChannelFriend.line_user_id.in_(ids))
    known = {row.line_user_id: row for row in session.scalars(select(ChannelFriend).where(*mine))}
    back = [row for row in known.values() if row.is_blocked]
    for row in back:
        row.is_blocked = False
    fresh = [ident for ident in ids if ident not in known and ident not in beside]
    made = [Friend(**_new(batch)) for _ident in fresh]
    session.add_all(made)
    session.flush()
    joined = {ident: beside[ident] for ident in ids if ident not in known and ident in beside}
    friends = joined | {ident: friend.id for ident, friend in zip(fresh, made, strict=True)}
    rows = [
        {"channel_id": channel_id, "friend_id": friend, "line_user_id": ident, "is_blocked": False}
        | {"since": batch.now, "batch_id": batch.id}
        for ident, friend in friends.items()
    ]
    if rows:
        session.execute(insert(ChannelFriend), rows)
    everybody = [row.friend_id for row in known.values()] + list(friends.values())
    return Taken(everybody, len(fresh), len(back) + len(joined))


def _new(batch: Batch) -> dict[str, object]:
    return {
        "name": "",
        "is_blocked": False,
        "created_at": batch.now,
        "batch_id": batch.id,
        "informed": Answer.UNKNOWN,
        "can_opt_out": Answer.UNKNOWN,
        "marketing": Marketing.UNKNOWN,
    }
