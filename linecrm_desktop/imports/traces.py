"""What an import left in the shop: the queries that find it again, for the undo and for the reasons against one."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.imports.before import LINES
from linecrm_desktop.imports.people import FRIEND
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.field import Field, FriendField
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.models.order import Order, OrderLine
from linecrm_desktop.models.source import Arrival, EntryLink
from linecrm_desktop.models.tag import FriendTag, Tag, TagRelation, TagWord
from linecrm_desktop.tags.uses import fields_in_rules, named_in_rules

JOURNAL = Change.metadata.tables[Change.__tablename__]
LEDGER = ConsentEntry.metadata.tables[ConsentEntry.__tablename__]
ORDER = Order.metadata.tables[Order.__tablename__]
LINE = OrderLine.metadata.tables[OrderLine.__tablename__]
EVENT = Event.metadata.tables[Event.__tablename__]
CARRIED = FriendTag.metadata.tables[FriendTag.__tablename__]
TAG = Tag.metadata.tables[Tag.__tablename__]
FIELD = Field.metadata.tables[Field.__tablename__]
HELD = FriendField.metadata.tables[FriendField.__tablename__]
CAME = Arrival.metadata.tables[Arrival.__tablename__]
ANSWERS = ("collected_through", "informed", "can_opt_out")


def action(batch_id: int) -> str:
    """Return the journal's name for all that an import changed."""
    return f"import:{batch_id}"


def changed(batch_id: int, entity: str, field: str | None = None) -> Select[int]:
    """Return the ids of a table's rows that the import changed (in one field)."""
    query = select(JOURNAL.c.entity_id).where(JOURNAL.c.action == action(batch_id), JOURNAL.c.entity == entity)
    return query if field is None else query.where(JOURNAL.c.field == field)


def made(batch_id: int) -> Select[int]:
    """Return the friends whom the import brought."""
    return select(FRIEND.c.id).where(FRIEND.c.batch_id == batch_id)


def kept(batch_id: int, *, also_refusals: bool) -> ColumnElement[bool]:
    """Say of a friend whether an undo has to keep them, because somebody who said no must stay known."""
    refusal = exists().where(LEDGER.c.friend_id == FRIEND.c.id, LEDGER.c.kind == ConsentKind.REFUSED)
    if also_refusals:
        refusal = refusal.where(LEDGER.c.batch_id.is_distinct_from(batch_id))
    return (FRIEND.c.batch_id == batch_id) & (FRIEND.c.marketing == Marketing.REFUSED) & refusal


def refusing(batch_id: int) -> Select[int]:
    """Return the friends who refuse because of this import: its refusal is the last one that was recorded."""
    later = LEDGER.alias()
    again = exists().where(
        later.c.friend_id == LEDGER.c.friend_id, later.c.kind == ConsentKind.REFUSED, later.c.id > LEDGER.c.id
    )
    return (
        select(LEDGER.c.friend_id)
        .join(FRIEND, FRIEND.c.id == LEDGER.c.friend_id)
        .where(LEDGER.c.batch_id == batch_id, LEDGER.c.kind == ConsentKind.REFUSED, ~again)
        .where(FRIEND.c.marketing == Marketing.REFUSED)
    )


def replaced_lines(batch_id: int) -> Select[int]:
    """Return the orders whose lines the import may have replaced."""
    return changed(batch_id, "orders", LINES)


def tags_to_remove(session: Session, batch_id: int) -> dict[int, str]:
    """Return the tags that the import made and that nobody else gave, named in a rule, or wrote about."""
    elsewhere = exists().where(CARRIED.c.tag_id == TAG.c.id, CARRIED.c.batch_id.is_distinct_from(batch_id))
    return _untold(session, TAG.c.id.in_(changed(batch_id, "tag", "")), ~elsewhere)


def tags_of_imports(session: Session, *conditions: ColumnElement[bool]) -> dict[int, str]:
    """Return the tags that any import made, that nobody named in a rule or wrote about, and for which more holds."""
    made_by_import = select(JOURNAL.c.entity_id).where(
        JOURNAL.c.action.startswith("import:"), JOURNAL.c.entity == "tag", JOURNAL.c.field == ""
    )
    return _untold(session, TAG.c.id.in_(made_by_import), *conditions)


def _untold(session: Session, *conditions: ColumnElement[bool]) -> dict[int, str]:
    others = TAG.alias()
    is_merged = TAG.c.merged_into.is_not(None) | exists().where(others.c.merged_into == TAG.c.id)
    is_told_of = or_(
        TAG.c.id.in_(select(TagWord.tag_id)),
        TAG.c.id.in_(select(EntryLink.tag_id)),
        *(TAG.c.id.in_(select(end)) for end in (TagRelation.tag_id, TagRelation.other_id)),
    )
    untouched = (TAG.c.helps_decide == "", TAG.c.owner == "", ~is_merged, ~is_told_of)
    query = select(TAG.c.id, TAG.c.name).where(*conditions, *untouched)
    in_rules = named_in_rules(session)
    return {tag: name for tag, name in session.execute(query.order_by(TAG.c.name)) if tag not in in_rules}


def fields_to_remove(session: Session, batch_id: int) -> dict[int, str]:
    """Return the fields that the import made, in which nobody else has written and that no rule names."""
    elsewhere = exists().where(HELD.c.field_id == FIELD.c.id, HELD.c.batch_id.is_distinct_from(batch_id))
    query = select(FIELD.c.id, FIELD.c.name).where(FIELD.c.id.in_(changed(batch_id, "field", "")), ~elsewhere)
    in_rules = fields_in_rules(session)
    return {field: name for field, name in session.execute(query.order_by(FIELD.c.name)) if field not in in_rules}


def line_of(batch_id: int, table: Any, field: str, what: ColumnElement[Any]) -> Any:
    """Return a part of the journal's line about one field of the row at hand, for a statement over its table."""
    return (
        select(what)
        .where(JOURNAL.c.action == action(batch_id), JOURNAL.c.entity == table.name, JOURNAL.c.field == field)
        .where(JOURNAL.c.entity_id == table.c.id)
        .correlate(table)
        .scalar_subquery()
    )


def as_text(json: ColumnElement[Any]) -> ColumnElement[str]:
    """Return JSON as the text it is kept as, so that two can be compared."""
    return cast(json, String)
