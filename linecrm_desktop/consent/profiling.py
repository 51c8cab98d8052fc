"""What a refusal of profiling takes off: tags that rules gave. What a person or an import put on stays.

It happens in the transaction of the refusal, whoever wrote it; tagging.running gives such friends no tag any more.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.change import Change
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin

_CARRIED = FriendTag.metadata.tables[FriendTag.__tablename__]
_JOURNAL = Change.metadata.tables[Change.__tablename__]


def take_off(session: Session, friend_ids: Sequence[int], now: datetime) -> None:
    """Take from a few hundred friends the tags that rules gave them, and keep in the journal what was there."""
    ruled = _CARRIED.c.friend_id.in_(friend_ids), _CARRIED.c.origin == str(TagOrigin.RULE)
    session.flush()
    gone = session.execute(select(*_CARRIED.c).where(*ruled)).mappings().all()
    if not gone:
        return
    line = {"action": f"profiling:{uuid4().hex}", "at": now, "entity": _CARRIED.name, "field": "", "after": None}
    held = [{**row, "since": int(row["since"].timestamp()), "renewed_at": _second(row["renewed_at"])} for row in gone]
    session.execute(insert(_JOURNAL), [{**line, "entity_id": row["friend_id"], "before": row} for row in held])
    session.execute(delete(_CARRIED).where(*ruled))


def given(session: Session, friend_ids: Iterable[int]) -> list[str]:
    """Return the names of tags that rules gave these few friends, in order."""
    ruled = FriendTag.friend_id.in_(list(friend_ids)), FriendTag.origin == TagOrigin.RULE
    carried = select(FriendTag.tag_id).where(*ruled)
    return list(session.scalars(select(Tag.name).where(Tag.id.in_(carried)).order_by(Tag.name)))


def _second(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
