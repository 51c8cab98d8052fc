"""Step 2: where each column goes; the example, how full it is, and what a column of tags would make."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QTableWidgetItem, QVBoxLayout, QWidget

from linecrm_desktop.imports import values
from linecrm_desktop.imports.columns import FIELD_TARGETS, KEYS, TAG_TARGETS, TARGET_NAMES, TARGETS, Target
from linecrm_desktop.imports.presets import by_id
from linecrm_desktop.tags.sensitive import topic_name
from linecrm_desktop.text import _, number, percent
from linecrm_desktop.views.imports.wizard_state import WizardState
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip
from linecrm_desktop.views.widgets.tables import give_widths, show_texts, text_table

_GOES_TO, _MATCH, _NOTE = 4, 5, 6
_WIDTHS = (140, 150, 64, 32, 240, 112)
_ROW = 38
_SHOWN = 20
"""Letters of a value that the side card shows; a long id must not make the table narrow."""


class ColumnsStep(QWidget):
    """One row a column; choosing a target is a new matching."""

    changed = Signal(object)
    save_asked = Signal()
    """The matching is to be kept as a preset."""
    sensitive_chosen = Signal(int, object)
    """A sensitive column (its place) is to go somewhere (a Target)."""

    def __init__(self) -> None:
        super().__init__()
        self._state: WizardState | None = None
        self._guessed: tuple[Target, ...] = ()
        self.table = text_table("columnTable")
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.side = Card()
        self.side_title, self.side_values = label("", "section", wrap=True), label("", wrap=True)
        self.side.body.addWidget(self.side_title)
        self.side.body.addWidget(self.side_values)
        self.side.body.addStretch(1)
        self.side.setMinimumWidth(230)
        self.keys, self.missing = label("", "second", wrap=True), label("", "error", wrap=True)
        self.missing.setObjectName("missingColumns")
        self.save = button("", "default", "bookmark-simple", "savePreset")
        self.save.clicked.connect(self.save_asked)
        self._build_page()
        self.retranslate()
        self.table.currentCellChanged.connect(lambda row, *_cells: self._show_side(row))

    def show_state(self, state: WizardState) -> None:
        """Show a matching."""
        fresh = self._state is None or (self._state.found, self._state.kind) != (state.found, state.kind)
        other_preset = self._state is not None and self._state.preset != state.preset
        self._state = state
        if fresh or other_preset:
            self._guessed = state.matching.targets
            self._fill(state)
        self._show_notes(state)

    def show_again(self) -> None:
        """Put the choices back to what the matching says."""
        if self._state is not None:
            self._fill(self._state)
            self._show_notes(self._state)

    def retranslate(self) -> None:
        self.save.setText(_("Save as preset…"))
        self.table.setAccessibleName(_("Where each column goes"))
        self.show_again()

    def _build_page(self) -> None:
        card = Card(margins=(0, 0, 0, 0))
        card.body.addWidget(self.table)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(card, 8)
        top.addWidget(self.side, 2)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 14)
        page.setSpacing(12)
        page.addLayout(top, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.save)
        page.addLayout(foot)
        page.addWidget(self.missing)

    def _fill(self, state: WizardState) -> None:
        names = [_("Column in the file"), _("Example"), _("Filled"), "", _("Goes to"), _("Matched by"), _("Note")]
        rows = [(c.name, c.example, percent(c.filled, 0), "→", "", "", "") for c in state.columns]
        show_texts(self.table, names, rows)
        for row, _column in enumerate(state.columns):
            self.table.setCellWidget(row, _GOES_TO, self._targets(row, state))
        give_widths(self.table, dict(enumerate(_WIDTHS)))
        self.table.horizontalHeader().setSectionResizeMode(_NOTE, QHeaderView.ResizeMode.Stretch)

    def _targets(self, row: int, state: WizardState) -> QWidget:
        combo = QComboBox()
        combo.setObjectName(f"target{row}")
        combo.setProperty("small", True)
        combo.setAccessibleName(_("Where “{column}” goes").format(column=state.columns[row].name))
        for target in (Target.LEAVE_OUT, *TARGETS[state.kind]):
            combo.addItem(_(TARGET_NAMES[target]), str(target))
        combo.setCurrentIndex(combo.findData(str(state.matching.targets[row])))
        combo.activated.connect(lambda at: self._chosen(row, Target(combo.itemData(at))))
        cell = QWidget()
        inside = QHBoxLayout(cell)
        inside.setContentsMargins(4, 0, 8, 1)
        inside.addWidget(combo)
        return cell

    def _chosen(self, row: int, target: Target) -> None:
        if self._state is None:
            return
        self.table.setCurrentCell(row, 0)
        was_left_out = self._state.matching.targets[row] is Target.LEAVE_OUT
        if self._state.columns[row].sensitive and was_left_out and target is not Target.LEAVE_OUT:
            self.sensitive_chosen.emit(row, target)
        else:
            self.changed.emit(replace(self._state, matching=self._state.matching.with_target(row, target)))

    def _show_notes(self, state: WizardState) -> None:
        preset = by_id(state.preset)
        for row, target in enumerate(state.matching.targets):
            how = QTableWidgetItem()
            chip = self._how(row, target, known=preset is not None)
            how.setData(CHIPS_ROLE, [chip] if chip else None)
            how.setData(Qt.ItemDataRole.AccessibleTextRole, chip.text if chip else "")
            self.table.setItem(row, _MATCH, how)
            self.table.setItem(row, _NOTE, QTableWidgetItem(self._note(row, target)))
        order = [_(TARGET_NAMES[key]) for key in KEYS if state.matching.place(key) is not None]
        self.keys.setText(_("Find the same friend by: {keys}").format(keys=" → ".join(order)) if order else "")
        self.missing.setText("\n".join(state.plan().missing()))
        self._show_side(self.table.currentRow())

    def _how(self, row: int, target: Target, *, known: bool) -> Chip | None:
        if target is not self._guessed[row]:
            return status_chip("plain", _("You"), "user")
        if target is Target.LEAVE_OUT:
            return status_chip("warn", _("Sensitive")) if self._about(row) else None
        return status_chip("good", _("Preset")) if known else status_chip("info", _("Suggested"))

    def _about(self, row: int) -> str:
        return self._state.columns[row].sensitive if self._state is not None else ""

    def _note(self, row: int, target: Target) -> str:
        if target is Target.LEAVE_OUT and self._about(row):
            return _("Looks like {topic}: better not kept").format(topic=topic_name(self._about(row)))
        if target in TAG_TARGETS and self._state is not None:
            column = self._state.columns[row]
            if column.values and all(values.mark(value) is not None for value, _count in column.values):
                return _("Becomes the tag “{tag}”").format(tag=values.tag_of_column(column.name))
            return _("{n} values become tags").format(n=number(len(column.values)))
        if target in FIELD_TARGETS:
            return _("Kept with each friend")
        return _("Also used to find the friend") if target in KEYS else ""

    def _show_side(self, row: int) -> None:
        self.side.setVisible(row >= 0)
        if self._state is None or row < 0:
            return
        column = self._state.columns[row]
        self.side_title.setText(column.name)
        lines = [f"{_short(value)}   {number(count)}" for value, count in column.values]
        self.side_values.setText("\n".join(lines) or _("This column is empty."))


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"
