"""What no older copy of a shop may forget: who refuses and who was erased. Watches an open shop from its first moment.

Whatever is opened, a backup put back, a copy of it or an old file, is brought up to what was kept apart before anybody
works with it: refusals stand again in the ledger, and people who were erased are erased again.
"""

from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import uses
from linecrm_desktop.consent.apart import KEYS, PURPOSES, Refusals, has_undone
from linecrm_desktop.consent.erased import SURE, WEAK, Register
from linecrm_desktop.errors import OutsideError, ShopError, TagwellError
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.consent import Use
from linecrm_desktop.models.erasure import ErasedKey, Erasure
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.apart_file import ApartFile
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _, ngettext, number

_PEOPLE = (*SURE, *WEAK)
_OF_ERASURES = frozenset({"erasure", "erased_key", "erasure.returned_at"})


class Erasures:
    """The erasures of one shop, as they are kept apart: when, and what keeps the person out, in hashes."""

    def __init__(self, file: ApartFile) -> None:
        self._file = file
        self._kept: dict[datetime, Mapping[str, Any]] = {}
        self._returned: set[datetime] = set()
        for line in file.lines():
            with suppress(KeyError, TypeError, ValueError):
                self._take(line)

    def missing(self, session: Session) -> list[datetime]:
        """Return the erasures that a shop file knows nothing of."""
        if not self._kept:
            return []
        known = set(session.scalars(select(Erasure.at)))
        return sorted(at for at in self._kept if at not in known and at not in self._returned)

    def people(self, session: Session, missing: Iterable[datetime]) -> list[int]:
        """Return the friends of a shop file who were erased in a newer one."""
        registers = [self._register(at) for at in missing]
        found: list[int] = []
        for friend, *cells in session.execute(select(Friend.id, *KEYS)):
            keys = {kind: cell for kind, cell in zip(_PEOPLE, cells, strict=True) if cell is not None}
            if any(register.barring(keys) for register in registers):
                found.append(friend)
        return found

    def write_down(self, session: Session, missing: Iterable[datetime]) -> None:
        """Let the shop file keep the same people out; a file that makes its hashes otherwise cannot."""
        shop = session.scalars(select(Shop)).one()
        for at in missing:
            salt = self._salt(at)
            if shop.erasure_salt not in (None, salt):
                continue
            shop.erasure_salt = salt
            erasure = Erasure(at=at, is_wiped=False)
            session.add(erasure)
            session.flush()
            for digest, is_shared in self._kept[at]["keys"].items():
                key = ErasedKey(digest=bytes.fromhex(digest), erasure_id=erasure.id, is_shared=bool(is_shared))
                session.add(key)
        session.flush()

    def keep(self, session: Session) -> None:
        """Keep apart what the shop file knows of erasures. Raises OSError."""
        salt = session.scalar(select(Shop.erasure_salt))
        lines: list[Mapping[str, Any]] = []
        for erasure, at, returned in session.execute(select(Erasure.id, Erasure.at, Erasure.returned_at)).all():
            if returned is not None and at not in self._returned:
                lines.append({"what": "returned", "at": at.isoformat()})
            elif at not in self._kept and returned is None and salt is not None:
                query = select(ErasedKey.digest, ErasedKey.is_shared).where(ErasedKey.erasure_id == erasure)
                keys = {digest.hex(): is_shared for digest, is_shared in session.execute(query)}
                told = {"what": "erased", "at": at.isoformat(), "salt": self._file.covered(salt).hex()}
                lines.append({**told, "keys": keys})
        self._file.add(lines)
        for line in lines:
            self._take(line)

    def _take(self, line: Mapping[str, Any]) -> None:
        if line["what"] == "erased":
            self._kept[datetime.fromisoformat(line["at"])] = line
        elif line["what"] == "returned":
            self._returned.add(datetime.fromisoformat(line["at"]))

    def _salt(self, at: datetime) -> bytes:
        return self._file.covered(bytes.fromhex(self._kept[at]["salt"]))

    def _register(self, at: datetime) -> Register:
        keys: Mapping[str, Any] = self._kept[at]["keys"]
        return Register(self._salt(at), {bytes.fromhex(one): [(0, at, bool(keys[one]))] for one in keys})


def is_behind(database: Database, now: datetime) -> bool:
    """Whether a shop file does not know all that is kept apart of it; looks only."""
    with database.read() as session:
        file = _file(session)
        if not file.path.exists():
            return False
        refusals, erasures = _loaded(file, now)
        return any(one.is_behind(session) for one in refusals) or bool(erasures.missing(session))


def watch(database: Database, now: datetime) -> list[str]:
    """Bring a shop that was just opened up to what is kept apart, and keep apart what happens in it from now on.

    Return what there is to tell, in sentences. Raises OutsideError when what is kept apart cannot be read.
    """
    with database.read() as session:
        file = _file(session)
        refusals, erasures = _loaded(file, now)
        due, missing = [one for one in refusals if one.is_behind(session)], erasures.missing(session)
    if not database.may_write():  # whoever writes next brings the shop up to it
        return []
    again, busy = _erase(database, erasures, missing, now) if missing else (0, 0)
    newly = set[int]()
    if due:
        with database.write() as session:
            newly = {friend for one in due for friend in one.catch_up(session, now)}

    def let_in(session: Session, written: Set[str]) -> None:
        for one in refusals:
            one.before_commit(session, written)
        if has_undone(database, session, written):
            with database.read() as before:
                for one in refusals:
                    one.before_undo(before, session)

    def keep(written: Set[str]) -> None:
        with suppress(TagwellError), database.read() as session:  # the next opening catches up
            for one in refusals:
                one.after_commit(session, written)
            with suppress(OSError):
                if written & _OF_ERASURES:
                    erasures.keep(session)

    with database.read() as session, suppress(OSError):
        for one in refusals:
            one.keep(session)
        erasures.keep(session)
    database.before_commit, database.after_commit = let_in, keep
    return _told(len(newly), again, busy)


def _file(session: Session) -> ApartFile:
    return ApartFile(session.scalars(select(Shop.key)).one())


def _loaded(file: ApartFile, now: datetime) -> tuple[list[Refusals], Erasures]:
    try:
        return [Refusals(file, now, purpose) for purpose in PURPOSES], Erasures(file)
    except OSError as error:
        raise OutsideError(
            _("The refusals that are kept apart from this shop cannot be read."),
            _("Without them an older copy could write to somebody who refused. Check the folder {folder}.").format(
                folder=file.path.parent
            ),
            details=str(error),
            retry=True,
        ) from error


def _erase(database: Database, erasures: Erasures, missing: list[datetime], now: datetime) -> tuple[int, int]:
    """Erase again who was erased in a newer file; return how many are gone, and how many cannot go yet."""
    from linecrm_desktop.erasing.erase import erase, plan  # reads much of the program, and is rarely needed here

    with database.read() as session:
        people = erasures.people(session, missing)
        zone = session.scalars(select(Shop.zone)).one()
    busy: list[int] = []
    for friend in people:
        try:
            with database.read() as session:
                confirm = plan(session, friend).confirm
            erase(database, friend, confirm, Task(), now, zone)
        except ShopError:  # a message to them is on its way; until it is through they get nothing else
            busy.append(friend)
    with database.write() as session:
        if busy:
            how = _("Asked to be erased: kept apart from an older copy of the shop.")
            uses.refuse(session, busy, (Use.SERVICE,), how, now)
        else:
            erasures.write_down(session, missing)
    return len(people) - len(busy), len(busy)


def _told(refusing: int, erased: int, busy: int) -> list[str]:
    told: list[str] = []
    if refusing:
        words = ngettext(
            "{n} friend refused after this copy was made. The refusal was kept apart and holds again.",
            "{n} friends refused after this copy was made. The refusals were kept apart and hold again.",
            refusing,
        )
        told.append(words.format(n=number(refusing)))
    if erased:
        words = ngettext(
            "{n} person in this copy was erased after it was made, and is erased again.",
            "{n} people in this copy were erased after it was made, and are erased again.",
            erased,
        )
        told.append(words.format(n=number(erased)))
    if busy:
        words = ngettext(
            "{n} person in this copy asked to be erased. A message to them is on its way: end or stop that send.",
            "{n} people in this copy asked to be erased. A message to them is on its way: end or stop that send.",
            busy,
        )
        told.append(words.format(n=number(busy)))
    return told
