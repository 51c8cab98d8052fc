"""What all inputs of a message share: who listens to their keys, and what the shop and the web have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from linecrm_desktop.messages.fields import Words
from linecrm_desktop.messages.variables import VARIABLES
from linecrm_desktop.views.messages.coupons import Coupons
from linecrm_desktop.views.messages.looks import Looks
from linecrm_desktop.views.messages.variable_edit import VariableEdit

Counts = Mapping[str, tuple[Words, int]]
"""By its path, each text of a bubble and how long it becomes for the friend with the longest values."""


@dataclass(slots=True)
class Bench:
    """Handed to every input when it is made."""

    watchers: tuple[QObject, ...]
    """See the keys of each field first: undo belongs to the draft, Alt and an arrow move the bubble."""
    ask_fallback: Callable[[VariableEdit, int], None]
    looks: Looks
    """What lies at the addresses of pictures."""
    coupons: Coupons
    """What LINE lists for the account."""
    offered: list[str] = field(default_factory=lambda: list(VARIABLES))
    """The variables that may be put in, the shop's own fields too."""

    def adopt(self, widget: QWidget) -> None:
        """Let the watchers see a field's keys."""
        for watcher in self.watchers:
            widget.installEventFilter(watcher)
        if isinstance(widget, VariableEdit):
            widget.offered = self.offered
            widget.chip_opened.connect(lambda chip: self.ask_fallback(widget, chip))
