"""Writing a request down: whose it is, what they want, on which day they asked, and what exactly."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.models.data_request import Wants
from linecrm_desktop.requests.names import WANTS
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.friend_finder import FriendFinder
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.day_field import DayField
from linecrm_desktop.views.widgets.writing import writing

_SIZE = 480, 520


class NewRequestDialog(QDialog):
    """Finds the friend while something is typed; Write it down waits until one is chosen."""

    written = Signal(object, object, object, str)
    """The friend's id, Wants, the day, and what exactly."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self._desk = desk
        self.setObjectName("newRequestDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("New request"))
        self.resize(*(round(side * theme.text_scale()) for side in _SIZE))
        self._build_fields()
        self._lay_out()
        self.finder.chosen.connect(self._show_button)
        self.yes.clicked.connect(self._write)
        self.no.clicked.connect(self.reject)
        self.finder.look()

    def _build_fields(self) -> None:
        self.finder = FriendFinder(self._desk, "request")
        self.wants = QComboBox()
        self.wants.setObjectName("requestWants")
        for wants in Wants:
            self.wants.addItem(_(WANTS[wants]), wants)
        today = self._desk.day().today
        self.asked = DayField(today, "requestAsked")
        self.asked.setMaximumDate(self.asked.date())
        self.about = QLineEdit()
        self.about.setObjectName("requestAbout")
        self.about.setPlaceholderText(_("For example: the phone is an old one"))
        self.yes = button(_("Write it down"), "primary", name="writeRequest")
        self.yes.setDefault(True)
        self.no = button(_("Cancel"), name="cancelRequest")

    def _lay_out(self) -> None:
        form, foot, whole = QFormLayout(), QHBoxLayout(), QVBoxLayout(self)
        for name, field in (
            (_("They want"), self.wants),
            (_("Asked on"), self.asked),
            (_("What exactly"), self.about),
        ):
            form.addRow(name, field)
            field.setAccessibleName(name)
        foot.addStretch()
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(label(_("Whose request is it?"), "strong"))
        whole.addWidget(self.finder, 1)
        whole.addLayout(form)
        whole.addLayout(foot)

    def _show_button(self) -> None:
        self.yes.setEnabled(self.finder.friend() is not None)

    def _write(self) -> None:
        self.written.emit(self.finder.friend(), Wants(self.wants.currentData()), self.asked.day, self.about.text())
        self.accept()
