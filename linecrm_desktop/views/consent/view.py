"""The Consent screen: its parts, each on its own tab."""

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from linecrm_desktop.jobs import Changes
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.consent.requests_page import RequestsPage
from linecrm_desktop.views.consent.share_page import SharePage
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.widgets.basics import line
from linecrm_desktop.views.widgets.page_head import PageHead

REQUESTS, SHARE = "requests", "share"
_TABS = {
    REQUESTS: (N_("Requests"), N_("Requests from friends about their data")),
    SHARE: (N_("Share an audience"), N_("What leaves the shop for ads and other tools")),
}


class ConsentView(QWidget):
    """What protects friends."""

    page = Page.CONSENT
    asked_for = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head, self.tabs, self.parts = PageHead(), QTabBar(), QStackedWidget()
        self.tabs.setObjectName("consentTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.requests, self.share = RequestsPage(desk), SharePage(desk)
        self.head.add_widget(self.requests.new)
        for part in (self.requests, self.share):
            self.parts.addWidget(part)
        for _name in _TABS:
            self.tabs.addTab("")
        row, page = QHBoxLayout(), QVBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(self.tabs)
        row.addStretch()
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addLayout(row)
        page.addWidget(line())
        page.addWidget(self.parts, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.requests.asked_for.connect(self.asked_for)
        self.retranslate()

    def show_place(self, place: Place) -> None:
        """Show a tab, and there a request if one is named."""
        if place.part in _TABS:
            self.tabs.setCurrentIndex(list(_TABS).index(place.part))
        if place.part == REQUESTS and place.object_id is not None:
            self.requests.want(place.object_id)

    def reload(self, changed: Changes) -> None:
        self.requests.reload(changed)
        self.share.reload(changed)

    def retranslate(self) -> None:
        for at, (name, _note) in enumerate(_TABS.values()):
            self.tabs.setTabText(at, _(name))
        self.tabs.setAccessibleName(_("Parts of Consent"))
        self._show_tab(self.parts.currentIndex())
        self.requests.retranslate()
        self.share.retranslate()

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return self.requests.list_to_save()

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here."""
        return True

    def _show_tab(self, at: int) -> None:
        self.parts.setCurrentIndex(at)
        self.requests.new.setVisible(at == 0)
        self.head.show_title(_("Consent"), _(list(_TABS.values())[at][1]))
