"""The head of a page: where you are, what this is, and what you can do; at most one main action."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import PictureLabel

HEIGHT = 60


class PageHead(QFrame):
    """Title, one level of breadcrumb, a note, and buttons at the right."""

    went_back = Signal()
    """The breadcrumb was pressed."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("head", True)
        self.setFixedHeight(HEIGHT)
        self.crumb = button("", "crumb", name="breadcrumb")
        self.crumb.hide()
        self.crumb.clicked.connect(self.went_back)
        self._arrow = PictureLabel("caret-right", "text2", 14)
        self._arrow.hide()
        self.title = label(title, "title")
        self.title.setObjectName("pageTitle")
        self.note = label("", "second")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 0, 20, 0)
        self._row.setSpacing(8)
        for widget in (self.crumb, self._arrow, self.title):
            self._row.addWidget(widget)
        self._row.addSpacing(4)
        self._row.addWidget(self.note)
        self._row.addStretch(1)

    def add_button(self, text: str, icon_name: str = "", kind: str = "default", name: str = "") -> QPushButton:
        """Add a button at the right end and return it."""
        made = button(text, kind, icon_name, name)
        self._row.addWidget(made)
        return made

    def add_widget(self, widget: QWidget) -> None:
        """Add something else at the right end."""
        self._row.addWidget(widget)

    def show_title(self, title: str, note: str = "", crumb: str = "") -> None:
        """Say where you are; with a crumb, the page it is inside of."""
        self.title.setText(title)
        self.note.setText(note)
        self.crumb.setText(crumb)
        self.crumb.setVisible(bool(crumb))
        self._arrow.setVisible(bool(crumb))
