"""Correcting one friend by hand. What cannot be taken is said under the form, and nothing typed is lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QFrame, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.friends import correcting
from linecrm_desktop.friends.correcting import Edit, EditField, Known
from linecrm_desktop.friends.words import shown_name
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.field import FieldKind
from linecrm_desktop.store.meanwhile import refuse_if_changed
from linecrm_desktop.text import _
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.whose import settled
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.writing import writing

_SIZE = 480, 420
_EXAMPLES = {FieldKind.DATE: "1990-05-31", FieldKind.NUMBER: "1200", FieldKind.LIST: "a; b"}
CORRECTED = changes(Word.FRIENDS)


class EditFriendDialog(QDialog):
    """Reads what is known, lets it be corrected, and puts that on the undo stack."""

    def __init__(self, desk: Desk, friend: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self.setObjectName("editFriendDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Edit friend"))
        self.resize(*_SIZE)
        self._desk, self._friend = desk, friend
        self._known: Known | None = None
        self._opened: Known | None = None
        self._own: dict[int, QLineEdit] = {}
        self._build_form()
        self._build_foot()
        desk.jobs.read(lambda session: correcting.known(session, friend), self._show, self._failed)

    def edit(self) -> Edit:
        """Return what is typed."""
        fields = {field: line.text() for field, line in self._own.items()}
        return Edit(self.name.text(), self.phone.text(), self.email.text(), self.member_number.text(), fields)

    def accept(self) -> None:
        if self._known is None:
            return
        self.setEnabled(False)
        edit, now, kept = self.edit(), self._desk.now(), [""]
        opened = [self._opened]

        def correct(session: Session) -> str:
            refuse_if_changed(opened[0], correcting.known(session, self._friend))
            opened[0] = None  # doing it again follows taking it back, and asks nothing
            kept[0] = correcting.correct(session, self._friend, edit, now)
            return kept[0]

        def take_back(session: Session) -> None:
            correcting.take_back(session, kept[0], now)

        def done(action: str) -> None:
            if action:
                name = shown_name(edit.name or "")
                told = _("correct {name}").format(name=name)
                self._desk.undo.push(Act(self._desk, told, take_back, correct, CORRECTED))
                self._desk.toast(_("Corrected {name}.").format(name=name), self._desk.undo.undo)
            QDialog.accept(self)

        self._desk.jobs.write(lambda session: (correct(session), CORRECTED), done, self._failed)

    def _build_form(self) -> None:
        inside = QWidget()
        self._form = QFormLayout(inside)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setVerticalSpacing(4)
        self._form.setContentsMargins(0, 0, 8, 0)
        self.name = self._field("editName", _("Name"))
        self.phone = self._field("editPhone", _("Phone"))
        self.email = self._field("editEmail", _("E-mail"))
        self.member_number = self._field("editMember", _("Member number"))
        page = ScrollArea()
        page.setFrameShape(QFrame.Shape.NoFrame)
        page.setWidgetResizable(True)
        page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.setWidget(inside)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 16)
        self._column.setSpacing(8)
        self._column.addWidget(page, 1)

    def _build_foot(self) -> None:
        note = _("A file that still has the wrong value will not put it back. Correct it in your shop system too.")
        self._column.addWidget(label(note, "caption", wrap=True))
        self.trouble = Banner("bad")
        self.trouble.setObjectName("editTrouble")
        self.trouble.hide()
        foot = QDialogButtonBox()
        self.yes = button(_("Save the correction"), "primary", name="editYes")
        self.yes.setDefault(True)
        self.yes.setEnabled(False)
        foot.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        foot.addButton(button(_("Cancel"), name="editCancel"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.accepted.connect(self.accept)
        foot.rejected.connect(self.reject)
        self._column.addWidget(self.trouble)
        self._column.addWidget(foot)

    def _field(self, name: str, title: str, example: str = "") -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setPlaceholderText(example)
        made.setAccessibleName(title)
        head = label(title, "caption")
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setBuddy(made)
        self._form.addRow(head, made)
        return made

    def _show(self, known: Known) -> None:
        self._known = self._opened = known
        for line, text in (
            *((self.name, known.name), (self.phone, known.phone)),
            *((self.email, known.email), (self.member_number, known.member_number)),
        ):
            line.setText(text)
        for field in known.fields:
            self._add_own(field)
        self.yes.setEnabled(True)
        self.name.setFocus()

    def _add_own(self, field: EditField) -> None:
        line = self._own.get(field.id) or self._field(f"editField{field.id}", field.name, _EXAMPLES.get(field.kind, ""))
        line.setText(field.text)
        self._own[field.id] = line

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        if settled(self._desk, error, shown_name(self.name.text()), self._keep_mine, self._take_theirs):
            return
        if isinstance(error, TagwellError):
            self.trouble.show_text("bad", error.sentence())
            self.trouble.show()
        else:
            self._desk.dialogs.show_error(error)

    def _keep_mine(self) -> None:
        self._opened = None
        self.accept()

    def _take_theirs(self) -> None:
        friend = self._friend
        self._desk.jobs.read(lambda session: correcting.known(session, friend), self._show, self._failed)
