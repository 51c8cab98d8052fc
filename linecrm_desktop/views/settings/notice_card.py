"""Privacy notices by version and language, and what happens when somebody in a list was not informed."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from linecrm_desktop.consent import notices
from linecrm_desktop.consent.notices import NoticeRow
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.text import _, ngettext, number, short_date
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings, set_blocking
from linecrm_desktop.views.settings.notice_dialog import LANGUAGES, NoticeDialog
from linecrm_desktop.views.widgets.basics import Card, button, clear, label
from linecrm_desktop.views.widgets.writing import reading, writing_inside


class NoticeCard(Card):
    """The notices with a way to write one, and one choice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        writing_inside(self)
        self._desk = desk
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.blocks = QCheckBox()
        self.blocks.setObjectName("blocksUninformed")
        self._found: list[NoticeRow] = []
        self.rows = QVBoxLayout()
        self.rows.setSpacing(4)
        self.about = label(role="caption", wrap=True)
        self.write = button("", "default", "file-text", "writeNotice")
        row = QHBoxLayout()
        row.addWidget(self.write)
        row.addStretch(1)
        for part in (self.heading, self.about):
            self.body.addWidget(part)
        self.body.addLayout(self.rows)
        self.body.addLayout(row)
        for part in (self.note, self.blocks):
            self.body.addWidget(part)
        self.write.clicked.connect(lambda: self._open(None))
        self.blocks.clicked.connect(self._keep)

    def show_facts(self, facts: ShopSettings) -> None:
        """Show the choice in use."""
        self.blocks.setChecked(facts.blocks_uninformed)
        self._desk.jobs.read(notices.all_notices, self._take, key="settings.notices")

    def retranslate(self) -> None:
        self.heading.setText(_("Consent and notices"))
        self.note.setText(_("Without this, a send to friends without a record of a privacy notice is only a warning."))
        self.blocks.setText(_("Refuse a send while somebody in the list was not informed"))

        self.write.setText(_("Write a notice…"))
        self.about.setText(
            _("What friends are told about the use of their data, and how to stop. The ledger names the version.")
        )
        self._take(self._found)

    def _take(self, found: list[NoticeRow]) -> None:
        self._found = found
        clear(self.rows)
        today = self._desk.day()
        for row in found:
            told = ngettext("told {n} friend", "told {n} friends", row.told).format(n=number(row.told))
            day = short_date(today.local(row.valid_from).date(), today.today)
            facts = {"n": number(row.version), "language": LANGUAGES.get(row.language, row.language), "day": day}
            made = reading(button("", "row", name=f"notice{row.version}{row.language}"))
            made.setText(_("Version {n} · {language} · from {day} · {told}").format(**facts, told=told))
            made.clicked.connect(lambda _checked=False, row=row: self._open(row))
            self.rows.addWidget(made)
        if not found:
            self.rows.addWidget(
                label(_("No notice is written down yet. There are drafts in four languages."), "second")
            )

    def _open(self, row: NoticeRow | None) -> None:
        language = (self._desk.choices.kept.language or "en").replace("_", "-")
        newest = max((one.version for one in self._found), default=0)
        NoticeDialog(self._desk, row, newest, language, self).open()

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
