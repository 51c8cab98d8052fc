"""Price steps of a plan: up to which extra message of the month each costs how much; the last step has no end."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from linecrm_desktop.errors import ShopError
from linecrm_desktop.settings import own_prices
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.text import _, number
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.tables import NUMBER, dress
from linecrm_desktop.views.widgets.writing import writing


class StepsDialog(QDialog):
    """A table of two columns that is written into."""

    agreed = Signal(object)
    """The steps, when a person is done."""

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self.setObjectName("stepsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Price steps of {plan}").format(plan=plan.name))
        self.resize(480, 400)
        self._build_table(plan)
        self.banner = Banner("bad")
        self.banner.hide()
        self.more = button(_("Add a step"), icon_name="plus", name="addStep")
        self.less = button(_("Remove the step"), icon_name="trash", name="removeStep")
        self.done_ = button(_("Use these steps"), "primary", name="useSteps")
        self.done_.setDefault(True)
        cancel = button(_("Cancel"), name="cancel")
        tools, foot = QHBoxLayout(), QHBoxLayout()
        for part in (self.more, self.less):
            tools.addWidget(part)
        tools.addStretch(1)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.done_)
        note = _("Leave the first column empty in the last row: it counts for all further messages of the month.")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(note, "second", wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(tools)
        column.addWidget(self.banner)
        column.addLayout(foot)
        self.more.clicked.connect(self._add)
        self.less.clicked.connect(self._remove)
        cancel.clicked.connect(self.reject)
        self.done_.clicked.connect(self._agree)

    def _build_table(self, plan: Plan) -> None:
        self.table = QTableWidget(0, 2)
        self.table.setObjectName("stepTable")
        self.table.setAccessibleName(_("Price steps"))
        self.table.setHorizontalHeaderLabels(
            [_("Up to extra message"), _("Price each ({currency})").format(currency=plan.currency)]
        )
        dress(self.table, stretch=0)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for step in plan.steps:
            self._put("" if step.up_to is None else number(step.up_to), f"{step.price:f}")

    def _put(self, up_to: str, price: str, at: int | None = None) -> None:
        row = self.table.rowCount() if at is None else at
        self.table.insertRow(row)
        for column, text in enumerate((up_to, price)):
            item = QTableWidgetItem(text)
            item.setTextAlignment(NUMBER)
            self.table.setItem(row, column, item)

    def _add(self) -> None:
        at = max(self.table.rowCount() - 1, 0)
        self._put("", "", at)
        self.table.setCurrentCell(at, 0)
        self.table.setFocus()

    def _remove(self) -> None:
        self.table.removeRow(self.table.currentRow())

    def _agree(self) -> None:
        rows = range(self.table.rowCount())
        try:
            steps = own_prices.steps([(self._text(row, 0), self._text(row, 1)) for row in rows])
        except ShopError as error:
            self.banner.show_text("bad", error.sentence())
            self.banner.show()
            return
        self.agreed.emit(steps)
        self.accept()

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text() if item else ""
