"""Whether what somebody edits was changed by another since it was opened. One question for all that is edited.

What was opened is compared with what is there now, in the transaction that saves: both as the editor shows them, so
that a change of something else in the same row is no reason to ask.
"""

from typing import TypeVar

from linecrm_desktop.errors import ShopError
from linecrm_desktop.text import _

Thing = TypeVar("Thing")


class ChangedMeanwhile(ShopError):
    """Another changed the same thing; a person decides whose words stay."""


def refuse_if_changed(opened: Thing | None, there: Thing) -> None:
    """Raise ChangedMeanwhile when what is there is not what was opened; None was not there before, or may be lost."""
    if opened is not None and opened != there:
        raise ChangedMeanwhile(
            _("Somebody else changed this since you opened it."), _("Nothing was saved. Say whose words stay.")
        )
