"""Writing a request down: whose it is, what they want, on which day they asked, and what exactly."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from linecrm_desktop.friends import directory
from linecrm_desktop.friends.directory import FriendQuery, FriendRow
from linecrm_desktop.friends.words import shown_name
from linecrm_desktop.models.data_request import Wants
from linecrm_desktop.requests.names import WANTS
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import SearchField

_SIZE = 480, 520
_SHOWN = 50
_FRIEND = Qt.ItemDataRole.UserRole


class NewRequestDialog(QDialog):
    """Finds the friend while something is typed; Write it down waits until one is chosen."""

    written = Signal(object, object, object, str)
    """The friend's id, Wants, the day, and what exactly."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("newRequestDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("New request"))
        self.resize(*(round(side * theme.text_scale()) for side in _SIZE))
        self._build_fields()
        self._lay_out()
        self.search.textChanged.connect(lambda _text: self._find())
        self.found.itemSelectionChanged.connect(self._show_button)
        self.yes.clicked.connect(self._write)
        self.no.clicked.connect(self.reject)
        self._find()

    def _build_fields(self) -> None:
        self.search = SearchField(_("Name, member number, phone, e-mail"), "requestFriendSearch")
        self.found = QListWidget()
        self.found.setObjectName("requestFriends")
        self.found.setAccessibleName(_("Friends"))
        self.wants = QComboBox()
        self.wants.setObjectName("requestWants")
        for wants in Wants:
            self.wants.addItem(_(WANTS[wants]), wants)
        today = self._desk.day().today
        self.asked = QDateEdit(QDate(today.year, today.month, today.day))
        self.asked.setObjectName("requestAsked")
        self.asked.setDisplayFormat("yyyy-MM-dd")
        self.asked.setCalendarPopup(True)
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
        whole.addWidget(self.search)
        whole.addWidget(self.found, 1)
        whole.addLayout(form)
        whole.addLayout(foot)

    def _find(self) -> None:
        query, day = FriendQuery(search=self.search.text()), self._desk.day()

        def read(session: Session) -> list[FriendRow]:
            return directory.rows(session, directory.ids(session, query, day)[:_SHOWN])

        self._desk.jobs.read(read, self._show, key="requests.friends")

    def _show(self, rows: list[FriendRow]) -> None:
        self.found.clear()
        for row in rows:
            named = " · ".join(part for part in (shown_name(row.name), row.member_number) if part)
            item = QListWidgetItem(named)
            item.setData(_FRIEND, row.id)
            self.found.addItem(item)
        if len(rows) == 1:
            self.found.setCurrentRow(0)
        self._show_button()

    def _show_button(self) -> None:
        self.yes.setEnabled(bool(self.found.selectedItems()))

    def _write(self) -> None:
        (item,) = self.found.selectedItems()
        day = self.asked.date()
        asked = date(day.year(), day.month(), day.day())
        self.written.emit(item.data(_FRIEND), Wants(self.wants.currentData()), asked, self.about.text())
        self.accept()
