"""Step 1 has two faces: the findings in numbers, and the list of those that have no step of their own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from linecrm_desktop.audit.findings import Check
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.tags.audit.findings_step import FindingsStep
from linecrm_desktop.views.tags.audit.more_findings import MoreFindings
from linecrm_desktop.views.tags.audit.state import AuditState


class FirstStep(QWidget):
    """Shows one of the two."""

    opened = Signal(int)
    decided = Signal(object)
    """A list of (key of the choice, Change)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.overview, self.more = FindingsStep(desk), MoreFindings(desk)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        for part in (self.overview, self.more):
            page.addWidget(part)
        self.more.hide()
        self.overview.opened.connect(self.opened)
        self.overview.more_asked.connect(self.show_more)
        self.more.left.connect(self.show_overview)
        self.more.decided.connect(self.decided)

    def show_state(self, state: AuditState) -> None:
        """Show what was found."""
        self.overview.show_state(state)
        self.more.show_state(state)

    def show_more(self, check: str = "", key: str = "") -> None:
        """Show the findings of one check, or all, that have no step of their own."""
        self.overview.hide()
        self.more.show()
        self.more.show_check(Check(check) if check else None, key)

    def show_overview(self) -> None:
        """Show the numbers."""
        self.more.hide()
        self.overview.show()
        self.overview.show_others.setFocus()

    def retranslate(self) -> None:
        """Say everything anew."""
        self.overview.retranslate()
        self.more.retranslate()
