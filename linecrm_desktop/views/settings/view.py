"""The Settings screen: one scroll page of cards; the list at the left jumps in it, the search leaves what fits."""

from typing import Protocol, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.icons import icon
from linecrm_desktop.views.settings import facts
from linecrm_desktop.views.settings.about_card import AboutCard
from linecrm_desktop.views.settings.budget_card import BudgetCard
from linecrm_desktop.views.settings.cap_card import CapCard
from linecrm_desktop.views.settings.facts import ShopSettings
from linecrm_desktop.views.settings.line_card import LineCard
from linecrm_desktop.views.settings.look_cards import LanguageCard, LookCard
from linecrm_desktop.views.settings.notice_card import NoticeCard
from linecrm_desktop.views.settings.quiet_card import QuietCard
from linecrm_desktop.views.settings.request_card import RequestCard
from linecrm_desktop.views.settings.safety_card import SafetyCard
from linecrm_desktop.views.settings.tester_card import TesterCard
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import SearchField
from linecrm_desktop.views.widgets.scrolled import ScrollArea

_LIST_WIDTH, _ROW = 212, 36
_ICONS = {
    "line": "link",
    "budget": "coin",
    "quiet": "moon",
    "cap": "gauge",
    "testers": "users",
    "notices": "shield-check",
    "requests": "user-list",
    "safety": "database",
    "language": "globe",
    "look": "sun",
    "about": "info",
}


class _Section(Protocol):
    def retranslate(self) -> None: ...


class SettingsView(QWidget):
    """Sections by name, in their order."""

    page = Page.SETTINGS
    asked_for = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsView")
        self._desk = desk
        self._build_head()
        self._build_cards()
        self._build_body()
        self._connect()
        self.retranslate()
        self._read()

    def show_place(self, place: Place) -> None:
        """Jump to a section, if one is named."""
        if place.part in self.cards:
            self._jump(place.part)
        self.sections.setFocus()

    def reload(self, changed: Changes) -> None:
        if Word.SETTINGS in changed:
            self._read()

    def retranslate(self) -> None:
        self.head.show_title(_("Settings"))
        self.search.show_placeholder(_("Find a setting"))
        self.sections.setAccessibleName(_("Sections"))
        self.nothing.setText(_("No setting matches. Clear the search."))
        names = {
            "line": _("LINE channel"),
            "budget": _("Extra messages"),
            "quiet": _("Quiet hours"),
            "cap": _("Frequency cap"),
            "testers": _("People and testers"),
            "notices": _("Consent and notices"),
            "requests": _("Requests about data"),
            "safety": _("Backup and encryption"),
            "language": _("Language"),
            "look": _("Appearance"),
            "about": _("About"),
        }
        for row, name in enumerate(self.cards):
            self.sections.item(row).setText(names[name])
        for card in self.cards.values():
            cast(_Section, card).retranslate()

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def can_leave(self) -> bool:
        return True

    def _build_head(self) -> None:
        self.head = PageHead()
        self.search = SearchField(name="settingsSearch")
        self.search.setFixedWidth(220)
        self.head.add_widget(self.search)

    def _build_cards(self) -> None:
        self.line = LineCard(self._desk)
        self.budget = BudgetCard(self._desk)
        self.quiet = QuietCard(self._desk)
        self.cap = CapCard(self._desk)
        self.testers = TesterCard(self._desk)
        self.notices = NoticeCard(self._desk)
        self.requests = RequestCard(self._desk)
        self.safety = SafetyCard(self._desk)
        self.cards: dict[str, QFrame] = {
            "line": self.line,
            "budget": self.budget,
            "quiet": self.quiet,
            "cap": self.cap,
            "testers": self.testers,
            "notices": self.notices,
            "requests": self.requests,
            "safety": self.safety,
            "language": LanguageCard(self._desk.choices),
            "look": LookCard(self._desk.choices),
            "about": AboutCard(),
        }
        self.sections = QListWidget()
        self.sections.setObjectName("settingsSections")
        self.sections.setProperty("sections", True)
        self.sections.setFixedWidth(_LIST_WIDTH)
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections.setIconSize(QSize(18, 18))
        for _name in self.cards:
            self.sections.addItem(QListWidgetItem())
        self.sections.setCurrentRow(0)

    def _build_body(self) -> None:
        page = QWidget()
        cards = QVBoxLayout(page)
        cards.setContentsMargins(20, 14, 20, 20)
        cards.setSpacing(12)
        self.nothing = label(role="section")
        self.nothing.hide()
        for card in (*self.cards.values(), self.nothing):
            cards.addWidget(card)
        cards.addStretch(1)
        self.area = ScrollArea()
        self.area.setWidget(page)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.sections)
        body.addWidget(self.area, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        self.sections.currentRowChanged.connect(lambda row: self._jump(list(self.cards)[row]))
        self.search.textChanged.connect(self._filter)
        theme.signals().changed.connect(self._draw)
        self._draw()

    def _read(self) -> None:
        self._desk.jobs.read(facts.read, self._show, key="settings")

    def _show(self, found: ShopSettings) -> None:
        told = (self.line, self.budget, self.quiet, self.cap, self.testers, self.notices, self.requests, self.safety)
        for card in told:
            card.show_facts(found)

    def _jump(self, name: str) -> None:
        self.sections.blockSignals(True)
        self.sections.setCurrentRow(list(self.cards).index(name))
        self.sections.blockSignals(False)
        self.area.verticalScrollBar().setValue(self.cards[name].y() - 12)

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        hits = 0
        for row, card in enumerate(self.cards.values()):
            fits = wanted in _words(card)
            card.setVisible(fits)
            self.sections.item(row).setHidden(not fits)
            hits += fits
        self.nothing.setVisible(not hits)

    def _draw(self) -> None:
        height = max(_ROW, self.fontMetrics().height() + 12)
        for row, name in enumerate(self.cards):
            self.sections.item(row).setIcon(icon(_ICONS[name]))
            self.sections.item(row).setSizeHint(QSize(1, height))


def _words(card: QWidget) -> str:
    shown = [str(part.property("text") or "") for part in card.findChildren(QWidget)]
    return " ".join(shown).casefold()
