"""The name of a message, written where the page's title stands."""

from PySide6.QtWidgets import QLineEdit, QWidget

from linecrm_desktop.views import theme

_NAME_MAX = 120


class TitleEdit(QLineEdit):
    """A title that can be written in; its border shows when the pointer or the cursor is in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageName")
        self.setMaxLength(_NAME_MAX)
        self.setMaximumWidth(520)
        theme.signals().changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        look = theme.tokens()
        self.setStyleSheet(
            f"QLineEdit {{ font-size: {theme.points(20):.2f}pt; font-weight: 600; border: 1px solid transparent;"
            f" background: transparent; padding: 2px 6px; min-height: 34px; }}"
            f"QLineEdit:hover {{ border-color: {look.border}; }}"
            f"QLineEdit:focus {{ border: 2px solid {look.focus}; background: {look.surface}; padding: 1px 5px; }}"
        )
