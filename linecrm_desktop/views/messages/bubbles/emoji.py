"""A small choice of emoji that shops use; the computer's own picker has all of them."""

import sys

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget, QWidgetAction

from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import button, label

_SIGNS = "😊😍🥰😉🙌👏🙏👍💪👀❤️🧡💛💚💙💜✨⭐🔥🎉🎁🛍️🛒📦🚚⏰📅🔔💬📣✅❗🌸🌿☀️🌙☕🍵🍰🐶🐱💄🧴👗👟📱"
_COLUMNS = 9
_JOINERS = "\ufe0f"


class EmojiMenu(QMenu):
    """Shows them in a grid; arrow keys move, Enter takes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emojiMenu")
        whole = QWidget()
        column, grid = QVBoxLayout(whole), QGridLayout()
        grid.setSpacing(2)
        for place, sign in enumerate(_signs()):
            put = button(sign, "flat", name=f"emoji{place}")
            put.setFixedSize(32, 30)
            put.clicked.connect(lambda _on=False, sign=sign: self._take(sign))
            grid.addWidget(put, place // _COLUMNS, place % _COLUMNS)
        column.addLayout(grid)
        keys = {"win32": "Win+.", "darwin": "Ctrl+Cmd+Space"}.get(sys.platform)
        if keys:
            column.addWidget(label(_("All emoji: {keys}").format(keys=keys), "caption"))
        holder = QWidgetAction(self)
        holder.setDefaultWidget(whole)
        self.addAction(holder)

    def _take(self, sign: str) -> None:
        self.chosen.emit(sign)
        self.close()


def _signs() -> list[str]:
    found: list[str] = []
    for sign in _SIGNS:
        if sign in _JOINERS:
            found[-1] += sign
        else:
            found.append(sign)
    return found
