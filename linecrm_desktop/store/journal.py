"""Names of what was deleted for good: words that a person wrote elsewhere may still speak of it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.change import Change

_DELETED = "deleted"


def remember_deleted(session: Session, table: str, row_id: int, name: str, now: datetime) -> None:
    """Write down that a row of this name is deleted."""
    session.add(Change(action=_DELETED, at=now, entity=table, entity_id=row_id, field="", before={"name": name}))


def deleted_names(session: Session, table: str) -> set[str]:
    """Return the names of rows of a table that were deleted; there may be others of these names now."""
    lines = session.scalars(select(Change.before).where(Change.action == _DELETED, Change.entity == table))
    return {str(line["name"]) for line in lines if line}
