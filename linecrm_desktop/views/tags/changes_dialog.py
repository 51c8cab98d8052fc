"""What was done to tags in the last 30 days, the newest first; each can be undone, or says why it cannot be."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from linecrm_desktop.audit import applying
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.results.review import finishing
from linecrm_desktop.tagging import history, undoing
from linecrm_desktop.tagging.history import OperationRow
from linecrm_desktop.text import _, when
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.tables import show_texts, text_table
from linecrm_desktop.views.widgets.writing import writing

if TYPE_CHECKING:
    from linecrm_desktop.views.tags.actions import TagActions

_SIZE = 720, 480
_CHANGED = changes(Word.TAGS, Word.SEGMENTS, Word.FRIENDS, Word.MESSAGES)


class ChangesDialog(QDialog):
    """Reads the operations anew whenever one is undone."""

    def __init__(self, desk: Desk, actions: "TagActions", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagChangesDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Changes of tags"))
        self.resize(*_SIZE)
        self._desk = desk
        self._actions = actions
        self._rows: list[OperationRow] = []
        self._build_page()
        self._connect()
        self._read()

    def _build_page(self) -> None:
        self.about = label(
            _("Each change can be undone for 30 days, also after Tagwell was closed."), "second", wrap=True
        )
        self.table = text_table("tagChangesTable")
        self.table.setAccessibleName(self.windowTitle())
        self.table.horizontalHeader().setStretchLastSection(False)
        self.reason = label("", "second", wrap=True)
        self.reason.setObjectName("tagChangeReason")
        self.undo = writing(button(_("Undo this change"), "default", "arrow-counter-clockwise", "tagChangeUndo"))
        self.undo_bundle = writing(button("", name="tagBundleUndo"))
        foot = QDialogButtonBox()
        foot.addButton(self.undo_bundle, QDialogButtonBox.ButtonRole.ActionRole)
        foot.addButton(self.undo, QDialogButtonBox.ButtonRole.ActionRole)
        foot.addButton(button(_("Close"), name="tagChangesClose"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        for part in (self.about, self.table, self.reason, foot):
            column.addWidget(part, 1 if part is self.table else 0)

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._ask_reason)
        self.undo.clicked.connect(self._undo)
        self.undo_bundle.clicked.connect(self._undo_bundle)

    def _read(self) -> None:
        self._desk.jobs.read(history.operations, self._show, key="tags.changes")

    def _show(self, rows: Sequence[OperationRow]) -> None:
        day, since = self._desk.day(), self._desk.now() - timedelta(days=undoing.DAYS)
        self._rows = [row for row in rows if row.at >= since]
        texts = [(when(day.local(row.at), day.today), row.title, _state(row)) for row in self._rows]
        show_texts(self.table, (_("When"), _("What was done"), _("State")), texts)
        self.table.horizontalHeader().setSectionResizeMode(1, self.table.horizontalHeader().ResizeMode.Stretch)
        self.table.resizeColumnToContents(0)
        self.undo.setEnabled(False)
        self.undo_bundle.hide()
        self.reason.setText("" if texts else _("Nothing was changed in the last 30 days."))
        if texts:
            self.table.selectRow(0)
            self._ask_reason()

    def _current(self) -> OperationRow | None:
        place = self.table.currentRow()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _ask_reason(self) -> None:
        row, now = self._current(), self._desk.now()
        self.undo.setEnabled(False)
        whole = _whole(row) if row is not None and row.undone_at is None else ""
        self.undo_bundle.setText(whole)
        self.undo_bundle.setVisible(bool(whole))
        if row is not None:
            self._desk.jobs.read(
                lambda session: undoing.why_not(session, row.id, now), self._show_reason, key="tags.changes.reason"
            )

    def _show_reason(self, reason: str | None) -> None:
        self.undo.setEnabled(reason is None)
        self.reason.setText(_("It cannot be undone: {why}").format(why=reason) if reason else "")

    def _undo(self) -> None:
        row = self._current()
        if row is not None:
            self.undo.setEnabled(False)
            self._actions.undo(row.id, row.title, lambda _nothing: self._read(), self._desk.dialogs.show_error)

    def _undo_bundle(self) -> None:
        """Take back all that one audit or review changed and that still stands, or say why nothing was."""
        row, now = self._current(), self._desk.now()
        bundle = row.bundle if row is not None else None
        if bundle is not None:
            self._desk.jobs.write(
                lambda session: (undoing.undo_bundle(session, bundle, now), _CHANGED),
                lambda _done: self._read(),
                self._desk.dialogs.show_error,
            )


def _is_of_audit(row: OperationRow) -> bool:
    return bool(row.bundle and row.bundle.startswith(applying.BUNDLE))


def _is_of_review(row: OperationRow) -> bool:
    return bool(row.bundle and row.bundle.startswith(finishing.BUNDLE))


def _whole(row: OperationRow) -> str:
    """Say what can be undone together with a change; nothing for one that stands alone."""
    if _is_of_review(row):
        return _("Undo the whole review")
    return _("Undo the whole audit") if _is_of_audit(row) else ""


def _state(row: OperationRow) -> str:
    """Say whether a change was undone, else whether it was one of an audit or a review."""
    if row.undone_at:
        return _("Undone")
    if _is_of_review(row):
        return _("Tag review")
    return _("Tag audit") if _is_of_audit(row) else ""
