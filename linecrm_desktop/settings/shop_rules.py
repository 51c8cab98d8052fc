"""What a shop decides once about all its sends: quiet hours, frequency cap, limits, plan.

Each change gives the value before.
"""

from sqlalchemy.orm import Session

from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.quiet_hours import QuietHours
from linecrm_desktop.text import _, ngettext, number

WAIT_MOST = 90
"""So many days after a purchase a friend can be left alone at most."""


def set_cap(session: Session, messages: int, days: int) -> tuple[int, int]:
    """Let each friend get at most `messages` in `days` days (0 messages: no cap); return what was set before."""
    shop = session.get_one(Shop, 1)
    before = (shop.cap_messages, shop.cap_days)
    shop.cap_messages, shop.cap_days = messages, days
    return before


def set_wait(session: Session, days: int) -> int:
    """Send a friend nothing for so many days after a purchase (0: no waiting); return what was set before."""
    shop = session.get_one(Shop, 1)
    before, shop.cap_wait_days = shop.cap_wait_days, days
    return before


def waiting_words(days: int) -> str:
    """Say how long a friend gets nothing after a purchase."""
    if not days:
        return _("After a purchase there is no waiting.")
    words = ngettext(
        "A friend gets nothing for {n} day after a purchase.",
        "A friend gets nothing for {n} days after a purchase.",
        days,
    )
    return words.format(n=number(days))


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
