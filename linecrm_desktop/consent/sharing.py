"""What left the shop in a list for ads stands in the ledger of each friend who was in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from linecrm_desktop.consent.ledger import PART
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind, Use
from linecrm_desktop.models.friend import Friend

_LINES = ConsentEntry.metadata.tables[ConsentEntry.__tablename__]
_FRIENDS = Friend.metadata.tables[Friend.__tablename__]


@dataclass(frozen=True, slots=True)
class Left:
    """A list that leaves, as the ledger names it."""

    list_id: int
    to_whom: str
    purpose: str
    what: str
    """The identifiers that left, by their codes with commas."""


def left(session: Session, friends: Iterable[int], told: Left, now: datetime) -> None:
    """Write into the ledgers of these friends that they are in a list which leaves now."""
    _write(session, friends, ConsentKind.SHARED, told, now)


def stayed(session: Session, friends: Iterable[int], told: Left, now: datetime) -> None:
    """Write into the ledgers of these friends that they did not leave with a list after all."""
    _write(session, friends, ConsentKind.NOT_SHARED, told, now)


def _write(session: Session, friends: Iterable[int], kind: ConsentKind, told: Left, now: datetime) -> None:
    chosen = list(dict.fromkeys(friends))
    line = {"at": now, "kind": kind, "through": told.to_whom, "purpose": told.purpose, "informed": "", "evidence": ""}
    line |= {"uses": str(Use.ADS), "collected": told.what, "list_id": told.list_id}
    values = [literal(value, _LINES.c[name].type) for name, value in line.items()]
    for start in range(0, len(chosen), PART):
        who = select(_FRIENDS.c.id, *values).where(_FRIENDS.c.id.in_(chosen[start : start + PART]))
        session.execute(insert(_LINES).from_select(["friend_id", *line], who))
