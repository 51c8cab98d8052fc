"""The LINE accounts of the shop: whose they are, replace a token, disconnect or remove one, add another."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.channels import accounts
from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.text import _, ngettext, number, when
from linecrm_desktop.views.connect_card import quota_words
from linecrm_desktop.views.connect_dialog import ConnectDialog
from linecrm_desktop.views.connect_work import forget, remove
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings
from linecrm_desktop.views.settings.keeping import keep
from linecrm_desktop.views.widgets.basics import Card, button, clear, label, line
from linecrm_desktop.views.widgets.chips import ChipLabel, status_chip
from linecrm_desktop.views.widgets.parts import Avatar
from linecrm_desktop.views.widgets.writing import writing_inside


class AccountLine(QWidget):
    """One account, connected or not, and what can be done about it."""

    replace_asked, disconnect_asked, remove_asked = Signal(), Signal(), Signal()
    shared = Signal(bool)
    """A person says whether it belongs to the first account's provider."""

    def __init__(self, row: AccountRow, checked: str, friends: int | None, *, is_practice: bool) -> None:
        """Show an account; `friends` is how many it reaches where there are several."""
        super().__init__()
        mark = "" if row.channel_id is None else str(row.channel_id)
        avatar, name, says = Avatar(size=40), label(role="strong"), label(role="caption", wrap=True)
        name.setObjectName(f"channelName{mark}")
        self.replace = button(_replace_words(row, is_practice=is_practice), "default", "key", f"connectLine{mark}")
        self.disconnect_ = button(_("Disconnect…"), "danger", name=f"disconnectLine{mark}")
        self.remove = button(_("Remove account…"), "danger", name=f"removeAccount{mark}")
        name.setText(row.name or (row.is_connected and row.basic_id) or _("Not connected"))
        says.setText(_says(row, checked, friends))
        self.shares = QCheckBox(_("Same provider as the first account: same LINE user IDs"))
        self.shares.setObjectName(f"sharesIds{mark}")
        self.shares.setChecked(row.shares_ids)
        self.shares.setVisible(row.channel_id is not None)
        avatar.show_name(row.name)
        avatar.setVisible(bool(row.name))
        state = ChipLabel()
        state.show_chip(status_chip("good", _("Connected")) if row.is_connected else status_chip("warn", _("No token")))
        state.setVisible(row.is_connected or row.channel_id is not None)
        self.disconnect_.setVisible(row.is_connected and row.channel_id is None and not is_practice)
        self.remove.setVisible(row.channel_id is not None)
        whole, words = QHBoxLayout(self), QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(says)
        words.addWidget(self.shares)
        whole.addWidget(avatar)
        whole.addLayout(words, 1)
        for part in (state, self.replace, self.disconnect_, self.remove):
            whole.addWidget(part)
        for part in (self.replace, self.disconnect_, self.remove):
            part.setProperty("small", True)
        self.replace.clicked.connect(self.replace_asked)
        self.disconnect_.clicked.connect(self.disconnect_asked)
        self.remove.clicked.connect(self.remove_asked)
        self.shares.clicked.connect(self.shared)


class LineCard(Card):
    """A line for each account, and a button for another one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        writing_inside(self)
        self._desk = desk
        self._facts: ShopSettings | None = None
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.lines: dict[int | None, AccountLine] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.add = button("", "default", "plus", "addAccount")
        self.add.setProperty("small", True)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.add)
        self.body.addWidget(self.heading)
        self.body.addLayout(self._list)
        self.body.addLayout(foot)
        self.add.clicked.connect(lambda: ConnectDialog(desk, self.window(), is_new=True).open())

    def show_facts(self, facts: ShopSettings) -> None:
        """Show what the shop file says."""
        self._facts = facts
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.setText(_("LINE channels"))
        self.add.setText(_("Add another account…"))
        self.note.setText(
            _("Each account has its own token, month and friends. A refusal is the person’s and counts for all.")
        )
        rows = self._facts.accounts if self._facts else ()
        may_add = bool(rows) and rows[0].is_connected and not self._desk.shop.is_practice
        for part in (self.add, self.note):
            part.setVisible(may_add)
        self._show_lines(rows, self._facts.friends if self._facts else {})

    def _show_lines(self, rows: tuple[AccountRow, ...], friends: dict[int | None, int]) -> None:
        clear(self._list)
        self.lines = {}
        is_practice = self._desk.shop.is_practice
        for place, row in enumerate(rows):
            if place:
                self._list.addWidget(line())
            known = friends.get(row.channel_id)
            shown = AccountLine(row, self._checked(row), known, is_practice=is_practice)
            shown.replace_asked.connect(self._replacing(row))
            shown.disconnect_asked.connect(self._ask_disconnect)
            shown.remove_asked.connect(self._removing(row, known or 0))
            shown.shared.connect(self._sharing(row))
            self.lines[row.channel_id] = shown
            self._list.addWidget(shown)

    def _checked(self, row: AccountRow) -> str:
        day = self._desk.day()
        return when(day.local(row.read_at), day.today) if row.read_at is not None else ""

    def _replacing(self, row: AccountRow) -> Callable[[], None]:
        return lambda: ConnectDialog(self._desk, self.window(), channel_id=row.channel_id).open()

    def _removing(self, row: AccountRow, friends: int) -> Callable[[], None]:
        return lambda: self._ask_remove(row, friends)

    def _sharing(self, row: AccountRow) -> Callable[[bool], None]:
        channel_id = row.channel_id or 0

        def work(session: Session, shares: bool) -> bool:
            return accounts.set_shared(session, channel_id, shares_ids=shares)

        def share(shares: bool) -> None:
            said = _("“{account}” shares its LINE user IDs with the first account.")
            said = said if shares else _("“{account}” has LINE user IDs of its own.")
            told = said.format(account=row.name)
            keep(self._desk, _("provider of an account"), lambda session: work(session, shares), work, told)

        return share

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

    def _ask_remove(self, row: AccountRow, friends: int) -> None:
        channel_id = row.channel_id
        if channel_id is None:
            return
        known = ngettext(
            "The shop forgets by which ID it knows {n} friend.",
            "The shop forgets by which IDs it knows {n} friends.",
            friends,
        ).format(n=number(friends))
        rest = _("Its token is removed from this computer’s password store. Friends, tags and past sends stay.")
        agreed = self._desk.dialogs.ask(
            _("Remove “{account}” from this shop?").format(account=row.name),
            f"{rest} {known}",
            _("Remove “{account}”").format(account=row.name),
            danger=True,
        )
        if agreed:
            key, tokens, now = self._desk.shop.key, self._desk.tokens, self._desk.now()
            self._desk.jobs.run(
                _("Removing the account…"),
                lambda database, _task: (
                    remove(database, key, tokens, channel_id, now),
                    changes(Word.SETTINGS, Word.FRIENDS, Word.CAMPAIGNS),
                ),
                lambda _nothing: self._desk.toast(_("“{account}” is removed.").format(account=row.name), None),
            )


def _replace_words(row: AccountRow, *, is_practice: bool) -> str:
    if is_practice:
        return _("Ask the practice LINE…")
    return _("Replace token…") if row.is_connected else _("Connect LINE…")


def _says(row: AccountRow, checked: str, friends: int | None) -> str:
    if not row.is_connected:
        return _("Everything works without LINE except checking the quota and sending.")
    quota = quota_words(Quota(row.limit, row.used))
    parts = [row.basic_id, quota if row.limit is None else _("quota {numbers}").format(numbers=quota)]
    if friends is not None:
        parts.append(ngettext("{n} friend", "{n} friends", friends).format(n=number(friends)))
    if checked:
        parts.append(_("checked {time}").format(time=checked))
    return _(" · ").join(parts)
