"""Taking one import back: the button, the visible reason where it cannot be, and the question with its counts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.imports import history, undo, undo_words
from linecrm_desktop.imports.undo import Undone
from linecrm_desktop.jobs import Changes
from linecrm_desktop.tagging import running
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.imports.wizard_state import CHANGED
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.writing import writing

Asked = tuple[str, Undone, Undone]
"""The file, what goes when refusals stay, and what goes when they go too."""


class UndoBar(QWidget):
    """Undo this import…, for the import that is shown beside it."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._name = name
        self._batch: int | None = None
        self.why = label("", "second", wrap=True)  # a long file name must not widen the window
        self.why.setObjectName(f"{name}Why")
        self.action = writing(button("", "default", "arrow-counter-clockwise", name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.why.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.why, 1)
        row.addWidget(self.action)
        self.action.clicked.connect(self._ask)
        self.retranslate()

    def show_batch(self, batch: int | None) -> None:
        """Say of this import whether it can be undone; of none, nothing."""
        self._batch = batch
        self._show_reason("")
        self.action.setEnabled(False)
        if batch is not None:
            now = self._desk.now()
            key = f"imports.{self._name}"
            self._desk.jobs.read(lambda session: (batch, undo.why_not(session, batch, now)), self._show_answer, key=key)

    def reload(self) -> None:
        """Ask again: something changed that may stand in the way."""
        self.show_batch(self._batch)

    def retranslate(self) -> None:
        self.action.setText(_("Undo this import…"))
        self.reload()

    def _show_answer(self, answer: tuple[int, str | None]) -> None:
        batch, reason = answer
        if batch == self._batch:
            self.action.setEnabled(reason is None)
            self._show_reason(reason or "")

    def _show_reason(self, reason: str) -> None:
        self.why.setText(reason)
        self.action.setToolTip(reason)
        self.action.setAccessibleDescription(reason)

    def _ask(self) -> None:
        batch = self._batch
        if batch is not None:
            self._desk.jobs.read(lambda session: _counted(session, batch), lambda asked: self._confirm(batch, *asked))

    def _confirm(self, batch: int, file: str, stay: Undone, go: Undone) -> None:
        """Ask with counts; where the import recorded refusals, whether they go too."""
        title, yes, dialogs = _("Undo this import?"), _("Undo this import"), self._desk.dialogs
        without = "\n".join([f"{file}", "", *undo_words.lines(stay, also_refusals=False)])
        if not stay.refusals:
            if dialogs.ask(title, without, yes, danger=True):
                self._undo(batch, also_refusals=False)
            return
        words = ngettext("Also take back the {n} refusal", "Also take back the {n} refusals", stay.refusals)
        tick = words.format(n=number(stay.refusals))
        together = "\n".join([f"{file}", "", *undo_words.lines(go, also_refusals=True)])
        ticked = dialogs.ask_with_tick(title, (without, together), yes, tick)
        if ticked is not None:
            self._undo(batch, also_refusals=ticked)

    def _undo(self, batch: int, *, also_refusals: bool) -> None:
        now, zone = self._desk.now(), self._desk.shop.zone
        self.action.setEnabled(False)

        def work(session: Session) -> tuple[Undone, Changes]:
            undone = undo.undo(session, batch, now, also_refusals=also_refusals)
            running.run(session, ShopDay.of(now, zone), now)
            return undone, CHANGED

        self._desk.jobs.write(work, self._undone, self._failed)

    def _undone(self, _counts: Undone) -> None:
        self._desk.toast(_("The import was undone."), None)

    def _failed(self, error: Exception) -> None:
        self._desk.dialogs.show_error(error)
        self.reload()


def _counted(session: Session, batch: int) -> Asked:
    file = history.batch(session, batch).file_name
    return file, undo.would(session, batch), undo.would(session, batch, also_refusals=True)
