"""Running the rules for tags: who would gain and who would lose which tag, before anything is done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.friend import Friend
from linecrm_desktop.tagging import running
from linecrm_desktop.tagging.running import Run, TagChange
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.tables import show_texts, text_table
from linecrm_desktop.views.widgets.writing import writing

_SIZE = 640, 520
_SAMPLE = 50
"""So many friends are named for each tag and each way."""


class RunDialog(QDialog):
    """Looks when it opens; what it says is then done when it is asked for."""

    asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self.setObjectName("tagRunDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Run the rules for tags"))
        self.resize(*_SIZE)
        self._desk = desk
        self._changes: Sequence[TagChange] = ()
        self._build_page()
        self._connect()
        day = desk.day()
        desk.jobs.read(lambda session: running.look(session, day), self._show, self._failed, key="tags.run")

    def _build_page(self) -> None:
        self.said = label(_("Counting…"), "strong", wrap=True)
        self.said.setObjectName("tagRunSaid")
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.troubles = Banner("warn")
        self.troubles.hide()
        self.table = text_table("tagRunTable")
        self.table.setAccessibleName(_("Tags that change"))
        self.people = QListWidget()
        self.people.setObjectName("tagRunPeople")
        self.people.setAccessibleName(_("Friends who gain or lose the tag"))
        self.yes = button(_("Run the rules"), "primary", name="tagRunYes")
        self.yes.setEnabled(False)
        foot = QDialogButtonBox()
        foot.addButton(button(_("Cancel"), name="tagRunCancel"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        foot.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        for part in (self.said, self.troubles, self.table, self.people, foot):
            column.addWidget(part)

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._read_people)
        self.yes.clicked.connect(self._ask)

    def _show(self, found: Run) -> None:
        self._changes = found.changes
        said = _("Tags put on: {gained}. Tags taken off: {lost}.").format(
            gained=number(found.gained), lost=number(found.lost)
        )
        self.said.setText(said if found.changes else _("Every friend has the right tags already."))
        names = _(", ").join(_("“{text}”").format(text=rule.name) for rule in found.troubles)
        self.troubles.show_text("warn", _("These rules cannot be applied: {rules}.").format(rules=names))
        self.troubles.setVisible(bool(names))
        rows = [(one.name, *map(_count, (one.gain, one.lose, one.ran_out))) for one in found.changes]
        show_texts(self.table, (_("Tag"), _("Gain it"), _("Lose it"), _("It runs out")), rows, numbers=3)
        self.table.horizontalHeader().setSectionResizeMode(0, self.table.horizontalHeader().ResizeMode.Stretch)
        self.yes.setEnabled(bool(found.changes))
        for part in (self.table, self.people):
            part.setVisible(bool(found.changes))
        if found.changes:
            self.table.selectRow(0)

    def _failed(self, error: Exception) -> None:
        self.said.setText("")
        self._desk.dialogs.show_error(error)

    def _read_people(self) -> None:
        place = self.table.currentRow()
        if 0 <= place < len(self._changes):
            change = self._changes[place]
            self._desk.jobs.read(lambda session: _people(session, change), self._show_people, key="tags.run.people")

    def _show_people(self, names: list[str]) -> None:
        self.people.clear()
        self.people.addItems(names)

    def _ask(self) -> None:
        self.yes.setEnabled(False)
        self.accept()
        self.asked.emit()


def _people(session: Session, change: TagChange) -> list[str]:
    """Name friends with what happens to them, the first of each way."""
    found: list[str] = []
    for friends, sentence in (
        (change.gain, _("{name} gains it")),
        (change.lose, _("{name} loses it")),
        (change.ran_out, _("{name}: it runs out")),
    ):
        names = select(Friend.name).where(Friend.id.in_(friends[:_SAMPLE])).order_by(Friend.id)
        found += [sentence.format(name=name or _("(no name)")) for name in session.scalars(names)]
        more = len(friends) - _SAMPLE
        found += [ngettext("and {n} more", "and {n} more", more).format(n=number(more))] if more > 0 else []
    return found


def _count(friends: Sequence[int]) -> str:
    return number(len(friends)) if friends else "—"
