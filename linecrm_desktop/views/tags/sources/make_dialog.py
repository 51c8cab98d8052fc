"""Making links: which places, what their links open, what that can tell, and what will be made."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.models.source import LinkKind
from linecrm_desktop.sources import places
from linecrm_desktop.sources.addresses import CODE
from linecrm_desktop.sources.words import HELPS_DECIDE, KINDS, PRACTICE, PREPARED, TRACED
from linecrm_desktop.tagging import linking
from linecrm_desktop.tagging.linking import LinksDraft, Made
from linecrm_desktop.tagging.words import made_links
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.growing import grow
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.writing import writing

_WIDTH = 620
_LINES = 3, 5
"""The least and the most lines of places that are seen at once."""


class MakeLinksDialog(QDialog):
    """Says what is wanted, and shows beforehand what that makes; it changes nothing itself."""

    asked = Signal(object, int)
    """The LinksDraft, and how many links it makes."""
    connect_asked = Signal()

    def __init__(self, desk: Desk, account: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self.setObjectName("makeLinksDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Make entry links"))
        self.setMinimumWidth(_WIDTH)
        self._desk = desk
        self._made = Made()
        self._build_fields(account)
        self._build_form()
        self._build_page(account)
        self._connect()
        self._show_kind()
        self.places.setFocus()

    def kind(self) -> LinkKind:
        """Return what the links will open."""
        return LinkKind(self.kinds.currentData())

    def draft(self) -> LinksDraft:
        """Return what is written. Raises ShopError for places that cannot be read."""
        return LinksDraft(
            places=places.read(self.places.toPlainText()),
            kind=self.kind(),
            helps_decide=self.decides.text(),
            account=self.account.text(),
            text=self.text.text(),
            own_link=self.own_link.text(),
            one_tag=self.one_tag.text() if self.has_one_tag.isChecked() else "",
        )

    def offer_account(self, account: str) -> None:
        """Take the account that was connected meanwhile, unless another one is typed."""
        self.not_connected.setVisible(not account)
        if not self.account.text().strip():
            self.account.setText(account)

    def show_trouble(self, error: Exception) -> None:
        """Say why nothing can be made."""
        if not isinstance(error, TagwellError):
            self._desk.dialogs.show_error(error)
            return
        self._made = Made()
        self.foreseen.show_text("info", error.sentence())
        self._show_button()

    def _build_fields(self, account: str) -> None:
        self.places = QPlainTextEdit()
        self.places.setObjectName("linkPlaces")
        self.places.setTabChangesFocus(True)
        self.places.setPlaceholderText("\n".join((_("Shop counter"), _("Parcel insert"), _("Poster 1..20"))))
        least, most = (self.places.fontMetrics().lineSpacing() * lines + 16 for lines in _LINES)
        self.places.setMinimumHeight(least)
        self.places.setMaximumHeight(most)
        self.kinds = QComboBox()
        self.kinds.setObjectName("linkKind")
        for kind, name in KINDS.items():
            self.kinds.addItem(_(name), str(kind))
        self.account = _field("linkAccount", account, "@123abcde")
        self.text = _field("linkPrepared", _(PREPARED))
        self.own_link = _field("linkOwn", "", "https://lin.ee/…")
        self.decides = _field("linkDecides", _(HELPS_DECIDE))
        self.has_one_tag = QCheckBox(_("One tag for all these places"))
        self.has_one_tag.setObjectName("linkOneTag")
        self.one_tag = _field("linkTag", "", _("Posters"))
        self.one_tag.setAccessibleName(_("Name of the tag for all places"))
        self.one_tag.hide()
        self.honest = label("", "second", wrap=True)
        self.honest.setObjectName("linkHonest")

    def _build_form(self) -> None:
        self.form = QVBoxLayout()
        self.form.setSpacing(4)
        most = _("Places, one a line. “Poster 1..20” makes twenty. A name has at most {n} characters.")
        self._add(self.places, most.format(n=number(places.NAME_MAX)))
        self._add(self.kinds, _("What the link opens"))
        self.form.addWidget(self.honest)
        account = _("Basic ID of the LINE Official Account")
        text = _("Prepared text, with {code} where the code goes").format(code=CODE)
        own = _("Your link, with {code} where it takes the code, if it does").format(code=CODE)
        self._of_kind = (
            (self._add(self.account, account), self.account, (LinkKind.MESSAGE, LinkKind.ADD)),
            (self._add(self.text, text), self.text, (LinkKind.MESSAGE,)),
            (self._add(self.own_link, own), self.own_link, (LinkKind.OWN,)),
        )
        self._add(self.decides, _("The new tags help decide"))
        self.form.addSpacing(4)
        self.form.addWidget(self.has_one_tag)
        self.form.addWidget(self.one_tag)

    def _build_page(self, account: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        self.not_connected = Banner(
            "info",
            _("No LINE account is connected. Connect it, or type its basic ID below."),
            _("Connect LINE…"),
            self.connect_asked.emit,
        )
        self.not_connected.setObjectName("linkNotConnected")
        self.not_connected.setVisible(not account)
        self.foreseen = Banner("info")
        self.foreseen.setObjectName("linkForeseen")
        self.yes = button("", "primary", name="makeLinksYes")
        self.yes.setDefault(True)
        foot = QDialogButtonBox()
        foot.addButton(button(_("Cancel"), name="makeLinksCancel"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        foot.rejected.connect(self.reject)
        self.practice = Banner("warn", _(PRACTICE))
        self.practice.setObjectName("linkPractice")
        self.practice.setVisible(self._desk.shop.is_practice)
        column.addWidget(self.practice)
        column.addWidget(self.not_connected)
        column.addLayout(self.form)
        column.addWidget(self.foreseen)
        column.addStretch(1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.places.textChanged.connect(self._look)
        self.kinds.currentIndexChanged.connect(lambda _place: self._show_kind())
        self.has_one_tag.toggled.connect(self._show_one_tag)
        for field in (self.account, self.text, self.own_link, self.decides, self.one_tag):
            field.textChanged.connect(lambda _text: self._look())
        self.yes.clicked.connect(self._ask)

    def _add(self, field: QWidget, title: str) -> QLabel:
        head = label(title, "caption", wrap=True)
        head.setBuddy(field)
        field.setAccessibleName(title)
        self.form.addSpacing(4)
        self.form.addWidget(head)
        self.form.addWidget(field)
        return head

    def _show_kind(self) -> None:
        kind = self.kind()
        self.honest.setText(_(TRACED[kind]))
        for head, field, kinds in self._of_kind:
            head.setVisible(kind in kinds)
            field.setVisible(kind in kinds)
        self._look()

    def _show_one_tag(self, has_one: bool) -> None:
        self.one_tag.setVisible(has_one)
        if has_one:
            self.one_tag.setFocus()
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        grow(self)

    def _look(self) -> None:
        """Find out what would be made; until it is known, nothing can be pressed."""
        self._made = Made()
        self._show_button()
        try:
            draft = self.draft()
        except TagwellError as error:
            self.show_trouble(error)
            return

        def look(session: Session) -> Made:
            return linking.look(session, draft)

        self._desk.jobs.read(look, self._show_made, self.show_trouble, key="tags.sources.look")

    def _show_made(self, made: Made) -> None:
        self._made = made
        self.foreseen.show_text("good" if made.places else "info", " ".join(made_links(made)))
        self._show_button()

    def _show_button(self) -> None:
        count = len(self._made.places)
        words = ngettext("Make {n} link", "Make {n} links", count).format(n=number(count))
        self.yes.setText(words if count else _("Make links"))
        self.yes.setEnabled(count > 0)
        grow(self)

    def _ask(self) -> None:
        self.yes.setEnabled(False)
        self.asked.emit(self.draft(), len(self._made.places))


def _field(name: str, text: str, example: str = "") -> QLineEdit:
    made = QLineEdit(text)
    made.setObjectName(name)
    made.setPlaceholderText(example)
    made.setCursorPosition(0)
    return made
