"""A field for a secret: it shows dots and how many characters there are, and can be wiped."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit

from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.widgets.basics import label


class TokenField(QLineEdit):
    """Takes a token without showing it; says only how long it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("token")
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(_("Channel access token"))
        self._length = label(role="caption")
        self._length.setParent(self)
        self._length.setObjectName("tokenLength")
        self.textChanged.connect(self._say_length)

    def token(self) -> str:
        """Return the token without the blanks and line breaks that copying adds."""
        return "".join(self.text().split())

    def wipe(self) -> None:
        """Overwrite what is in the field, then empty it."""
        self.setText("x" * len(self.text()))
        self.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _say_length(self) -> None:
        length = len(self.token())
        said = ngettext("{n} character", "{n} characters", length).format(n=number(length))
        self._length.setText(said if length else "")
        self._place()

    def _place(self) -> None:
        self._length.adjustSize()
        self._length.move(self.width() - self._length.width() - 8, (self.height() - self._length.height()) // 2)
        self.setTextMargins(0, 0, self._length.width() + 8 if self._length.text() else 0, 0)
