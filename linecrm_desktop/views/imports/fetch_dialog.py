"""Asks what a shop can say about the friends that LINE lists, before they are brought in."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.text import _
from linecrm_desktop.views.imports.wizard_state import INFORMED, PURPOSES, THROUGH
from linecrm_desktop.views.widgets.account_choice import AccountChoice
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.writing import writing


class FetchDialog(QDialog):
    """The three questions about the origin, once for all friends of the account."""

    def __init__(
        self,
        agreed: Callable[[Origin, int | None], None],
        rows: Sequence[AccountRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        writing(self)
        self.setObjectName("fetchDialog")
        self.setWindowTitle(_("Fetch friends from LINE"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(460)
        self._agreed = agreed
        self._account_said = label(_("LINE account"), "second")
        self.account = AccountChoice("fetch_account", self._account_said)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        self._build_questions(column)
        self._build_foot(column)
        self._connect()
        self.account.show_accounts([row for row in rows if row.is_connected or row.channel_id is None])
        self.account.setAccessibleName(self._account_said.text())
        self._look()

    def origin(self) -> Origin:
        """Return what was answered."""
        informed = next((answer for answer, radio in self.informed.items() if radio.isChecked()), Answer.UNKNOWN)
        told = (self.through.currentText().strip(), self.purpose.currentText().strip())
        return Origin(*told, informed, self.evidence.text().strip())

    def _build_questions(self, column: QVBoxLayout) -> None:
        words = _(
            "LINE gives the ids of all friends who do not block the account. Their names are asked for one by one."
        )
        column.addWidget(label(words, "second", wrap=True))
        column.addWidget(self._account_said)
        column.addWidget(self.account)
        self.through, self.purpose, self.evidence = QComboBox(), QComboBox(), QLineEdit()
        for combo, texts, name in ((self.through, THROUGH, "through"), (self.purpose, PURPOSES, "purpose")):
            combo.setEditable(True)
            combo.setObjectName(f"fetch_{name}")
            combo.addItems([_(text) for text in texts])
        self.through.setCurrentIndex(2)
        self.evidence.setObjectName("fetch_evidence")
        self.evidence.setAccessibleName(_("Evidence (optional)"))
        self.evidence.setPlaceholderText(_("Privacy notice, shown at checkout"))
        self._group = QButtonGroup(self)
        self.informed = {answer: QRadioButton(_(word)) for answer, word in INFORMED.items()}
        radios = QHBoxLayout()
        for answer, radio in self.informed.items():
            radio.setObjectName(f"fetch_informed_{answer}")
            self._group.addButton(radio)
            radios.addWidget(radio)
        radios.addStretch(1)
        for caption, part in (
            (_("Collected through"), self.through),
            (_("Purpose people were told"), self.purpose),
        ):
            column.addWidget(label(caption, "second"))
            column.addWidget(part)
            part.setAccessibleName(caption)
        column.addWidget(label(_("Were they informed?"), "second"))
        column.addLayout(radios)
        column.addWidget(label(_("Evidence (optional)"), "second"))
        column.addWidget(self.evidence)

    def _build_foot(self, column: QVBoxLayout) -> None:
        cancel = button(_("Cancel"), name="fetchCancel")
        self.go = button(_("Fetch friends"), "primary", name="fetchGo")
        self.go.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._agree)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 12, 0, 0)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        column.addLayout(foot)

    def _connect(self) -> None:
        for combo in (self.through, self.purpose):
            combo.editTextChanged.connect(self._look)
        for radio in self.informed.values():
            radio.toggled.connect(self._look)

    def _look(self, *_said: object) -> None:
        told = self.origin()
        answered = any(radio.isChecked() for radio in self.informed.values())
        self.go.setEnabled(bool(told.through and told.purpose) and answered)

    def _agree(self) -> None:
        self.accept()
        self._agreed(self.origin(), self.account.account())
