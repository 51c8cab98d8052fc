"""Is this shop file the one that was sent from? An old copy of it, or one on another computer, asks a person first.

A backup that is restored knows nothing of what was sent after it was made, so going on by itself could write to people
twice. The file counts its turns, and the computer remembers how many it has made.
"""

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.progress import standing
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.settings.send_marks import SendMarks
from linecrm_desktop.text import _, number


class OldCopy(ShopError):
    """A person must decide whether the send goes on; nothing was sent."""


def check(session: Session, campaign: Campaign, marks: SendMarks, *, is_shared: bool) -> None:
    """Raise OldCopy, with the facts, when others may have got from elsewhere what this file still counts as waiting.

    A shared shop is one for all computers, so that another may go on; put back by its keeper it is old all the same.
    """
    waiting = number(standing(session, campaign.id).waiting)
    advice = _("Look at what LINE counts for today first. Stop this send, or go on all the same.")
    if marks.turns(campaign.unit) > campaign.turns:
        raise OldCopy(
            _(
                "This file is an older copy: after it was made, this send went on. "
                "Up to {n} friends who wait here may have got it."
            ).format(n=waiting),
            advice,
        )
    if not is_shared and campaign.computer not in (None, marks.computer):
        raise OldCopy(
            _(
                "This send was begun on another computer and may have gone on there. "
                "Up to {n} friends who wait here may have got it."
            ).format(n=waiting),
            advice,
        )


def take_over(campaign: Campaign, marks: SendMarks) -> None:
    """Let this computer go on with the send; from here on its own count is true."""
    campaign.computer = marks.computer
    campaign.turns = max(campaign.turns, marks.turns(campaign.unit))
