"""The list of a send as a file: one line a friend, with what became of the copy and why."""

from pathlib import Path

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.progress import DeliveryLine, lines
from linecrm_desktop.consent import access
from linecrm_desktop.consent.access import Asked
from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.models.campaign import Campaign, DeliveryState
from linecrm_desktop.text import N_, _

STATE_WORDS = {
    DeliveryState.WAITING: N_("Waiting"),
    DeliveryState.HANDED_OVER: N_("Under way"),
    DeliveryState.ACCEPTED: N_("Accepted"),
    DeliveryState.REFUSED: N_("Not sent"),
    DeliveryState.IN_DOUBT: N_("In doubt"),
    DeliveryState.KEPT_BACK: N_("Kept back"),
    DeliveryState.LEFT_OUT: N_("Left out"),
    DeliveryState.STOPPED: N_("Stopped"),
}
_ALL = 2**31 - 1


def save(session: Session, campaign_id: int, path: Path, day: ShopDay, asked: Asked) -> int:
    """Write all friends of a send to a CSV file that spreadsheets open right, and return how many they are.

    Raises ShopError without a purpose.
    """
    every = lines(session, campaign_id, limit=_ALL, only=tuple(DeliveryState))
    several = bool(session.get_one(Campaign, campaign_id).others)
    header = [_("Time"), _("Friend"), *([_("Variant")] if several else []), _("Result"), _("Why")]
    rows = (_row(line, day, several=several) for line in every)
    return access.save_list(session, asked, access.SEND, path, header, rows)


def _row(line: DeliveryLine, day: ShopDay, *, several: bool) -> list[str]:
    at = day.local(line.at).isoformat(" ", "seconds") if line.at else ""
    gets_it = line.state not in (DeliveryState.KEPT_BACK, DeliveryState.LEFT_OUT)
    variant = [LETTERS[line.variant] if gets_it else ""] if several else []
    return [at, line.friend_name, *variant, _(STATE_WORDS[line.state]), line.why]
