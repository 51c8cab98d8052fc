"""Customers and LINE friends: one row is one person. Blank cells never erase, refusals are never turned back on."""

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.imports import before, people
from linecrm_desktop.imports.merge import Batch, Counts, insert_friends, journal, record_consent
from linecrm_desktop.imports.people import FRIEND, S
from linecrm_desktop.imports.staging import STAGE, STAGED_TAG
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin, TagType
from linecrm_desktop.store.dialect import insert_missing
from linecrm_desktop.tags import library

FIELDS = ("line_user_id", "member_number", "phone", "email", "name", "joined_at")
_CARRIED = FriendTag.metadata.tables[FriendTag.__tablename__]
_T = STAGED_TAG.c


def load(session: Session, batch: Batch) -> Counts:
    """Decide every staged row's verdict and write what it changes."""
    counts = Counts()
    people.find(session)
    people.spread_refusals(session)
    people.reject_strangers(session)
    people.reject_twins(session)
    newest = before.journal_retired_tags(session, batch)
    _find_tags(session, batch, counts)
    before.journal_new_tags(session, batch, newest)
    counts.new_friends = insert_friends(session, batch)
    session.execute(
        update(STAGE).where(S.verdict.is_(None)).values(verdict=case((_differs(), "updated"), else_="unchanged"))
    )
    _update_friends(session, batch)
    _give_tags(session, batch, counts)
    record_consent(session, batch, counts)
    return counts


def _after() -> dict[str, ColumnElement[object]]:
    """Return each field's new value for a friend, NULL where the row says nothing about it."""
    after: dict[str, ColumnElement[object]] = {
        name: select(S[name]).where(S.friend_id == FRIEND.c.id, S.verdict == "updated").scalar_subquery()
        for name in FIELDS
    }
    blocked = case((S.blocked == "yes", 1), (S.blocked == "no", 0))
    after["is_blocked"] = select(blocked).where(S.friend_id == FRIEND.c.id, S.verdict == "updated").scalar_subquery()
    return after


def _differs() -> ColumnElement[bool]:
    """Say whether a row changes anything of its friend: a field, an answer or a tag."""
    other = [and_(S[name].is_not(None), FRIEND.c[name].is_distinct_from(S[name])) for name in FIELDS]
    told = [
        and_(S[name].is_not(None), FRIEND.c[name] == str(Answer.UNKNOWN), S[name] != str(Answer.UNKNOWN))
        for name in ("informed", "can_opt_out")
    ]
    refuses = and_(S.marketing == "no", FRIEND.c.marketing != Marketing.REFUSED)
    allows = and_(S.marketing == "yes", FRIEND.c.marketing == Marketing.UNKNOWN)
    blocked = and_(S.blocked.is_not(None), FRIEND.c.is_blocked != (S.blocked == "yes"))
    field = exists().where(FRIEND.c.id == S.friend_id, or_(*other, *told, refuses, allows, blocked))
    has = exists().where(_CARRIED.c.tag_id == _T.tag_id, _CARRIED.c.friend_id == S.friend_id)
    has = has.correlate(STAGE, STAGED_TAG)  # else it would ask whether anybody carries the tag
    return or_(field, exists().where(_T.line == S.line, ~has))


def _update_friends(session: Session, batch: Batch) -> None:
    touched = (FRIEND.c.id.in_(select(S.friend_id).where(S.verdict == "updated")),)
    after = _after()
    journal(session, batch, FRIEND, after, touched)
    values = {name: func.coalesce(value, FRIEND.c[name]) for name, value in after.items()}
    session.execute(update(FRIEND).where(*touched).values(values))


def _find_tags(session: Session, batch: Batch, counts: Counts) -> None:
    """Give every staged tag its id; names that are new become tags, retired ones stay as they are."""
    named = session.execute(select(_T.name_key, func.min(_T.name), _T.type).group_by(_T.name_key, _T.type))
    known = {key for key in session.scalars(select(Tag.name_key))}
    fresh: list[str] = []
    for key, name, tag_type in named.all():
        tag = library.find_or_make(session, name, TagType(tag_type), batch.now)
        if key not in known:
            known.add(key)
            fresh.append(name)
        session.execute(update(STAGED_TAG).where(_T.name_key == key, _T.type == tag_type).values(tag_id=tag))
    counts.new_tags = tuple(fresh)


def _give_tags(session: Session, batch: Batch, counts: Counts) -> None:
    had = session.scalar(select(func.count()).select_from(_CARRIED)) or 0
    given = (
        select(
            *(
                _T.tag_id,
                S.friend_id,
                people.constant(str(TagOrigin.IMPORT)),
                people.constant(batch.now, _CARRIED.c.since),
            ),
            *(people.constant(batch.file_name), people.constant(batch.id)),
        )
        .join(STAGE, S.line == _T.line)
        .where(S.verdict.in_(("new", "updated")))
        .distinct()
    )
    columns = ["tag_id", "friend_id", "origin", "since", "evidence", "batch_id"]
    session.execute(insert_missing(session, _CARRIED).from_select(columns, given))
    counts.tags_given = (session.scalar(select(func.count()).select_from(_CARRIED)) or 0) - had
