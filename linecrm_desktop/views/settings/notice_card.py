"""What happens when somebody in a list was not informed: a warning, or no send at all."""

from PySide6.QtWidgets import QCheckBox

from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.text import _
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings, set_blocking
from linecrm_desktop.views.widgets.basics import Card, label


class NoticeCard(Card):
    """One choice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.blocks = QCheckBox()
        self.blocks.setObjectName("blocksUninformed")
        for part in (self.heading, self.note, self.blocks):
            self.body.addWidget(part)
        self.blocks.clicked.connect(self._keep)

    def show_facts(self, facts: ShopSettings) -> None:
        """Show the choice in use."""
        self.blocks.setChecked(facts.blocks_uninformed)

    def retranslate(self) -> None:
        self.heading.setText(_("Consent and notices"))
        self.note.setText(_("Without this, a send to friends without a record of a privacy notice is only a warning."))
        self.blocks.setText(_("Refuse a send while somebody in the list was not informed"))

    def _keep(self, wanted: bool) -> None:
        self._desk.jobs.write(lambda session: set_blocking(session, wanted), self._kept)

    def _kept(self, before: bool) -> None:
        self._desk.undo.push(
            Act(
                self._desk,
                _("who must be informed"),
                lambda session: set_blocking(session, before),
                lambda session: set_blocking(session, not before),
                changes(Word.SETTINGS),
            )
        )
