"""Coverage: how far the three questions are answered, and by which source the gaps came in."""

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from linecrm_desktop.consent.coverage import Covered, by_source, together, with_source
from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.text import _, ngettext, number, percent
from linecrm_desktop.views.desk import Desk, Place
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.parts import KpiTile
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_SHOWN = frozenset({Word.CONSENT, Word.FRIENDS, Word.IMPORTS})
_TILES = ("source", "informed", "optOut", "complete")


class CoveragePage(QWidget):
    """Three questions as shares, and the sources with their gaps."""

    asked_for = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: list[Covered] = []
        self.tiles = {name: KpiTile() for name in _TILES}
        self._title = label("", "section")
        self.table = text_table("coverage")
        self._lay_out()
        self._read()

    def show_place(self, _place: Place) -> None:
        """Show the newest numbers."""
        self._read()

    def reload(self, changed: Changes) -> None:
        if changed & _SHOWN:
            self._read()

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here."""
        return True

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return "consent_coverage", self.table.model()

    def retranslate(self) -> None:
        for name, (title, shown, note) in three_questions(self._found).items():
            self.tiles[name].show_number(title, shown, note)
        self._title.setText(_("By source"))
        self.table.setAccessibleName(self._title.text())
        names, rows = source_rows(self._found)
        show_texts(self.table, names, rows, numbers=len(names) - 1)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, tile in self.tiles.items():
            tile.setObjectName(f"coverage_{name}")
            row.addWidget(tile, 1)
        card = Card()
        card.body.addWidget(self._title)
        card.body.addWidget(self.table)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 16)
        page.setSpacing(12)
        page.addLayout(row)
        page.addWidget(card, 1)

    def _read(self) -> None:
        self._desk.jobs.read(by_source, self._take, key="coverage")

    def _take(self, found: list[Covered]) -> None:
        self._found = found
        self.retranslate()


def three_questions(found: list[Covered]) -> dict[str, tuple[str, str, str]]:
    """Return each question with the share that is answered and how many are not."""
    its = together(found)
    refused = ngettext("{n} refused marketing and gets none", "{n} refused marketing and get none", its.refused)
    return {
        "source": _question(_("Where did the data come from?"), with_source(found), its.friends),
        "informed": _question(_("Was the friend informed?"), its.informed, its.friends),
        "optOut": _question(_("Can they opt out?"), its.can_opt_out, its.friends),
        "complete": (_("All three answered"), _share(its.complete, its.friends), refused.format(n=number(its.refused))),
    }


def source_rows(found: list[Covered]) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and a row for each source."""
    names = [_("Source"), _("Friends"), _("Informed"), _("Can opt out")]
    rows = [
        [
            one.source or _("No source"),
            number(one.friends),
            _share(one.informed, one.friends),
            _share(one.can_opt_out, one.friends),
        ]
        for one in found
    ]
    return names, rows


def _question(title: str, answered: int, friends: int) -> tuple[str, str, str]:
    gap = friends - answered
    words = ngettext("{n} still open", "{n} still open", gap)
    return title, _share(answered, friends), words.format(n=number(gap))


def _share(part: int, whole: int) -> str:
    return percent(part / whole) if whole else "—"
