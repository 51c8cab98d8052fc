"""Finds the friends whom a list names by their keys: one key a line, in the first column of a CSV or text file."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import BindParameter, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.text import _, number

KEYS_MAX = 100_000
_PART = 10_000


@dataclass(frozen=True, slots=True)
class NamedInFile:
    """The friends of a list, and the keys that belong to nobody of the shop."""

    friends: tuple[int, ...]
    unknown: tuple[str, ...]

    def query(self) -> Select[int]:
        """Return the query for the friends' ids; written into the statement, for there may be very many."""
        ids: BindParameter[int] = bindparam("friends", list(self.friends), expanding=True, literal_execute=True)
        return select(Friend.id).where(Friend.id.in_(ids))


def read(session: Session, path: Path) -> NamedInFile:
    """Read a list of member numbers or LINE user IDs; a first line that names nobody is taken for a heading.

    Raises ShopError when the file cannot be read, is no UTF-8 text, or is too long.
    """
    keys = list(dict.fromkeys(_keys(path)))
    if len(keys) > KEYS_MAX:
        most = _("“{file}” has more than {n} lines.").format(file=path.name, n=number(KEYS_MAX))
        raise ShopError(most, _("Divide it. Nothing was changed."))
    found: dict[str, int] = {}
    for start in range(0, len(keys), _PART):
        found |= _found(session, keys[start : start + _PART])
    unknown = [key for place, key in enumerate(keys) if key not in found and place]
    if keys and keys[0] not in found and len(keys) == 1:
        unknown = keys
    return NamedInFile(tuple(dict.fromkeys(found[key] for key in keys if key in found)), tuple(unknown))


def _keys(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                if row and row[0].strip():
                    yield row[0].strip()
    except OSError as error:
        raise ShopError(
            _("“{file}” cannot be read.").format(file=path.name), _("Check the name and try again.")
        ) from error
    except (ValueError, csv.Error) as error:
        raise ShopError(
            _("“{file}” is not a list in UTF-8.").format(file=path.name),
            _("Save it as CSV UTF-8, one member number or LINE user ID a line."),
        ) from error


def _found(session: Session, keys: Sequence[str]) -> dict[str, int]:
    by_key = or_(Friend.member_number.in_(keys), Friend.line_user_id.in_(keys))
    found: dict[str, int] = {}
    for friend, member, line in session.execute(
        select(Friend.id, Friend.member_number, Friend.line_user_id).where(by_key)
    ):
        found |= {key: friend for key in (line, member) if key is not None}
    return found
