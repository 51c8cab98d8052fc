"""Erasing one friend for good: what goes, stays and cannot be reached; the number typed; then the proof."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from linecrm_desktop.erasing import erase as erasing
from linecrm_desktop.erasing import words
from linecrm_desktop.erasing.erase import Erased, Plan
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.friends.words import shown_name
from linecrm_desktop.jobs import ALL_WORDS
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, clear, label
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.writing import writing

_SIZE = 600, 620


class EraseDialog(QDialog):
    """Counts when it opens, erases when the number is typed, and then says what was searched."""

    def __init__(self, desk: Desk, friend: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self.setObjectName("eraseDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Erase this person"))
        self.resize(*_SIZE)
        self._desk = desk
        self._friend = friend
        self._plan: Plan | None = None
        self._is_running = False
        self._build_page()
        self._build_foot()
        self._connect()
        desk.jobs.read(lambda session: erasing.plan(session, friend), self._show, self._failed, key="friends.erase")

    def reject(self) -> None:
        if not self._is_running:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_running:
            event.ignore()
        else:
            super().closeEvent(event)

    def _build_page(self) -> None:
        self.head = label(_("Counting…"), "strong", wrap=True)
        self.head.setObjectName("eraseHead")
        self.trouble = Banner("warn", _("This cannot be undone."))
        self.trouble.setObjectName("eraseTrouble")
        inside = QWidget()
        self._parts = QVBoxLayout(inside)
        self._parts.setContentsMargins(0, 0, 8, 0)
        self._parts.setSpacing(4)
        self.page = ScrollArea()
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setWidgetResizable(True)
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page.setWidget(inside)
        self.page.let_focus(_("What goes and what stays"))
        self.ask = label("", "caption", wrap=True)
        self.typed = QLineEdit()
        self.typed.setObjectName("eraseTyped")
        self.typed.setEnabled(False)
        self.ask.setBuddy(self.typed)
        self.bar = QProgressBar()
        self.bar.setObjectName("eraseBar")
        self.bar.setTextVisible(False)
        self.bar.hide()

    def _build_foot(self) -> None:
        self.yes = button(_("Erase"), "danger", name="eraseYes")
        self.yes.setEnabled(False)
        self.yes.setAutoDefault(False)
        self.no = button(_("Cancel"), name="eraseCancel")
        self.no.setDefault(True)
        foot = QDialogButtonBox()
        foot.addButton(self.no, QDialogButtonBox.ButtonRole.RejectRole)
        foot.addButton(self.yes, QDialogButtonBox.ButtonRole.DestructiveRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        for part in (self.head, self.trouble, self.page, self.ask, self.typed, self.bar, foot):
            column.addWidget(part)
        column.setStretchFactor(self.page, 1)
        foot.rejected.connect(self.reject)

    def _connect(self) -> None:
        self.typed.textChanged.connect(lambda _text: self._show_button())
        self.yes.clicked.connect(self._erase)

    def _show(self, plan: Plan) -> None:
        self._plan = plan
        name = shown_name(plan.name)
        self.head.setText(_("{name} goes out of the shop for good.").format(name=name))
        self.yes.setText(_("Erase {name}").format(name=name))
        self.ask.setText(_("To erase, type “{wanted}”.").format(wanted=plan.confirm))
        self.typed.setAccessibleName(self.ask.text())
        self.typed.setEnabled(True)
        self.typed.setFocus()
        self._fill(
            (
                (_("What goes"), words.goes(plan)),
                (_("What stays, without the person"), words.stays(plan)),
                (_("What cannot be reached"), words.unreachable(plan)),
            )
        )

    def _fill(self, parts: tuple[tuple[str, list[str]], ...]) -> None:
        clear(self._parts)
        for head, lines in parts:
            self._parts.addWidget(label(head, "section"))
            for one in lines:
                told = label(_("• {text}").format(text=one), wrap=True)
                told.setTextFormat(Qt.TextFormat.PlainText)
                self._parts.addWidget(told)
            self._parts.addSpacing(8)
        self._parts.addStretch(1)

    def _show_button(self) -> None:
        wanted = self._plan.confirm if self._plan else None
        is_typed = wanted is not None and " ".join(self.typed.text().split()) == " ".join(wanted.split())
        self.yes.setEnabled(is_typed and not self._is_running)

    def _erase(self) -> None:
        friend, typed, now, zone = self._friend, self.typed.text(), self._desk.now(), self._desk.shop.zone
        self._run(is_running=True)
        self._desk.jobs.run(
            _("Erasing a friend"),
            lambda database, task: (erasing.erase(database, friend, typed, task, now, zone), ALL_WORDS),
            self._show_end,
            self._failed,
            self._move,
            self._stopped,
        )

    def _run(self, *, is_running: bool) -> None:
        self._is_running = is_running
        self.bar.setVisible(is_running)
        self.bar.setRange(0, 0)
        self.no.setEnabled(not is_running)
        self.typed.setEnabled(not is_running)
        self._show_button()

    def _move(self, done: int, total: int, _what: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _show_end(self, done: Erased) -> None:
        """Say how it ended. What was done before cannot be taken back any more: it may be about this person."""
        self._desk.undo.clear()
        self._run(is_running=False)
        is_well = done.is_wiped and done.searched.is_clean
        self.head.setText(_("This person is erased."))
        said = _("Nothing of this person is left in the shop file.")
        if not is_well:
            said = _("Old pages of the file may still hold words. They go when the shop is opened next.")
        self.trouble.show_text("good" if is_well else "warn", said)
        self._fill(
            (
                (_("What was searched"), words.proof(done)),
                (_("What stays, without the person"), words.stays(done.plan)),
                (_("What cannot be reached"), words.unreachable(done.plan)),
            )
        )
        for part in (self.ask, self.typed, self.yes):
            part.hide()
        self.no.setText(_("Close"))
        self.no.setFocus()

    def _stopped(self) -> None:
        self._run(is_running=False)

    def _failed(self, error: Exception) -> None:
        self._run(is_running=False)
        self.typed.setEnabled(self._plan is not None)
        if isinstance(error, TagwellError):
            self.trouble.show_text("bad", error.sentence())
        else:
            self._desk.dialogs.show_error(error)
