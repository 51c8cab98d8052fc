"""Connects the shop to its LINE channel: paste the token, let LINE say whose it is, confirm the plan, keep it.

The token is shown as dots only, goes to the password store and nowhere else, and is wiped from the field at the end.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.errors import OutsideError, ShopError, TagwellError
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.line.door import PRACTICE_TOKEN, LineDoor, check_host
from linecrm_desktop.line.gateway import LINE_HOST
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import own_prices
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.text import _
from linecrm_desktop.views.connect_card import ConnectCard
from linecrm_desktop.views.connect_work import Agreed, Asked, ask_line, keep
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, label, restyle
from linecrm_desktop.views.widgets.parts import Banner, PictureLabel
from linecrm_desktop.views.widgets.token_field import TokenField
from linecrm_desktop.views.widgets.writing import writing

WIDTH = 660
TOKEN_URL = "https://developers.line.biz/console/"


class ConnectDialog(QDialog):
    """Ask, show, confirm."""

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, channel_id: int | None = None, is_new: bool = False
    ) -> None:
        """Connect the shop's first account; `channel_id` is a further one that gets a token, `is_new` one more."""
        super().__init__(parent)
        writing(self)
        self.setObjectName("connectDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Add another LINE account") if is_new else _("Connect LINE channel"))
        self.setFixedWidth(WIDTH)
        self._desk = desk
        self._channel_id, self._is_new = channel_id, is_new
        self._asked: Asked | None = None
        self._checked_token = ""
        self._host: str | None = None
        self._door: LineDoor | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_body())
        column.addWidget(self._build_foot())
        self._connect()
        self._show_state()

    def verify(self) -> None:
        """Ask LINE about the token in the field."""
        token = PRACTICE_TOKEN if self._desk.shop.is_practice else self.token.token()
        try:
            self._open_door()
        except ShopError as error:
            self._say("bad", error)
            restyle(self.host, "invalid", True)
            return
        if not token or self._door is None:
            return
        restyle(self.host, "invalid", False)
        self._checked_token, self._asked = token, None
        door, tokens, now = self._door, None if self._desk.shop.is_practice else self._desk.tokens, self._desk.now()
        self._show_waiting()
        self._desk.jobs.run(
            _("Asking LINE…"),
            lambda _database, _task: (ask_line(door, token, tokens, now), changes()),
            self._answered,
            self._refused,
        )

    def save(self) -> None:
        """Keep the token and what LINE said; a practice shop, which has no token to verify, asks first."""
        if self._asked is None:
            self.verify()
            return
        if self._asked.no_place is not None:
            self._desk.tokens = SessionTokens()
        tokens = None if self._desk.shop.is_practice else self._desk.tokens
        agreed = Agreed(
            self._asked.verified,
            self._checked_token,
            self._host,
            self.card.plan_key(),
            self._desk.shop.key,
            tokens,
            self._channel_id,
            self._is_new,
            self.shares_ids.isChecked(),
        )
        now = self._desk.now()
        self.keep.setEnabled(False)
        self._desk.jobs.run(
            _("Connecting LINE…"),
            lambda database, _task: (keep(database, agreed, now), changes(Word.SETTINGS)),
            self._kept,
            self._refused,
        )

    def reject(self) -> None:
        """Leave without connecting; nothing of the token stays."""
        self._forget_token()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.token.hasFocus():
            self.verify()
        elif is_enter and self.keep.isEnabled():
            self.save()
        elif not is_enter:
            super().keyPressEvent(event)

    def _build_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(4)
        self.heading = label(_("Paste the channel access token"), "subtitle")
        self.where = label(role="second", wrap=True)
        self.where.setTextFormat(Qt.TextFormat.RichText)
        self.where.setOpenExternalLinks(True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        column.addWidget(self.heading)
        column.addWidget(self.where)
        column.addSpacing(10)
        column.addWidget(self._build_token())
        column.addWidget(self._build_advanced())
        column.addSpacing(12)
        self.waiting = label(_("Asking LINE…"), "second")
        self.waiting.setObjectName("waiting")
        self.card = ConnectCard()
        today = self._desk.day().today
        self._desk.jobs.read(
            lambda session: own_prices.plans_of(session.get_one(Shop, 1), today), self.card.offer_plans
        )
        self.banner = Banner("info")
        self.banner.hide()
        self.shares_ids = QCheckBox()
        self.shares_ids.setObjectName("sharesIds")
        self.shares_said = label(role="caption", wrap=True)
        for part in (self.waiting, self.card, self.shares_ids, self.shares_said, self.banner):
            column.addWidget(part)
            column.addSpacing(8)
        return body

    def _build_token(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        caption = label(_("Channel access token"), "caption")
        self.token = TokenField()
        caption.setBuddy(self.token)
        self.paste = button(_("Paste"), icon_name="copy", name="pasteToken")
        self.check = button("", icon_name="arrows-clockwise", name="verifyToken")
        row, kept = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.token, 1)
        row.addWidget(self.paste)
        row.addWidget(self.check)
        self.place = label(role="caption", wrap=True)
        self.place.setObjectName("tokenPlace")
        kept.setSpacing(4)
        kept.addWidget(PictureLabel("lock-simple", "text2", 14), 0, Qt.AlignmentFlag.AlignTop)
        kept.addWidget(self.place, 1)
        column.addWidget(caption)
        column.addLayout(row)
        column.addLayout(kept)
        self._token_part = whole
        return whole

    def _build_advanced(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.advanced = button(_("Advanced"), "link", "caret-right", "advanced")
        self.advanced.setCheckable(True)
        self.host_label = label(_("Address of the Messaging API (https, or this computer)"), "caption")
        self.host = QLineEdit()
        self.host.setObjectName("host")
        self.host.setPlaceholderText(LINE_HOST)
        self.host_label.setBuddy(self.host)
        row = QHBoxLayout()
        row.addWidget(self.advanced)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.host_label)
        column.addWidget(self.host)
        self._show_advanced(False)
        return whole

    def _build_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("foot", True)
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        self.cancel = button(_("Cancel"), name="cancel")
        self.keep = button("", "primary", name="saveToken")
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.keep)
        return foot

    def _connect(self) -> None:
        self.token.textChanged.connect(self._changed)
        self.paste.clicked.connect(self._paste)
        self.check.clicked.connect(self.verify)
        self.advanced.toggled.connect(self._show_advanced)
        self.card.plan.currentIndexChanged.connect(self._show_state)
        self.cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self.save)

    def _show_state(self) -> None:
        """Show what holds now: nothing asked, or LINE's answer."""
        is_practice = self._desk.shop.is_practice
        self.heading.setText(_("Practice shop") if is_practice else _("Paste the channel access token"))
        self.where.setText(self._where_words())
        self._token_part.setVisible(not is_practice)
        self.advanced.setVisible(not is_practice)
        self.check.setText(_("Verify again") if self._asked else _("Verify"))
        self.check.setEnabled(bool(self.token.token()))
        self.waiting.hide()
        self.card.setVisible(self._asked is not None)
        for part in (self.shares_ids, self.shares_said):
            part.setVisible(self._is_new and self._asked is not None)
        self.shares_ids.setText(_("It belongs to the same provider as the first account"))
        self.shares_said.setText(
            _(
                "Accounts of one provider know a person by the same LINE user ID. The LINE Developers Console shows "
                "which provider a channel belongs to."
            )
        )
        self.place.setText(self._place_words())
        no_place = self._asked is not None and self._asked.no_place is not None
        self.keep.setText(_("Use for this session") if no_place else _("Save and connect"))
        why = self._why_not()
        self.keep.setEnabled(not why)
        self.keep.setToolTip(why)
        if is_practice and self._asked is None:
            self.keep.setText(_("Ask the practice LINE"))
            self.keep.setEnabled(True)
        self._fit()

    def _why_not(self) -> str:
        if self._asked is None:
            return _("Verify the token first.")
        if self._asked.verified.quota.limit is None and self.card.plan_key() is None:
            return _("Choose your plan first: LINE did not say a quota.")
        return ""

    def _where_words(self) -> str:
        if self._desk.shop.is_practice:
            return _("This shop speaks to a pretended LINE on this computer. It needs no token and reaches nobody.")
        path = _(
            "LINE Developers Console › your provider › Messaging API channel › <b>Messaging API</b> tab › "
            "Channel access token (long-lived)."
        )
        words = _("Open the console")
        return f'{path} <a href="{TOKEN_URL}">{words}</a>'

    def _place_words(self) -> str:
        if self._asked is None or not self._asked.place:
            return _("It goes to the password store of this computer, never to the shop file, backups or logs.")
        return _(
            "Stored in {place}. It is never written to the shop file, backups or logs, and is never shown again."
        ).format(place=self._asked.place)

    def _show_waiting(self) -> None:
        for part in (self.card, self.banner, self.shares_ids, self.shares_said):
            part.hide()
        self.waiting.show()
        self.check.setEnabled(False)
        self.keep.setEnabled(False)
        self._fit()

    def _answered(self, asked: Asked) -> None:
        self._asked = asked
        self.card.show_answer(asked.verified)
        if asked.no_place is not None:
            self._say("warn", asked.no_place)
        else:
            hint = _(
                "LINE tells us the quota but not the plan’s name or price. "
                "Check the plan above; costs on every screen use it."
            )
            self.banner.show_text("info", hint)
            self.banner.show()
        self._show_state()
        self.keep.setFocus()

    def _refused(self, error: Exception) -> None:
        self._show_state()
        if isinstance(error, TagwellError):
            self._say("bad", error)
            self.token.setFocus()
        else:
            self._desk.dialogs.show_error(error)

    def _say(self, tone: str, error: ShopError | OutsideError | TagwellError) -> None:
        self.banner.show_text(tone, error.sentence())
        self.banner.show()
        self._fit()

    def _kept(self, _nothing: None) -> None:
        is_first = self._channel_id is None and not self._is_new
        if self._door is not None and self._door is not self._desk.line and is_first:
            self._desk.line.close()
            self._desk.line = self._door
        self._forget_token()
        self._desk.toast(_("LINE is connected."), None)
        self.accept()

    def _changed(self) -> None:
        if self._asked is not None and self.token.token() != self._checked_token:
            self._asked = None
            self.banner.hide()
        self._show_state()

    def _paste(self) -> None:
        clipboard = QGuiApplication.clipboard()
        pasted = clipboard.text()
        self.token.setText("".join(pasted.split()))
        if pasted and clipboard.text() == pasted:
            clipboard.clear()
        self.check.setFocus()

    def _open_door(self) -> None:
        if self._desk.shop.is_practice:
            self._door = self._desk.line
            return
        typed = self.host.text().strip()
        self._host = check_host(typed) if typed else None
        self._door = LineDoor(self._host, None)

    def _show_advanced(self, shown: bool) -> None:
        for part in (self.host_label, self.host):
            part.setVisible(shown)
        self._fit()

    def _forget_token(self) -> None:
        self._checked_token, self._asked = "", None
        self.token.blockSignals(True)
        self.token.wipe()

    def _fit(self) -> None:
        whole = self.layout()
        if whole is not None:
            whole.activate()
            self.setFixedHeight(max(whole.totalHeightForWidth(WIDTH), whole.totalMinimumSize().height()))
