"""What a shop decides once about all its sends: quiet hours, frequency cap, limits, plan.

Each change gives the value before.
"""

from sqlalchemy.orm import Session

from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.quiet_hours import QuietHours


def set_cap(session: Session, messages: int, days: int) -> tuple[int, int]:
    """Let each friend get at most `messages` in `days` days (0 messages: no cap); return what was set before."""
    shop = session.get_one(Shop, 1)
    before = (shop.cap_messages, shop.cap_days)
    shop.cap_messages, shop.cap_days = messages, days
    return before


def quiet(session: Session) -> QuietHours:
    """Return the hours in which nothing is sent."""
    shop = session.get_one(Shop, 1)
    return QuietHours(shop.quiet_from, shop.quiet_to)


def set_quiet(session: Session, wanted: QuietHours) -> QuietHours:
    """Send nothing in these hours; return those that were set before."""
    shop, before = session.get_one(Shop, 1), quiet(session)
    shop.quiet_from, shop.quiet_to = wanted.begins, wanted.ends
    return before


def set_most(session: Session, most: int | None) -> int | None:
    """Let extra messages of a month cost at most so much, in smallest units; return what was set before."""
    shop = session.get_one(Shop, 1)
    before, shop.extra_most = shop.extra_most, most
    return before


def set_warning(session: Session, under: int | None) -> int | None:
    """Warn when fewer messages of the month are left; return what was set before."""
    shop = session.get_one(Shop, 1)
    before, shop.warn_under = shop.warn_under, under
    return before


def set_blocking(session: Session, blocks: bool) -> bool:
    """Refuse sends to somebody who was not informed, or only warn; return what was set before."""
    shop = session.get_one(Shop, 1)
    before, shop.blocks_uninformed = shop.blocks_uninformed, blocks
    return before
