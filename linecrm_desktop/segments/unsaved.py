"""Drafts of segments that are not saved yet, kept in the shop file: a crash or a power cut takes no work away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.segment import Recount, UnsavedSegment
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.draft import Cap, SegmentDraft
from linecrm_desktop.segments.rules import Unreadable


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A draft, and the segment that it changes; None: a new one."""

    draft: SegmentDraft
    segment_id: int | None
    changed_at: datetime


def keep(session: Session, draft: SegmentDraft, segment_id: int | None, now: datetime) -> None:
    """Keep a draft, complete or not, in the place of the last one of the same segment."""
    forget(session, segment_id)
    session.add(UnsavedSegment(segment_id=segment_id, draft=_written(draft), changed_at=now))


def forget(session: Session, segment_id: int | None) -> None:
    """Drop the draft of a segment: it was saved, or it is not wanted."""
    session.execute(delete(UnsavedSegment).where(_of(segment_id)))


def newest(session: Session) -> Unsaved | None:
    """Return the draft that was edited last and can be read, if there is any."""
    rows = session.scalars(select(UnsavedSegment).order_by(UnsavedSegment.changed_at.desc()))
    drafts = ((_read(row.draft), row) for row in rows)
    return next((Unsaved(draft, row.segment_id, row.changed_at) for draft, row in drafts if draft), None)


def _of(segment_id: int | None) -> ColumnElement[bool]:
    column = UnsavedSegment.segment_id
    return column.is_(None) if segment_id is None else column == segment_id


def _written(draft: SegmentDraft) -> dict[str, Any]:
    names = {"name": draft.name, "helps_decide": draft.helps_decide, "core": draft.core, "recount": str(draft.recount)}
    return names | {"cap": draft.cap, "rule": codec.to_json(draft.rule)}


def _read(data: Any) -> SegmentDraft | None:
    try:
        rule = codec.stored(data["rule"])
        recount = Recount(data.get("recount", Recount.HAND))
        cap = Cap(*map(int, data["cap"])) if data.get("cap") else None
        draft = SegmentDraft(str(data["name"]), str(data["helps_decide"]), rule, data["core"], recount, cap)
    except (AttributeError, TypeError, KeyError, ValueError):
        return None
    return None if isinstance(rule, Unreadable) else draft
