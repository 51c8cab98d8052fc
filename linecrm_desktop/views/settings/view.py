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
from linecrm_desktop.views.settings.keys_card import KeysCard
from linecrm_desktop.views.settings.line_card import LineCard
from linecrm_desktop.views.settings.look_cards import LanguageCard, LookCard
from linecrm_desktop.views.settings.notice_card import NoticeCard
from linecrm_desktop.views.settings.people_card import PeopleCard
from linecrm_desktop.views.settings.plan_card import PlanCard
from linecrm_desktop.views.settings.quiet_card import QuietCard
from linecrm_desktop.views.settings.request_card import RequestCard
from linecrm_desktop.views.settings.safety_card import SafetyCard
from linecrm_desktop.views.settings.size_card import SizeCard
from linecrm_desktop.views.settings.tester_card import TesterCard
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.outside import follow_selection
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import SearchField
from linecrm_desktop.views.widgets.scrolled import ScrollArea

_LIST_WIDTH, _ROW, _AROUND = 212, 36, 72
SECTIONS: dict[str, tuple[str, ...]] = {
    "line": ("line",),
    "plan": ("plan", "budget"),
    "quiet": ("quiet", "cap"),
    "testers": ("people", "testers"),
    "notices": ("notices", "requests"),
    "sizes": ("sizes",),
    "safety": ("safety",),
    "language": ("language",),
    "look": ("look",),
    "keys": ("keys",),
    "about": ("about",),
}
"""The sections of the list, each with its cards."""
_ICONS = {
    "line": "link",
    "plan": "coin",
    "quiet": "moon",
    "testers": "users",
    "notices": "shield-check",
    "sizes": "scales",
    "safety": "database",
    "language": "globe",
    "look": "sun",
    "keys": "keyboard",
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
            self._jump_to(place.part)
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
            "line": _("LINE channels"),
            "plan": _("Plan and prices"),
            "quiet": _("Quiet hours and caps"),
            "testers": _("People and testers"),
            "notices": _("Consent and notices"),
            "sizes": _("Sizes and limits"),
            "safety": _("Backup and encryption"),
            "language": _("Language and formats"),
            "look": _("Appearance"),
            "keys": _("Shortcuts"),
            "about": _("About"),
        }
        for row, name in enumerate(SECTIONS):
            self.sections.item(row).setText(names[name])
        for card in self.cards.values():
            cast(_Section, card).retranslate()
        self._draw()

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
        self.plan = PlanCard(self._desk)
        self.budget = BudgetCard(self._desk)
        self.quiet = QuietCard(self._desk)
        self.cap = CapCard(self._desk)
        self.people = PeopleCard(self._desk)
        self.testers = TesterCard(self._desk)
        self.notices = NoticeCard(self._desk)
        self.requests = RequestCard(self._desk)
        self.sizes = SizeCard(self._desk)
        self.safety = SafetyCard(self._desk)
        self.cards: dict[str, QFrame] = {
            "line": self.line,
            "plan": self.plan,
            "budget": self.budget,
            "quiet": self.quiet,
            "cap": self.cap,
            "people": self.people,
            "testers": self.testers,
            "notices": self.notices,
            "requests": self.requests,
            "sizes": self.sizes,
            "safety": self.safety,
            "language": LanguageCard(self._desk),
            "look": LookCard(self._desk),
            "keys": KeysCard(),
            "about": AboutCard(),
        }
        self.sections = QListWidget()
        self.sections.setObjectName("settingsSections")
        follow_selection(self.sections)
        self.sections.setProperty("sections", True)
        self.sections.setFixedWidth(_LIST_WIDTH)
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections.setIconSize(QSize(18, 18))
        for _name in SECTIONS:
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
        self.sections.currentRowChanged.connect(lambda row: self._jump_to(list(SECTIONS)[row]))
        self.search.textChanged.connect(self._filter)
        theme.signals().changed.connect(self._draw)
        self._draw()

    def _read(self) -> None:
        today = self._desk.day().today
        self._desk.jobs.read(lambda session: facts.read(session, today), self._show, key="settings")

    def _show(self, found: ShopSettings) -> None:
        money = (self.line, self.plan, self.budget, self.quiet, self.cap)
        for card in (*money, self.people, self.testers, self.notices, self.requests, self.sizes, self.safety):
            card.show_facts(found)

    def _jump_to(self, card: str) -> None:
        section = next(name for name, cards in SECTIONS.items() if card in (name, *cards))
        self.sections.blockSignals(True)
        self.sections.setCurrentRow(list(SECTIONS).index(section))
        self.sections.blockSignals(False)
        self.area.verticalScrollBar().setValue(self.cards[card].y() - 12)

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        for card in self.cards.values():
            card.setVisible(wanted in _words(card))
        hits = 0
        for row, (name, cards) in enumerate(SECTIONS.items()):
            named = bool(wanted) and wanted in self.sections.item(row).text().casefold()
            for card in cards if named else ():
                self.cards[card].show()
            fits = any(not self.cards[card].isHidden() for card in (name, *cards))
            self.sections.item(row).setHidden(not fits)
            hits += fits
        self.nothing.setVisible(not hits)

    def _draw(self) -> None:
        height = max(_ROW, self.fontMetrics().height() + 12)
        for row, name in enumerate(SECTIONS):
            self.sections.item(row).setIcon(icon(_ICONS[name]))
            self.sections.item(row).setSizeHint(QSize(1, height))
        longest = max(
            self.fontMetrics().horizontalAdvance(self.sections.item(row).text()) for row in range(len(SECTIONS))
        )
        self.sections.setFixedWidth(max(_LIST_WIDTH, longest + _AROUND))


def _words(card: QWidget) -> str:
    shown = [str(part.property("text") or "") for part in card.findChildren(QWidget)]
    more = card.words() if isinstance(card, KeysCard) else ""
    return " ".join([*shown, more]).casefold()
