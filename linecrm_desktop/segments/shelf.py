"""What is done to a saved segment in the list: rename, duplicate, put away and take back, and when it is counted again.

Putting away changes nothing for what uses the segment: its rules stay in the shop file under the same number.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.segment import Recount, Segment
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.draft import NAME_MAX
from linecrm_desktop.segments.library import free_name, refuse_twin, row_of
from linecrm_desktop.segments.rules import Unreadable
from linecrm_desktop.text import _


def rename(session: Session, segment_id: int, name: str, now: datetime) -> str:
    """Give a segment another name; return the one it had. Raises ShopError for an empty or a taken name."""
    row = row_of(session, segment_id)
    wanted = " ".join(name.split())[:NAME_MAX]
    if not wanted:
        raise ShopError(_("Give the segment a name."), _("It keeps the old one."))
    refuse_twin(session, wanted, segment_id)
    before, row.name, row.changed_at = row.name, wanted, now
    return before


def duplicate(session: Session, segment_id: int, now: datetime) -> int:
    """Make a copy with a name of its own; return its id. A copy of a core segment is an ordinary one.

    Raises ShopError for rules that cannot be read.
    """
    row = row_of(session, segment_id)
    if isinstance(codec.stored(row.rule), Unreadable):
        raise ShopError(_("The rules of this segment cannot be read."), _("Make them anew."))
    wanted = _("Copy of {segment}").format(segment=row.name)[: NAME_MAX - 5]
    copy = Segment(
        name=free_name(session, wanted),
        helps_decide=row.helps_decide,
        rule=row.rule,
        created_at=now,
        changed_at=now,
        recount=row.recount,
        cap_messages=row.cap_messages,
        cap_days=row.cap_days,
    )
    session.add(copy)
    session.flush()
    return copy.id


def archive(session: Session, segment_id: int, now: datetime) -> None:
    """Put a segment away. Raises ShopError for a core segment."""
    row = row_of(session, segment_id)
    if row.core:
        raise ShopError(_("A core segment cannot be put away."), _("You can change its rules."))
    row.archived_at = now


def restore(session: Session, segment_id: int) -> None:
    """Take a segment back that was put away."""
    row_of(session, segment_id).archived_at = None


def set_recount(session: Session, segment_id: int, recount: Recount) -> Recount:
    """Say when a segment is counted again; return what it was before."""
    row = row_of(session, segment_id)
    before, row.recount = row.recount, recount
    return before
