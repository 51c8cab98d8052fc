"""What a person does about a rejected row while it is checked, as a step of undo."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QUndoCommand

from linecrm_desktop.imports.plan import FIXES, INSTEAD, Sample
from linecrm_desktop.text import _, number
from linecrm_desktop.views.imports.wizard_state import WizardState


class RowFix(QUndoCommand):
    """Checks the file again with another choice; once the wizard has gone on, there is nothing to take back."""

    def __init__(
        self, text: str, before: WizardState, after: WizardState, check: Callable[[WizardState], bool]
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._check = before, after, check

    def redo(self) -> None:
        self.setObsolete(not self._check(self._after))

    def undo(self) -> None:
        self.setObsolete(not self._check(self._before))


def fixed(state: WizardState, sample: Sample) -> WizardState:
    """Return the wizard's state with a row's fix in it."""
    if sample.fix == INSTEAD:
        return replace(state, instead=state.instead | {sample.line})
    return replace(state, without=state.without | {sample.line})


def words(sample: Sample) -> str:
    """Return what a fix is called in the list of what can be undone."""
    return _("{fix}: row {row}").format(fix=_(FIXES[sample.fix]), row=number(sample.line))
