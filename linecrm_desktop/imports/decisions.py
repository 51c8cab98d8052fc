"""Rows whose keys speak of several friends: who they could be, side by side, for a person to decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.imports.reading import RowReader
from linecrm_desktop.imports.text_rows import Line
from linecrm_desktop.models.friend import Friend

FIELDS = ("name", "line_user_id", "member_number", "email", "phone")
"""What is compared."""
MOST = 6
"""Most friends that are offered; a phone of a whole office would give a list that nobody reads."""


@dataclass(frozen=True, slots=True)
class Person:
    """Values by FIELDS of the row or of a friend; `id` is None for the row."""

    id: int | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One row and the friends that it could be."""

    line: int
    row: Person
    friends: tuple[Person, ...]


def decision(session: Session, plan: ImportPlan, line: int, cells: Sequence[str]) -> Decision:
    """Return who a row could be: every friend who has one of its keys, the strongest keys first."""
    read = RowReader(plan).read([Line(line, list(cells))]).columns
    row = {field: read[field][0] if field in read else None for field in FIELDS}
    told = {field: value for field, value in row.items() if value is not None}
    by = [field for field in told if field != "name"] or list(told)  # orders may name their buyer by name alone
    keys = [getattr(Friend, field) == told[field] for field in by]
    found = session.scalars(select(Friend).where(or_(*keys)).order_by(Friend.id).limit(MOST)) if keys else ()
    friends = [Person(friend.id, tuple(getattr(friend, field) or "" for field in FIELDS)) for friend in found]
    return Decision(line, Person(None, tuple(value or "" for value in row.values())), tuple(friends))
