"""Writing a list of friends to a CSV file that a spreadsheet opens right and cannot be made to run.

Tags marked sensitive never leave the shop file.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.friends import directory, words
from linecrm_desktop.friends.directory import FriendRow
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.text import CURRENCY_DIGITS, _

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CHUNK = 2000


def write_csv(
    session: Session, friend_ids: Sequence[int], path: Path, day: ShopDay, country: str, currency: str
) -> int:
    """Write these friends in this order, UTF-8 with BOM; return how many. Raises OutsideError when it cannot."""
    sensitive = set(session.scalars(select(Tag.id).where(Tag.is_sensitive)))
    written = 0
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_head(currency))
            for start in range(0, len(friend_ids), _CHUNK):
                for row in directory.rows(session, friend_ids[start : start + _CHUNK]):
                    writer.writerow([harmless(cell) for cell in _cells(row, day, country, currency, sensitive)])
                    written += 1
    except OSError as error:
        raise OutsideError(
            _("“{file}” cannot be written.").format(file=path.name),
            _("Close it if it is open in another program, or choose another folder. The shop is unchanged."),
            details=str(error),
        ) from error
    return written


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


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
