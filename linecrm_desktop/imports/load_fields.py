"""Fields of the shop's own: what the staged rows say is kept with each friend. Blank cells never erase.

An entry that stays as it is keeps its date and its import; the others are written into the journal before they go.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import before, people, staging
from linecrm_desktop.imports.columns import FIELD_TARGETS
from linecrm_desktop.imports.field_cells import field_key, field_name, same_fields
from linecrm_desktop.imports.merge import Batch
from linecrm_desktop.imports.people import S
from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.imports.staging import STAGE, STAGED_FIELD
from linecrm_desktop.models.field import Field, FieldKind, FriendField
from linecrm_desktop.store.dialect import insert_missing
from linecrm_desktop.text import N_, _

HELD = FriendField.metadata.tables[FriendField.__tablename__]
_F, _H = STAGED_FIELD.c, HELD.c
_KINDS = {
    FieldKind.TEXT: N_("text"),
    FieldKind.NUMBER: N_("numbers"),
    FieldKind.DATE: N_("dates"),
    FieldKind.LIST: N_("lists"),
}


def find(session: Session, plan: ImportPlan, batch: Batch) -> tuple[dict[int, int], tuple[str, ...]]:
    """Return which of the shop's fields each column is, and the names of those that had to be made.

    Raises ShopError where a field of that name holds something of another kind.
    """
    known = {field.name_key: field for field in session.scalars(select(Field))}
    fresh: list[Field] = []
    found: dict[int, int] = {}
    for column, first in same_fields(plan).items():
        key, kind = field_key(plan, column), FIELD_TARGETS[plan.matching.targets[column]]
        if key not in known:
            known[key] = Field(name=field_name(plan, column), name_key=key, kind=kind, created_at=batch.now)
            session.add(known[key])
            session.flush()
            fresh.append(known[key])
        if known[key].kind is not kind:
            raise _other_kind(known[key])
        found[first] = known[key].id
    before.journal_new_fields(session, batch, [field.id for field in fresh])
    return found, tuple(field.name for field in fresh)


def stage(session: Session, rows: Mapping[str, Sequence[Any]], fields: Mapping[int, int]) -> bool:
    """Put aside what rows say, who name their columns; return whether they say anything."""
    if rows:
        staging.put(session, STAGED_FIELD, {**rows, "field": [fields[column] for column in rows["field"]]})
    return bool(rows)


def differs() -> ColumnElement[bool]:
    """Say whether a staged row of a known friend changes one of the fields."""
    mine = (_H.field_id == _F.field, _H.friend_id == S.friend_id)
    same = exists().where(*mine, _H.place == _F.place, _H.text == _F.text).correlate(STAGE, STAGED_FIELD)
    entries = STAGED_FIELD.alias()
    count = select(func.count()).where(entries.c.line == _F.line, entries.c.field == _F.field)
    longer = exists().where(*mine, _H.place >= count.correlate(STAGED_FIELD).scalar_subquery())
    longer = and_(_F.place == 0, longer.correlate(STAGE, STAGED_FIELD))
    return exists().where(_F.line == S.line, or_(~same, longer)).correlate(STAGE)


def write(session: Session, batch: Batch) -> None:
    """Keep what the rows say that bring something new."""
    before.journal_fields(session, batch, _gone())
    session.execute(delete(HELD).where(_gone()))
    columns = ["field_id", "friend_id", "place", "text", "number", "since", "batch_id"]
    said = (
        select(
            *(_F.field, S.friend_id, _F.place, _F.text, _F.number),
            *(people.constant(batch.now, _H.since), people.constant(batch.id)),
        )
        .join(STAGE, S.line == _F.line)
        .where(S.verdict.in_(("new", "updated")))
        .order_by(_F.field, S.friend_id, _F.place)
    )
    session.execute(insert_missing(session, HELD).from_select(columns, said))


def _gone() -> ColumnElement[bool]:
    """Say of a friend's entry whether the file says something else in its place."""
    row, told = aliased(STAGE), aliased(STAGED_FIELD)
    changed = (row.c.friend_id == _H.friend_id, row.c.verdict == "updated")
    asked = exists().where(*changed, told.c.line == row.c.line, told.c.field == _H.field_id)
    stays = asked.where(told.c.place == _H.place, told.c.text == _H.text)
    return and_(asked.correlate(HELD), ~stays.correlate(HELD))


def _other_kind(field: Field) -> ShopError:
    return ShopError(
        _("The shop’s field “{field}” holds {kind}.").format(field=field.name, kind=_(_KINDS[field.kind])),
        _("Send the column to a field of that kind, give it another name in the file, or leave it out."),
    )
