"""Who looked: phones and e-mails that were shown, lists of people that left, and what for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.consent import access, access_words
from linecrm_desktop.consent.access import Look
from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.text import _
from linecrm_desktop.views import people_list, printed_list
from linecrm_desktop.views.desk import Desk, Place
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.tables import give_widths, show_texts, text_table
from linecrm_desktop.views.widgets.writing import writing

if TYPE_CHECKING:
    from linecrm_desktop.views.report.sheet import Report

_SHOWN = frozenset({Word.ACCESS, Word.CONSENT, Word.FRIENDS})
_MOST = 2_000
"""Lines that are listed here; the file and the command line have all."""
_WIDTHS = (140, 110, 160, 120, 160, 180, 110)
_HASH, _PURPOSE = -1, 4
"""The hash is for the file and the command line; the purpose gets the room that is left."""


class LookedPage(QWidget):
    """A table, the newest line first, that can be saved."""

    asked_for = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._looks: list[Look] = []
        self.about = label("", "second", wrap=True)
        self.save = writing(button("", "default", "download-simple", "saveLooks"))
        self.table = text_table("looks")
        self._lay_out()
        self.save.clicked.connect(self._save)
        self._read()

    def show_place(self, _place: Place) -> None:
        """Show the newest lines."""
        self._read()

    def reload(self, changed: Changes) -> None:
        if changed & _SHOWN:
            self._read()

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here."""
        return True

    def save_pdf(self) -> None:
        """Ask what for and where, then write the lines that are listed as PDF."""
        report, people = self._report(), sum(look.friend_id is not None for look in self._looks)
        paper = people_list.Paper(report, tuple(access_words.header()[:_HASH]), people)
        people_list.save_pdf(self._desk, "who_looked", access.LOOKS, lambda _session: paper)

    def print_list(self) -> None:
        """Show the lines that are listed as they come out of a printer."""
        from linecrm_desktop.views.report import printing

        printing.preview(self._report(), self.window())

    def retranslate(self) -> None:
        empty = _("Nobody looked yet.")
        told = _(
            "Each phone or e-mail that is shown, and each list that is written, leaves a line. None can be deleted."
        )
        self.about.setText(told if self._looks else f"{empty} {told}")
        self.save.setText(_("Save list…"))
        self.table.setAccessibleName(_("Who looked"))
        day = self._desk.day()
        rows = [access_words.cells(look, day)[:_HASH] for look in self._looks]
        show_texts(self.table, access_words.header()[:_HASH], rows)
        give_widths(self.table, dict(enumerate(_WIDTHS)))
        self.table.horizontalHeader().setSectionResizeMode(_PURPOSE, QHeaderView.ResizeMode.Stretch)

    def _report(self) -> "Report":
        day = self._desk.day()
        rows = [access_words.cells(look, day)[:_HASH] for look in self._looks]
        return printed_list.report(self._desk, _("Who looked"), "who_looked", access_words.header()[:_HASH], rows)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.about, 1)
        head.addWidget(self.save)
        card = Card()
        card.body.addLayout(head)
        card.body.addWidget(self.table)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 16)
        page.addWidget(card)

    def _read(self) -> None:
        self._desk.jobs.read(lambda session: access.looks(session, _MOST), self._take, key="consent.looks")

    def _take(self, looks: list[Look]) -> None:
        self._looks = looks
        self.retranslate()

    def _save(self) -> None:
        day = self._desk.day()

        def read(session: Session) -> list[list[str]]:
            return [access_words.cells(look, day) for look in access.looks(session)]

        people_list.save_rows(self._desk, "who_looked", access.LOOKS, access_words.header(), read)
