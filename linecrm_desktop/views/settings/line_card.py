"""The LINE channel of the shop: whose it is, replace the token, disconnect."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.text import _, when
from linecrm_desktop.views.connect_card import quota_words
from linecrm_desktop.views.connect_dialog import ConnectDialog
from linecrm_desktop.views.connect_work import forget
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import Channel, ShopSettings
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.chips import ChipLabel, status_chip
from linecrm_desktop.views.widgets.parts import Avatar


class LineCard(Card):
    """Connected or not, and what can be done about it."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._facts: ShopSettings | None = None
        self.heading = label(role="section")
        self.avatar, self.name, self.says = Avatar(size=40), label(role="strong"), label(role="caption", wrap=True)
        self.name.setObjectName("channelName")
        self.state = ChipLabel()
        self.replace = button("", "default", "key", "connectLine")
        self.disconnect_ = button("", "danger", name="disconnectLine")
        self._build()
        self.replace.clicked.connect(lambda: ConnectDialog(desk, self.window()).open())
        self.disconnect_.clicked.connect(self._ask_disconnect)

    def show_facts(self, facts: ShopSettings) -> None:
        """Show what the shop file says."""
        self._facts = facts
        self.retranslate()

    def retranslate(self) -> None:
        channel = self._facts.channel if self._facts else None
        self.heading.setText(_("LINE channel"))
        self.avatar.setVisible(channel is not None)
        self.state.setVisible(channel is not None)
        self.disconnect_.setVisible(channel is not None and not self._desk.shop.is_practice)
        self.disconnect_.setText(_("Disconnect…"))
        self.replace.setText(_("Replace token…") if channel else _("Connect LINE…"))
        if self._desk.shop.is_practice:
            self.replace.setText(_("Ask the practice LINE…"))
        self._show_channel(channel)

    def _build(self) -> None:
        self.body.addWidget(self.heading)
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(12)
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.says)
        row.addWidget(self.avatar)
        row.addLayout(words, 1)
        for part in (self.state, self.replace, self.disconnect_):
            row.addWidget(part)
        for part in (self.replace, self.disconnect_):
            part.setProperty("small", True)
        self.body.addLayout(row)

    def _show_channel(self, channel: Channel | None) -> None:
        if channel is None:
            self.name.setText(_("Not connected"))
            self.says.setText(_("Everything works without LINE except checking the quota and sending."))
            return
        self.avatar.show_name(channel.name)
        self.name.setText(channel.name)
        self.state.show_chip(status_chip("good", _("Connected")))
        said = _("{account} · {quota}").format(account=channel.basic_id, quota=quota_words(channel.quota))
        if channel.read_at is not None:
            day = self._desk.day()
            checked = when(day.local(channel.read_at), day.today)
            said = _("{account} · {quota} · checked {time}").format(
                account=channel.basic_id, quota=quota_words(channel.quota), time=checked
            )
        self.says.setText(said)

    def _ask_disconnect(self) -> None:
        agreed = self._desk.dialogs.ask(
            _("Disconnect LINE?"),
            _(
                "The token is removed from this computer’s password store, and nothing can be sent until you connect "
                "again. Friends, tags and past sends stay."
            ),
            _("Disconnect LINE"),
            danger=True,
        )
        if agreed:
            key, tokens = self._desk.shop.key, self._desk.tokens
            self._desk.jobs.run(
                _("Disconnecting LINE…"),
                lambda database, _task: (forget(database, key, tokens), changes(Word.SETTINGS)),
                lambda _nothing: self._desk.toast(_("LINE is disconnected."), None),
            )
