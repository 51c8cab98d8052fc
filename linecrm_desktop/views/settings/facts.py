"""What the Settings screen reads of the shop, and the few things it writes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import testing
from linecrm_desktop.campaigns.testing import TesterRow
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.quiet_hours import QuietHours


@dataclass(frozen=True, slots=True)
class Channel:
    """The connected LINE account as the shop file knows it."""

    name: str
    basic_id: str
    quota: Quota
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """Everything that is set for this shop."""

    channel: Channel | None
    plan: str | None
    cap_messages: int
    cap_days: int
    quiet: QuietHours
    blocks_uninformed: bool
    extra_most: int | None
    testers: tuple[TesterRow, ...]


def read(session: Session) -> ShopSettings:
    """Read the shop's settings."""
    shop = session.get_one(Shop, 1)
    account = shop.line_account
    channel = None
    if account is not None:
        quota = Quota(shop.line_limit, shop.line_used or 0)
        channel = Channel(str(account.get("name", "")), str(account.get("basic_id", "")), quota, shop.line_read_at)
    return ShopSettings(
        channel,
        shop.plan,
        shop.cap_messages,
        shop.cap_days,
        QuietHours(shop.quiet_from, shop.quiet_to),
        shop.blocks_uninformed,
        shop.extra_most,
        tuple(testing.testers(session)),
    )


def set_cap(session: Session, messages: int, days: int) -> tuple[tuple[int, int], Changes]:
    """Let each friend get at most `messages` in `days` days (0 messages: no cap); return what was set before."""
    shop = session.get_one(Shop, 1)
    before = (shop.cap_messages, shop.cap_days)
    shop.cap_messages, shop.cap_days = messages, days
    return before, changes(Word.SETTINGS)


def set_quiet(session: Session, quiet: QuietHours) -> tuple[QuietHours, Changes]:
    """Send nothing in these hours; return those that were set before."""
    shop = session.get_one(Shop, 1)
    before = QuietHours(shop.quiet_from, shop.quiet_to)
    shop.quiet_from, shop.quiet_to = quiet.begins, quiet.ends
    return before, changes(Word.SETTINGS)


def set_most(session: Session, most: int | None) -> tuple[int | None, Changes]:
    """Let extra messages of a month cost at most so much, in smallest units; return what was set before."""
    shop = session.get_one(Shop, 1)
    before, shop.extra_most = shop.extra_most, most
    return before, changes(Word.SETTINGS)


def set_blocking(session: Session, blocks: bool) -> tuple[bool, Changes]:
    """Refuse sends to somebody who was not informed, or only warn; return what was set before."""
    shop = session.get_one(Shop, 1)
    before, shop.blocks_uninformed = shop.blocks_uninformed, blocks
    return before, changes(Word.SETTINGS)


def set_plan(session: Session, plan: str | None) -> tuple[None, Changes]:
    """Keep which message plan the shop has."""
    session.get_one(Shop, 1).plan = plan
    return None, changes(Word.SETTINGS)
