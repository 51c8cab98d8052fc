"""What can be done with the chosen tags: one QAction each, on keys, on right-click, in the bar over the list and in
the window's menu. Single letters work only while the list has the focus, never in a text field.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import N_, _, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import TAG_ICONS, icon
from linecrm_desktop.views.tags.reading import TagLine
from linecrm_desktop.views.tags.runs_out import DAYS, in_words
from linecrm_desktop.views.widgets.chips import tag_chip
from linecrm_desktop.views.widgets.writing import writing

EDIT, FRIENDS, DECIDE, OWNER = "edit", "friends", "decide", "owner"
MERGE, SPLIT, RETIRE, RESTORE = "merge", "split", "retire", "restore"
_ACTIONS = (
    (EDIT, N_("Edit"), "pencil-simple", ("Enter", "Return")),
    (FRIENDS, N_("Show friends"), "users", ("Ctrl+Enter", "Ctrl+Return")),
    (DECIDE, N_("Write what it helps decide"), "text-aa", ("F2",)),
    (MERGE, N_("Merge into…"), "git-merge", ("M",)),
    (SPLIT, N_("Split by…"), "git-fork", ()),
    (OWNER, N_("Give an owner"), "user", ()),
    (RETIRE, N_("Retire…"), "archive", ("Del",)),
    (RESTORE, N_("Restore"), "arrow-counter-clockwise", ("Ctrl+Shift+R",)),
)
_ONE = (EDIT, FRIENDS, SPLIT)
"""Actions that need exactly one tag."""
_RETIRED = (EDIT, FRIENDS, RESTORE)
"""Actions for retired tags; the others, and all but RESTORE, are for tags in use."""
_OF_BAR = (MERGE, RETIRE)
_READING = (EDIT, FRIENDS)
"""Actions that only open something."""


class TagListActions(QObject):
    """Makes the actions, binds their keys to the list, and enables what fits the choice."""

    typed = Signal(object)
    """All chosen tags should be of this TagType."""
    sensitive = Signal(bool)
    runs_out = Signal(object)
    """All chosen tags should run out after so many days; None: never."""

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self.all: dict[str, QAction] = {}
        self._chosen: Sequence[TagLine] = ()
        for name, _text, _picture, keys in _ACTIONS:
            made = self.all[name] = QAction(self)
            if name not in _READING:
                writing(made)
            made.setObjectName(f"tag_{name}")
            made.setShortcuts([QKeySequence(key) for key in keys])
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            table.addAction(made)
        self._types = [self._choice(f"tag_type_{type}", self.typed, type) for type in TagType]
        self._marks = [self._choice(f"tag_sensitive_{mark}", self.sensitive, mark) for mark in (True, False)]
        self._days = [self._choice(f"tag_runs_out_{days}", self.runs_out, days) for days in DAYS]
        theme.signals().changed.connect(self.retranslate)
        self.choose(())

    def choose(self, lines: Sequence[TagLine]) -> None:
        """Enable what fits the chosen tags."""
        self._chosen = lines
        are_retired = bool(lines) and all(line.tag.is_retired for line in lines)
        is_mixed = not are_retired and any(line.tag.is_retired for line in lines)
        for name, action in self.all.items():
            fits = len(lines) == 1 if name in _ONE else bool(lines)
            for_these = name in _RETIRED if are_retired else name != RESTORE
            action.setEnabled(fits and for_these and not is_mixed)
            action.setVisible(for_these)
        if any(line.tag.merged_into for line in lines):
            self.all[RESTORE].setEnabled(False)
        self.retranslate()

    def retranslate(self) -> None:
        for name, text, picture, _keys in _ACTIONS:
            self.all[name].setText(_(text))
            self.all[name].setIcon(icon(picture, "text"))
        count = self._chosen[0].tag.friends if len(self._chosen) == 1 else 0
        if count:
            self.all[FRIENDS].setText(ngettext("Show {n} friend", "Show {n} friends", count).format(n=number(count)))
        if len(self._chosen) > 1:
            self.all[MERGE].setText(_("Merge into one…"))
        for action, type in zip(self._types, TagType, strict=True):
            action.setText(_(TAG_TYPES[type]))
            action.setIcon(icon(TAG_ICONS[type], tag_chip("", type).role))
        for action, text in zip(self._marks, (_("Sensitive"), _("Not sensitive")), strict=True):
            action.setText(text)
        for action, days in zip(self._days, DAYS, strict=True):
            action.setText(in_words(days))

    def menu(self, parent: QWidget) -> QMenu:
        """Return the menu of a right-click."""
        menu = self._menu(parent)
        if len(self._chosen) > 1:
            self._fill_changes(menu, (DECIDE, OWNER))
            menu.addSeparator()
            menu.addActions([self.all[MERGE], self.all[RETIRE], self.all[RESTORE]])
            return menu
        menu.addActions([self.all[name] for name in (EDIT, FRIENDS, DECIDE, MERGE, SPLIT)])
        menu.addSeparator()
        menu.addActions([self.all[name] for name in (OWNER, RETIRE, RESTORE)])
        return menu

    def changes_menu(self, parent: QWidget) -> QMenu:
        """Return the menu of all that can be changed in several tags at once."""
        menu = self._menu(parent)
        self._fill_changes(menu, (DECIDE, OWNER))
        return menu

    def _fill_changes(self, menu: QMenu, names: Iterable[str]) -> None:
        if all(line.tag.is_retired for line in self._chosen):
            return
        for title, actions in (
            (_("Type"), self._types),
            (_("Runs out after"), self._days),
            (_("Sensitive"), self._marks),
        ):
            menu.addMenu(title).addActions(actions)
        menu.addActions([self.all[name] for name in names])

    def _menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _choice(self, name: str, signal: object, value: object) -> QAction:
        made = writing(QAction(self))
        made.setObjectName(name)
        made.triggered.connect(lambda _checked=False: signal.emit(value))  # type: ignore[attr-defined]
        return made
