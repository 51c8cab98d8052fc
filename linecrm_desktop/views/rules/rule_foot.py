"""The foot of the rules: a rule more, a group more, undo and redo."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from linecrm_desktop.segments.rules import AllOf, AnyOf, NoneOf
from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import button, icon_button


class RuleFoot(QWidget):
    """Says what is wanted; the builder owns the undo stack and enables its two buttons."""

    rule_asked = Signal()
    group_asked = Signal(object)
    """A group that asks for all, any or none of its rules."""

    def __init__(self) -> None:
        super().__init__()
        self.add_rule = button("", "default", "plus", "addRule")
        self.add_group = button("", "default", "stack", "addGroup")
        self.undo = icon_button("arrow-u-up-left", "", "undoRule")
        self.redo = icon_button("arrow-u-up-right", "", "redoRule")
        self.kinds = QMenu(self)
        self.add_group.setMenu(self.kinds)
        self.add_rule.clicked.connect(self.rule_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(self.add_rule)
        row.addWidget(self.add_group)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.redo)

    def stops(self) -> list[QWidget]:
        """Return what Tab walks through."""
        return [self.add_rule, self.add_group, self.undo, self.redo]

    def retranslate(self) -> None:
        self.add_rule.setText(_("Add a rule"))
        self.add_rule.setToolTip(_("Add a rule (Ctrl+R)"))
        self.add_group.setText(_("Add a group"))
        self.add_group.setToolTip(_("Add a group (Ctrl+Shift+R)"))
        self.kinds.clear()
        for kind, text in ((AnyOf, _("Any of these")), (AllOf, _("All of these")), (NoneOf, _("None of these"))):
            self.kinds.addAction(text, lambda kind=kind: self.group_asked.emit(kind))
        for made, text in ((self.undo, _("Undo (Ctrl+Z)")), (self.redo, _("Redo (Ctrl+Shift+Z)"))):
            made.setAccessibleName(text)
            made.setToolTip(text)
