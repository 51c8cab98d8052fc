"""Customers and LINE friends: one row is one person. Blank cells never erase, refusals are never turned back on."""

from collections.abc import Iterable, Set
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, case, exists, false, func, or_, select, true, update
from sqlalchemy.orm import Session

from linecrm_desktop.imports import barred, corrected, full_names, load_fields, other_ids, people, torn
from linecrm_desktop.imports.before import journal_renewals
from linecrm_desktop.imports.columns import OTHER_LINE_ID
from linecrm_desktop.imports.merge import Batch, Counts, insert_friends, journal, record_consent
from linecrm_desktop.imports.people import FRIEND, S
from linecrm_desktop.imports.staging import STAGE, STAGED_TAG, STAGED_TAG_NAME, put
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin, TagType
from linecrm_desktop.store.dialect import insert_missing
from linecrm_desktop.tags import library, names

FIELDS = ("line_user_id", "member_number", "phone", "email", "name", "joined_at")
CARRIED = FriendTag.metadata.tables[FriendTag.__tablename__]
_T, _N = STAGED_TAG.c, STAGED_TAG_NAME.c


def load(session: Session, batch: Batch, instead: Set[int]) -> Counts:
    """Decide every staged row's verdict and write what it changes; lines of `instead` go before later twins."""
    counts = Counts()
    has_others = OTHER_LINE_ID in batch.filled
    if has_others:
        other_ids.find(session, batch)
    people.find(session, batch.filled)
    barred.reject(session, batch.filled)
    if "marketing" in batch.filled:
        people.spread_refusals(session)
    people.reject_strangers(session, batch.filled)
    if has_others:
        other_ids.reject_contradictions(session, batch)
    if batch.newest:
        torn.reject_torn(session, batch.filled)
    torn.reject_families(session, batch.filled, instead)
    people.reject_twins(session, batch.filled, instead)
    full_names.prefer_full(session, batch.filled)
    corrected.leave_out(session, batch.filled, has_fields=batch.has_fields)
    counts.new = counts.new_friends = insert_friends(session, batch)
    differs = _differs(has_fields=batch.has_fields)
    if has_others:
        differs = or_(differs, other_ids.is_new(batch))
    changed = update(STAGE).where(S.verdict.is_(None), S.friend_id.is_not(None), differs).values(verdict="updated")
    counts.updated = cast("CursorResult[Any]", session.execute(changed)).rowcount
    if counts.updated:
        _update_friends(session, batch)
    _give_tags(session, batch, counts)
    if has_others:
        other_ids.write(session, batch)
    if batch.has_fields:
        load_fields.write(session, batch)
    live = (S.friend_id.is_not(None), S.verdict.is_distinct_from("rejected"))
    record_consent(session, batch, counts, select(S.friend_id, S.informed, S.can_opt_out).where(*live))
    return counts


def _after() -> dict[str, ColumnElement[object]]:
    """Return each field's new value for a friend, NULL where the row says nothing about it."""
    after: dict[str, ColumnElement[object]] = {
        name: select(S[name]).where(S.friend_id == FRIEND.c.id, S.verdict == "updated").scalar_subquery()
        for name in FIELDS
    }
    blocked = case((S.blocked == "yes", true()), (S.blocked == "no", false()))
    after["is_blocked"] = select(blocked).where(S.friend_id == FRIEND.c.id, S.verdict == "updated").scalar_subquery()
    return after


def _differs(*, has_fields: bool) -> ColumnElement[bool]:
    """Say whether a row changes anything of its friend: what is kept of everybody, an answer, a tag, an own field."""
    other = [and_(S[name].is_not(None), FRIEND.c[name].is_distinct_from(S[name])) for name in FIELDS]
    told = [and_(S[name].is_not(None), FRIEND.c[name] != S[name]) for name in ("informed", "can_opt_out")]
    refuses = and_(S.marketing == "no", FRIEND.c.marketing != Marketing.REFUSED)
    allows = and_(S.marketing == "yes", FRIEND.c.marketing == Marketing.UNKNOWN)
    blocked = and_(S.blocked.is_not(None), FRIEND.c.is_blocked != (S.blocked == "yes"))
    field = exists().where(FRIEND.c.id == S.friend_id, or_(*other, *told, refuses, allows, blocked))
    has = exists().where(CARRIED.c.tag_id == _N.tag_id, CARRIED.c.friend_id == S.friend_id)
    has = has.correlate(STAGE, STAGED_TAG_NAME)  # else it would ask whether anybody carries the tag
    tagged = exists().where(_T.tag_set == S.tag_set, _N.tag == _T.tag, ~has)
    return or_(field, tagged, load_fields.differs()) if has_fields else or_(field, tagged)


def _update_friends(session: Session, batch: Batch) -> None:
    touched = (FRIEND.c.id.in_(select(S.friend_id).where(S.verdict == "updated")),)
    after = _after()
    journal(session, batch, FRIEND, after, touched)
    values = {name: func.coalesce(value, FRIEND.c[name]) for name, value in after.items()}
    session.execute(update(FRIEND).where(*touched).values(values))


def find_tags(session: Session, named: Iterable[tuple[int, str, TagType]], now: datetime) -> tuple[str, ...]:
    """Say which of the shop's tags each tag of the file is; return the names of those that had to be made.

    A tag that the shop has retired stays so: friends get it and see it again when somebody brings it back. Of a name
    that a tag had before, or that was merged into it, that tag is meant.
    """
    known = names.known(session)
    fresh: list[str] = []
    places: list[int] = []
    ids: list[int] = []
    for place, name, tag_type in named:
        key = library.fold(name)
        if key not in known:
            known[key] = library.create(session, library.TagDraft(name, tag_type), now)
            fresh.append(name)
        places.append(place)
        ids.append(known[key])
    put(session, STAGED_TAG_NAME, {"tag": places, "tag_id": ids})
    return tuple(fresh)


def _give_tags(session: Session, batch: Batch, counts: Counts) -> None:
    given = (
        select(
            *(_N.tag_id, S.friend_id, people.constant(str(TagOrigin.IMPORT))),
            *(people.constant(batch.now, CARRIED.c.since), people.constant(batch.file_name)),
            people.constant(batch.id),
        )
        .join(STAGED_TAG, _T.tag == _N.tag)
        .join(STAGE, S.tag_set == _T.tag_set)
        .where(S.verdict.in_(("new", "updated")))
        .order_by(_N.tag_id, S.friend_id)
    )
    columns = ["tag_id", "friend_id", "origin", "since", "evidence", "batch_id"]
    written = session.execute(insert_missing(session, CARRIED).from_select(columns, given))
    counts.tags_given = cast("CursorResult[Any]", written).rowcount
    _renew_tags(session, batch)


def _renew_tags(session: Session, batch: Batch) -> None:
    """Let tags that run out begin anew for friends who had them and whom the file names with them again."""
    running_out = select(Tag.id).where(Tag.runs_out_days.is_not(None)).join(STAGED_TAG_NAME, _N.tag_id == Tag.id)
    if session.scalar(select(running_out.exists())):
        named = exists().where(
            *(S.friend_id == CARRIED.c.friend_id, S.tag_set == _T.tag_set),
            *(_T.tag == _N.tag, _N.tag_id == CARRIED.c.tag_id),
        )
        mine = (CARRIED.c.tag_id.in_(running_out), CARRIED.c.since < batch.now, named)
        journal_renewals(session, batch, mine)
        session.execute(update(CARRIED).where(*mine).values(renewed_at=batch.now))
