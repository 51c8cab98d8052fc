"""Marks what changes the shop, when it is made: whoever may only look sees it greyed (`looking_only`).

A button of the kinds `primary` and `danger` counts as writing by itself; mark it as reading where it only shows.
"""

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)

MARK, INSIDE = "writes", "writesInside"
_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
Part = TypeVar("Part", bound=QObject)


def writing(part: Part, does: bool = True) -> Part:
    """Mark a button, field, action, shortcut, table or whole dialog as changing the shop, or not, and return it.

    A table stays usable for looking: only what is typed or dropped into it is taken away.
    """
    part.setProperty(MARK, does)
    return part


def writing_inside(whole: Part) -> Part:
    """Mark all controls of a card or form as writing, but for those that are marked as reading; return it."""
    whole.setProperty(INSIDE, True)
    return whole


def reading(part: Part) -> Part:
    """Mark something as changing nothing in the shop, and return it."""
    return writing(part, False)


def writes(part: QObject) -> bool:
    """Whether something is marked as changing the shop, by itself or as a control of a form that does."""
    own: bool | None = part.property(MARK)
    if own is None and isinstance(part, _CONTROLS):
        return any(whole.property(INSIDE) for whole in _around(part))
    return own is True


def _around(part: QObject) -> Iterator[QObject]:
    whole = part.parent()
    while whole is not None:
        yield whole
        whole = whole.parent()
