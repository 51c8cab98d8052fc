"""One part of a split: the name of the new tag, and which friends get it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from linecrm_desktop.segments.rules import Rule
from linecrm_desktop.text import _, number
from linecrm_desktop.views.tagwork.tag_set import let_search, text_of
from linecrm_desktop.views.widgets.basics import icon_button


class PartRow(QWidget):
    """A name and a choice among rules."""

    changed = Signal()
    removed = Signal()

    def __init__(self, place: int, choices: Sequence[tuple[str, Rule]]) -> None:
        super().__init__()
        said = {"n": number(place)}
        self.name = QLineEdit()
        self.name.setObjectName(f"splitName{place}")
        self.name.setPlaceholderText(_("Name of part {n}").format(**said))
        self.name.setAccessibleName(_("Name of part {n}").format(**said))
        self.who = QComboBox()
        self.who.setObjectName(f"splitWho{place}")
        self.who.setAccessibleName(_("Who gets part {n}").format(**said))
        let_search(self.who)
        self.who.setMinimumContentsLength(24)
        self._rules: list[Rule | None] = [None, *(rule for _text, rule in choices)]
        self.who.addItems([_("Choose who gets it…"), *(text for text, _rule in choices)])
        self.remove = icon_button("x", _("Remove part {n}").format(**said), f"splitRemove{place}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name, 2)
        row.addWidget(self.who, 3)
        row.addWidget(self.remove)
        self.name.textChanged.connect(lambda _text: self.changed.emit())
        self.who.currentIndexChanged.connect(lambda _place: self._chosen())
        self.remove.clicked.connect(self.removed)

    def rule(self) -> Rule | None:
        """Return for whom it is; None while nothing is chosen."""
        return self._rules[max(0, self.who.currentIndex())]

    def show_part(self, name: str, rule: Rule) -> None:
        """Begin with this name, and with this rule if it is among the choices."""
        self.name.setText(name)
        if rule in self._rules:
            self.who.setCurrentIndex(self._rules.index(rule))

    def _chosen(self) -> None:
        """Show the sentence from its beginning."""
        text_of(self.who).setCursorPosition(0)
        self.changed.emit()
