"""Which of the shop's LINE accounts is meant; a shop with one account never sees it."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.text import _


class AccountChoice(QComboBox):
    """The accounts by name. Its caption, where it has one, comes and goes with it."""

    chosen = Signal(object)
    """The number of a further account, or None for the first; only when a person chooses."""

    def __init__(self, name: str, caption: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName(name)
        self._caption = caption
        self._known: list[int | None] = [None]
        self._shown: tuple[AccountRow, ...] = ()
        self.activated.connect(lambda place: self.chosen.emit(self._known[place]))
        self.show_accounts(())

    def show_accounts(self, rows: Sequence[AccountRow], chosen: int | None = None) -> None:
        """Offer these accounts; one that is chosen and no longer there is named as gone."""
        self._shown = tuple(rows)
        names = [(row.channel_id, row.name or _("First account")) for row in rows] or [(None, "")]
        if chosen not in [number for number, _name in names]:
            names.append((chosen, _("Removed account")))
        with QSignalBlocker(self):
            self.clear()
            self.addItems([name for _number, name in names])
            self._known = [number for number, _name in names]
            self.setCurrentIndex(self._known.index(chosen))
        for part in (self, self._caption):
            if part is not None:
                part.setVisible(len(names) > 1)

    def choose(self, chosen: int | None) -> None:
        """Show another choice."""
        self.show_accounts(self._shown, chosen)

    def account(self) -> int | None:
        """Return the chosen account."""
        return self._known[self.currentIndex()] if self.currentIndex() >= 0 else None
