"""The Consent screen: its parts, each on its own tab.

A part is one line of PARTS: its name in a Place, what its tab says, and what makes its widget when it is first shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from linecrm_desktop.jobs import Changes
from linecrm_desktop.text import N_, _
from linecrm_desktop.views import printed_list, saved_list
from linecrm_desktop.views.consent.coverage_page import CoveragePage
from linecrm_desktop.views.consent.ledger_page import LedgerPage
from linecrm_desktop.views.consent.looked_page import LookedPage
from linecrm_desktop.views.consent.requests_page import RequestsPage
from linecrm_desktop.views.consent.share_page import SharePage
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.recording_dialog import RecordingDialog
from linecrm_desktop.views.refusal_dialog import RefusalDialog
from linecrm_desktop.views.widgets.basics import line
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import SearchField
from linecrm_desktop.views.widgets.writing import writing


class ConsentPart(Protocol):
    """What every part of the screen can do."""

    asked_for: SignalInstance
    """Asks for another place."""

    def show_place(self, place: Place) -> None: ...

    def reload(self, changed: Changes) -> None: ...

    def retranslate(self) -> None: ...

    def can_leave(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the screen before it is made."""

    name: str
    title: str
    make: Callable[[Desk], QWidget]


COVERAGE, LEDGER, REQUESTS, SHARE, LOOKED = "coverage", "ledger", "requests", "share", "looked"
PARTS = (
    Tab(COVERAGE, N_("Coverage"), CoveragePage),
    Tab(LEDGER, N_("Ledger"), LedgerPage),
    Tab(REQUESTS, N_("Requests"), RequestsPage),
    Tab(SHARE, N_("Share an audience"), SharePage),
    Tab(LOOKED, N_("Who looked"), LookedPage),
)


class ConsentView(QWidget):
    """Where data came from, whether people were told, and whether they can stop."""

    page = Page.CONSENT
    asked_for = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made: dict[str, QWidget] = {}
        self._build()
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_tab)
        self.notices.clicked.connect(lambda: self.asked_for.emit(Place(Page.SETTINGS, part="notices")))
        self.many.clicked.connect(lambda: RecordingDialog(self._desk, self).open())
        self.refuse.clicked.connect(lambda: RefusalDialog(self._desk, parent=self).open())
        self._show_tab(0)
        self.retranslate()

    def show_place(self, place: Place) -> None:
        """Show the part that a place names, or the one that is shown, and let it show the object."""
        at = next((at for at, tab in enumerate(PARTS) if tab.name == place.part), self.tabs.currentIndex())
        self.tabs.setCurrentIndex(at)
        self.part(PARTS[at].name).show_place(place)

    def reload(self, changed: Changes) -> None:
        for name in self._made:
            self.part(name).reload(changed)

    def retranslate(self) -> None:
        self.head.show_title(_("Consent"), _("Where from, informed, can opt out"))
        self.notices.setText(_("Privacy notices…"))
        self.many.setText(_("Record for many…"))
        self.refuse.setText(_("Record a refusal…"))
        self.tabs.setAccessibleName(_("Parts of Consent"))
        for at, tab in enumerate(PARTS):
            self.tabs.setTabText(at, _(tab.title))
        for name in self._made:
            self.part(name).retranslate()

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put the cursor into the search of the part that is shown, if it has one."""
        search = self._shown().findChild(SearchField)
        if search is not None:
            search.setFocus()
            search.selectAll()

    @property
    def names_people(self) -> bool:
        """Whether the part that is shown lists people."""
        return hasattr(self._shown(), "save_list")

    def save_list(self) -> None:
        """Write the list of the part that is shown into a file."""
        part = self._shown()
        own, offered = getattr(part, "save_list", None), getattr(part, "list_to_save", None)
        if own is not None:
            own()
        elif offered is not None:
            saved_list.save(self._desk, *offered())

    def print_list(self) -> None:
        """Show the list of the part that is shown as it comes out of a printer."""
        part = self._shown()
        own, offered = getattr(part, "print_list", None), getattr(part, "list_to_save", None)
        if own is not None:
            own()
        elif offered is not None:
            name, rows = offered()
            printed_list.preview(self._desk, _(PARTS[self.tabs.currentIndex()].title), name, rows, self.window())

    def save_pdf(self) -> None:
        """Write the list of the part that is shown as PDF."""
        part = self._shown()
        own, offered = getattr(part, "save_pdf", None), getattr(part, "list_to_save", None)
        if own is not None:
            own()
        elif offered is not None:
            name, rows = offered()
            title = _(PARTS[self.tabs.currentIndex()].title)
            saved_list.save_report(self._desk, printed_list.report(self._desk, title, name, *saved_list.texts(rows)))

    def can_leave(self) -> bool:
        """Let a person go when every part does."""
        return all(self.part(name).can_leave() for name in self._made)

    def part(self, name: str) -> ConsentPart:
        """Return a part by its name; it is made when it is first asked for."""
        if name not in self._made:
            made = next(tab.make for tab in PARTS if tab.name == name)(self._desk)
            self._made[name] = made
            self.parts.addWidget(made)
            cast(ConsentPart, made).asked_for.connect(self.asked_for)
        return cast(ConsentPart, self._made[name])

    def _build(self) -> None:
        self.head = PageHead()
        self.notices = self.head.add_button("", "file-text", name="goToNotices")
        self.many = writing(self.head.add_button("", "list-plus", name="recordForMany"))
        self.refuse = writing(self.head.add_button("", "hand-palm", name="recordRefusal"))
        self.tabs, self.parts = QTabBar(), QStackedWidget()
        self.tabs.setObjectName("consentTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _tab in PARTS:
            self.tabs.addTab("")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(self.tabs)
        row.addStretch()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addLayout(row)
        page.addWidget(line())
        page.addWidget(self.parts, 1)

    def _shown(self) -> QWidget:
        return self._made[PARTS[self.tabs.currentIndex()].name]

    def _show_tab(self, at: int) -> None:
        self.part(PARTS[at].name)
        self.parts.setCurrentWidget(self._made[PARTS[at].name])
