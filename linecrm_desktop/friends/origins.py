"""Where each value of a friend came from: the file that brought it, or a person's hand, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.friends.correcting import HAND
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.correction import COLUMNS
from linecrm_desktop.models.field import Field, FriendField
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.import_batch import ImportBatch


@dataclass(frozen=True, slots=True)
class CameBy:
    """What brought a value. An empty file name means a person's hand."""

    at: datetime
    file: str = ""


def of(session: Session, friend: Friend) -> Mapping[str, CameBy]:
    """Return what brought each value of a friend, by column and by the name of a field; without those nobody knows."""
    first = _first(session, friend)
    found: dict[str, CameBy] = {}
    for column in COLUMNS:
        value = getattr(friend, column)
        came = (_newest(session, friend.id, column, value) or first) if value else None
        if came is not None:
            found[column] = came
    return found | _fields(session, friend.id)


def _first(session: Session, friend: Friend) -> CameBy | None:
    """Return what brought the friend."""
    batch = session.get(ImportBatch, friend.batch_id) if friend.batch_id is not None else None
    if batch is not None:
        return CameBy(batch.at, batch.file_name)
    by_hand = select(Change.at).where(Change.action == f"friend:{friend.id}", Change.entity == "friend")
    at = session.scalar(by_hand.order_by(Change.id.desc()).limit(1))
    return None if at is None else CameBy(at)


def _newest(session: Session, friend_id: int, column: str, value: str) -> CameBy | None:
    """Return the newest change that made a column what it is."""
    is_import = Change.action == literal("import:") + cast(ImportBatch.id, String)
    query = (
        select(Change.action, Change.at, Change.after, ImportBatch.file_name)
        .join(ImportBatch, is_import & ImportBatch.undone_at.is_(None), isouter=True)
        .where(Change.entity == "friend", Change.entity_id == friend_id, Change.field == column)
        .where(or_(Change.action.startswith(HAND), ImportBatch.id.is_not(None)))
        .order_by(Change.id.desc())
    )
    for action, at, after, file in session.execute(query):
        if after == value:
            return CameBy(at, "" if action.startswith(HAND) else file)
    return None


def _fields(session: Session, friend_id: int) -> dict[str, CameBy]:
    query = (
        select(Field.name, func.max(FriendField.since), func.max(ImportBatch.file_name))
        .join(Field, Field.id == FriendField.field_id)
        .join(ImportBatch, ImportBatch.id == FriendField.batch_id, isouter=True)
        .where(FriendField.friend_id == friend_id)
        .group_by(Field.name)
    )
    return {name: CameBy(since, file or "") for name, since, file in session.execute(query)}
