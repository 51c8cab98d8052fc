"""Backup and encryption: the shop file's password, when it is backed up and where to, and when it locks."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from linecrm_desktop.safekeeping import backups
from linecrm_desktop.safekeeping.backups import Plan
from linecrm_desktop.settings.preferences import BACKUP_DAYS, LOCK_MINUTES, MOST_BACKUPS
from linecrm_desktop.store.driver import can_encrypt
from linecrm_desktop.text import _, ngettext, number, when
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.safe_work import NewPassword
from linecrm_desktop.views.settings.facts import ShopSettings
from linecrm_desktop.views.settings.keeping import choose
from linecrm_desktop.views.widgets.basics import Card, CutLabel, button, label
from linecrm_desktop.views.widgets.keep_key import KeepKey
from linecrm_desktop.views.widgets.number_field import NumberField
from linecrm_desktop.views.widgets.password_fields import NewPasswordFields
from linecrm_desktop.views.widgets.writing import writing


class SafetyCard(Card):
    """Choices of this computer apply at once; a password has a dialog of its own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.heading = label(role="section")
        self.captions = [label(role="second") for _row in range(5)]
        self._build_parts()
        self._build_rows()
        self._connect()

    def show_facts(self, _facts: ShopSettings) -> None:
        """Look again at what lies in the backup folder."""
        self._show()

    def retranslate(self) -> None:
        self.heading.setText(_("Backup and encryption"))
        names = (_("Shop file"), _("Back up"), _("Folder"), _("Last backup"), _("Lock"))
        for caption, name in zip(self.captions, names, strict=True):
            caption.setText(name)
        self.encrypt.setText(_("Change password…") if self._desk.shop.is_encrypted else _("Set a password…"))
        self.decrypt.setText(_("Remove password…"))
        self.change.setText(_("Change…"))
        self.own.setText(_("Beside the shop"))
        self.now.setText(_("Back up now"))
        self.restore.setText(_("Restore…"))
        self.keep_words.setText(_("keep"))
        self.keep.setAccessibleName(_("How many backups are kept"))
        self._fill(self.days, [_("only by hand"), _("every day"), _("every week")], _("Back up"))
        idle = [
            ngettext("after {n} minute without a touch", "after {n} minutes without a touch", n).format(n=n)
            for n in LOCK_MINUTES[1:]
        ]
        self._fill(self.minutes, [_("only by hand"), *idle], _("Lock"))
        self._show()

    def _build_parts(self) -> None:
        self.state = label(role="body")
        self.state.setObjectName("encryptionState")
        self.encrypt = button(name="setPassword", icon_name="lock")
        self.decrypt = button(name="removePassword", kind="danger")
        self.days, self.minutes = QComboBox(), QComboBox()
        self.days.setObjectName("backupDays")
        self.minutes.setObjectName("lockMinutes")
        self.keep_words, self.keep = label(role="second"), NumberField(1, MOST_BACKUPS, "backupKeep")
        self.folder = CutLabel("")
        self.folder.setObjectName("backupFolder")
        self.change = button(name="changeBackupFolder", icon_name="folder-open")
        self.own = button(name="ownBackupFolder", kind="link")
        self.last = label(role="body")
        self.last.setObjectName("lastBackup")
        self.now = writing(button(name="backUpNow", icon_name="floppy-disk"))
        self.restore = button(name="restoreBackup", icon_name="arrow-counter-clockwise")
        for part in (self.days, self.minutes, self.keep):
            part.setProperty("small", True)

    def _build_rows(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        rows = (
            _row(self.state, self.encrypt, self.decrypt),
            _row(self.days, self.keep_words, self.keep),
            _row(self.change, self.own, wide=self.folder),
            _row(self.last),
            _row(self.minutes),
        )
        for at, (caption, row) in enumerate(zip(self.captions, rows, strict=True)):
            grid.addWidget(caption, at, 0)
            grid.addLayout(row, at, 1)
        grid.setColumnMinimumWidth(0, 116)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self.heading)
        self.body.addLayout(grid)
        self.body.addLayout(_row(self.now, self.restore))

    def _connect(self) -> None:
        choices = self._desk.choices
        desk = self._desk
        self.days.activated.connect(lambda at: choose(desk, _("when to back up"), backup_days=BACKUP_DAYS[at]))
        self.minutes.activated.connect(lambda at: choose(desk, _("when to lock"), lock_minutes=LOCK_MINUTES[at]))
        self.keep.valueChanged.connect(lambda n: choose(desk, _("how many backups are kept"), backup_keep=n))
        self.change.clicked.connect(self._choose_folder)
        self.own.clicked.connect(lambda: choose(desk, _("folder for backups"), backup_folder=""))
        self.encrypt.clicked.connect(lambda: PasswordDialog(self._desk, self.window()).open())
        self.decrypt.clicked.connect(self._remove_password)
        self.now.clicked.connect(lambda: self._desk.ask_program("back_up", None))
        self.restore.clicked.connect(lambda: self._desk.ask_program("restore", None))
        choices.changed.connect(self._show)

    @property
    def _plan(self) -> Plan:
        return backups.plan_for(self._desk.shop.path, self._desk.choices.kept)

    def _show(self) -> None:
        kept, facts, plan = self._desk.choices.kept, self._desk.shop, self._plan
        if facts.server:
            self._show_shared(facts.server)
        else:
            self._show_file()
        self.days.setCurrentIndex(BACKUP_DAYS.index(kept.backup_days))
        self.minutes.setCurrentIndex(LOCK_MINUTES.index(kept.lock_minutes))
        self.keep.setValue(kept.backup_keep)
        self.folder.setText(str(plan.folder))
        self.own.setVisible(not plan.is_own)
        newest = backups.last(plan, facts.path)
        if newest is None:
            self.last.setText(_("None yet"))
            return
        moment, size = when(newest.at, self._desk.day().today), number(max(1, round(newest.size / 1_000_000)))
        self.last.setText(_("{when} · {n} MB · opened and counted").format(when=moment, n=size))

    def _show_shared(self, server: str) -> None:
        self.state.setText(_("On the server {server}; a backup is a file on this computer").format(server=server))
        for part in (self.encrypt, self.decrypt):
            part.hide()

    def _show_file(self) -> None:
        facts = self._desk.shop
        encrypted = _("Encrypted (AES-256)") if facts.is_encrypted else _("Not encrypted: whoever has it can read it")
        self.state.setText(encrypted if can_encrypt() else _("Cannot be encrypted on this kind of computer"))
        self.encrypt.setVisible(can_encrypt())
        self.decrypt.setVisible(facts.is_encrypted)
        for part in (self.captions[4], self.minutes):
            part.setVisible(facts.is_encrypted)

    def _choose_folder(self) -> None:
        chosen = self._desk.dialogs.folder("backups", _("Folder for backups"), self._plan.folder)
        if chosen is not None:
            choose(self._desk, _("folder for backups"), backup_folder=str(Path(chosen)))

    def _remove_password(self) -> None:
        if self._desk.dialogs.ask(
            _("Remove the password?"),
            _("The shop file and its copies can then be read by anybody who has them."),
            _("Remove the password"),
            danger=True,
        ):
            self._desk.ask_program("seal", NewPassword(None))

    def _fill(self, box: QComboBox, names: list[str], accessible: str) -> None:
        at = max(box.currentIndex(), 0)
        box.clear()
        box.addItems(names)
        box.setCurrentIndex(at)
        box.setAccessibleName(accessible)


class PasswordDialog(QDialog):
    """Asks for a new password of the shop file, twice."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passwordDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Password of the shop file"))
        self.setFixedWidth(520)
        self._desk = desk
        self.note = label(
            _(
                "The file is encrypted with it, and so are all copies and backups that this computer finds. "
                "The shop closes for a moment. Work that is under way stops at its next safe point."
            ),
            "second",
            wrap=True,
        )
        self.fields = NewPasswordFields(optional=False)
        self.keep = KeepKey()
        self.set = button(_("Encrypt the shop"), "primary", name="encrypt")
        self.set.setDefault(True)
        cancel = button(_("Cancel"), name="cancel")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.set)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        for part in (self.note, self.fields, self.keep):
            column.addWidget(part)
        column.addLayout(foot)
        cancel.clicked.connect(self.reject)
        self.set.clicked.connect(self._agree)
        self.fields.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        self.set.setEnabled(self.fields.is_right())

    def _agree(self) -> None:
        wish = NewPassword(self.fields.password(), self.keep.isChecked())
        self.accept()
        self._desk.ask_program("seal", wish)


def _row(*parts: QWidget, wide: QWidget | None = None) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    if wide is not None:
        row.addWidget(wide, 1)
    for part in parts:
        row.addWidget(part)
    if wide is None:
        row.addStretch(1)
    return row
