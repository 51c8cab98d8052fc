"""Writing a list of friends to a table that a spreadsheet opens right and cannot be made to run.

Tags marked sensitive never leave the shop file.
"""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop import spreadsheet
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import directory, own_fields, words
from linecrm_desktop.friends.directory import FriendRow
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.text import CURRENCY_DIGITS, _

_CHUNK = 2000


def write_table(
    session: Session, friend_ids: Sequence[int], path: Path, day: ShopDay, country: str, currency: str
) -> int:
    """Write these friends in this order; return how many. Raises OutsideError when it cannot."""
    sensitive = set(session.scalars(select(Tag.id).where(Tag.is_sensitive)))
    fields = own_fields.names(session)
    chunks = (friend_ids[start : start + _CHUNK] for start in range(0, len(friend_ids), _CHUNK))
    told = ((directory.rows(session, chunk), own_fields.of(session, chunk)) for chunk in chunks)
    cells = (
        [*_cells(row, day, country, currency, sensitive), *own_fields.cells(held.get(row.id, ()), fields)]
        for rows, held in told
        for row in rows
    )
    return spreadsheet.write_table(path, [*_head(currency), *fields], cells)


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


def _cells(row: FriendRow, day: ShopDay, country: str, currency: str, sensitive: set[int]) -> list[str]:
    digits = CURRENCY_DIGITS.get(currency, 2)
    return [
        row.name,
        row.member_number or "",
        words.phone(row.phone, country) if row.phone else "",
        row.email or "",
        "; ".join(tag.name for tag in row.tags if tag.id not in sensitive),
        str(row.orders),
        f"{row.spent / 10**digits:.{digits}f}",
        day.local(row.last_order_at).date().isoformat() if row.last_order_at else "",
        words.consent(row),
    ]
