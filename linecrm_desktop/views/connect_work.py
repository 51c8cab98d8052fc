"""What the connect dialog has done off the GUI thread: asking LINE about a token, and keeping it where it is safe."""

from dataclasses import dataclass
from datetime import datetime

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.campaigns.connecting import Verified
from linecrm_desktop.channels import accounts
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.settings.secrets import TokenStore
from linecrm_desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Asked:
    """LINE's answer, and where the token can be kept; without a place, why not."""

    verified: Verified
    place: str
    no_place: OutsideError | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person confirmed. `tokens` None: a practice shop, whose token is no secret."""

    verified: Verified
    token: str
    host: str | None
    plan: str | None
    shop_key: str
    tokens: TokenStore | None
    channel_id: int | None = None
    """The further account that gets a new token; None: the shop's first, unless it is a new one."""
    is_new: bool = False
    """Whether it is one more account."""
    shares_ids: bool = False


def ask_line(door: LineDoor, token: str, tokens: TokenStore | None, now: datetime) -> Asked:
    """Ask LINE whose token this is, and the computer where it can be kept. Raises OutsideError."""
    line = door.client(token)
    try:
        verified = connecting.verify(line, now)
    finally:
        line.close()
    try:
        return Asked(verified, tokens.place_name() if tokens is not None else "", None)
    except OutsideError as error:
        return Asked(verified, "", error)


def keep(database: Database, agreed: Agreed, now: datetime) -> None:
    """Keep the token in its safe place, then what LINE said in the shop file. Raises OutsideError and ShopError."""
    verified, channel_id = agreed.verified, agreed.channel_id
    with database.read() as session:  # before the token goes anywhere
        if agreed.is_new:
            connecting.check_new(session, verified)
        else:
            connecting.check(session, verified, channel_id)
    if agreed.tokens is not None:
        agreed.tokens.set(agreed.shop_key, verified.account.user_id, agreed.token)
    with database.write() as session:
        if agreed.is_new:
            channel_id = connecting.add(session, verified, agreed.host, now, shares_ids=agreed.shares_ids)
        else:
            connecting.remember(session, verified, agreed.host, now, channel_id)
        connecting.choose_plan(session, agreed.plan, channel_id)


def forget(database: Database, shop_key: str, tokens: TokenStore | None, channel_id: int | None = None) -> None:
    """Take the token out of its place and the account's facts out of the shop file; what was sent stays."""
    with database.read() as session:
        user_id = accounts.account(session, channel_id).user_id
    if tokens is not None and user_id:
        tokens.delete(shop_key, user_id)
    with database.write() as session:
        connecting.forget(session, channel_id)


def remove(database: Database, shop_key: str, tokens: TokenStore | None, channel_id: int, now: datetime) -> None:
    """Take a further account out of the shop, and its token out of its place. Raises ShopError while it sends."""
    with database.write() as session:
        user_id = connecting.remove(session, channel_id, now)
    if tokens is not None and user_id:
        tokens.delete(shop_key, user_id)
