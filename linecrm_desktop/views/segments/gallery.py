"""Templates to start from, each counted on the shop's friends before it is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Reach
from linecrm_desktop.days import ShopDay
from linecrm_desktop.segments.shop_habits import habits
from linecrm_desktop.segments.templates import Template, templates
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.parts import PictureLabel

_COLUMNS = 5
SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Offered:
    """A template with its numbers; reach is None without the data for it, or when the time for counting was up."""

    template: Template
    reach: Reach | None = None


def offered(session: Session, day: ShopDay, now: datetime, currency: str, seconds: float = SECONDS) -> list[Offered]:
    """Make the templates from what is usual in the shop, and count them."""
    found = templates(habits(session, day), currency)
    end = monotonic() + seconds
    return [
        Offered(one, audience.reach(session, one.rule, day, now) if one.rule and monotonic() < end else None)
        for one in found
    ]


class TemplateCard(Card):
    """One template: how many can be reached, what it is, who they are. Enter or a click begins a segment with it."""

    chosen = Signal(object)

    def __init__(self, one: Offered) -> None:
        super().__init__(margins=(12, 10, 12, 10))
        self.setObjectName(f"template_{one.template.key}")
        self._template = one.template
        self.is_ready = one.template.rule is not None
        self.body.setSpacing(2)
        self.reach = label("" if one.reach is None else number(one.reach.reachable), "strong")
        self.name = label(one.template.name, "strong", wrap=True)
        self.who = label(one.template.who if self.is_ready else one.template.missing, "caption", wrap=True)
        head = QHBoxLayout()
        head.addWidget(PictureLabel(one.template.icon, "accent" if self.is_ready else "text3", 18))
        head.addStretch(1)
        head.addWidget(self.reach)
        self.body.addLayout(head)
        self.body.addWidget(self.name)
        self.body.addWidget(self.who)
        self.body.addStretch(1)
        self.setEnabled(self.is_ready)
        if self.is_ready:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say(one.reach)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.is_ready and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._template)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_ready and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._template)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.choose(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.choose(False)
        super().focusOutEvent(event)

    def _say(self, reach: Reach | None) -> None:
        counted = ""
        if reach is not None:
            counted = _("{reach} of {match} can be reached").format(
                reach=number(reach.reachable), match=number(reach.match)
            )
        self.reach.setToolTip(counted)
        self.setAccessibleName(self._template.name)
        self.setAccessibleDescription(". ".join(part for part in (self.who.text(), counted) if part))


class TemplateGallery(QWidget):
    """The first row of templates; a button shows the others."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("templateGallery")
        self._offered: Sequence[Offered] = ()
        self.cards: list[TemplateCard] = []
        self.title, self.note = label("", "section"), label("", "caption")
        self.all_button = button("", "link", name="allTemplates")
        self.all_button.setCheckable(True)
        self.all_button.toggled.connect(lambda _on: self._show_rows())
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.note)
        head.addStretch(1)
        head.addWidget(self.all_button)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addLayout(self._grid)
        self.retranslate()
        self.hide()

    def show_templates(self, found: Sequence[Offered]) -> None:
        """Show these; the same ones again stay as they are, with the focus where it is."""
        if found == self._offered:
            return
        self._offered = found
        for old in self.cards:
            self._grid.removeWidget(old)
            old.deleteLater()
        self.cards = [TemplateCard(one) for one in found]
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // _COLUMNS, place % _COLUMNS)
            card.chosen.connect(self.chosen)
        self._show_rows()
        self.show()

    def show_all(self) -> None:
        """Show every template, and put the cursor on the first one."""
        self.all_button.setChecked(True)
        if self.cards:
            self.cards[0].setFocus()

    def retranslate(self) -> None:
        self.title.setText(_("Start from a template"))
        self.note.setText(_("The numbers are counted on your friends"))
        self._show_rows()

    def _show_rows(self) -> None:
        for place, card in enumerate(self.cards):
            card.setVisible(self.all_button.isChecked() or place < _COLUMNS)
        count = len(self.cards)
        more = ngettext("Show {n} template", "Show all {n} templates", count).format(n=number(count))
        self.all_button.setText(_("Show fewer") if self.all_button.isChecked() else more)
        self.all_button.setVisible(count > _COLUMNS)
