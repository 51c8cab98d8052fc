"""What the menus of a shop's window do, by the names of the actions."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QUndoGroup
from PySide6.QtWidgets import QApplication, QWidget

from linecrm_desktop.errors import ShopError
from linecrm_desktop.settings.places import log_folder
from linecrm_desktop.store import address
from linecrm_desktop.text import _
from linecrm_desktop.views import saved_list
from linecrm_desktop.views.desk import Desk, Place
from linecrm_desktop.views.finding.finder import Finder
from linecrm_desktop.views.keeper import Keeper
from linecrm_desktop.views.lock_window import Lock

if TYPE_CHECKING:
    from linecrm_desktop.views.report.sheet import Report


class Walker(Protocol):
    """The window, as far as its actions need it."""

    def ask_program(self, what: str, about: object) -> None: ...

    def go(self, place: Place) -> None: ...

    def step(self, by: int) -> None: ...

    def step_area(self, by: int) -> None: ...

    @property
    def finder(self) -> Finder: ...

    def current_view(self) -> QWidget: ...

    def window(self) -> QWidget: ...

    def open_guide(self, chapter: int) -> None: ...

    @property
    def undo(self) -> QUndoGroup: ...

    @property
    def place(self) -> Place: ...

    @property
    def keeper(self) -> Keeper: ...

    @property
    def lock(self) -> Lock | None: ...


class WindowActs:
    """Finds the method for an action's name; what concerns the whole program goes on to it."""

    _OF_THE_PROGRAM = ("new_shop", "open_shop", "open_shared", "open_recent", "quit")

    def __init__(self, window: Walker, desk: Desk) -> None:
        self._window = window
        self._desk = desk

    def do(self, name: str, *args: object) -> None:
        """Do what an action is named after."""
        if name in self._OF_THE_PROGRAM:
            self._window.ask_program(name, args[0] if args else None)
        else:
            getattr(self, name)(*args)

    def recent_shops(self) -> list[tuple[str, str]]:
        """Return the shops opened before, as name and path."""
        return [(_called(Path(path)), path) for path in self._desk.choices.kept.recent[1:]]

    def go(self, place: Place) -> None:
        self._window.go(place)

    def step(self, by: int) -> None:
        self._window.step(by)

    def step_area(self, by: int) -> None:
        self._window.step_area(by)

    def find_everything(self) -> None:
        """Open the search for everything."""
        self._window.finder.open()

    def undo(self) -> None:
        self._window.undo.undo()

    def redo(self) -> None:
        self._window.undo.redo()

    def edit_text(self, what: str) -> None:
        """Cut, copy, paste or select all in the field that has the focus."""
        act = getattr(QApplication.focusWidget(), what, None)
        if act is not None:
            act()

    def save_list(self) -> None:
        """Write the list that the page shows into a file."""
        view = self._window.current_view()
        own, offered = getattr(view, "save_list", None), getattr(view, "list_to_save", None)
        if own is not None:
            own()
        elif offered is not None:
            saved_list.save(self._desk, *offered())

    def print_page(self) -> None:
        """Show how the page's report looks on paper, if it has one; from there it is printed."""
        from linecrm_desktop.views.report import printing

        own = getattr(self._window.current_view(), "print_list", None)
        report = self._report()
        if own is not None:
            own()
        elif report is not None:
            printing.preview(report, self._window.window())

    def save_pdf(self) -> None:
        """Write the page's report, or its list, as a PDF file."""
        own = getattr(self._window.current_view(), "save_pdf", None)
        report = self._report()
        if own is not None:
            own()
        elif report is not None:
            saved_list.save_report(self._desk, report)

    def _report(self) -> "Report | None":
        offered = getattr(self._window.current_view(), "report", None)
        return offered() if offered is not None else None

    def find(self) -> None:
        """Let the page put the cursor into its search, if it has one."""
        view = self._window.current_view()
        if type(view).find is not QWidget.find:
            view.find()  # pyright: ignore[reportCallIssue]  # ours, not Qt's static find(window id)

    def compact_rail(self) -> None:
        self._desk.choices.choose(compact_rail=not self._desk.choices.kept.compact_rail)

    def text_size(self, step: int) -> None:
        self._desk.choices.step_text_size(step)

    def look(self, theme: str) -> None:
        self._desk.choices.choose(theme=theme)

    def connect(self) -> None:
        """Open the dialog that connects the shop to LINE."""
        from linecrm_desktop.views.connect_dialog import ConnectDialog

        ConnectDialog(self._desk, self._window.window()).open()

    def record_refusal(self) -> None:
        """Open the dialog that records a friend's refusal, on whatever page."""
        from linecrm_desktop.views.refusal_dialog import RefusalDialog

        RefusalDialog(self._desk, parent=self._window.window()).open()

    def check_ledger(self) -> None:
        """Open the dialog that checks every line of the consent ledger."""
        from linecrm_desktop.views.ledger_check import LedgerCheckDialog

        LedgerCheckDialog(self._desk, self._window.window()).open()

    def back_up(self) -> None:
        self._window.keeper.back_up()

    def restore(self) -> None:
        from linecrm_desktop.views.restore_dialog import RestoreDialog

        RestoreDialog(self._desk, self._window.keeper.plan, self._window.window()).open()

    def lock(self) -> None:
        if self._window.lock is not None:
            self._window.lock.lock()

    def show_guide(self) -> None:
        self._window.open_guide(0)

    def show_guide_here(self) -> None:
        from linecrm_desktop.views.guide.book import CHAPTER_OF

        self._window.open_guide(CHAPTER_OF[self._window.place.page])

    def show_keys(self) -> None:
        from linecrm_desktop.views.keys_dialog import KeysDialog

        KeysDialog(self._window.window()).open()

    def show_log(self) -> None:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def show_about(self) -> None:
        from linecrm_desktop.views.about import AboutDialog

        AboutDialog(self._window.window()).open()


def _called(path: Path) -> str:
    """Name a shop that was opened before; of a shared one also where it lies."""
    try:
        shared = address.read(path)
    except (OSError, ShopError):  # opening it says what is wrong
        shared = None
    return path.stem if shared is None else _("{name} on {server}").format(name=path.stem, server=shared.server)
