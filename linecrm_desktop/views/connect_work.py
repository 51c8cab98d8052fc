"""What the connect dialog has done off the GUI thread: asking LINE about a token, and keeping it where it is safe."""

from dataclasses import dataclass
from datetime import datetime

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.campaigns.connecting import Verified
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.models.shop import Shop
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
    """Keep the token in its safe place, then what LINE said in the shop file. Raises OutsideError."""
    if agreed.tokens is not None:
        agreed.tokens.set(agreed.shop_key, agreed.verified.account.user_id, agreed.token)
    with database.write() as session:
        connecting.remember(session, agreed.verified, agreed.host, now)
        connecting.choose_plan(session, agreed.plan)


def forget(database: Database, shop_key: str, tokens: TokenStore | None) -> None:
    """Take the token out of its place and the channel out of the shop file; what was sent stays."""
    with database.read() as session:
        account = session.get_one(Shop, 1).line_account or {}
    if tokens is not None and account.get("user_id"):
        tokens.delete(shop_key, str(account["user_id"]))
    with database.write() as session:
        shop = session.get_one(Shop, 1)
        shop.line_account = shop.line_host = None
        shop.line_limit = shop.line_used = shop.line_reach = shop.line_read_at = None
