"""From which account a message leaves: picture, name and ID, so that nobody sends from the wrong one."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.campaigns.gate import GateReport
from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.chips import ChipLabel, status_chip
from linecrm_desktop.views.widgets.parts import Avatar


class AccountRow(QWidget):
    """The account, and a mark where it is a practice one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("account")
        self._report: GateReport | None = None
        self.avatar = Avatar(size=36)
        self.name, self.told = label("", "strong", wrap=True), label("", "caption", wrap=True)
        self.name.setObjectName("accountName")
        self.told.setObjectName("accountId")
        self.practice = ChipLabel()
        self.practice.setObjectName("accountPractice")
        row, words = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.told)
        row.addWidget(self.avatar)
        row.addLayout(words, 1)
        row.addWidget(self.practice)
        self.hide()

    def show_report(self, report: GateReport | None, picture: bytes | None = None) -> None:
        """Show the account of a report; None hides it while nothing is known."""
        self._report = report
        self.setVisible(report is not None)
        if report is None:
            return
        name = report.account_name or _("No account yet")
        self.avatar.show_name(name, picture)
        self.name.setText(name)
        basic = report.account.basic_id if report.account and not report.is_practice else ""
        self.told.setText(_("It reaches nobody.") if report.is_practice else basic)
        self.told.setVisible(bool(self.told.text()))
        self.practice.show_chip(status_chip("warn", _("Practice")))
        self.practice.setVisible(report.is_practice)
        self.setAccessibleName(_("Sent from: {account}").format(account=f"{name} {self.told.text()}".strip()))
