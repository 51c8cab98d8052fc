"""Writes into many ledgers at once what people were told or asked: at an import, an event, in a survey, on paper.

Counted first, written in one transaction, and taken back by correcting lines. A refusal stays a refusal whatever is
recorded here, and so does an answer that somebody gave since when a recording is taken back.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, insert, literal, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.consent import ledger, taking_back
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.consent import ConsentEntry, ConsentRecording, Notice, RecordingWay
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.store.dialect import as_json, from_json
from linecrm_desktop.text import N_, _

WAYS = {
    RecordingWay.IMPORT: N_("Import"),
    RecordingWay.EVENT: N_("Event"),
    RecordingWay.SURVEY: N_("Survey"),
    RecordingWay.PAPER: N_("Paper form"),
    RecordingWay.OTHER: N_("Another way"),
}
_FRIENDS = Friend.metadata.tables[Friend.__tablename__]
_JOURNAL = Change.metadata.tables[Change.__tablename__]
_COLUMNS = ("collected_through", "informed", "can_opt_out", "marketing")
Who = Select[int]


@dataclass(frozen=True, slots=True)
class Told:
    """What people were told or asked, and how we know."""

    way: RecordingWay
    origin: Origin
    """Its `evidence` says how we know; its uses are those of the notice where one is named."""
    agreed: bool = False
    """Whether they agreed to marketing, too."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What recording would come to."""

    friends: int
    new: int
    """Who would get a line."""
    already: int
    """Whose ledger says the same already."""
    refused: int
    """Who refuse marketing and go on refusing, among all of them."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording for many friends."""

    id: int
    at: datetime
    way: RecordingWay
    whom: str
    friends: int
    """Friends who got a line."""
    undone_at: datetime | None


def whole(session: Session, told: Told) -> Told:
    """Return what is recorded with the uses of its notice put in. Raises ShopError when something is missing."""
    origin = told.origin
    ledger.how_we_know(origin.evidence)
    if origin.notice_id is None:
        return told
    notice = session.get(Notice, origin.notice_id)
    if notice is None:
        raise ShopError(_("There is no such notice."), _("Look at the list of notices. Nothing was changed."))
    known = {name: getattr(origin, name) for name in ("through", "purpose", "evidence", "collected", "told_at")}
    uses = ledger.uses_in(notice.uses)
    able = Answer.YES if notice.opt_out else origin.can_opt_out
    made = Origin(**known, informed=Answer.YES, can_opt_out=able, uses=uses, notice_id=notice.id)
    return Told(told.way, made, told.agreed)


def preview(session: Session, who: Who, told: Told, now: datetime) -> Preview:
    """Count what recording would do for the friends of a query, and change nothing."""
    told = whole(session, told)
    chosen = _FRIENDS.c.id.in_(who)
    line = ledger.collected_line(told.origin, now)
    known = ledger.is_known(_FRIENDS.c.id, str(told.origin.informed), line)
    friends = _count(session, chosen)
    already = _count(session, chosen, known)
    return Preview(friends, friends - already, already, _count(session, chosen, _refuses()))


def record(session: Session, who: Who, told: Told, whom: str, now: datetime) -> Recording:
    """Write it down for the friends of a query. Raises ShopError when there is nobody, or nothing new."""
    told = whole(session, told)
    counted = preview(session, who, told, now)
    if not counted.new:
        raise ShopError(_("There is nobody for whom this is new."), _("Nothing was changed."))
    row = ConsentRecording(at=now, way=told.way, whom=whom.strip(), friends=counted.new)
    session.add(row)
    session.flush()
    answers = literal(str(told.origin.informed)), literal(str(told.origin.can_opt_out))
    chosen: Select[Any, Any, Any] = select(_FRIENDS.c.id, *answers).where(_FRIENDS.c.id.in_(who))
    found = chosen.subquery()
    said = {"collected_through": told.origin.through.strip()}
    said |= {"informed": str(told.origin.informed), "can_opt_out": str(told.origin.can_opt_out)}
    for name, (_value, is_new) in ledger.news(found, told.origin).items():
        there = select(found.c[0]).join(_FRIENDS, _FRIENDS.c.id == found.c[0]).where(is_new)
        _journal(session, row.id, now, name, said[name], _FRIENDS.c.id.in_(there))
    if told.agreed:
        unknown = (_FRIENDS.c.id.in_(who), _FRIENDS.c.marketing == str(Marketing.UNKNOWN))
        _journal(session, row.id, now, "marketing", str(Marketing.ALLOWED), *unknown)
    ledger.record_collected_of(session, chosen, told.origin, now, recording_id=row.id)
    if told.agreed:
        ledger.allow_those(session, who, told.origin.evidence, now, recording_id=row.id)
    session.expire_all()
    return _made(session.get_one(ConsentRecording, row.id))


def all_recordings(session: Session) -> list[Recording]:
    """Return what was recorded for many, the newest first."""
    return [_made(row) for row in session.scalars(select(ConsentRecording).order_by(ConsentRecording.id.desc()))]


def undo(session: Session, recording_id: int, now: datetime) -> Recording:
    """Take a recording back by a correcting line for each friend. Raises ShopError when that was done, or it is not."""
    row = session.get(ConsentRecording, recording_id)
    if row is None or row.undone_at is not None:
        raise ShopError(_("There is no such recording to take back."), _("Nothing was changed."))
    taking_back.recording(session, row.id, _("The recording for “{whom}” was taken back.").format(whom=row.whom), now)
    for name in _COLUMNS:
        _give_back(session, row.id, name)
    row.undone_at = now
    session.flush()
    session.expire_all()
    return _made(session.get_one(ConsentRecording, recording_id))


def friends_of_import(batch_id: int) -> Who:
    """Return the query for the friends of whom an import wrote into the ledger."""
    lines = ConsentEntry
    return select(lines.friend_id).where(lines.batch_id == batch_id, lines.friend_id.is_not(None)).distinct()  # pyright: ignore[reportReturnType]


def _refuses() -> ColumnElement[bool]:
    return _FRIENDS.c.marketing == str(Marketing.REFUSED)


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(_FRIENDS).where(*conditions)) or 0


def _action(recording_id: int) -> str:
    return f"recording:{recording_id}"


def _journal(
    session: Session, recording: int, now: datetime, field: str, after: str, *where: ColumnElement[bool]
) -> None:
    """Keep what stands beside the names, where it is about to change."""
    head = (literal(_action(recording)), literal(now, _JOURNAL.c.at.type), literal("friend"), _FRIENDS.c.id)
    held = (as_json(session, _FRIENDS.c[field]), as_json(session, literal(after)))
    lines = select(*head, literal(field), *held).where(*where)
    columns = ["action", "at", "entity", "entity_id", "field", "before", "after"]
    session.execute(insert(_JOURNAL).from_select(columns, lines))


def _give_back(session: Session, recording: int, field: str) -> None:
    """Give friends back what stood beside their names, where nobody said anything else since."""
    line = (_JOURNAL.c.action == _action(recording), _JOURNAL.c.entity == "friend", _JOURNAL.c.field == field)
    mine = select(_JOURNAL.c.entity_id).where(*line)
    this = (*line, _JOURNAL.c.entity_id == _FRIENDS.c.id)
    column = _FRIENDS.c[field]
    before = select(from_json(session, _JOURNAL.c.before, column)).where(*this).correlate(_FRIENDS).scalar_subquery()
    after = select(cast(_JOURNAL.c.after, String)).where(*this).correlate(_FRIENDS).scalar_subquery()
    is_same = cast(as_json(session, column), String) == after
    session.execute(update(_FRIENDS).where(_FRIENDS.c.id.in_(mine), is_same).values({field: before}))


def _made(row: ConsentRecording) -> Recording:
    return Recording(row.id, row.at, row.way, row.whom, row.friends, row.undone_at)
