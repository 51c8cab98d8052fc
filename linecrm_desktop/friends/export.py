"""Writing a list of friends to a table that a spreadsheet opens right and cannot be made to run.

Tags marked sensitive never leave the shop file, and each list that leaves is written down with what it is for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import access
from linecrm_desktop.consent.access import Asked
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import directory, own_fields, words
from linecrm_desktop.friends.directory import FriendRow
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.text import CURRENCY_DIGITS, _

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """How a list tells days, phones and money."""

    day: ShopDay
    country: str
    currency: str


def write_table(
    session: Session, friend_ids: Sequence[int], path: Path, told: Told, asked: Asked, about: str = access.FRIENDS
) -> int:
    """Write these friends in this order; return how many. Raises ShopError without a purpose, OutsideError."""
    sensitive = set(session.scalars(select(Tag.id).where(Tag.is_sensitive)))
    fields = own_fields.names(session)
    chunks = (friend_ids[start : start + _CHUNK] for start in range(0, len(friend_ids), _CHUNK))
    read = ((directory.rows(session, chunk), own_fields.of(session, chunk)) for chunk in chunks)
    cells = (
        [*_cells(row, told, sensitive), *own_fields.cells(held.get(row.id, ()), fields)]
        for rows, held in read
        for row in rows
    )
    return access.save_list(session, asked, about, path, [*_head(told.currency), *fields], cells)


def _head(currency: str) -> list[str]:
    return [
        _("Name"),
        _("Member number"),
        _("Phone"),
        _("E-mail"),
        _("Tags"),
        _("Orders"),
        _("Spent {currency}").format(currency=currency),
        _("Last order"),
        _("Consent"),
    ]


def _cells(row: FriendRow, told: Told, sensitive: set[int]) -> list[str]:
    digits = CURRENCY_DIGITS.get(told.currency, 2)
    return [
        row.name,
        row.member_number or "",
        words.phone(row.phone, told.country) if row.phone else "",
        row.email or "",
        "; ".join(tag.name for tag in row.tags if tag.id not in sensitive),
        str(row.orders),
        f"{row.spent / 10**digits:.{digits}f}",
        told.day.local(row.last_order_at).date().isoformat() if row.last_order_at else "",
        words.consent(row),
    ]
