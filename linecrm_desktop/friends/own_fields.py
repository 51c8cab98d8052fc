"""What a shop knows of its friends in fields of its own: birthday, points, skin type, whatever its files had."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.field import Field, FieldKind, FriendField
from linecrm_desktop.text import _, long_date, number

JOINT = "; "
"""What stands between the entries of a list in one cell."""
_WINDOW = 500
"""Friends asked for at once, clear of SQLite's limit on parameters."""


@dataclass(frozen=True, slots=True)
class OwnValue:
    """What one field holds for one friend: one entry, or several where it is a list. Dates are ISO texts."""

    field: str
    kind: FieldKind
    entries: tuple[str, ...]


def names(session: Session) -> list[str]:
    """Return what the shop's fields are called, in the order of a list."""
    return list(session.scalars(select(Field.name).order_by(Field.name_key)))


def of(session: Session, friend_ids: Sequence[int]) -> dict[int, tuple[OwnValue, ...]]:
    """Return the filled fields of these friends, in the order of their names."""
    found: dict[int, dict[tuple[str, FieldKind], list[str]]] = {}
    for start in range(0, len(friend_ids), _WINDOW):
        entries = (
            select(FriendField.friend_id, Field.name, Field.kind, FriendField.text)
            .join(Field, Field.id == FriendField.field_id)
            .where(FriendField.friend_id.in_(friend_ids[start : start + _WINDOW]))
            .order_by(FriendField.friend_id, Field.name_key, FriendField.place)
        )
        for friend, name, kind, text in session.execute(entries):
            found.setdefault(friend, {}).setdefault((name, kind), []).append(text)
    return {
        friend: tuple(OwnValue(name, kind, tuple(told)) for (name, kind), told in fields.items())
        for friend, fields in found.items()
    }


def cells(values: Iterable[OwnValue], fields: Sequence[str]) -> list[str]:
    """Return what these fields hold for a friend, as cells of a table; dates in their ISO form."""
    held = {value.field: JOINT.join(value.entries) for value in values}
    return [held.get(name, "") for name in fields]


def entries(name: str, kind: FieldKind, typed: str) -> list[str]:
    """Return what a person typed into a field as it is kept. Raises ShopError when it does not fit its kind."""
    text = " ".join(typed.split())
    if not text:
        return []
    if kind is FieldKind.LIST:
        return list(dict.fromkeys(part for one in text.split(JOINT.strip()) if (part := one.strip())))
    try:
        if kind is FieldKind.DATE:
            return [date.fromisoformat(text.replace("/", "-")).isoformat()]
        if kind is FieldKind.NUMBER:
            return [_number(text)]
    except ValueError as error:
        raise _misfit(name, kind) from error
    return [text]


def _number(text: str) -> str:
    plain = text.replace(",", "")
    if not math.isfinite(float(plain)):
        raise ValueError(text)
    return plain


def _misfit(name: str, kind: FieldKind) -> ShopError:
    if kind is FieldKind.DATE:
        return ShopError(_("“{field}” is not a date.").format(field=name), _("Write it as 1990-05-31."))
    return ShopError(_("“{field}” is not a number.").format(field=name), _("Write digits only, such as 1200 or 3.5."))


def shown(value: OwnValue) -> str:
    """Write what a field holds as a person reads it."""
    if value.kind is FieldKind.DATE:
        return long_date(date.fromisoformat(value.entries[0]))
    if value.kind is FieldKind.NUMBER:
        return number(float(value.entries[0]), len(value.entries[0].partition(".")[2]))
    return _(", ").join(value.entries)
