"""What the shop file keeps of one LINE Official Account: the shop's first one, or a further channel."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column


class LineAccount:
    """Columns that every account has. Its token is in the computer's password store and nowhere else."""

    line_host: Mapped[str | None]
    """Address of the Messaging API when it is not LINE's own (https, or loopback)."""
    line_account: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What LINE said about the channel at the last verification: name, basic_id, user_id, may_read_friends."""
    line_limit: Mapped[int | None]
    """Messages allowed this month as LINE said; None with line_read_at set means no limit by LINE's answer."""
    line_used: Mapped[int | None]
    line_reach: Mapped[int | None]
    """Target reach (friends who have not blocked the account) as LINE said."""
    line_read_at: Mapped[datetime | None]
    line_coupons: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    """The account's coupons as LINE last listed them, each with id and title."""
    line_coupons_at: Mapped[datetime | None]
    plan: Mapped[str | None]
    """Key of the message plan in the dated price table, confirmed by a person."""

    @property
    def told(self) -> dict[str, Any]:
        """What LINE said about the channel; empty while it is not connected."""
        return self.line_account or {}

    @property
    def called(self) -> str:
        """What LINE calls the account; empty while it is not connected."""
        return str(self.told.get("name", ""))

    @property
    def user_id(self) -> str:
        """LINE's id of the account itself, by which its token is kept; empty while it is not connected."""
        return str(self.told.get("user_id", ""))

    @property
    def has_left(self) -> bool:
        """Whether it was removed from the shop, so that nothing goes through it any more."""
        return False
