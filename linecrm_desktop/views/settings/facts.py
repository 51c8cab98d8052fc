"""What the Settings screen reads of the shop, and the few things it writes."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import testing
from linecrm_desktop.campaigns.testing import TesterRow
from linecrm_desktop.channels import accounts, ids
from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.requests import deadlines
from linecrm_desktop.settings import limits, own_prices, people, shop_rules
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.settings.quiet_hours import QuietHours


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """Everything that is set for this shop."""

    accounts: tuple[AccountRow, ...]
    """The shop's LINE accounts, the first one first."""
    cap_messages: int
    cap_days: int
    cap_wait_days: int
    quiet: QuietHours
    blocks_uninformed: bool
    extra_most: int | None
    testers: tuple[TesterRow, ...]
    request_days: deadlines.Days
    plans: tuple[Plan, ...]
    """What LINE's plans cost today, with the shop's own prices."""
    prices_checked: date | None
    warn_under: int | None
    sizes: dict[str, int]
    people: tuple[str, ...] = ()
    friends: dict[int | None, int] = field(default_factory=dict)
    """How many friends each of several accounts reaches, by its number; empty where there is one account."""


def read(session: Session, today: date) -> ShopSettings:
    """Read the shop's settings; prices are those of today."""
    shop = session.get_one(Shop, 1)
    known = tuple(accounts.rows(session))
    return ShopSettings(
        known,
        shop.cap_messages,
        shop.cap_days,
        shop.cap_wait_days,
        QuietHours(shop.quiet_from, shop.quiet_to),
        shop.blocks_uninformed,
        shop.extra_most,
        tuple(testing.testers(session)),
        deadlines.days(session),
        tuple(own_prices.plans_of(shop, today)),
        own_prices.checked_on(shop),
        shop.warn_under,
        limits.in_use(session),
        people.names(session),
        {row.channel_id: ids.reachable(session, row.channel_id) for row in known if len(known) > 1},
    )


def set_cap(session: Session, messages: int, days: int) -> tuple[tuple[int, int], Changes]:
    """Set the frequency cap, and say what that changes."""
    return shop_rules.set_cap(session, messages, days), changes(Word.SETTINGS)


def set_quiet(session: Session, quiet: QuietHours) -> tuple[QuietHours, Changes]:
    """Set the quiet hours, and say what that changes."""
    return shop_rules.set_quiet(session, quiet), changes(Word.SETTINGS)


def set_most(session: Session, most: int | None) -> tuple[int | None, Changes]:
    """Set the month's limit for extra messages, and say what that changes."""
    return shop_rules.set_most(session, most), changes(Word.SETTINGS)


def set_blocking(session: Session, blocks: bool) -> tuple[bool, Changes]:
    """Set whether friends who were not informed stop a send, and say what that changes."""
    return shop_rules.set_blocking(session, blocks), changes(Word.SETTINGS)
