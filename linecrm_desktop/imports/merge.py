"""What customers, orders and events share when staged rows become rows of the shop: new friends, journal, consent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, cast, func, insert, literal, null, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports import before, people
from linecrm_desktop.imports.people import FRIEND, S
from linecrm_desktop.imports.staging import STAGE
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.store.dialect import as_json

JOURNAL = Change.metadata.tables[Change.__tablename__]


@dataclass(slots=True)
class Counts:
    """What an import did beside its rows."""

    new_friends: int = 0
    new_tags: tuple[str, ...] = ()
    tags_given: int = 0
    refused: int = 0
    allowed: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """The import that is running."""

    id: int
    file_name: str
    origin: Origin
    now: datetime

    @property
    def action(self) -> str:
        """The journal's name for all that this import changed."""
        return f"import:{self.id}"

    @property
    def evidence(self) -> str:
        """How a ledger line says where an answer came from."""
        return self.origin.evidence or self.file_name


def insert_friends(session: Session, batch: Batch) -> int:
    """Make a friend for every staged row without one, one row a friend; return how many."""
    base = session.scalar(select(func.coalesce(func.max(FRIEND.c.id), 0))) or 0
    new = (S.verdict.is_(None), S.friend_id.is_(None))
    session.execute(update(STAGE).where(*new).values(friend_id=base + S.line, verdict="new"))
    made = select(
        *(S.friend_id, S.line_user_id, S.member_number, S.phone, S.email, func.coalesce(S.name, ""), S.joined_at),
        func.coalesce(S.blocked == "yes", False),
        *(literal(str(word)) for word in (Answer.UNKNOWN, Answer.UNKNOWN, Marketing.UNKNOWN)),
        *(literal(batch.now, FRIEND.c.created_at.type), literal(batch.id)),
    ).where(S.verdict == "new")
    names = "id line_user_id member_number phone email name joined_at is_blocked informed can_opt_out marketing"
    session.execute(insert(FRIEND).from_select([*names.split(), "created_at", "batch_id"], made))
    return session.scalar(select(func.count()).where(S.verdict == "new")) or 0


def insert_strangers(session: Session, batch: Batch) -> int:
    """Make a friend for everybody that rows of orders or events name and the shop does not have; return how many.

    One key after the other, the strongest first: whoever is made by a LINE id is then found by the later rows.
    """
    made = 0
    for column in (S.line_user_id, S.member_number, S.email, S.phone):
        waiting = (S.verdict.is_(None), S.friend_id.is_(None), column.is_not(None))
        base = session.scalar(select(func.coalesce(func.max(FRIEND.c.id), 0))) or 0
        one = select(
            *((base + func.min(S.line)).label("id"), column.label("key")),
            *(func.max(S.phone).label("phone"), func.max(S.email).label("email")),
            *(func.coalesce(func.max(S.name), "").label("name"), func.count().label("rows")),
            func.max(S.member_number).label("member"),
        )
        found = one.where(*waiting).group_by(column).subquery()
        session.execute(insert(FRIEND).from_select(_COLUMNS, _stranger(found, column, batch)))
        fresh = session.scalar(select(func.count()).where(FRIEND.c.id > base)) or 0
        made += fresh
        if fresh:
            people.find(session)
            people.reject_shared(session)
    return made


_COLUMNS = (
    *("id", "line_user_id", "member_number", "phone", "email", "name", "is_blocked"),
    *("informed", "can_opt_out", "marketing", "created_at", "batch_id"),
)


def _stranger(found: Any, column: Column[str], batch: Batch) -> Any:
    """Return the row of a friend known by one key. A second unique key is only taken where nobody else has it."""
    own: dict[str, Any] = {S.line_user_id.name: null(), S.member_number.name: null()}
    phone, email = found.c.phone, found.c.email
    if column.name in own:
        own[column.name] = found.c.key
    if column is S.line_user_id:
        free = ~select(FRIEND.c.id).where(FRIEND.c.member_number == found.c.member).exists()
        first = func.row_number().over(partition_by=found.c.member, order_by=found.c.id) == 1
        ranked = select(found, first.label("first"), free.label("free")).subquery()
        own["member_number"] = func.iif(ranked.c.first & ranked.c.free, ranked.c.member, null())
        own["line_user_id"], found = ranked.c.key, ranked
        phone, email = ranked.c.phone, ranked.c.email
    unknown = [literal(str(word)) for word in (Answer.UNKNOWN, Answer.UNKNOWN, Marketing.UNKNOWN)]
    when = literal(batch.now, FRIEND.c.created_at.type)
    return select(
        *(found.c.id, own["line_user_id"], own["member_number"], phone, email, found.c.name, cast(0, Integer)),
        *(*unknown, when, literal(batch.id)),
    )


def journal(session: Session, batch: Batch, table: Any, pairs: dict[str, ColumnElement[Any]], where: Any) -> None:
    """Write what each field of changed rows held before and will hold, one line a changed field."""
    columns = ["action", "at", "entity", "entity_id", "field", "before", "after"]
    for name, after in pairs.items():
        held = table.c[name]
        lines = select(
            *(literal(batch.action), literal(batch.now, JOURNAL.c.at.type), literal(table.name), table.c.id),
            *(literal(name), as_json(session, held), as_json(session, after)),
        ).where(*where, after.is_not(None), held.is_distinct_from(after))
        session.execute(insert(JOURNAL).from_select(columns, lines))


def record_consent(session: Session, batch: Batch, counts: Counts) -> None:
    """Write the origin, the answers and the refusals of the staged rows' friends into the ledger."""
    before.keep_consent(session, batch)
    live = (S.friend_id.is_not(None), S.verdict != "rejected")
    fresh = select(S.friend_id).distinct().join(Friend, Friend.id == S.friend_id)
    asked = fresh.where(*live, Friend.collected_through.is_(None) | (Friend.informed == Answer.UNKNOWN))
    own = select(S.friend_id, S.informed, S.can_opt_out).where(
        *live, S.informed.is_not(None) | S.can_opt_out.is_not(None)
    )
    answers = {friend: (informed, stop) for friend, informed, stop in session.execute(own)}
    groups: dict[tuple[str | None, str | None], list[int]] = {}
    for friend in dict.fromkeys([*session.scalars(asked), *answers]):
        groups.setdefault(answers.get(friend, (None, None)), []).append(friend)
    for (informed, stop), friends in groups.items():
        ledger.record_collected(session, friends, _origin(batch.origin, informed, stop), batch.now, batch.id)
    for answer, act, name in (("no", ledger.refuse, "refused"), ("yes", ledger.allow, "allowed")):
        who = (S.friend_id.is_not(None),) if answer == "no" else live  # a rejected row may still refuse
        said = list(session.scalars(select(S.friend_id).distinct().where(*who, S.marketing == answer)))
        setattr(counts, name, len(act(session, said, batch.evidence, batch.now, batch.id)) if said else 0)
    before.journal_consent(session, batch)


def _origin(origin: Origin, informed: str | None, can_opt_out: str | None) -> Origin:
    return Origin(
        origin.through,
        origin.purpose,
        Answer(informed) if informed else origin.informed,
        origin.evidence,
        Answer(can_opt_out) if can_opt_out else origin.can_opt_out,
    )
