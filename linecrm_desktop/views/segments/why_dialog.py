"""Why is she in? Friends at the left; at the right each rule for the chosen one, with the rows that prove it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.segments.explaining import Explained, explained
from linecrm_desktop.segments.rules import Rule
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.icons import icon
from linecrm_desktop.views.segments.reading import People
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.outside import follow_selection
from linecrm_desktop.views.widgets.wrap_delegate import WrapDelegate

_SIZE = 940, 560
_ID = Qt.ItemDataRole.UserRole


class WhyDialog(QDialog):
    """Explains one rule tree for any of some friends."""

    def __init__(self, desk: Desk, title: str, rule: Rule, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whyDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(*_SIZE)
        self._desk = desk
        self._rule = rule
        self.people = QListWidget()
        self.people.setObjectName("whyPeople")
        follow_selection(self.people)
        self.people.setAccessibleName(title)
        for friend, name in people:
            item = QListWidgetItem(name or _("(no name)"))
            item.setData(_ID, friend)
            self.people.addItem(item)
        self.answer = label("", "strong", wrap=True)
        self.answer.setObjectName("whyAnswer")
        self.tree = QTreeWidget()
        self.tree.setObjectName("whyTree")
        self.tree.setAccessibleName(_("Rule by rule"))
        self.tree.setHeaderLabels([_("Rule"), _("What the shop knows")])
        self.tree.setItemDelegate(WrapDelegate(self.tree))
        self.tree.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)  # one row may be taller than the tree
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._build_page(title)
        self.people.currentItemChanged.connect(lambda now, _before: self._explain(now))
        self.people.setCurrentRow(0)

    def _build_page(self, title: str) -> None:
        right = QWidget()
        inner = QVBoxLayout(right)
        inner.setContentsMargins(12, 0, 0, 0)
        inner.addWidget(self.answer)
        inner.addWidget(self.tree)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.people)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([220, 700])
        foot = QDialogButtonBox()
        foot.addButton(button(_("Close"), name="whyClose"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.addWidget(label(title, "section", wrap=True))
        column.addWidget(splitter, 1)
        column.addWidget(foot)

    def _explain(self, chosen: QListWidgetItem | None) -> None:
        if chosen is None:
            return
        friend, name = chosen.data(_ID), chosen.text()
        rule, day, currency = self._rule, self._desk.day(), self._desk.shop.currency
        self._desk.jobs.read(
            lambda session: explained(session, rule, friend, day, currency),
            lambda found: self._show(found, name),
            self._desk.dialogs.show_error,
            key="segments.why",
        )

    def _show(self, found: Explained, name: str) -> None:
        said = _("{name} is in: everything that is asked holds.") if found.holds else _("{name} is not in.")
        self.answer.setText(said.format(name=name))
        self.tree.clear()
        self.tree.addTopLevelItem(_item(found))
        self.tree.expandAll()


def _item(part: Explained) -> QTreeWidgetItem:
    item = QTreeWidgetItem([part.head, part.proof])
    if part.holds:
        shown, role, said = "check-circle", "good", _("Holds")
    elif part.is_unknown:
        shown, role, said = "question", "warn", _("Not known, so it does not hold")
    else:
        shown, role, said = "x-circle", "bad", _("Does not hold")
    item.setIcon(0, icon(shown, role))
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{said}: {part.head} {part.proof}")
    item.setToolTip(0, said)
    item.addChildren([_item(inner) for inner in part.inner])
    return item
