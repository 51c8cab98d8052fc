"""Checking the ledger: every line against the one before, with its progress, and the sentence that came of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from linecrm_desktop.consent import chain, chain_words
from linecrm_desktop.consent.chain import LedgerCheck
from linecrm_desktop.jobs import Changes, Task, changes
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import Banner

_WIDE, _GROUP = 460, 8


class LedgerCheckDialog(QDialog):
    """Begins when it opens; closing it stops the check."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ledgerCheck")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Check the ledger"))
        self.setMinimumWidth(round(_WIDE * theme.text_scale()))
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.outcome = Banner("info", _("Every line is read and compared with the one before."))
        self.outcome.setObjectName("ledgerCheckResult")
        self.head = label("", "caption", wrap=True)
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.head.hide()
        self.close_ = button(_("Cancel"), name="ledgerCheckClose")
        foot, column = QHBoxLayout(), QVBoxLayout(self)
        self._column = column
        foot.addStretch(1)
        foot.addWidget(self.close_)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for part in (self.outcome, self.bar, self.head):
            column.addWidget(part)
        column.addLayout(foot)
        self.close_.clicked.connect(self.reject)
        self._task = desk.jobs.run(_("Check the ledger"), _check, self._show, progress=self._move)
        self.finished.connect(lambda _result: self._task.stop())

    def _move(self, done: int, total: int, _what: str) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _show(self, found: LedgerCheck) -> None:
        self.bar.hide()
        self.outcome.show_text("good" if found.is_whole else "bad", chain_words.said(found))
        self.head.setText(_("Proof of the last good line: {proof}").format(proof=_grouped(found.head)))
        self.head.setVisible(bool(found.lines))
        self.close_.setText(_("Close"))
        self._column.activate()
        self.resize(self.width(), max(self.height(), self._column.totalHeightForWidth(self.width())))


def _grouped(digits: str) -> str:
    """Write digits in groups, so that they can be read out and go on in the next line."""
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def _check(database: Database, task: Task) -> tuple[LedgerCheck, Changes]:
    with database.read() as session:
        return chain.check(session, task), changes()
