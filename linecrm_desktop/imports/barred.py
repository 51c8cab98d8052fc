"""Rows of people who asked to be erased are left out, whatever the file says: an import brings nobody back.

Nothing is asked of the rows while nobody is erased. Else each key is hashed once, and only rows that hit are looked at
one by one. The cells of such a row are not kept either.
"""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from linecrm_desktop.consent import erased
from linecrm_desktop.consent.erased import SURE, WEAK, KeyKind, Keys, Register
from linecrm_desktop.imports import staging
from linecrm_desktop.imports.columns import OTHER_LINE_ID
from linecrm_desktop.imports.people import DECIDED, FRIEND, S
from linecrm_desktop.imports.staging import STAGE

WHY = "erased"
_PEOPLE = (*SURE, *WEAK)
_AT_ONCE = 500
Found = dict[int, datetime]
"""Lines to leave out, and when their person was erased."""


def reject(session: Session, filled: Set[str], *, orders: bool = False) -> None:
    """Leave the rows of erased people out. Call it when rows know their friends and before anybody new is made."""
    register = erased.register(session)
    if not register:
        return
    kinds = [kind for kind in _PEOPLE if str(kind) in filled]
    columns = {kind: S[str(kind)] for kind in kinds} | ({KeyKind.ORDER: S.number} if orders else {})
    if OTHER_LINE_ID in filled:  # a file has the ids of one account
        columns[KeyKind.LINE_USER_ID] = S.other_line_id
    found = _barred(session, register, columns)
    if not found:
        return
    _follow(session, found, kinds)
    if orders:
        _spread(session, found, S.number, ())
    zone = erased.zone(session)
    told = [
        {"row": line, "why": WHY, "sentence": erased.row_sentence(at, zone), "fix": None} for line, at in found.items()
    ]
    staging.refuse(session, told)
    # What such a row says of consent must not go to whom it seemed to be.
    session.execute(update(STAGE).where(S.verdict == "rejected", S.why == WHY).values(friend_id=None))


def _barred(session: Session, register: Register, columns: dict[KeyKind, Any]) -> Found:
    """Return the rows whose own keys keep them out."""
    kinds = list(columns)
    rows = session.execute(select(S.line, S.friend_id, S.found, *columns.values()).execution_options(yield_per=10_000))
    hit: list[tuple[int, int | None, Any, Keys]] = []
    for line, friend, how, *cells in rows:
        keys = {kind: cell for kind, cell in zip(kinds, cells, strict=True) if cell is not None}
        if register.hits(keys):
            hit.append((line, friend, how, keys))
    friends = _keys_of(session, {friend for _line, friend, _how, _keys in hit if friend is not None})
    found: Found = {}
    for line, friend, how, keys in hit:
        bars = register.barring(keys, None if friend is None else friends.get(friend))
        if how == DECIDED:  # a person said who it is: what families share says no more than that
            bars = [one for one in bars if one.kind not in WEAK]
        if bars:
            found[line] = min(one.at for one in bars)
    return found


def _keys_of(session: Session, friends: Set[int]) -> dict[int, Keys]:
    told: dict[int, Keys] = {}
    for part in _parts(friends):
        query = select(FRIEND.c.id, *(FRIEND.c[str(kind)] for kind in _PEOPLE)).where(FRIEND.c.id.in_(part))
        for friend, *cells in session.execute(query):
            told[friend] = {kind: cell for kind, cell in zip(_PEOPLE, cells, strict=True) if cell is not None}
    return told


def _follow(session: Session, found: Found, kinds: list[KeyKind]) -> None:
    """Leave out too who is nobody of the shop and shares a key with a row that is left out, and so on."""
    while True:
        before = len(found)
        for kind in kinds:
            if kind is not KeyKind.PHONE:
                _spread(session, found, S[str(kind)], (S.friend_id.is_(None),))
        if len(found) == before:
            return


def _spread(session: Session, found: Found, column: Any, conditions: tuple[Any, ...]) -> None:
    """Leave out the rows that have the same value in a column as one that is left out."""
    values: dict[Any, datetime] = {}
    for part in _parts(found):
        for line, value in session.execute(select(S.line, column).where(S.line.in_(part), column.is_not(None))):
            values[value] = found[line]
    for part in _parts(values):
        for line, value in session.execute(select(S.line, column).where(column.in_(part), *conditions)):
            found.setdefault(line, values[value])


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(values)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
