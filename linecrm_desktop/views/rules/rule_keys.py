"""The keys of the rule rows, wherever in a page the cursor is."""

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from linecrm_desktop.text import N_, _
from linecrm_desktop.views.rules.rule_list import RuleList

_WORDS = {
    "Ctrl+R": N_("Add a rule"),
    "Ctrl+Shift+R": N_("Add a group"),
    "Ctrl+D": N_("Duplicate this rule"),
    "Alt+Up": N_("Move this rule up"),
    "Alt+Down": N_("Move this rule down"),
    "Del": N_("Remove this rule"),
}


class RuleKeys:
    """Binds the keys for as long as the page is there, but for those that mean something else in it."""

    def __init__(self, rules: RuleList, page: QWidget, *, but: Collection[str] = ()) -> None:
        self._keys: dict[str, QShortcut] = {}
        for keys, act in (
            ("Ctrl+R", lambda: rules.offer_rules()),
            ("Ctrl+Shift+R", rules.put_group),
            ("Ctrl+D", rules.duplicate),
            ("Alt+Up", lambda: rules.move_row(-1)),
            ("Alt+Down", lambda: rules.move_row(1)),
            ("Del", rules.remove),
        ):
            if keys in but:
                continue
            shortcut = self._keys[keys] = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def retranslate(self) -> None:
        """Say anew what each does, for the list of all keys."""
        for keys, shortcut in self._keys.items():
            shortcut.setWhatsThis(_(_WORDS[keys]))
