"""What a person does to saved segments in the list. Each is one act on the undo stack and one toast."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from linecrm_desktop.consent import access
from linecrm_desktop.consent.access import Asked
from linecrm_desktop.friends import export
from linecrm_desktop.friends.export import Told
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.models.segment import Recount
from linecrm_desktop.segments import library, shelf, unsaved
from linecrm_desktop.segments.library import SegmentRow
from linecrm_desktop.segments.unsaved import Unsaved
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import people_list
from linecrm_desktop.views.act import Act, Work
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.segments.segment_frame import RECOUNTS

CHANGED: Changes = changes(Word.SEGMENTS)


class SegmentActs:
    """Does the work through the runner, puts it on the undo stack, and says what was done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rename(self, row: SegmentRow, name: str) -> None:
        """Give a segment another name."""
        facts = {"segment": row.name, "name": " ".join(name.split())}
        self._do(
            lambda session: shelf.rename(session, row.id, name, self._desk.now()),
            lambda session: shelf.rename(session, row.id, row.name, self._desk.now()),
            _("rename “{segment}”").format(**facts),
            _("“{segment}” is now called “{name}”.").format(**facts),
        )

    def duplicate(self, row: SegmentRow) -> None:
        """Make a copy."""
        made: list[int] = []

        def copy(session: Session) -> None:
            made.append(shelf.duplicate(session, row.id, self._desk.now()))

        self._do(
            copy,
            lambda session: library.take_back(session, made[-1:]),
            _("duplicate “{segment}”").format(segment=row.name),
            _("Made a copy of “{segment}”.").format(segment=row.name),
        )

    def make_core(self) -> None:
        """Make the core segments that are not there yet."""
        made: list[int] = []

        def make(session: Session) -> None:
            made[:] = library.make_core(session, self._desk.now())

        self._do(
            make,
            lambda session: library.take_back(session, made),
            _("make the core segments"),
            _("The core segments are made. Their rules can be changed."),
        )

    def throw_away(self, draft: Unsaved) -> None:
        """Drop a draft that was never saved."""
        self._do(
            lambda session: unsaved.forget(session, draft.segment_id),
            lambda session: unsaved.keep(session, draft.draft, draft.segment_id, draft.changed_at),
            _("throw an unsaved draft away"),
            _("The unsaved draft is thrown away."),
        )

    def archive(self, rows: Sequence[SegmentRow]) -> None:
        """Put segments away."""
        if not rows:
            return
        text = ngettext("put away {n} segment", "put away {n} segments", len(rows)).format(n=number(len(rows)))
        said = ngettext("Put away “{segment}”.", "Put away {n} segments.", len(rows))
        self._do(
            lambda session: _each(rows, lambda row: shelf.archive(session, row.id, self._desk.now())),
            lambda session: _each(rows, lambda row: shelf.restore(session, row.id)),
            text,
            said.format(n=number(len(rows)), segment=rows[0].name),
        )

    def restore(self, rows: Sequence[SegmentRow]) -> None:
        """Take back segments that were put away."""
        if not rows:
            return
        text = ngettext("take back {n} segment", "take back {n} segments", len(rows)).format(n=number(len(rows)))
        said = ngettext("“{segment}” is in the list again.", "{n} segments are in the list again.", len(rows))
        self._do(
            lambda session: _each(rows, lambda row: shelf.restore(session, row.id)),
            lambda session: _each(rows, lambda row: shelf.archive(session, row.id, self._desk.now())),
            text,
            said.format(n=number(len(rows)), segment=rows[0].name),
        )

    def delete(self, rows: Sequence[SegmentRow]) -> None:
        """Delete segments for good; their numbers over time go with them, so it is asked first."""
        if not rows:
            return
        title = ngettext("Delete “{segment}”?", "Delete {n} segments?", len(rows))
        if self._desk.dialogs.ask(
            title.format(n=number(len(rows)), segment=rows[0].name),
            _("The rules and the numbers over time are gone then. Sends that are over keep their words."),
            _("Delete for good"),
            danger=True,
        ):
            now = self._desk.now()
            self._desk.jobs.write(
                lambda session: (_each(rows, lambda row: library.delete(session, row.id, now)), CHANGED)
            )

    def set_recount(self, row: SegmentRow, recount: Recount) -> None:
        """Say when a segment is counted again without being asked."""
        self._do(
            lambda session: shelf.set_recount(session, row.id, recount),
            lambda session: shelf.set_recount(session, row.id, row.recount),
            _("count “{segment}” at other times").format(segment=row.name),
            _("“{segment}” is counted again: {when}.").format(segment=row.name, when=_(RECOUNTS[recount])),
        )

    def save_members(self, row: SegmentRow) -> None:
        """Ask what for and where, then write the friends of a segment, whether they can be reached or not."""
        day, shop = self._desk.day(), self._desk.shop
        name = f"{''.join(c if c.isalnum() else '_' for c in row.name)}_{day.today.isoformat()}"
        told = Told(day, shop.country, shop.currency)

        def write(session: Session, path: Path, asked: Asked) -> int:
            friends = library.members(session, row.rule, day)
            return export.write_table(session, friends, path, told, asked, access.SEGMENT)

        people_list.save(self._desk, _("Export the friends of “{s}”").format(s=row.name), name, write)

    def _do(self, work: Work, take_back: Work, text: str, said: str) -> None:
        def done(_nothing: object) -> None:
            self._desk.undo.push(Act(self._desk, text, take_back, work, CHANGED))
            self._desk.toast(said, self._desk.undo.undo)

        self._desk.jobs.write(lambda session: (work(session), CHANGED), done)


def _each(rows: Sequence[SegmentRow], work: Callable[[SegmentRow], None]) -> None:
    for row in rows:
        work(row)
