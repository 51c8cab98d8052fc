"""Under the table: what the segment that the cursor is on says, how it fares, and links to all that uses it."""

import html

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.segments.health import Health
from linecrm_desktop.segments.used import Use, User
from linecrm_desktop.text import N_, _, short_date
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.segments.listing import Listed
from linecrm_desktop.views.segments.table_model import health_words
from linecrm_desktop.views.widgets.basics import label

_KINDS = {
    User.SEGMENT: N_("segment {name}"),
    User.MESSAGE: N_("message {name}"),
    User.JOURNEY: N_("path {name}"),
    User.CAMPAIGN: N_("send {name}, {day}"),
}
_PAGES = {
    User.SEGMENT: Page.SEGMENTS,
    User.MESSAGE: Page.MESSAGES,
    User.JOURNEY: Page.JOURNEYS,
    User.CAMPAIGN: Page.RESULTS,
}
_WELL = {Health.HEALTHY, Health.NEW}


class UsedLine(QWidget):
    """Shows one segment in words; every user of it is a link that Tab reaches."""

    asked_for = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.sentence = label("", wrap=True)
        self.sentence.setObjectName("segmentSentence")
        self.faults = label("", "caption", wrap=True)
        self.faults.setObjectName("segmentFaults")
        self.users = label("", "caption", wrap=True)
        self.users.setObjectName("segmentUsers")
        self.users.setTextFormat(Qt.TextFormat.RichText)
        self.users.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | _BY_KEYS)
        self.users.linkActivated.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(2)
        for part in (self.sentence, self.faults, self.users):
            column.addWidget(part)

    def show_segment(self, listed: Listed | None, day: ShopDay) -> None:
        """Show a segment, or nothing."""
        self.setVisible(listed is not None)
        if listed is None:
            return
        self.sentence.setText(listed.sentence)
        faults = [] if set(listed.signs) <= _WELL else health_words(listed)
        self.faults.setText(" ".join(faults))
        self.faults.setVisible(bool(faults))
        links = _(", ").join(_link(use, day) for use in listed.users)
        self.users.setText(_("Used by: {users}").format(users=links) if links else _("Not used anywhere yet."))

    def _go(self, link: str) -> None:
        kind, _colon, number = link.partition(":")
        self.asked_for.emit(Place(_PAGES[User(kind)], int(number)))


_BY_KEYS = Qt.TextInteractionFlag.LinksAccessibleByKeyboard


def _link(use: Use, day: ShopDay) -> str:
    on = short_date(day.local(use.at).date(), day.today) if use.at else ""
    words = _(_KINDS[use.kind]).format(name=use.name, day=on)
    return f'<a href="{use.kind}:{use.id}">{html.escape(words)}</a>'
