"""The shop itself: who it is, where it is, and which LINE account it speaks through first. Exactly one row."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Row
from linecrm_desktop.models.line_account import LineAccount


class Shop(LineAccount, Row):
    """The one row that makes a file a shop, with its first LINE account."""

    __tablename__ = "shop"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    key: Mapped[str] = mapped_column(String(36))
    """A random UUID; the keyring entry of the token is named by it."""
    name: Mapped[str]
    country: Mapped[str] = mapped_column(String(2))
    currency: Mapped[str] = mapped_column(String(3))
    zone: Mapped[str]
    """IANA name of the shop's time zone."""
    is_practice: Mapped[bool] = mapped_column(default=False)
    """A practice shop speaks to the practice LINE on this computer and reaches nobody."""
    created_at: Mapped[datetime]
    cap_messages: Mapped[int] = mapped_column(default=2)
    cap_days: Mapped[int] = mapped_column(default=7)
    """Frequency cap: at most cap_messages accepted messages per friend in cap_days local days; 0 is no cap."""
    cap_wait_days: Mapped[int] = mapped_column(default=0, server_default="0")
    """Local days after the day of a purchase in which a friend gets nothing; 0: there is no waiting."""
    erasure_salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Random, made with the first erasure: hashes of erased people's keys can be compared within this shop only."""
    quiet_from: Mapped[int] = mapped_column(default=21 * 60, server_default="1260")
    """Quiet hours, in minutes of the shop's local day: nothing is sent from here to quiet_to. Equal: there are none."""
    quiet_to: Mapped[int] = mapped_column(default=8 * 60, server_default="480")
    blocks_uninformed: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Whether a send to somebody without a record of a privacy notice is refused; else it is a warning."""
    extra_most: Mapped[int | None] = mapped_column(BigInteger)
    """The most that extra messages may cost in a month, in smallest units; None: no limit of the shop's own."""
    request_days: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Days for the answer to a friend's request, by what it wants, where they differ from the country's."""
    own_prices: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Prices that a person wrote down, each from a day on, and when they were last checked (settings.prices)."""
    warn_under: Mapped[int | None]
    """A send that leaves fewer messages of the month than this is a warning; None: only the usual warnings."""
    people: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Names of who works for the shop, to choose from."""
    own_limits: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Numbers of settings.limits and settings.thresholds that a person changed, by their names."""
