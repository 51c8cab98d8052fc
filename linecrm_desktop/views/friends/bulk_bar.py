"""What can be done with the friends that are checked; stands over the table only while some are."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from linecrm_desktop.text import _, number
from linecrm_desktop.views.widgets.basics import button, icon_button, label
from linecrm_desktop.views.widgets.writing import writing


class BulkBar(QFrame):
    """Says how many are chosen, and offers to choose all or to do something."""

    all_asked = Signal()
    add_tag_asked = Signal()
    remove_tag_asked = Signal()
    export_asked = Signal()
    refusal_asked = Signal()
    segment_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bulkBar")
        self.setProperty("tone", "good")
        self.count = label("", "strong")
        self.count.setObjectName("selectedCount")
        self._count, self._total = 0, 0
        self._build_buttons()
        self._build_menu()
        self._build_row()
        self.retranslate()
        self.hide()

    def show_count(self, count: int, total: int) -> None:
        """Show how many of how many are chosen; nobody chosen hides the bar."""
        self._count, self._total = count, total
        self.count.setText(_("{n} selected").format(n=number(count)))
        self.all.setText(_("Select all {n}").format(n=number(total)))
        self.all.setVisible(count < total)
        self.setVisible(count > 0)

    def retranslate(self) -> None:
        """Say everything anew."""
        self.add_tag.setText(_("Add tag…"))
        self.add_tag.setToolTip(_("Add a tag to the selected friends (T)"))
        self.remove_tag.setText(_("Remove tag…"))
        self.export.setText(_("Export…"))
        self.more.setAccessibleName(_("More actions"))
        self.more.setToolTip(_("More actions"))
        self.refuse.setText(_("Record a refusal…"))
        self.segment.setText(_("Make a segment from this"))
        self.show_count(self._count, self._total)

    def _build_buttons(self) -> None:
        self.all = button("", "link", name="selectAll")
        self.add_tag = writing(_small("tag", "addTag"))
        self.remove_tag = writing(_small("", "removeTag"))
        self.export = writing(_small("export", "exportFriends"))
        self.more = icon_button("dots-three", "", "moreActions")
        self.all.clicked.connect(self.all_asked)
        self.add_tag.clicked.connect(self.add_tag_asked)
        self.remove_tag.clicked.connect(self.remove_tag_asked)
        self.export.clicked.connect(self.export_asked)

    def _build_menu(self) -> None:
        menu = QMenu(self)
        self.refuse = writing(menu.addAction("", self.refusal_asked.emit))
        self.refuse.setObjectName("recordRefusal")
        self.segment = menu.addAction("", self.segment_asked.emit)
        self.more.setMenu(menu)
        self.more.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")

    def _build_row(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(6)
        row.addWidget(self.count)
        row.addWidget(self.all)
        row.addStretch(1)
        for action in (self.add_tag, self.remove_tag, self.export, self.more):
            row.addWidget(action)


def _small(icon_name: str, name: str) -> QPushButton:
    made = button("", "default", icon_name, name)
    made.setProperty("small", True)
    return made
