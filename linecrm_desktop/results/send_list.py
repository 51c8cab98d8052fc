"""The list of a send as a file: one line a friend, with what became of the copy and why."""

from pathlib import Path

from sqlalchemy.orm import Session

from linecrm_desktop import spreadsheet
from linecrm_desktop.campaigns.progress import DeliveryLine, lines
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import DeliveryState
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


def save(session: Session, campaign_id: int, path: Path, day: ShopDay) -> int:
    """Write all friends of a send to a CSV file that spreadsheets open right, and return how many they are."""
    every = lines(session, campaign_id, limit=_ALL, only=tuple(DeliveryState))
    header = [_("Time"), _("Friend"), _("Result"), _("Why")]
    return spreadsheet.write_table(path, header, (_row(line, day) for line in every))


def _row(line: DeliveryLine, day: ShopDay) -> list[str]:
    at = day.local(line.at).isoformat(" ", "seconds") if line.at else ""
    return [at, line.friend_name, _(STATE_WORDS[line.state]), line.why]
