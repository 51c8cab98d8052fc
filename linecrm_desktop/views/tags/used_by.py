"""Where a tag is used: each place a link that opens it, with whom it reaches, and a link to the friends of the tag."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from linecrm_desktop.segments.used import Use, User
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.tags.reading import TagLine
from linecrm_desktop.views.widgets.basics import IconButton, button, clear, label

_PAGES = {User.SEGMENT: Page.SEGMENTS, User.MESSAGE: Page.MESSAGES, User.TAG: Page.TAGS}
_PICTURES = {User.SEGMENT: "intersect", User.MESSAGE: "chat-circle-text", User.TAG: "tag"}
_AROUND = 36
"""Pixels of a link that are not its name."""


class UsedBy(QWidget):
    """Shows what uses one tag."""

    asked_for = Signal(object)
    friends_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line: TagLine | None = None
        self._reach: Mapping[int, int] = {}
        self._title = label("", "section")
        self._rows = QGridLayout()
        self._rows.setColumnStretch(0, 1)
        self._rows.setVerticalSpacing(2)
        self._nothing = label("", "second", wrap=True)
        self.friends = button("", "link", name="tagFriends")
        self.friends.clicked.connect(self.friends_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addLayout(self._rows)
        column.addWidget(self._nothing)
        column.addWidget(self.friends, 0, Qt.AlignmentFlag.AlignLeft)

    def show_line(self, line: TagLine | None) -> None:
        """Show what uses a tag; a new one is used nowhere and has nobody."""
        self._line, self._reach = line, {}
        self._show()

    def show_reach(self, reach: Mapping[int, int]) -> None:
        """Show how many friends the segments reach."""
        self._reach = reach
        self._show()

    def retranslate(self) -> None:
        self._show()

    def _show(self) -> None:
        self.setVisible(self._line is not None)
        clear(self._rows)
        if self._line is None:
            return
        self._title.setText(_("Used by"))
        for row, use in enumerate(self._line.used_by):
            self._add(row, use)
        self._nothing.setText(_("Nothing uses it."))
        self._nothing.setVisible(not self._line.used_by)
        count = self._line.tag.friends
        self.friends.setText(ngettext("Show {n} friend", "Show {n} friends", count).format(n=number(count)))
        self.friends.setEnabled(count > 0)

    def _add(self, row: int, use: Use) -> None:
        link = PlaceLink(use)
        link.clicked.connect(lambda _checked=False: self.asked_for.emit(Place(_PAGES[use.kind], use.id)))
        self._rows.addWidget(link, row, 0)
        reached = self._reach.get(use.id) if use.kind is User.SEGMENT else None
        if reached is not None:
            count = label(number(reached), "second")
            count.setToolTip(_("friends who can be reached"))
            self._rows.addWidget(count, row, 1, Qt.AlignmentFlag.AlignRight)
            link.setAccessibleName(_("{segment}, {n} reachable").format(segment=use.name, n=number(reached)))


class PlaceLink(IconButton):
    """One place: its icon and name, cut at the end where there is no room."""

    def __init__(self, use: Use) -> None:
        super().__init__(use.name, _PICTURES[use.kind], "row")
        self._name = use.name
        self.setObjectName(f"used_{use.kind}_{use.id}")
        self.setProperty("kind", "row")
        self.setAutoDefault(False)
        self.setIconSize(QSize(16, 16))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(use.name)
        self.setToolTip(use.name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - _AROUND
        self.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room))
