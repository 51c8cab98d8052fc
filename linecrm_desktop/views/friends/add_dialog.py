"""Adding one friend by hand. What cannot be taken is said under the form, and nothing typed is lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.consent.erased import WasErased
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.friends.editing import FriendDraft
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.friends.actions import FriendActions
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.writing import writing

_WIDTH = 460


class AddFriendDialog(QDialog):
    """Asks who it is, and the two questions an import asks too."""

    def __init__(self, desk: Desk, actions: FriendActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self.setObjectName("addFriendDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Add friend"))
        self.setMinimumWidth(_WIDTH)
        self._desk = desk
        self._actions = actions
        self._build_form()
        self._build_foot()
        self.name.setFocus()

    def draft(self) -> FriendDraft:
        """Return what is typed."""
        return FriendDraft(
            name=self.name.text(),
            phone=self.phone.text(),
            email=self.email.text(),
            member_number=self.member_number.text(),
            line_user_id=self.line_user_id.text(),
            came_through=self.came_through.text(),
            informed=Answer(self.informed.currentData()),
        )

    def accept(self) -> None:
        self.setEnabled(False)
        self._actions.add_friend(
            self.draft(), lambda _friend: QDialog.accept(self), self._failed, self.came_back.text()
        )

    def _build_form(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(4)
        self.name = self._field(form, "newName", _("Name"), "林雅婷 Tina")
        self.phone = self._field(form, "newPhone", _("Phone"), _("With all its digits"))
        self.email = self._field(form, "newEmail", _("E-mail"), "name@example.com")
        self.member_number = self._field(form, "newMember", _("Member number"), "M-20418")
        self.line_user_id = self._field(form, "newLineId", _("LINE user ID, if you know it"), "U…")
        self.came_through = self._field(form, "newThrough", _("Where did you get this from?"), _("Market stall"))
        self.informed = QComboBox()
        self.informed.setObjectName("newInformed")
        answers = ((Answer.UNKNOWN, _("Not known yet")), (Answer.YES, _("Yes")), (Answer.NO, _("No")))
        for answer, name in answers:
            self.informed.addItem(name, str(answer))
        self._add(form, self.informed, _("Were they told what it is used for?"))
        self.came_back = self._field(form, "newCameBack", _("How do you know that they came back themselves?"), "")
        self._form = form
        form.setRowVisible(self.came_back, False)
        self._column = QVBoxLayout(self)
        self._column.addLayout(form)

    def _build_foot(self) -> None:
        self.trouble = Banner("bad")
        self.trouble.setObjectName("addTrouble")
        self.trouble.hide()
        foot = QDialogButtonBox()
        self.yes = button(_("Add friend"), "primary", name="addFriendYes")
        self.yes.setDefault(True)
        foot.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        foot.addButton(button(_("Cancel"), name="addFriendCancel"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.accepted.connect(self.accept)
        foot.rejected.connect(self.reject)
        self._column.addWidget(self.trouble)
        self._column.addWidget(foot)

    def _field(self, form: QFormLayout, name: str, title: str, example: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setPlaceholderText(example)
        self._add(form, field, title)
        return field

    def _add(self, form: QFormLayout, field: QWidget, title: str) -> None:
        head = label(title, "caption")
        head.setBuddy(field)
        field.setAccessibleName(title)
        form.addRow(head, field)

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        if isinstance(error, WasErased):
            self._offer_to_take_back()
        if isinstance(error, TagwellError):
            self.trouble.show_text("bad", error.sentence())
            self.trouble.show()
        else:
            self._desk.dialogs.show_error(error)

    def _offer_to_take_back(self) -> None:
        """Ask how we know that somebody who was erased came back; without an answer nobody comes in."""
        self._form.setRowVisible(self.came_back, True)
        self.yes.setText(_("They came back themselves: take them in again"))
        self.came_back.setFocus()
