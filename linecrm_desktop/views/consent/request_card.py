"""One request: its four steps with when and by whom, the next one to press, and what else can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.data_request import RequestStep, Wants
from linecrm_desktop.requests import words
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.text import _, number
from linecrm_desktop.views.consent.requests_table import state_chip
from linecrm_desktop.views.widgets.basics import Card, button, clear, label, restyle
from linecrm_desktop.views.widgets.chips import ChipLabel
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.writing import writing


class RequestCard(Card):
    """Shows a request and says which button was pressed."""

    step_asked = Signal(object)
    copy_asked = Signal()
    erase_asked = Signal()
    friend_asked = Signal()
    edit_asked = Signal()
    ending_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("requestCard")
        self.title = label("", "section", wrap=True)
        self.title.setObjectName("requestTitle")
        self.chip = ChipLabel()
        self.about = label("", "second", wrap=True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.by_name, self.by = label("", "caption"), writing(QLineEdit())
        self.by.setObjectName("requestBy")
        self.by_name.setBuddy(self.by)
        self.next = button("", "primary", "check", "requestNext")
        self.copy = writing(button("", "default", "", "requestCopy"))
        self.friend = button("", "default", "users", "requestFriend")
        self.edit = writing(button("", "default", "pencil-simple", "requestEdit"))
        self.erase = button("", "danger", "trash", "requestErase")
        self.ending = writing(button("", "link", "", "requestEnd"))
        self._steps = QVBoxLayout()
        self._lay_out()
        self._connect()

    def offer_people(self, people: tuple[str, ...]) -> None:
        """Offer names while somebody writes who does a step."""
        names = QCompleter(people, self.by)
        names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        names.setFilterMode(Qt.MatchFlag.MatchContains)
        self.by.setCompleter(names)

    def show_request(self, row: RequestRow, day: ShopDay) -> None:
        """Show a request."""
        self.title.setText(_("Request {number}: {what}").format(number=row.name, what=words.wants(row)))
        self.chip.show_chip(state_chip(row, day))
        said = " · ".join(part for part in (words.friend(row), row.about, row.note) if part)
        self.about.setText(said)
        self._show_steps(row, day)
        self._show_buttons(row)
        self.by_name.setText(_("Done by"))
        self.by.setAccessibleName(_("Done by"))

    def _show_steps(self, row: RequestRow, day: ShopDay) -> None:
        clear(self._steps)
        for at, step in enumerate(RequestStep, 1):
            is_done = row.done(step) is not None
            name = _("{n}. {step}").format(n=number(at), step=words.step_name(row, step))
            texts = QVBoxLayout()
            texts.setSpacing(1)
            for text, role in (
                (name, "body" if is_done else "strong"),
                (words.step_said(row, step, day), "caption"),
            ):
                told = label(text, role, wrap=True)
                told.setTextFormat(Qt.TextFormat.PlainText)
                told.setObjectName(f"step_{step}_{role}")
                texts.addWidget(told)
            line = QHBoxLayout()
            line.setSpacing(10)
            mark = PictureLabel("check-circle" if is_done else "circle", "accent" if is_done else "text3", 18)
            mark.setAccessibleName(_("done") if is_done else _("not done yet"))
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(texts, 1)
            self._steps.addLayout(line)
        self._steps.addStretch(1)

    def _show_buttons(self, row: RequestRow) -> None:
        is_there, is_checked = row.friend_id is not None, row.done(RequestStep.CHECK) is not None
        step = row.next
        erases = step is RequestStep.HAND_OVER and row.wants is Wants.ERASE and is_there
        copies = step is RequestStep.HAND_OVER and row.wants is Wants.COPY
        self.next.setText(words.step_name(row, step) if step else "")
        self.next.setVisible(step is not None and not erases and not copies)
        self.copy.setText(_("Save the copy…"))
        restyle(self.copy, "kind", "primary" if copies else "default")
        self.copy.setVisible(row.is_open and is_there)
        self.copy.setEnabled(is_checked)
        self.copy.setToolTip("" if is_checked else _("Check first who is asking."))
        self.friend.setText(_("Open the friend"))
        self.friend.setVisible(is_there)
        self.edit.setText(_("Edit friend…"))
        self.edit.setVisible(row.is_open and is_there and row.wants is Wants.CORRECT)
        self.edit.setEnabled(is_checked)
        self.edit.setToolTip(self.copy.toolTip())
        self.erase.setText(_("Erase this friend…"))
        self.erase.setVisible(row.is_open and is_there and row.wants is Wants.ERASE)
        self.erase.setEnabled(is_checked)
        self.erase.setToolTip(self.copy.toolTip())
        self.ending.setText(_("Close without doing it…"))
        self.ending.setVisible(row.is_open)
        self.by.setEnabled(row.is_open)

    def _lay_out(self) -> None:
        head, whole, side = QHBoxLayout(), QHBoxLayout(), QWidget()
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.next, self.copy, self.edit, self.friend, self.erase, self.ending, self.by_name, self.by):
            column.addWidget(part)
        column.addStretch(1)
        self._steps.setSpacing(10)
        whole.setSpacing(16)
        whole.addLayout(self._steps, 3)
        whole.addWidget(side, 2)
        self.body.addLayout(head)
        self.body.addWidget(self.about)
        self.body.addSpacing(4)
        self.body.addLayout(whole)

    def _connect(self) -> None:
        self.next.clicked.connect(lambda: self.step_asked.emit(None))
        self.copy.clicked.connect(lambda: self.copy_asked.emit())
        self.erase.clicked.connect(lambda: self.erase_asked.emit())
        self.edit.clicked.connect(lambda: self.edit_asked.emit())
        self.friend.clicked.connect(lambda: self.friend_asked.emit())
        self.ending.clicked.connect(lambda: self.ending_asked.emit())
