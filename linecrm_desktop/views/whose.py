"""Asks whose words stay when two people edited the same thing."""

from collections.abc import Callable

from linecrm_desktop.store.meanwhile import ChangedMeanwhile
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk

Act = Callable[[], object]


def settled(desk: Desk, error: Exception, name: str, keep_mine: Act, take_theirs: Act) -> bool:
    """Ask and do what is answered, or leave all as it is; return False for every other error."""
    if not isinstance(error, ChangedMeanwhile):
        return False
    mine = desk.dialogs.ask_whose(
        _("Changed by somebody else"),
        _("Somebody else changed “{name}” since you opened it. Whose words stay?").format(name=name),
    )
    if mine is not None:
        (keep_mine if mine else take_theirs)()
    return True
