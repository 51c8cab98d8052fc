"""Whose phone to show: a friend of the segment, searched by name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.messages import people
from linecrm_desktop.messages.people import Sample
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages import facts
from linecrm_desktop.views.messages.beginning.pick_list import Pick, PickList
from linecrm_desktop.views.widgets.basics import button
from linecrm_desktop.views.widgets.writing import reading

_SIZE = 420, 460


class FriendDialog(QDialog):
    """Finds friends of one segment while a name is typed."""

    chosen = Signal(object)
    """A Sample: the friend with all values."""

    def __init__(
        self, desk: Desk, segment_id: int | None, channel_id: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._segment_id, self._channel_id = desk, segment_id, channel_id
        self.setObjectName("friendDialog")
        self.setWindowTitle(_("Show it as another friend"))
        self.resize(*(round(side * theme.text_scale()) for side in _SIZE))
        self.list = PickList(_("Find a friend in this segment"))
        self.use = reading(button(_("Show as this friend"), "primary", name="useFriend"))
        self.use.setDefault(True)
        self.cancel = button(_("Cancel"), name="cancelFriend")
        foot, whole = QHBoxLayout(), QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(self.list, 1)
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.use)
        whole.addLayout(foot)
        self.list.search.textChanged.connect(lambda _text: self._find())
        self.list.moved.connect(lambda pick: self.use.setEnabled(pick is not None))
        self.list.taken.connect(lambda _pick: self._take())
        self.use.clicked.connect(self._take)
        self.cancel.clicked.connect(self.reject)
        self._find()

    def _find(self) -> None:
        segment, account, text = self._segment_id, self._channel_id, self.list.search.text()
        day, now = self._desk.day(), self._desk.now()

        def read(session: Session) -> list[tuple[int, str]]:
            return people.find(session, facts.reachable(session, segment, day, now, account), text)

        self._desk.jobs.read(read, self._show, key="messages.friends")

    def _show(self, found: list[tuple[int, str]]) -> None:
        self.list.show_picks([Pick(friend, name, icon="user") for friend, name in found])

    def _take(self) -> None:
        pick = self.list.current
        if pick is None:
            return
        friend: int = pick.key

        def read(session: Session) -> Sample:
            return Sample(friend, people.values_of(session, [friend])[friend])

        self._desk.jobs.read(read, self._chose, key="messages.friend")

    def _chose(self, friend: Sample) -> None:
        self.accept()
        self.chosen.emit(friend)


def ask_friend(desk: Desk, segment_id: int | None, channel_id: int | None, parent: QWidget) -> FriendDialog:
    """Open the dialog over a window; offered is whoever of the segment the account reaches."""
    dialog = FriendDialog(desk, segment_id, channel_id, parent.window())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
