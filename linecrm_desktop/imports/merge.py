"""What customers, orders and events share when staged rows become rows of the shop: new friends, journal, consent."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    CursorResult,
    Select,
    String,
    case,
    exists,
    false,
    func,
    insert,
    literal,
    null,
    select,
    update,
)
from sqlalchemy.orm import Session

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports import before, full_names, people, staging
from linecrm_desktop.imports.people import FRIEND, S
from linecrm_desktop.imports.staging import STAGE, STAGED_PERSON
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.store.dialect import as_json, insert_missing

JOURNAL = Change.metadata.tables[Change.__tablename__]


@dataclass(slots=True)
class Counts:
    """What an import did beside its rows."""

    new: int = 0
    """Rows that brought something new."""
    updated: int = 0
    """Rows that changed something."""
    new_friends: int = 0
    new_tags: tuple[str, ...] = ()
    new_fields: tuple[str, ...] = ()
    tags_given: int = 0
    refused: int = 0
    allowed: int = 0
    unmatched_refusals: int | None = None
    """Rejected rows that refuse marketing for somebody who could not be found; None: the file tells no answers."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The import that is running."""

    id: int
    file_name: str
    origin: Origin
    now: datetime
    newest: int = 0
    """The newest friend's id before the import, 0 in a shop without friends."""
    filled: Set[str] = frozenset()
    """The columns that the file has: most files have few, and each look at a large one costs time."""
    has_fields: bool = False
    """Whether any row says something for a field of the shop's own."""
    has_returns: bool = True
    """Whether any row of a file of orders says that something was cancelled or refunded."""
    rows: int = 0
    """How many rows the file has."""
    lacking: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many rows of a file of orders have no number, or no date."""
    channel_id: int | None = None
    """The further LINE account whose user ids the file has; None: the shop's first."""
    nameless_goods: int = 0
    """The number of goods without a name, for lines of a file of orders that only say an amount."""

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
    fresh = session.execute(update(STAGE).where(*new).values(friend_id=base + S.line, verdict="new"))
    made = select(
        *(S.friend_id, S.line_user_id, S.member_number, S.phone, S.email, func.coalesce(S.name, ""), S.joined_at),
        *(func.coalesce(S.blocked == "yes", False), literal(batch.origin.through.strip() or None, String)),
        func.coalesce(S.informed, str(batch.origin.informed)),
        func.coalesce(S.can_opt_out, str(batch.origin.can_opt_out)),
        case(
            (S.marketing == "no", str(Marketing.REFUSED)),
            (S.marketing == "yes", str(Marketing.ALLOWED)),
            else_=str(Marketing.UNKNOWN),
        ),
        *(literal(batch.now, FRIEND.c.created_at.type), literal(batch.id)),
    ).where(S.verdict == "new")
    names = "id line_user_id member_number phone email name joined_at is_blocked"
    names += " collected_through informed can_opt_out marketing"
    session.execute(insert(FRIEND).from_select([*names.split(), "created_at", "batch_id"], made))
    return cast("CursorResult[Any]", fresh).rowcount


def insert_strangers(session: Session, batch: Batch) -> int:
    """Make a friend for everybody that rows of orders or events name and the shop does not have; return how many.

    One key after the other, the strongest first: whoever is made by a LINE id is then found by the later rows.
    """
    made = 0
    for column in (S.line_user_id, S.member_number, S.email, S.phone):
        if column.name not in batch.filled:
            continue
        waiting = (S.verdict.is_(None), S.friend_id.is_(None), column.is_not(None))
        if not staging.has(session, *waiting):
            continue
        base = session.scalar(select(func.coalesce(func.max(FRIEND.c.id), 0))) or 0
        one = select(
            *((base + func.min(S.line)).label("id"), column.label("key")),
            *(func.max(S.phone).label("phone"), func.max(S.email).label("email")),
            *(func.coalesce(full_names.fullest(batch.filled), "").label("name"), func.count().label("rows")),
            func.max(S.member_number).label("member"),
        )
        found = one.where(*waiting).group_by(column).subquery()
        session.execute(insert(FRIEND).from_select(STRANGER, stranger(found, column, batch)))
        fresh = session.scalar(select(func.count()).where(FRIEND.c.id > base)) or 0
        made += fresh
        if fresh:
            people.find(session, batch.filled)
            people.reject_shared(session, batch.filled)
    return made


STRANGER = (
    *("id", "line_user_id", "member_number", "phone", "email", "name", "is_blocked"),
    *("collected_through", "informed", "can_opt_out", "marketing", "created_at", "batch_id"),
)
"""The columns that `stranger` fills."""


def stranger(found: Any, column: Column[str], batch: Batch) -> Any:
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
    origin = batch.origin
    told = [literal(origin.through.strip() or None, String)]
    told += [literal(str(word)) for word in (origin.informed, origin.can_opt_out, Marketing.UNKNOWN)]
    when = literal(batch.now, FRIEND.c.created_at.type)
    return select(
        *(found.c.id, own["line_user_id"], own["member_number"], phone, email, found.c.name, false()),
        *(*told, when, literal(batch.id)),
    )


def journal(session: Session, batch: Batch, table: Any, pairs: dict[str, ColumnElement[Any]], where: Any) -> int:
    """Write what each field of changed rows held before and will hold; return how many fields change."""
    written = 0
    columns = ["action", "at", "entity", "entity_id", "field", "before", "after"]
    for name, after in pairs.items():
        held = table.c[name]
        lines = select(
            *(literal(batch.action), literal(batch.now, JOURNAL.c.at.type), literal(table.name), table.c.id),
            *(literal(name), as_json(session, held), as_json(session, after)),
        ).where(*where, after.is_not(None), held.is_distinct_from(after))
        told = session.execute(insert(JOURNAL).from_select(columns, lines))
        written += cast("CursorResult[Any]", told).rowcount
    return written


def record_consent(session: Session, batch: Batch, counts: Counts, who: Select[Any, Any, Any]) -> None:
    """Write the origin, the answers and the refusals of the staged rows' friends into the ledger.

    `who` names every friend of the file once, with the answers that their row gives or NULL.
    """
    friend, informed, can_opt_out = who.selected_columns
    origin = batch.origin
    told = who.with_only_columns(
        friend,
        func.coalesce(informed, str(origin.informed)).label("informed"),
        func.coalesce(can_opt_out, str(origin.can_opt_out)).label("can_opt_out"),
    )
    answers = {
        name for name in ("no", "yes") if "marketing" in batch.filled and staging.has(session, S.marketing == name)
    }
    # Friends whom the import made have all this beside their names already.
    is_news = batch.newest > 0 and ledger.tells_news(session, told, origin)
    if batch.newest and (answers or is_news):
        before.keep_consent(session, batch, who.with_only_columns(friend))
    ledger.record_collected_of(session, told, origin, batch.now, batch.id, is_news=is_news)
    for answer, record, name in (("no", ledger.refuse_those, "refused"), ("yes", ledger.allow_those, "allowed")):
        said = select(S.friend_id).where(S.friend_id.is_not(None), S.marketing == answer)
        if answer == "yes":
            said = said.where(S.verdict.is_distinct_from("rejected"))  # a rejected row may still refuse
        if answer in answers:
            newly = record(session, said, batch.evidence, batch.now, batch.id, also_brought=True)
            setattr(counts, name, newly)
    if "marketing" in batch.filled:
        counts.unmatched_refusals = _unmatched(session)
    before.journal_consent(session, batch)


def _unmatched(session: Session) -> int:
    """Count the rows whose refusal nobody got: not those of erased people, nor twins of a row that was used."""
    lost = (S.marketing == "no", S.friend_id.is_(None), S.verdict == "rejected", S.why.not_in(("erased", "twice")))
    return session.scalar(select(func.count()).select_from(STAGE).where(*lost)) or 0


def record_consent_of_people(session: Session, batch: Batch, counts: Counts, friends: Select[Any]) -> None:
    """Write the origin of the friends whom orders or events name; `friends` may name one several times."""
    once = insert_missing(session, STAGED_PERSON)
    session.execute(once.from_select(["friend_id"], friends.where(friends.selected_columns[0].is_not(None))))
    untold: ColumnElement[Any] = null()
    record_consent(session, batch, counts, select(STAGED_PERSON.c.friend_id, untold, untold))
    if counts.new_friends:
        _forget_the_unnamed(session, batch)


def _forget_the_unnamed(session: Session, batch: Batch) -> None:
    """Say of friends who were made, but whose rows were rejected after all, that nobody was told anything."""
    named = select(STAGED_PERSON.c.friend_id)
    unnamed = (FRIEND.c.id > batch.newest, FRIEND.c.id.not_in(named))
    if session.scalar(select(exists().select_from(FRIEND).where(*unnamed))):
        nothing = {"collected_through": None, "informed": str(Answer.UNKNOWN), "can_opt_out": str(Answer.UNKNOWN)}
        session.execute(update(FRIEND).where(*unnamed).values(nothing))
