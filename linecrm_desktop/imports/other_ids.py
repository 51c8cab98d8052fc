"""LINE user ids of a further account: who is known by one, who gets one, and whose id says something else.

A file whose ids belong to a further account stages them apart, in `other_line_id`: they are a sure key like the first
account's ids, but they stand beside the friend's row. An id that is known is never changed by an import.
"""

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.channels import ids as account_ids
from linecrm_desktop.imports import people
from linecrm_desktop.imports.merge import Batch
from linecrm_desktop.imports.people import FRIEND, S
from linecrm_desktop.imports.staging import STAGE
from linecrm_desktop.models.channel import ChannelFriend
from linecrm_desktop.text import _

KNOWN = ChannelFriend.metadata.tables[ChannelFriend.__tablename__]
_K = KNOWN.c


def find(session: Session, batch: Batch) -> None:
    """Find the friends whom the account, or another of its provider, knows by a staged id."""
    for channel_id in account_ids.same_ids(session, batch.channel_id):
        same: ColumnElement[Any] = (
            select(_K.friend_id)
            .where(_K.channel_id == channel_id, _K.line_user_id == S.other_line_id)
            .scalar_subquery()
        )
        if channel_id is None:
            same = select(FRIEND.c.id).where(FRIEND.c.line_user_id == S.other_line_id).scalar_subquery()
        waiting = (S.friend_id.is_(None), S.other_line_id.is_not(None))
        session.execute(update(STAGE).where(*waiting).values(friend_id=same))


def reject_contradictions(session: Session, batch: Batch) -> None:
    """Reject rows whose id is another friend's, or whose friend the account knows by another id."""
    mine = (S.friend_id.is_not(None), S.other_line_id.is_not(None))
    of_account = _K.channel_id == batch.channel_id
    others = exists().where(of_account, _K.line_user_id == S.other_line_id, _K.friend_id != S.friend_id)
    sentence = _("This LINE user ID is another friend’s. Decide which friend it is.")
    people.reject(session, and_(*mine, others), "conflict", sentence)
    differs = exists().where(of_account, _K.friend_id == S.friend_id, _K.line_user_id != S.other_line_id)
    sentence = _("The account knows this friend by another LINE user ID. Nothing was changed.")
    people.reject(session, and_(*mine, differs), "conflict", sentence)


def is_new(batch: Batch) -> ColumnElement[bool]:
    """Say whether a staged row tells an id of a known friend that the account did not have."""
    there = exists().where(_K.channel_id == batch.channel_id, _K.friend_id == S.friend_id).correlate(STAGE)
    return and_(S.other_line_id.is_not(None), ~there)


def write(session: Session, batch: Batch) -> int:
    """Keep the ids that the account did not have; return how many."""
    told = select(
        *(literal(batch.channel_id), S.friend_id, S.other_line_id, func.coalesce(S.blocked == "yes", False)),
        *(people.constant(batch.now, _K.since), people.constant(batch.id)),
    ).where(S.verdict.in_(("new", "updated")), is_new(batch))
    columns = ["channel_id", "friend_id", "line_user_id", "is_blocked", "since", "batch_id"]
    written = session.execute(insert(KNOWN).from_select(columns, told))
    return cast("CursorResult[Any]", written).rowcount
