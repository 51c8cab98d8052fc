"""Over the list while several tags are chosen: how many, all of them, and what can be changed in all at once."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.tags.list_actions import MERGE, RESTORE, RETIRE, TagListActions
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.writing import writing


class TagBulkBar(QFrame):
    """Its buttons are the actions of the list."""

    all_asked = Signal()

    def __init__(self, actions: TagListActions) -> None:
        super().__init__()
        self.setObjectName("tagBulkBar")
        self.setProperty("tone", "good")
        self._actions = actions
        self.count = label("", "strong")
        self.count.setObjectName("tagsSelected")
        self.all = button("", "link", name="selectAllTags")
        self.all.clicked.connect(self.all_asked)
        self.change = writing(_small("pencil-simple", "changeTags"))
        self.change.clicked.connect(self._show_changes)
        self._buttons = {name: writing(_small(picture, f"{name}Tags")) for name, picture in _PICTURES.items()}
        for name, made in self._buttons.items():
            made.clicked.connect(actions.all[name].trigger)
        self._build_row()
        self.hide()

    def show_count(self, chosen: int, listed: int, *, retired: bool) -> None:
        """Say how many of how many tags are chosen; one or none hides the bar."""
        self.count.setText(ngettext("{n} tag selected", "{n} tags selected", chosen).format(n=number(chosen)))
        self.all.setText(_("Select all {n} tags").format(n=number(listed)))
        self.all.setVisible(chosen < listed)
        self.change.setText(_("Change…"))
        self.change.setVisible(not retired)
        for name, made in self._buttons.items():
            made.setText(self._actions.all[name].text())
            made.setVisible(self._actions.all[name].isVisible())
            made.setEnabled(self._actions.all[name].isEnabled())
        self.setVisible(chosen > 1)

    def _build_row(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(6)
        row.addWidget(self.count)
        row.addWidget(self.all)
        row.addStretch(1)
        for made in (self.change, *self._buttons.values()):
            row.addWidget(made)

    def _show_changes(self) -> None:
        menu = self._actions.changes_menu(self)
        menu.popup(self.change.mapToGlobal(QPoint(0, self.change.height())))


_PICTURES = {MERGE: "git-merge", RETIRE: "archive", RESTORE: "arrow-counter-clockwise"}


def _small(picture: str, name: str) -> QPushButton:
    made = button("", "default", picture, name)
    made.setProperty("small", True)
    return made
