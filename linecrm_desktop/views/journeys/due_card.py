"""Due today: one line for each step, with whom the checks take out, and the way to the gate."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView

from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys.due import Line, leaves_at
from linecrm_desktop.settings.quiet_hours import QuietHours
from linecrm_desktop.text import N_, _, clock, money, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.journeys.reading import State
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.record_model import RecordModel
from linecrm_desktop.views.widgets.tables import dress
from linecrm_desktop.views.widgets.writing import writing

_ROW = 34


class Column(IntEnum):
    """The columns, in order."""

    PATH = 0
    STEP = 1
    FRIENDS = 2
    CHECKS = 3
    WHY = 4
    LEAVES = 5
    PREVIEW = 6


_HEADS = {
    Column.PATH: N_("Path"),
    Column.STEP: N_("Step"),
    Column.FRIENDS: N_("Friends"),
    Column.CHECKS: N_("Checks"),
    Column.WHY: N_("Why today"),
    Column.LEAVES: N_("Leaves"),
    Column.PREVIEW: N_("Preview"),
}
_AS_WIDE_AS_NEEDED = (Column.FRIENDS, Column.CHECKS, Column.WHY, Column.LEAVES, Column.PREVIEW)


class DueModel(RecordModel[Line]):
    """What is due; the tick says whether it is to be approved."""

    columns = Column
    heads = _HEADS
    numbers = (Column.FRIENDS,)
    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.left_out: set[int] = set()
        """Steps whose tick a person took away."""
        self.leaves: dict[int, str] = {}

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        box = Qt.ItemFlag.ItemIsUserCheckable if index.column() == Column.PATH else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | box

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        line = self.row_at(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or line is None:
            return False
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        self.left_out = self.left_out - {line.step_id} if on else self.left_out | {line.step_id}
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def look(self, record: Line, column: Column, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.CheckStateRole if column is Column.PATH:
                off = record.step_id in self.left_out
                return Qt.CheckState.Unchecked if off else Qt.CheckState.Checked
            case Qt.ItemDataRole.FontRole if column in (Column.PATH, Column.PREVIEW):
                return theme.font(13, strong=True)
            case Qt.ItemDataRole.ForegroundRole if column is Column.PREVIEW:
                return theme.colour("accent")
            case Qt.ItemDataRole.ToolTipRole if column is Column.CHECKS:
                return taken_out_words(record)
            case Qt.ItemDataRole.ToolTipRole if column in (Column.PATH, Column.STEP):
                return self.text(record, column)
        return None

    def text(self, record: Line, column: Column) -> str:
        step = _("Step {n} · {message}").format(n=number(record.number), message=record.message_name)
        return {
            Column.PATH: record.journey_name,
            Column.STEP: step,
            Column.FRIENDS: number(record.recipients),
            Column.CHECKS: _("{n} taken out").format(n=number(record.taken_out)),
            Column.WHY: record.why_today,
            Column.LEAVES: self.leaves.get(record.step_id, ""),
            Column.PREVIEW: _("Preview"),
        }[column]


class DueCard(Card):
    """The table with its foot."""

    approve_asked = Signal()
    skip_asked = Signal()
    time_asked = Signal()
    preview_asked = Signal(int)
    """The id of a message."""

    def __init__(self) -> None:
        super().__init__(margins=(1, 1, 1, 1))
        self.setObjectName("dueCard")
        self.body.setSpacing(0)
        self._state: State | None = None
        self._title, self._note, self._cost = label("", "section"), label("", "second"), label("", "second")
        self.model = DueModel(self)
        self._build_table()
        self._check = PictureLabel("check-circle", "good", 18)
        self.says = label("", "second", wrap=True)
        self.says.setObjectName("dueSays")
        self.skip = writing(button("", name="skipToday"))
        self.time = writing(button("", icon_name="clock", name="changeTime"))
        self.approve = button("", "primary", "paper-plane-tilt", "approveDue")
        self._lay_out()
        self.model.ticked.connect(self._show_foot)
        self.skip.clicked.connect(self.skip_asked)
        self.time.clicked.connect(self.time_asked)
        self.approve.clicked.connect(self.approve_asked)
        self.table.clicked.connect(self._clicked)
        self.table.activated.connect(self._preview)

    @property
    def chosen(self) -> list[Line]:
        """The lines with a tick and with somebody to send to."""
        return [line for line in self.model.records if line.step_id not in self.model.left_out]

    def show_state(self, state: State, day: ShopDay, now: Any, send_from: int | None) -> None:
        """Show what is due; `send_from` is the time of day that a person chose for today."""
        self._state = state
        self.model.leaves = {line.step_id: _leaves(line, state.quiet, day, now, send_from) for line in state.lines}
        self.model.show_rows(state.lines)
        self.model.retranslate()
        prepared = [row.prepared_at for row in state.paths if row.prepared_at is not None]
        at = clock(day.local(max(prepared))) if prepared else ""
        self._note.setText(_("prepared {time} · counted again when you approve").format(time=at) if at else "")
        self._show_cost(state)
        rows = len(state.lines)
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight(_ROW * rows + self.table.horizontalHeader().sizeHint().height() + 2)
        self._show_foot()

    def show_currency(self, currency: str) -> None:
        """Say in which currency costs are written."""
        self._currency = currency

    def retranslate(self) -> None:
        self._title.setText(_("Due today"))
        self.table.setAccessibleName(_("Due today"))
        self.skip.setText(_("Skip today"))
        self.time.setText(_("Change time…"))
        self.model.retranslate()
        self._show_foot()

    def _build_table(self) -> None:
        self.table = QTableView()
        self.table.setObjectName("dueTable")
        self.table.setModel(self.model)
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        dress(self.table, stretch=Column.STEP, row_height=_ROW)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(Column.PATH, QHeaderView.ResizeMode.Stretch)
        for column in _AS_WIDE_AS_NEEDED:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(14, 10, 14, 10)
        foot.setContentsMargins(14, 10, 14, 10)
        head.setSpacing(8)
        foot.setSpacing(8)
        for part in (self._title, self._note):
            head.addWidget(part)
        head.addStretch()
        head.addWidget(self._cost)
        foot.addWidget(self._check)
        foot.addWidget(self.says, 1)
        for part in (self.skip, self.time, self.approve):
            foot.addWidget(part)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addLayout(foot)

    def _show_cost(self, state: State) -> None:
        if state.messages_left is None or not state.lines:
            self._cost.setText("")
            return
        extra = money(state.cost.extra_minor, self._currency, digits=0) if state.cost is not None else "—"
        words = _("{n} of {left} left · extra {cost}")
        self._cost.setText(words.format(n=number(state.recipients), left=number(state.messages_left), cost=extra))

    def _show_foot(self) -> None:
        lines = self.model.records
        count = sum(line.recipients for line in self.chosen)
        self.approve.setText(_("Approve and send {n}…").format(n=number(count)))
        for part in (self.skip, self.time):
            part.setEnabled(bool(self.chosen))
        self.approve.setEnabled(count > 0)
        self._check.setVisible(bool(lines))
        if not lines:
            self.says.setText(_("Nothing is due today."))
            return
        out = sum(line.taken_out for line in lines)
        sentence = ngettext(
            "Consent, cap and quiet hours checked. {n} friend was taken out.",
            "Consent, cap and quiet hours checked. {n} friends were taken out.",
            out,
        )
        self.says.setText(sentence.format(n=number(out)))

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.PREVIEW:
            self._preview(index)

    def _preview(self, index: QModelIndex) -> None:
        line = self.model.row_at(index.row())
        if line is not None and line.message_id is not None:
            self.preview_asked.emit(line.message_id)


def taken_out_words(line: Line) -> str:
    """Say whom the checks take out of a step."""
    reach = line.reach
    parts = [
        (reach.blocked, _("{n} blocked us")),
        (reach.refused, _("{n} refused")),
        (reach.no_line_id, _("{n} without a LINE ID")),
        (reach.capped, _("{n} over the frequency cap")),
        (reach.uninformed, _("{n} not informed")),
    ]
    said = [words.format(n=number(count)) for count, words in parts if count]
    return _(", ").join(said) if said else _("Nobody was taken out.")


def _leaves(line: Line, quiet: QuietHours, day: ShopDay, now: Any, send_from: int | None) -> str:
    at = leaves_at(line.send_from if send_from is None else send_from, quiet, day, now)
    return clock(day.local(at)) if at is not None else _("at once")
