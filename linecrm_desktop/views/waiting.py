"""A small window that says what is under way while there is no shop window that could."""

from PySide6.QtWidgets import QProgressDialog


class Waiting:
    """One at a time; it cannot be cancelled, for half of such work would leave no shop at all."""

    def __init__(self) -> None:
        self._shown: QProgressDialog | None = None

    def begin(self, text: str) -> None:
        """Say what is under way, in the place of what was said before."""
        before, made = self._shown, QProgressDialog(text, "", 0, 0)
        made.setObjectName("waiting")
        made.setCancelButton(None)
        made.setMinimumDuration(0)
        made.show()
        self._shown = made
        _close(before)

    def end(self) -> None:
        """Close it, once the next window is there: the program ends with its last one."""
        _close(self._shown)
        self._shown = None


def _close(dialog: QProgressDialog | None) -> None:
    if dialog is not None:
        dialog.hide()
        dialog.deleteLater()
