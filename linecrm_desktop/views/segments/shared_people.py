"""Opens who of a draft is in another segment too, with the rows that put them into that one."""

from PySide6.QtWidgets import QWidget

from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, InSegment
from linecrm_desktop.text import ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.segments.reading import People, Shared, shared
from linecrm_desktop.views.segments.why_dialog import WhyDialog


def ask_shared(desk: Desk, draft: SegmentDraft, other: Shared, parent: QWidget) -> None:
    """Read and show some of the friends who are in both."""
    day, now = desk.day(), desk.now()

    def show(people: People) -> None:
        both = other.both or 0
        said = ngettext("{n} friend is in “{segment}” too", "{n} friends are in “{segment}” too", both)
        title = said.format(n=number(both), segment=other.name)
        WhyDialog(desk, title, AllOf((InSegment(other.segment_id),)), people, parent).open()

    desk.jobs.read(
        lambda session: shared(session, draft, other.segment_id, day, now),
        show,
        desk.dialogs.show_error,
        "segments.shared",
    )
