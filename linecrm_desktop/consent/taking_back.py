"""The ledger's lines when an import is undone. The ledger is append-only: what is taken back gets a correcting line.

Set-based, because one import may have written a million lines.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.consent import ConsentEntry, ConsentKind

_LINES = ConsentEntry.metadata.tables[ConsentEntry.__tablename__]


def answers(session: Session, batch_id: int, why: str, now: datetime) -> None:
    """Write that all an import collected and allowed is taken back; the lines carry the import's number."""
    taken = select(_LINES.c.friend_id).where(
        *(_LINES.c.batch_id == batch_id, _LINES.c.friend_id.is_not(None)),
        _LINES.c.kind.in_((ConsentKind.COLLECTED, ConsentKind.ALLOWED)),
    )
    _correct(session, taken, batch_id, why, now)


def refusals(session: Session, friends: Any, why: str, now: datetime) -> None:
    """Write that the last refusal of these friends (a SELECT of ids) is taken back, as a correction by hand would."""
    _correct(session, friends, None, why, now)


def recording(session: Session, recording_id: int, why: str, now: datetime) -> None:
    """Write that all that was recorded for many at once is taken back; the lines carry the recording's number."""
    taken = select(_LINES.c.friend_id).where(
        *(_LINES.c.recording_id == recording_id, _LINES.c.friend_id.is_not(None)),
        _LINES.c.kind.in_((ConsentKind.COLLECTED, ConsentKind.ALLOWED)),
    )
    _correct(session, taken, None, why, now, recording_id)


def _correct(
    session: Session, friends: Any, batch_id: int | None, why: str, now: datetime, recording_id: int | None = None
) -> None:
    whom = friends.distinct().subquery()
    empty = [literal("")] * 5
    numbers = (literal(batch_id, _LINES.c.batch_id.type), literal(recording_id, _LINES.c.recording_id.type))
    lines = select(
        *(whom.c.friend_id, literal(now, _LINES.c.at.type), literal(str(ConsentKind.CORRECTED)), *empty),
        *(literal(why), *numbers),
    )
    columns = ["friend_id", "at", "kind", "through", "purpose", "informed", "uses", "collected"]
    columns += ["evidence", "batch_id", "recording_id"]
    session.execute(insert(_LINES).from_select(columns, lines))
