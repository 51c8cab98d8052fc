"""Names the friends of a segment who were taken out of a send for one reason."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import gate
from linecrm_desktop.campaigns.audience import TakenOut
from linecrm_desktop.campaigns.states import Why, why_sentence
from linecrm_desktop.text import _, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, label

_WIDTH, _HEIGHT = 420, 420
_UNNAMED = "—"


class TakenOutDialog(QDialog):
    """A list to look at; nothing can be changed here."""

    def __init__(self, desk: Desk, message_id: int, why: Why, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Friends who were taken out"))
        self.resize(_WIDTH, _HEIGHT)
        self.names = QListWidget()
        self.names.setObjectName("takenOut")
        self.names.setAccessibleName(_("Friends who were taken out"))
        self.said = label("", "caption", wrap=True)
        self.said.hide()
        close = button(_("Close"))
        close.clicked.connect(self.reject)
        buttons, whole = QHBoxLayout(), QVBoxLayout(self)
        buttons.addStretch()
        buttons.addWidget(close)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(label(why_sentence(why), wrap=True))
        whole.addWidget(self.names, 1)
        whole.addWidget(self.said)
        whole.addLayout(buttons)
        day, now = desk.day(), desk.now()

        def read(session: Session) -> TakenOut:
            return gate.taken_out(session, message_id, day, now, why)

        desk.jobs.read(read, self._show)

    def _show(self, found: TakenOut) -> None:
        self.names.addItems([name or _UNNAMED for name in found.names])
        shown = len(found.names)
        self.said.setText(_("The first {n} of {all} are shown.").format(n=number(shown), all=number(found.count)))
        self.said.setVisible(shown < found.count)


def show_taken_out(desk: Desk, message_id: int, why: Why, parent: QWidget) -> TakenOutDialog:
    """Open the list over a window."""
    dialog = TakenOutDialog(desk, message_id, why, parent.window())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
