"""The backups of the shop that is open: one is opened as a copy to look at, or put in the shop's place."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from linecrm_desktop.safekeeping.backups import Plan
from linecrm_desktop.store.backup import Backup, backups
from linecrm_desktop.store.opening import ENDING
from linecrm_desktop.text import _, number, when
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.outside import follow_selection
from linecrm_desktop.views.widgets.writing import reading

_PATH = Qt.ItemDataRole.UserRole


class RestoreDialog(QDialog):
    """A list, newest first; the safe way is the default."""

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("restoreDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Restore a backup"))
        self.resize(560, 420)
        self._desk = desk
        self._plan = plan
        self._build()
        self._show()
        self.list.currentRowChanged.connect(lambda _row: self._look())
        self.list.itemActivated.connect(lambda _item: self._open_copy())
        self.other.clicked.connect(self._choose)
        self.copy.clicked.connect(self._open_copy)
        self.replace.clicked.connect(self._put_back)
        self._look()

    def _build(self) -> None:
        self.note = label(
            _("A copy lies beside your shop and changes nothing. Look at it first; sends in it never go on."),
            "second",
            wrap=True,
        )
        self.list = QListWidget()
        self.list.setObjectName("backupList")
        follow_selection(self.list)
        self.list.setAccessibleName(_("Backups"))
        self.empty = label(
            _("There is no backup in {folder} yet.").format(folder=self._plan.folder), "second", wrap=True
        )
        self.other = button(_("Another file…"), icon_name="folder-open", name="otherBackup")
        self.replace = button(_("Put it in the shop’s place…"), "danger", name="putBack")
        self.copy = reading(button(_("Open as a copy"), "primary", name="openCopy"))
        self.copy.setDefault(True)
        cancel = button(_("Cancel"), name="cancel")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.other)
        foot.addStretch(1)
        for part in (cancel, self.replace, self.copy):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        for part in (self.note, self.list, self.empty):
            column.addWidget(part, 1 if part is self.empty else 0)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)

    def _show(self) -> None:
        found = backups(self._plan.folder, self._desk.shop.path.stem)
        for one in found:
            item = QListWidgetItem(self._line(one))
            item.setData(_PATH, str(one.path))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)

    def _line(self, one: Backup) -> str:
        size = number(max(1, round(one.size / 1_000_000)))
        return _("{when} · {n} MB").format(when=when(one.at, self._desk.day().today), n=size)

    def _look(self) -> None:
        chosen = self.list.currentItem() is not None
        self.copy.setEnabled(chosen)
        self.replace.setEnabled(chosen)
        self.replace.setVisible(not self._desk.shop.server)

    def _chosen(self) -> Path | None:
        item = self.list.currentItem()
        return Path(item.data(_PATH)) if item is not None else None

    def _choose(self) -> None:
        kind = _("Shops (*{ending})").format(ending=ENDING)
        path = self._desk.dialogs.open_file("backup", _("Choose a backup"), kind)
        if path is not None:
            self._done("open_backup", path)

    def _open_copy(self) -> None:
        path = self._chosen()
        if path is not None:
            self._done("open_backup", path)

    def _put_back(self) -> None:
        path = self._chosen()
        if path is not None and self._desk.dialogs.ask(
            _("Put this backup in the shop’s place?"),
            _(
                "What was done since then is not in it. The shop as it is now is kept beside it, under another name. "
                "Sends that are not over never go on by themselves."
            ),
            _("Put the backup in place"),
            danger=True,
        ):
            self._done("put_back", path)

    def _done(self, what: str, path: Path) -> None:
        self.accept()
        self._desk.ask_program(what, path)
