"""The whole ledger as a list: every line of every friend, the last written first, searched and narrowed.

As with friends, a list is one vector of line numbers, made once; its rows are read by number, a window at a time.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import notices
from linecrm_desktop.consent.ledger import LedgerLine, line_of
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import taken_out
from linecrm_desktop.friends.directory import WINDOW
from linecrm_desktop.friends.searching import found
from linecrm_desktop.friends.taken_out import TakenOut
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind, Use
from linecrm_desktop.models.friend import Friend


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Which lines. The search finds friends as everywhere, and words in what a line says."""

    search: str = ""
    kind: ConsentKind | None = None
    use: Use | None = None
    """Only lines about this use of the data."""
    since: date | None = None
    """The first local day that is looked at; None: from the beginning."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line with its friend, as a list shows it."""

    line: LedgerLine
    friend_id: int | None
    """None: the person was erased; the line stays without them."""
    friend: str
    notice: str = ""
    """The version and language of the notice that was told."""
    out: TakenOut = field(default_factory=TakenOut)
    """What a refusal took the friend out of."""

    @property
    def id(self) -> int:
        """The number of the line."""
        return self.line.id


@dataclass(frozen=True, slots=True)
class Happening:
    """Lines that were written together, as one: an import that told 19 refusals is one thing that happened."""

    row: LedgerRow
    """The last of the lines."""
    friends: int


_RECENT = 5_000
"""So many of the newest lines are looked through for what happened last."""


def ids(session: Session, query: LedgerQuery, day: ShopDay) -> "array[int]":
    """Return the numbers of all lines the query asks for, the newest first."""
    chosen = select(ConsentEntry.id).where(*_conditions(query, day)).order_by(ConsentEntry.id.desc())
    return array("q", session.scalars(chosen))


def count(session: Session) -> int:
    """Return how many lines the ledger has."""
    return session.scalar(select(func.count()).select_from(ConsentEntry)) or 0


def rows(session: Session, line_ids: Sequence[int]) -> list[LedgerRow]:
    """Return these lines in the order given."""
    found_rows: dict[int, LedgerRow] = {}
    known = notices.labels(session)
    for start in range(0, len(line_ids), WINDOW):
        window = list(line_ids[start : start + WINDOW])
        lines = session.execute(_lines().where(ConsentEntry.id.in_(window))).all()
        refusals = [one for one in (taken_out.refused(line) for line, _name in lines) if one is not None]
        out = taken_out.of(session, refusals)
        found_rows |= {line.id: _row(line, name, known, out.get(line.id, TakenOut())) for line, name in lines}
    return [found_rows[line] for line in line_ids if line in found_rows]


def newest(session: Session, limit: int) -> list[Happening]:
    """Return what was written down last, lines of one moment and kind as one."""
    line_of = ConsentEntry
    together = (line_of.at, line_of.kind, line_of.batch_id, line_of.through, line_of.evidence)
    edge = (session.scalar(select(func.max(ConsentEntry.id))) or 0) - _RECENT
    last, first = func.max(ConsentEntry.id), func.min(ConsentEntry.id)
    recent = select(last, first, func.count()).where(ConsentEntry.id > edge).group_by(*together)
    counted: dict[int, int] = {}
    for line, begins, friends in session.execute(recent.order_by(last.desc()).limit(limit)):
        goes_on = begins == edge + 1 and friends > 1
        counted[line] = _together(session, line, together) if goes_on else friends
    return [Happening(row, counted[row.id]) for row in rows(session, list(counted))]


def _together(session: Session, line: int, columns: Sequence[Any]) -> int:
    """Count all lines that were written together with a line, however many there are."""
    told = session.execute(select(*columns).where(ConsentEntry.id == line)).one()
    same = [column.is_not_distinct_from(value) for column, value in zip(columns, told, strict=True)]
    return session.scalar(select(func.count()).select_from(ConsentEntry).where(*same)) or 0


def _lines() -> Select[ConsentEntry, str]:
    """Name every line with its friend; the name is None in a line whose person was erased."""
    return select(ConsentEntry, Friend.name).outerjoin(Friend, Friend.id == ConsentEntry.friend_id)


def _conditions(query: LedgerQuery, day: ShopDay) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    words = query.search.strip()
    if words:
        said = (ConsentEntry.through, ConsentEntry.purpose, ConsentEntry.evidence)
        friends = select(Friend.id).where(and_(*found(words)))
        wanted.append(
            or_(ConsentEntry.friend_id.in_(friends), *(one.icontains(words, autoescape=True) for one in said))
        )
    if query.kind is not None:
        wanted.append(ConsentEntry.kind == query.kind)
    if query.use is not None:
        wanted.append(_is_about(query.use))
    if query.since is not None:
        wanted.append(ConsentEntry.at >= day.start_of(query.since))
    return wanted


def _is_about(use: Use) -> ColumnElement[bool]:
    """Say of a line whether it is about a use; answers older than the column that says so are about marketing."""
    named = ("," + ConsentEntry.uses + ",").contains(f",{use},")
    if use is not Use.MARKETING:
        return named
    return or_(named, ConsentEntry.kind.in_((ConsentKind.REFUSED, ConsentKind.ALLOWED)))


def _row(line: ConsentEntry, name: str | None, known: Mapping[int, str], out: TakenOut) -> LedgerRow:
    return LedgerRow(line_of(line), line.friend_id, name or "", known.get(line.notice_id or 0, ""), out)
