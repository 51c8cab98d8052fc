"""Saving what was built: what was saved before can be had back, also when the builder is closed."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.segments import library, unsaved
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.store.meanwhile import refuse_if_changed
from linecrm_desktop.text import _
from linecrm_desktop.views.act import Act, done
from linecrm_desktop.views.desk import Desk

CHANGED: Changes = changes(Word.SEGMENTS)


class Saved(NamedTuple):
    """A segment that was saved."""

    id: int
    before: SegmentDraft | None
    """What was saved there before; None: it is new."""
    there: SegmentDraft
    """As it lies there now."""


def save(
    session: Session, draft: SegmentDraft, now: datetime, segment_id: int | None, opened: SegmentDraft | None
) -> Saved:
    """Save a draft, which is then no longer unsaved; return what it replaced, too.

    Raises ChangedMeanwhile when the segment is no longer what was opened.
    """
    before = None if segment_id is None else library.load(session, segment_id)
    if before is not None:
        refuse_if_changed(opened, before)
    unsaved.forget(session, segment_id)
    saved = library.save(session, draft, now, segment_id)
    return Saved(saved, before, library.load(session, saved))


def tell(desk: Desk, saved: Saved, draft: SegmentDraft) -> None:
    """Say that it is saved. A new segment can be taken out again; a changed one can be had back as it was."""
    segment_id, before = saved.id, saved.before
    said = _("Saved “{segment}”.").format(segment=draft.name)
    if before is None:
        _tell_new(desk, said, saved.there, segment_id)
        return
    if before == draft:
        desk.toast(said, None)
        return

    def write(session: Session, wanted: SegmentDraft) -> None:
        library.save(session, wanted, desk.now(), segment_id)

    text = _("change “{segment}”").format(segment=before.name)
    act = Act(desk, text, lambda session: write(session, before), lambda session: write(session, draft), CHANGED)
    done(desk, said, act)


def _tell_new(desk: Desk, said: str, draft: SegmentDraft, segment_id: int) -> None:
    made = [segment_id]

    def take_back(session: Session) -> None:
        library.take_back(session, made)

    def again(session: Session) -> None:
        made[:] = [library.save(session, draft, desk.now())]

    text = _("make “{segment}”").format(segment=draft.name)
    done(desk, said, Act(desk, text, take_back, again, CHANGED))
