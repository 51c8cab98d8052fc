"""The two columns of every gate: what was checked at the left, what is confirmed at the right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.views.widgets.scrolled import scrolled

_RIGHT_WIDTH = 400


def lay_out_gate(page: QWidget, head: QWidget, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
    """Lay a gate out: its head, and below it the columns, which scroll; the right one keeps its width."""
    inside, holder = QWidget(), QWidget()
    columns = QHBoxLayout(inside)
    columns.setContentsMargins(20, 16, 20, 16)
    columns.setSpacing(12)
    columns.addLayout(_column(left), 1)
    holder.setFixedWidth(_RIGHT_WIDTH)
    holder.setLayout(_column(right))
    columns.addWidget(holder)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(head)
    whole.addWidget(scrolled(inside), 1)


def _column(parts: Sequence[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(12)
    column.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        column.addWidget(part)
    column.addStretch()
    return column
