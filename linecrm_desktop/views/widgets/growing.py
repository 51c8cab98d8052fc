"""Dialogs that grow with what they say."""

from PySide6.QtWidgets import QDialog


def grow(dialog: QDialog) -> None:
    """Make a dialog as high as what it says now needs; lines that wrap do not ask for it by themselves."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        needed = layout.totalHeightForWidth(dialog.width())
        dialog.resize(dialog.width(), max(dialog.height(), needed, layout.totalMinimumSize().height()))
