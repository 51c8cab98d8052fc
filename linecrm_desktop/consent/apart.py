"""Refusals that outlive every older copy of the shop: kept apart from the file, and applied again to any copy of it.

A refusal is written into the shop file first, and into the file apart at once after; what a crash leaves out is caught
up when the shop is opened next. A person is known again by the row in the file, else by keys, all of them hashed.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, func, not_, select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import ledger, uses
from linecrm_desktop.consent.erased import SURE, WEAK
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.channel import ChannelFriend
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind, Use
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.apart_file import ApartFile
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _, long_date

PURPOSES = tuple(Use)
"""What can be refused. Whoever refuses service refuses the others too, by a line of each."""
_KINDS = (*SURE, *WEAK)
_BESIDE = select(func.min(ChannelFriend.line_user_id)).where(ChannelFriend.friend_id == Friend.id).scalar_subquery()
KEYS = (func.coalesce(Friend.line_user_id, _BESIDE), *(getattr(Friend, kind) for kind in _KINDS[1:]))
"""The keys of a friend, in the order of SURE and WEAK; whom only a further account knows has the id of that account."""
_REACHED_BY = frozenset({"friend", "channel_friend", *(f"friend.{kind}" for kind in _KINDS)})
_WRITTEN_OF = _REACHED_BY | {"consent_entry", "friend.marketing", *(f"friend.{name}" for name in uses.COLUMNS.values())}
_REFUSED = (ConsentKind.REFUSED, ConsentKind.USE_REFUSED)
_TAKEN_BACK = (ConsentKind.CORRECTED, ConsentKind.ALLOWED, ConsentKind.USE_ALLOWED)
Hashes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal as it is kept apart: when, and whose, by hashes."""

    at: datetime
    friend: int
    row: str
    """Says with the number that it is the same row, not a later one that got the number again."""
    keys: Hashes

    def is_of(self, keys: Hashes) -> bool:
        """Whether somebody with these keys is the one who refused: a sure key decides, then an e-mail or phone."""
        both = [kind for kind in SURE if kind in self.keys and kind in keys]
        if both:
            return any(self.keys[kind] == keys[kind] for kind in both)
        return any(kind in self.keys and self.keys[kind] == keys.get(kind) for kind in WEAK)


class Refusals:
    """The refusals of one use in one shop, beside the file that is open. Any thread that writes may tell of them."""

    def __init__(self, file: ApartFile, now: datetime, purpose: Use = Use.MARKETING) -> None:
        self._file = file
        self._purpose = purpose
        self._opened = now
        self._lock = Lock()
        self._kept: dict[str, Refusal] = {}
        self._here: dict[int, str] = {}
        """Friends of the open file who refuse, with the hash of their row."""
        self._created: dict[int, datetime] = {}
        self._elsewhere: list[Refusal] = []
        """Refusals whose friend is not in this file: an older copy, into which they may come again."""
        self._undone: set[int] = set()
        """Whose refusals go with an import that this very transaction takes back."""
        for line in file.lines():
            with suppress(KeyError, TypeError, ValueError, AttributeError):
                self._take(line)

    def is_behind(self, session: Session) -> bool:
        """Whether a shop file does not know all that is kept apart; looks only."""
        self._look(session)
        return bool(self._missing(session))

    def catch_up(self, session: Session, now: datetime) -> list[int]:
        """Apply what this file does not know, once it is opened; return the friends who refuse again."""
        self._look(session)
        self._drop_corrected(session)
        return self._refuse(session, self._missing(session), now)

    def before_commit(self, session: Session, written: Set[str]) -> None:
        """Let nobody into the shop, in this very transaction, who refused in a newer file."""
        self._undone = set()
        if self._elsewhere and written & _REACHED_BY:
            newest = session.scalar(select(func.max(Friend.created_at))) or self._opened
            self._refuse(session, self._by_keys(session), max(newest, self._opened))

    def before_undo(self, before: Session, session: Session) -> None:
        """See whose refusals go with an import that is about to be taken back, and with nothing else.

        `before` sees the shop without this transaction. What others wrote until then is kept apart first: whom another
        computer erased meanwhile still refuses.
        """
        self.after_commit(before, _WRITTEN_OF)
        still = set(session.scalars(select(Friend.id).where(uses.is_refused(self._purpose))))
        self._undone = self._here.keys() - still

    def after_commit(self, session: Session, written: Set[str]) -> None:
        """Keep apart what was refused, and what was taken back by a person, in what was just written.

        A refusal outlives the friend's row: who is erased or taken out of the shop still refuses. Those go who refused
        in an import alone that a person took back.
        """
        if not written & _WRITTEN_OF:
            return
        with self._lock:
            before = self._here
            self._look(session)
            gone = {friend: row for friend, row in before.items() if self._here.get(friend) != row}
            there = self._rows(session, list(gone))
            gone = {friend: row for friend, row in gone.items() if friend in self._undone or there.get(friend) == row}
            self._add([*self._withdrawals(gone.values()), *self._new(session, also_known=bool(written & _REACHED_BY))])

    def keep(self, session: Session) -> None:
        """Keep apart what the open file alone knows: a crash may have come between."""
        with self._lock:
            self._look(session)
            self._add(self._new(session))

    def _take(self, line: Mapping[str, Any]) -> None:
        if line.get("purpose") != self._purpose:
            return
        if line["what"] == "refused":
            at = datetime.fromisoformat(line["at"])
            self._kept[line["row"]] = Refusal(at, int(line["friend"]), line["row"], dict(line["keys"]))
        elif line["what"] == "withdrawn":
            self._kept.pop(line["row"], None)

    def _row(self, friend: int, created: datetime) -> str:
        return self._file.hashed("row", f"{friend} {created.isoformat()}")

    def _hashes(self, cells: Iterable[str | None]) -> Hashes:
        told = zip(_KINDS, cells, strict=True)
        return {str(kind): self._file.hashed(kind, cell) for kind, cell in told if cell is not None and cell.strip()}

    def _look(self, session: Session) -> None:
        """See who refuses in this file."""
        found = session.execute(select(Friend.id, Friend.created_at).where(uses.is_refused(self._purpose)))
        known = self._here
        created_before, self._created = self._created, {friend: created for friend, created in found}
        self._here = {
            friend: known[friend] if created_before.get(friend) == created else self._row(friend, created)
            for friend, created in self._created.items()
        }
        if known != self._here or not known:
            self._find_elsewhere(session)

    def _find_elsewhere(self, session: Session) -> None:
        here = set(self._here.values())
        away = [refusal for refusal in self._kept.values() if refusal.row not in here]
        there = self._rows(session, [refusal.friend for refusal in away])
        self._elsewhere = [refusal for refusal in away if there.get(refusal.friend) != refusal.row]

    def _rows(self, session: Session, friends: list[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for start in range(0, len(friends), ledger.PART):
            part = friends[start : start + ledger.PART]
            rows = session.execute(select(Friend.id, Friend.created_at).where(Friend.id.in_(part)))
            found.update({friend: self._row(friend, created) for friend, created in rows})
        return found

    def _missing(self, session: Session) -> dict[int, Refusal]:
        """Return friends of this file who refused in a newer one and do not refuse here."""
        here = set(self._here.values())
        away = [refusal for refusal in self._kept.values() if refusal.row not in here]
        there = self._rows(session, [refusal.friend for refusal in away])
        same = {refusal.friend: refusal for refusal in away if there.get(refusal.friend) == refusal.row}
        return {**self._by_keys(session), **same}

    def _by_keys(self, session: Session) -> dict[int, Refusal]:
        if not self._elsewhere:
            return {}
        known: dict[str, list[Refusal]] = {}
        for refusal in self._elsewhere:
            for hashed in refusal.keys.values():
                known.setdefault(hashed, []).append(refusal)
        found: dict[int, Refusal] = {}
        people = session.execute(select(Friend.id, *KEYS).where(not_(uses.is_refused(self._purpose))))
        for friend, *cells in people:
            keys = self._hashes(cells)
            theirs = (one for hashed in keys.values() for one in known.get(hashed, ()) if one.is_of(keys))
            refusal = max(theirs, key=lambda one: one.at, default=None)
            if refusal is not None:
                found[friend] = refusal
        return found

    def _drop_corrected(self, session: Session) -> None:
        """Let refusals go that this file took back later, by a correction that a crash kept out of the file apart."""
        missing = [one for one in self._missing(session).items() if one[1].friend == one[0]]
        lines: list[Mapping[str, Any]] = []
        for friend, refusal in missing:
            of_friend = (ConsentEntry.friend_id == friend, ConsentEntry.at >= refusal.at)
            taken_back = select(ConsentEntry.id).where(*of_friend, *self._lines(*_TAKEN_BACK))
            by_hand = taken_back.where(ConsentEntry.batch_id.is_(None)).limit(1)
            if session.scalar(by_hand) is not None:
                lines += self._withdrawals([refusal.row])
        self._add(lines)

    def _lines(self, *kinds: ConsentKind) -> tuple[ColumnElement[bool], ...]:
        """Say of the ledger's lines which are of this use. Those about marketing need not name it: old ones do not."""
        about = () if self._purpose is Use.MARKETING else (ConsentEntry.uses == str(self._purpose),)
        return (ConsentEntry.kind.in_(kinds), *about)

    def _refuse(self, session: Session, missing: Mapping[int, Refusal], now: datetime) -> list[int]:
        zone = session.scalars(select(Shop.zone)).one()
        days = {friend: ShopDay.of(refusal.at, zone).today for friend, refusal in missing.items()}
        newly: list[int] = []
        for day, friends in groupby(sorted(days, key=lambda friend: (days[friend], friend)), key=days.__getitem__):
            how = _("Refused on {day}: kept apart from an older copy of the shop.").format(day=long_date(day))
            newly += uses.refuse_only(session, list(friends), self._purpose, how, now)
        return newly

    def _new(self, session: Session, *, also_known: bool = False) -> Iterator[Mapping[str, Any]]:
        """Yield lines for those who refuse in this file and are not kept apart yet, or not with the keys of today."""
        fresh = [friend for friend, row in self._here.items() if also_known or row not in self._kept]
        for start in range(0, len(fresh), ledger.PART):
            part = fresh[start : start + ledger.PART]
            unknown = [friend for friend in part if self._here[friend] not in self._kept]
            said = select(ConsentEntry.friend_id, func.max(ConsentEntry.at)).group_by(ConsentEntry.friend_id)
            refusals = said.where(ConsentEntry.friend_id.in_(unknown), *self._lines(*_REFUSED))
            at = {friend: moment for friend, moment in session.execute(refusals)} if unknown else {}
            people = session.execute(select(Friend.id, Friend.created_at, *KEYS).where(Friend.id.in_(part))).all()
            shared = _shared(session, people)
            for friend, created, *cells in people:
                own = [None if cell in shared else cell for cell in cells]
                known, keys = self._kept.get(self._here[friend]), self._hashes(own)
                if known is None or known.keys != keys:
                    moment = (known.at if known else at.get(friend, created)).isoformat()
                    told: dict[str, Any] = {"what": "refused", "purpose": str(self._purpose), "at": moment}
                    yield {**told, "friend": friend, "row": self._here[friend], "keys": keys}

    def _withdrawals(self, rows: Iterable[str]) -> list[Mapping[str, Any]]:
        """Return lines that take refusals back, those too by which the same person was kept in other copies."""
        gone: dict[str, None] = {}
        for row in rows:
            this = self._kept.get(row)
            if this is not None:
                gone |= {row: None} | {one.row: None for one in self._kept.values() if one.is_of(this.keys)}
        return [{"what": "withdrawn", "purpose": str(self._purpose), "row": row} for row in gone]

    def _add(self, lines: Iterable[Mapping[str, Any]]) -> None:
        added = list(lines)
        try:
            self._file.add(added)
        except OSError as error:  # the shop file has them, and the next opening catches up
            logging.getLogger("tagwell").warning("refusals could not be kept apart: %s", type(error).__name__)
            return
        for line in added:
            self._take(line)
        if added:
            gone = {line["row"] for line in added if line["what"] == "withdrawn"}
            self._elsewhere = [one for one in self._elsewhere if one.row not in gone]


def has_undone(database: Database, session: Session, written: Set[str]) -> bool:
    """Whether a transaction that is about to be committed takes an import back.

    What was written may name more than that, so the moment before is asked too; nobody else writes meanwhile.
    """
    if f"{ImportBatch.__tablename__}.{ImportBatch.undone_at.key}" not in written:
        return False
    count = select(func.count(ImportBatch.undone_at))
    with database.read() as before:
        return session.scalar(count) != before.scalar(count)


def _shared(session: Session, people: Iterable[Any]) -> set[str]:
    """Return the e-mails and phones of these rows that a family has in common: they say nothing of one person."""
    shared: set[str] = set()
    for kind in WEAK:
        place, column = 2 + _KINDS.index(kind), getattr(Friend, kind)
        values = [row[place] for row in people if row[place] is not None]
        if values:
            often = select(column).where(column.in_(values)).group_by(column).having(func.count() > 1)
            shared |= set(session.scalars(often))
    return shared
