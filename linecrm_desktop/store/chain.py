"""Makes the ledger's lines a chain: each line's hash is taken over the hash before it, so that no line can be changed.

A line's proof is three things in one: a random salt (16 bytes), the digest of its personal part with that salt (32),
and the line's hash (32) over the hash before, its number, what is not personal in it, and that digest. When a person is
erased, the personal part and the salt are emptied: the digest stays and tells nothing without them, and the chain is as
whole as before. Every transaction seals the lines it wrote before it is committed, whoever wrote them.
"""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, insert, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.models.consent import ConsentEntry, ConsentHead
from linecrm_desktop.store.dialect import as_bytes, is_stored_as, write_many

LINES = ConsentEntry.metadata.tables[ConsentEntry.__tablename__]
_HEAD = ConsentHead.metadata.tables[ConsentHead.__tablename__]
PERSONAL = ("friend_id", "through", "purpose", "evidence", "collected")
"""What is emptied when the friend goes."""
OPEN = ("at", "kind", "informed", "batch_id", "uses", "notice_id", "told_at", "recording_id", "list_id")
SALT, DIGEST = 16, 32
BEGINNING = bytes(DIGEST)
"""The hash before the first line."""
_FORM = b"tagwell ledger 1\n"
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the last line's number and hash, and how many lines there are."""

    line: int = 0
    lines: int = 0
    digest: bytes = BEGINNING


@dataclass(frozen=True, slots=True)
class Raw:
    """A line byte for byte as it is stored."""

    number: int
    fits: bool
    """Whether each value is of its column's kind: the same bytes as another kind of value would look equal."""
    open: Sequence[bytes | None]
    personal: Sequence[bytes | None]
    proof: bytes


def head(session: Session) -> Head:
    """Return where the chain ends."""
    row = session.execute(select(_HEAD.c.line, _HEAD.c.lines, _HEAD.c.digest)).one_or_none()
    return Head() if row is None else Head(*row)


def stored(session: Session, after: int = 0, limit: int | None = None) -> Iterator[Raw]:
    """Yield the lines after a number, in their order, as they are stored."""
    whole = [is_stored_as(session, LINES.c[name]) for name in (*OPEN, *PERSONAL, "proof")]
    columns = [as_bytes(session, LINES.c[name]) for name in (*OPEN, *PERSONAL)]
    query: Select[Any] = (
        select(LINES.c.id, and_(*whole), LINES.c.proof, *columns).where(LINES.c.id > after).order_by(LINES.c.id)
    )
    cut = 3 + len(OPEN)
    found: Any = session.connection().execute(query.limit(limit), execution_options={"yield_per": _AT_ONCE})
    with found as rows:
        for row in rows:
            proof = row[2] if isinstance(row[2], bytes) else b""
            yield Raw(row[0], bool(row[1]), row[3:cut], row[cut:], proof)


def personal_digest(salt: bytes, personal: Sequence[bytes | None]) -> bytes:
    """Return the digest of a line's personal part."""
    return hashlib.sha256(salt + _packed(personal)).digest()


def hash_of(before: bytes, number: int, told: Sequence[bytes | None], digest: bytes) -> bytes:
    """Return the hash of a line, from the hash of the one before."""
    return hashlib.sha256(b"%b%b%d|%b%b" % (_FORM, before, number, _packed(told), digest)).digest()


def seal(session: Session) -> None:
    """Put the lines that came since into the chain, in the order of their numbers."""
    session.flush()
    begun = end = head(session)
    proven = update(LINES).where(LINES.c.id == bindparam("number")).values(proof=bindparam("made"))
    while True:
        made: list[tuple[bytes, int]] = []
        for line in stored(session, end.line, _AT_ONCE):
            salt = secrets.token_bytes(SALT)
            digest = personal_digest(salt, line.personal)
            end = Head(line.number, end.lines + 1, hash_of(end.digest, line.number, line.open, digest))
            made.append((salt + digest + end.digest, line.number))
        if not made:
            break
        write_many(session, proven, ("made", "number"), made)
    if end != begun:
        _move(session, end, is_new=begun == Head())


def _move(session: Session, end: Head, *, is_new: bool) -> None:
    values = {"line": end.line, "lines": end.lines, "digest": end.digest}
    has_row = session.scalar(select(_HEAD.c.id)) is not None if is_new else True
    change = update(_HEAD).values(values) if has_row else insert(_HEAD).values(id=1, **values)
    session.execute(change)


def _packed(values: Sequence[bytes | None]) -> bytes:
    """Return values as one text of bytes, from which each can be told: no value can take a part of the next."""
    return b"".join([b"-" if value is None else b"%d:%b" % (len(value), value) for value in values])
