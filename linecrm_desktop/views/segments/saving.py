"""Saving what was built: what was saved before can be had back, also when the builder is closed."""

from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.segments import library, unsaved
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.text import _
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk

CHANGED: Changes = changes(Word.SEGMENTS)
Saved = tuple[int, SegmentDraft | None]
"""The id of a segment, and what was saved there before; None: it is new."""


def save(session: Session, draft: SegmentDraft, now: datetime, segment_id: int | None) -> Saved:
    """Save a draft, which is then no longer unsaved; return what it replaced, too."""
    before = None if segment_id is None else library.load(session, segment_id)
    unsaved.forget(session, segment_id)
    return library.save(session, draft, now, segment_id), before


def tell(desk: Desk, saved: Saved, draft: SegmentDraft) -> None:
    """Say that it is saved. A new segment can be put away or deleted; a changed one can be had back as it was."""
    segment_id, before = saved
    said = _("Saved “{segment}”.").format(segment=draft.name)
    if before is None or before == draft:
        desk.toast(said, None)
        return

    def write(session: Session, wanted: SegmentDraft) -> None:
        library.save(session, wanted, desk.now(), segment_id)

    text = _("change “{segment}”").format(segment=before.name)
    act = Act(desk, text, lambda session: write(session, before), lambda session: write(session, draft), CHANGED)
    desk.undo.push(act)
    desk.toast(said, desk.undo.undo)
