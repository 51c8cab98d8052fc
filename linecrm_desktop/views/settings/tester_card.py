"""People who read messages before many friends do: their names and LINE user ids."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import testing
from linecrm_desktop.campaigns.testing import TesterRow
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.text import _
from linecrm_desktop.views.act import Act, done
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings
from linecrm_desktop.views.widgets.account_choice import AccountChoice
from linecrm_desktop.views.widgets.basics import Card, button, clear, icon_button, label
from linecrm_desktop.views.widgets.writing import writing_inside

_TOUCHED = changes(Word.SETTINGS, Word.CAMPAIGNS)


class TesterCard(Card):
    """A line for each tester, and two fields for another one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        writing_inside(self)
        self._desk = desk
        self._testers: tuple[TesterRow, ...] = ()
        self._accounts: dict[int | None, str] = {}
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.list = QVBoxLayout()
        self.list.setSpacing(4)
        self.name, self.user = QLineEdit(), QLineEdit()
        self.name.setObjectName("testerName")
        self.user.setObjectName("testerId")
        self.account = AccountChoice("testerAccount")
        self.add = button("", "default", "plus", "addTester")
        row = QHBoxLayout()
        row.setSpacing(8)
        for part, stretch in ((self.name, 1), (self.user, 2), (self.account, 0), (self.add, 0)):
            part.setProperty("small", True)
            row.addWidget(part, stretch)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.note)
        self.body.addLayout(self.list)
        self.body.addLayout(row)
        self.add.clicked.connect(self._add)
        self.user.returnPressed.connect(self._add)

    def show_facts(self, facts: ShopSettings) -> None:
        """Show who the testers are."""
        self._testers = facts.testers
        self._accounts = {row.channel_id: row.name for row in facts.accounts}
        chosen = self.account.account()
        self.account.show_accounts(facts.accounts, chosen if chosen in self._accounts else None)
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.setText(_("Testers"))
        self.note.setText(
            _("They read a message on their phones before it goes to many. Each test counts as a message of the month.")
        )
        self.name.setPlaceholderText(_("Name"))
        self.name.setAccessibleName(_("Name of the tester"))
        self.user.setPlaceholderText(_("LINE user ID: U and 32 digits or letters"))
        self.user.setAccessibleName(_("LINE user ID of the tester"))
        self.user.setToolTip(_("Yours stands in the LINE Developers Console, under Basic settings of the channel."))
        self.account.setAccessibleName(_("LINE account that knows the tester by this ID"))
        self.add.setText(_("Add tester"))
        self._show_list()

    def _show_list(self) -> None:
        clear(self.list)
        if not self._testers:
            self.list.addWidget(label(_("Nobody yet."), "second"))
        for one in self._testers:
            self.list.addWidget(self._line(one))

    def _line(self, one: TesterRow) -> QWidget:
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        remove = icon_button("trash", _("Remove {name}").format(name=one.name), f"removeTester{one.id}")
        remove.clicked.connect(lambda: self._remove(one))
        for part in (label(one.name, "strong"), label(one.line_user_id, "caption")):
            row.addWidget(part)
        if len(self._accounts) > 1:
            row.addWidget(label(self._accounts.get(one.channel_id, ""), "caption"))
        row.addStretch(1)
        row.addWidget(remove)
        return shown

    def _add(self) -> None:
        name, user, now, account = self.name.text(), self.user.text(), self._desk.now(), self.account.account()

        def add(session: Session) -> int:
            return testing.add_tester(session, name, user, now, account)

        def added(_tester: int) -> None:
            back = Act(
                *(self._desk, _("adding a tester")),
                lambda session: testing.remove_named(session, user.strip()),
                *(add, _TOUCHED),
            )
            done(self._desk, _("{name} gets tests now.").format(name=name.strip()), back)
            self._empty()

        self._desk.jobs.write(lambda session: (add(session), _TOUCHED), added)

    def _empty(self) -> None:
        self.name.setText("")  # which leaves the field nothing to take back
        self.user.setText("")
        self.name.setFocus()

    def _remove(self, one: TesterRow) -> None:
        self._desk.jobs.write(lambda session: (testing.remove_tester(session, one.id), _TOUCHED), self._removed)

    def _removed(self, gone: TesterRow | None) -> None:
        if gone is None:
            return
        now = self._desk.now()
        self._desk.undo.push(
            Act(
                self._desk,
                _("removing a tester"),
                lambda session: testing.add_tester(session, gone.name, gone.line_user_id, now, gone.channel_id),
                lambda session: testing.remove_named(session, gone.line_user_id),
                _TOUCHED,
            )
        )
        self._desk.toast(_("{name} gets no tests any more.").format(name=gone.name), self._desk.undo.undo)
