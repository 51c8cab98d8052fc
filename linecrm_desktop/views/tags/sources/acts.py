"""What is done to links: making, stopping, saving their QR codes, copying. What changes the shop can be undone."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Task, changes
from linecrm_desktop.sources import links, saving
from linecrm_desktop.sources.links import LinkRow
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import linking
from linecrm_desktop.tagging.linking import LinksDraft
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.job_runner import Done, Failed
from linecrm_desktop.views.tags.actions import TagActions


class LinkActs:
    """Does the work through the runner, and says what was done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tags = TagActions(desk)

    def make(self, draft: LinksDraft, count: int, done: Done, failed: Failed) -> None:
        """Make links; what is done again after an undo has the codes of the first time, which may be printed."""
        codes: dict[str, str] = {}

        def work(session: Session) -> list[int]:
            made = linking.make(session, draft, self._desk.now(), codes=codes)
            codes.update({row.place: row.code for row in links.all_links(session, ids=made.links)})
            return [] if made.operation is None else [made.operation]

        self._tags.operate(
            work,
            ngettext("make {n} entry link", "make {n} entry links", count).format(n=number(count)),
            ngettext("Made {n} entry link.", "Made {n} entry links.", count).format(n=number(count)),
            done,
            failed,
        )

    def stop(self, rows: Sequence[LinkRow]) -> None:
        """Stop using links."""
        ids, count = [row.id for row in rows], len(rows)
        said = ngettext(
            "Stopped using {n} entry link. What is known of friends stays.",
            "Stopped using {n} entry links. What is known of friends stays.",
            count,
        )
        self._tags.operate(
            lambda session: [linking.stop(session, ids, self._desk.now())],
            ngettext("stop using {n} entry link", "stop using {n} entry links", count).format(n=number(count)),
            said.format(n=number(count)),
        )

    def save(self, rows: Sequence[LinkRow]) -> None:
        """Ask for a folder and write the QR codes of links into it."""
        folder = self._desk.dialogs.folder("qr_codes", _("Folder for QR codes"), Path.home())
        if folder is None:
            return

        def work(_database: Database, task: Task) -> tuple[list[Path], Changes]:
            return saving.save(rows, folder, task), changes()

        def said(written: list[Path]) -> None:
            words = ngettext("Wrote {n} file into “{folder}”.", "Wrote {n} files into “{folder}”.", len(written))
            self._desk.toast(words.format(n=number(len(written)), folder=folder.name or str(folder)), None)

        self._desk.jobs.run(_("Writing QR codes"), work, said)

    def copy(self, row: LinkRow) -> None:
        """Put a link on the clipboard."""
        QGuiApplication.clipboard().setText(row.url)
        self._desk.toast(_("Copied the link of “{place}”.").format(place=row.place), None)
