"""The menu bar: every action of the window with its key, and those of the page that is shown.

An action is made once and only named again when the language changes. While a page has a key of its own for
something, the menu's action only shows that key: two owners of one key would both keep silent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from linecrm_desktop.text import N_, _
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.rail import BOTTOM, ITEMS, keys
from linecrm_desktop.views.widgets.writing import writing

FILE, EDIT, VIEW, FRIENDS, TAGS, MESSAGES, TOOLS, HELP = (
    "file",
    "edit",
    "view",
    "friends",
    "tags",
    "messages",
    "tools",
    "help",
)
_NAMES = {
    FILE: N_("&File"),
    EDIT: N_("&Edit"),
    VIEW: N_("&View"),
    FRIENDS: N_("F&riends"),
    TAGS: N_("Ta&gs"),
    MESSAGES: N_("&Messages"),
    TOOLS: N_("&Tools"),
    HELP: N_("&Help"),
}
_WRITING = ("record_refusal", "connect", "back_up")
"""What writes, or copies everybody, beside the places where something begins."""
THEMES = {"system": N_("System look"), "light": N_("Light"), "dark": N_("Dark")}


@dataclass
class _Line:
    action: QAction
    text: str
    key: str
    is_bound: bool


class Menus(QObject):
    """Builds the bar of one window; `act` is called with the name of what was chosen."""

    def __init__(self, window: QMainWindow, act: Callable[..., None]) -> None:
        super().__init__(window)
        self._window = window
        self._act = act
        self._shown: QWidget | None = None
        self._lines: list[_Line] = []
        self._menus: dict[str, QMenu] = {}
        self._extra: list[tuple[QMenu, QAction]] = []
        self.themes = QActionGroup(self)
        for name in _NAMES:
            self._menus[name] = window.menuBar().addMenu("")
        for build in (self._file, self._edit, self._view, self._words, self._tools, self._help):
            build()
        self._menus[FILE].aboutToShow.connect(self._show_saving)
        self.retranslate()

    def action(self, name: str) -> QAction:
        """Return an action by its name."""
        return next(line.action for line in self._lines if line.action.objectName() == name)

    def show_page_actions(self, view: QWidget) -> None:
        """Put a page's own actions into the menus, and leave it the keys it has."""
        for menu, old in self._extra:
            menu.removeAction(old)
        self._extra.clear()
        offered = getattr(view, "menu_actions", None)
        for name, actions in (offered() if offered else {}).items():
            menu = self._menus[name.lower()]
            self._extra.append((menu, menu.addSeparator()))
            for action in actions:
                menu.addAction(action)
                self._extra.append((menu, action))
        self._shown = view
        self._show_saving()
        self._share_keys(view)

    def show_recent(self, shops: list[tuple[str, str]]) -> None:
        """List the shops opened last, as name and path."""
        self.recent.clear()
        for name, path in shops:
            action = self.recent.addAction(name.replace("&", "&&"))
            action.setToolTip(path)
            action.triggered.connect(lambda _checked=False, at=path: self._act("open_recent", at))
        self.recent.setEnabled(bool(shops))

    def show_undo(self, undo: str, redo: str, *, can_undo: bool, can_redo: bool) -> None:
        """Name what can be taken back."""
        for name, plain, named, what, can in (
            ("undo", _("Undo"), _("Undo {what}"), undo, can_undo),
            ("redo", _("Redo"), _("Redo {what}"), redo, can_redo),
        ):
            self.action(name).setText(named.format(what=what).replace("&", "&&") if what else plain)
            self.action(name).setEnabled(can)

    def _show_saving(self) -> None:
        """Offer what the page can put into a file; a list of people leaves a line in the shop, so it writes."""
        view, people = self._shown, getattr(self._shown, "names_people", False)
        self.action("print_page").setEnabled(hasattr(view, "report") or hasattr(view, "print_list"))
        for name, parts in (("save_list", ("list_to_save", "save_list")), ("save_pdf", ("report", "save_pdf"))):
            can = any(hasattr(view, part) for part in parts)
            writing(self.action(name), can and people).setEnabled(can)

    def retranslate(self) -> None:
        for name, menu in self._menus.items():
            menu.setTitle(_(_NAMES[name]))
        self.recent.setTitle(_("Open recent"))
        for line in self._lines:
            shown = f"\t{keys(line.key)}" if line.key and not line.is_bound else ""
            line.action.setText(_(line.text) + shown)

    def _add(self, menu: str, name: str, text: str, key: str = "", *args: Any, bind: bool = True) -> QAction:
        action = QAction(self._window)
        action.setObjectName(name)
        writing(action, name in _WRITING or any(isinstance(where, Place) and where.writes for where in args))
        action.triggered.connect(lambda _checked=False: self._act(name.partition(":")[0], *args))
        if key and bind:
            action.setShortcut(QKeySequence(key))
        self._menus[menu].addAction(action)
        self._lines.append(_Line(action, text, key, bind))
        return action

    def _file(self) -> None:
        self._add(FILE, "new_shop", N_("New shop…"))
        self._add(FILE, "open_shop", N_("Open shop…"), "Ctrl+Shift+O")
        self._add(FILE, "open_shared", N_("Open shared shop…"))
        self.recent = self._menus[FILE].addMenu("")
        self._menus[FILE].addSeparator()
        self._add(FILE, "go:import", N_("Import…"), "Ctrl+I", Place(Page.IMPORTS, part="new"))
        self._add(FILE, "save_list", N_("Export this list…"), "Ctrl+E")
        self._add(FILE, "print_page", N_("Print…"), "Ctrl+P")
        self._add(FILE, "save_pdf", N_("Save as PDF…"))
        self._menus[FILE].addSeparator()
        self._add(FILE, "back_up", N_("Back up now"), "Ctrl+Shift+B")
        self._add(FILE, "restore", N_("Restore…"))
        self._add(FILE, "lock", N_("Lock now"), "Ctrl+L")
        self._menus[FILE].addSeparator()
        self._add(FILE, "quit", N_("Quit"), "Ctrl+Q").setMenuRole(QAction.MenuRole.QuitRole)

    def _edit(self) -> None:
        self._add(EDIT, "undo", N_("Undo"), "Ctrl+Z")
        redo = self._add(EDIT, "redo", N_("Redo"), "Ctrl+Shift+Z")
        redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self._menus[EDIT].addSeparator()
        for name, text, key in (
            ("cut", N_("Cut"), "Ctrl+X"),
            ("copy", N_("Copy"), "Ctrl+C"),
            ("paste", N_("Paste"), "Ctrl+V"),
            ("selectAll", N_("Select all"), "Ctrl+A"),
        ):
            # The widget with the focus has these keys already; the menu only does the same.
            self._add(EDIT, f"edit_text:{name}", text, key, name, bind=False)
        self._menus[EDIT].addSeparator()
        self._add(EDIT, "find", N_("Find"), "Ctrl+F")

    def _view(self) -> None:
        for item in (*ITEMS, *BOTTOM):
            if item.page is not None and item.page is not Page.SETTINGS:
                self._add(VIEW, f"go:{item.page}", item.text, item.shortcut, Place(item.page))
        self._menus[VIEW].addSeparator()
        self._add(VIEW, "compact_rail", N_("Compact rail"), "Ctrl+B").setCheckable(True)
        self._menus[VIEW].addSeparator()
        self._add(VIEW, "text_size:larger", N_("Larger text"), "Ctrl++", 1)
        self._add(VIEW, "text_size:smaller", N_("Smaller text"), "Ctrl+-", -1)
        self._add(VIEW, "text_size:normal", N_("Normal text"), "Ctrl+0", 0)
        self._menus[VIEW].addSeparator()
        for theme, text in THEMES.items():
            action = self._add(VIEW, f"look:{theme}", text, "", theme)
            action.setCheckable(True)
            self.themes.addAction(action)
        self._menus[VIEW].addSeparator()
        self._add(VIEW, "step:back", N_("Back"), "Alt+Left", -1)
        self._add(VIEW, "step:forward", N_("Forward"), "Alt+Right", 1)
        self._add(VIEW, "step_area:next", N_("Next area"), "F6", 1)
        self._add(VIEW, "step_area:back", N_("Area before"), "Shift+F6", -1)

    def _words(self) -> None:
        self._add(FRIENDS, "go:friends_all", N_("All friends"), "", Place(Page.FRIENDS, part="all"))
        self._add(FRIENDS, "go:friends_reachable", N_("Reachable friends"), "", Place(Page.FRIENDS, part="reachable"))
        self._add(FRIENDS, "record_refusal", N_("Record a refusal…"), "Ctrl+Shift+X")
        self._add(TAGS, "go:tag_new", N_("New tag…"), "Ctrl+Shift+T", Place(Page.TAGS, part="new"))
        self._add(TAGS, "go:tags_all", N_("All tags"), "", Place(Page.TAGS))
        self._add(TAGS, "go:tag_audit", N_("Audit tags…"), "", Place(Page.AUDIT))
        self._add(TAGS, "go:tag_sources", N_("Sources and links…"), "Ctrl+Shift+L", Place(Page.SOURCES))
        self._add(MESSAGES, "go:message_new", N_("New message"), "Ctrl+N", Place(Page.MESSAGES, part="new"))
        self._add(MESSAGES, "go:messages_all", N_("All messages"), "", Place(Page.MESSAGES))

    def _tools(self) -> None:
        self._add(TOOLS, "find_everything", N_("Search everything…"), "Ctrl+K")
        self._add(TOOLS, "connect", N_("Connect LINE…"))
        self._add(TOOLS, "check_ledger", N_("Check the ledger…"))
        settings = self._add(TOOLS, "go:settings", N_("Settings…"), "Ctrl+,", Place(Page.SETTINGS))
        settings.setMenuRole(QAction.MenuRole.PreferencesRole)

    def _help(self) -> None:
        self._add(HELP, "show_guide", N_("The TAGS method"))
        self._add(HELP, "show_guide_here", N_("Guide to this page"), "Shift+F1")
        self._add(HELP, "show_keys", N_("Keyboard shortcuts"), "F1")
        self._add(HELP, "show_log", N_("Show log folder"))
        self._add(HELP, "show_about", N_("About Tagwell")).setMenuRole(QAction.MenuRole.AboutRole)

    def _share_keys(self, view: QWidget) -> None:
        """Unbind what the page has a key of its own for; bind the others again."""
        taken = {shortcut.key() for shortcut in view.findChildren(QShortcut)}
        taken |= {key for _menu, action in self._extra for key in action.shortcuts()}
        for line in self._lines:
            key = QKeySequence(line.key)
            if not line.key or line.text in (N_("Redo"),) or line.action.objectName().startswith("edit_text"):
                continue
            line.is_bound = key not in taken
            line.action.setShortcut(key if line.is_bound else QKeySequence())
        self.retranslate()
