"""Takes an import back: every changed field is as it was, new friends, orders, events and tags are gone.

Set-based and in one transaction, because an import may have a million rows. Refusals stay unless a person says that
they go too; a friend whom the import brought and who said no in it is kept with the keys and the refusal alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, insert, select, union, update
from sqlalchemy.orm import Session

from linecrm_desktop.consent import chain, taking_back
from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import goods, reasons, traces
from linecrm_desktop.imports.before import GOODS_FIELDS, LINE_FIELDS, renewal_of
from linecrm_desktop.imports.goods import GOODS
from linecrm_desktop.imports.other_ids import KNOWN
from linecrm_desktop.imports.people import FRIEND
from linecrm_desktop.imports.traces import CAME, CARRIED, EVENT, FIELD, HELD, JOURNAL, LINE, ORDER, TAG, as_text
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.store.dialect import as_json, from_json, insert_missing
from linecrm_desktop.text import _

KEYS = ("line_user_id", "member_number")
"""Fields that no two friends share: emptied for all before any of them gets its old value back."""
FIELDS = ("phone", "email", "name", "joined_at", "is_blocked")
_NOTHING: dict[str, Any] = {
    "name": "",
    "joined_at": None,
    "is_blocked": False,
    "collected_through": None,
    "informed": Answer.UNKNOWN,
    "can_opt_out": Answer.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo takes back, or would take back."""

    friends_removed: int = 0
    friends_kept: int = 0
    """New friends who refuse: they stay with their keys and their refusal alone."""
    friends_restored: int = 0
    orders_removed: int = 0
    orders_restored: int = 0
    events_removed: int = 0
    tags_taken: int = 0
    """How often a tag is taken off a friend."""
    tags_removed: tuple[str, ...] = ()
    values_taken: int = 0
    """Entries that go out of fields of the shop's own."""
    fields_removed: tuple[str, ...] = ()
    refusals: int = 0
    """Refusals that this import recorded and that stand today, whether they stay or go."""


def why_not(session: Session, batch_id: int, now: datetime) -> str | None:
    """Return the sentence that says why an import cannot be undone, or None when it can be."""
    return reasons.why_not(session, batch_id, now)


def would(session: Session, batch_id: int, *, also_refusals: bool = False) -> Undone:
    """Count what an undo would take back, and change nothing."""
    stays = traces.kept(batch_id, also_refusals=also_refusals)
    all_made = _count(session, traces.made(batch_id))
    kept = _count(session, traces.made(batch_id).where(stays))
    restored = traces.changed(batch_id, "friend")
    if not also_refusals:
        restored = restored.where((JOURNAL.c.field != "marketing") | (as_text(JOURNAL.c.after) != '"refused"'))
    return Undone(
        friends_removed=all_made - kept,
        friends_kept=kept,
        friends_restored=_count(session, union(restored, traces.changed(batch_id, "friend_field"))),
        orders_removed=_count(session, select(ORDER.c.id).where(ORDER.c.batch_id == batch_id)),
        orders_restored=_count(session, traces.replaced_lines(batch_id)),
        events_removed=_count(session, select(EVENT.c.id).where(EVENT.c.batch_id == batch_id)),
        tags_taken=_count(session, select(CARRIED.c.tag_id).where(CARRIED.c.batch_id == batch_id)),
        tags_removed=tuple(traces.tags_to_remove(session, batch_id).values()),
        values_taken=_count(session, select(HELD.c.field_id).where(HELD.c.batch_id == batch_id)),
        fields_removed=tuple(traces.fields_to_remove(session, batch_id).values()),
        refusals=_count(session, traces.refusing(batch_id)),
    )


def undo(session: Session, batch_id: int, now: datetime, *, also_refusals: bool = False) -> Undone:
    """Take an import back and say what that was. Raises ShopError with the reason when it cannot be."""
    reason = why_not(session, batch_id, now)
    if reason is not None:
        raise ShopError(_("This import cannot be undone."), reason)
    batch = session.get_one(ImportBatch, batch_id)
    counts = would(session, batch_id, also_refusals=also_refusals)
    tags = list(traces.tags_to_remove(session, batch_id))
    fields = list(traces.fields_to_remove(session, batch_id))
    for table in (EVENT, CAME, CARRIED, HELD, ORDER, KNOWN):
        session.execute(delete(table).where(table.c.batch_id == batch_id))
    _restore_orders(session, batch_id)
    goods.remove_unused(session)
    _remove_friends(session, batch_id, also_refusals=also_refusals)
    _restore_friends(session, batch_id)
    _restore_consent(session, batch, now, also_refusals=also_refusals)
    _restore_tags(session, batch, tags)
    _restore_fields(session, batch_id, fields)
    batch.undone_at = now
    session.flush()
    session.expire_all()
    return counts


def _count(session: Session, query: Any) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _restore_orders(session: Session, batch_id: int) -> None:
    """Give orders their fields and their lines back; lines come back as new rows, for nothing points at them."""
    for field in ("friend_id", "at", "total", "discount", "state"):
        _restore(session, batch_id, ORDER, field)
    session.execute(delete(LINE).where(LINE.c.order_id.in_(traces.replaced_lines(batch_id))))
    held = [from_json(session, JOURNAL.c.before, LINE.c[name], name) for name in LINE_FIELDS]
    named = [from_json(session, JOURNAL.c.before, GOODS.c[name], name) for name in GOODS_FIELDS]
    mine = (JOURNAL.c.action == traces.action(batch_id), JOURNAL.c.entity == "order_line")
    session.execute(insert_missing(session, GOODS).from_select(GOODS_FIELDS, select(*named).where(*mine).distinct()))
    same = [GOODS.c[name] == was for name, was in zip(GOODS_FIELDS, named, strict=True)]
    lines = select(JOURNAL.c.entity_id, *held, select(GOODS.c.id).where(*same).scalar_subquery())
    lines = lines.join(ORDER, ORDER.c.id == JOURNAL.c.entity_id).where(*mine).order_by(JOURNAL.c.id)
    session.execute(insert(LINE).from_select(["order_id", *LINE_FIELDS, "goods_id"], lines))


def _remove_friends(session: Session, batch_id: int, *, also_refusals: bool) -> None:
    """Remove the import's friends; of those who must stay known as refusing, keep the keys."""
    stays = traces.kept(batch_id, also_refusals=also_refusals)
    session.execute(update(FRIEND).where(stays).values(_NOTHING))
    gone = (FRIEND.c.batch_id == batch_id, ~stays)
    chain.forget(session, select(FRIEND.c.id).where(*gone))
    session.execute(delete(FRIEND).where(*gone))


def _restore_friends(session: Session, batch_id: int) -> None:
    for field in KEYS:
        mine = traces.changed(batch_id, "friend", field)
        session.execute(update(FRIEND).where(FRIEND.c.id.in_(mine)).values({field: None}))
        before = _held(session, batch_id, FRIEND, field)
        session.execute(update(FRIEND).where(FRIEND.c.id.in_(mine)).values({field: before}))
    for field in FIELDS:
        _restore(session, batch_id, FRIEND, field)


def _restore_consent(session: Session, batch: ImportBatch, now: datetime, *, also_refusals: bool) -> None:
    """Take back what nobody answered anew since; a refusal goes back only when the person said so."""
    why = _("The import of {file} was undone.").format(file=batch.file_name)
    taking_back.answers(session, batch.id, why, now)
    for field in traces.ANSWERS:
        _restore(session, batch.id, FRIEND, field)
    _restore(session, batch.id, FRIEND, "marketing", FRIEND.c.marketing == Marketing.ALLOWED)
    if also_refusals:
        taking_back.refusals(session, traces.refusing(batch.id), why, now)
        _restore(session, batch.id, FRIEND, "marketing", FRIEND.c.id.in_(traces.refusing(batch.id)))


def _restore_renewals(session: Session, batch: ImportBatch) -> None:
    """Give tags that run out the moment back when they were renewed before, where nothing renewed them since."""
    line = (JOURNAL.c.action == traces.action(batch.id), JOURNAL.c.entity == CARRIED.name)
    mine = (*line, JOURNAL.c.entity_id == CARRIED.c.friend_id, JOURNAL.c.field == renewal_of(CARRIED.c.tag_id))
    before = select(from_json(session, JOURNAL.c.before, CARRIED.c.renewed_at)).where(*mine).correlate(CARRIED)
    unchanged = (CARRIED.c.renewed_at == batch.at, exists().where(*mine).correlate(CARRIED))
    session.execute(update(CARRIED).where(*unchanged).values(renewed_at=before.scalar_subquery()))


def _restore_tags(session: Session, batch: ImportBatch, made: list[int]) -> None:
    """Remove the tags that only this import used; retire again those that only this import brought back."""
    _restore_renewals(session, batch)
    for tag in made:
        session.execute(delete(TAG).where(TAG.c.id == tag))
    used_again = exists().where(CARRIED.c.tag_id == TAG.c.id, CARRIED.c.since > batch.at)
    before = _held(session, batch.id, TAG, "retired_at")
    back = TAG.c.id.in_(traces.changed(batch.id, "tag", "retired_at"))
    session.execute(update(TAG).where(back, TAG.c.retired_at.is_(None), ~used_again).values(retired_at=before))


def _restore_fields(session: Session, batch_id: int, made: list[int]) -> None:
    """Give friends the entries back that the import replaced; remove the fields that only this import used."""
    held = [from_json(session, JOURNAL.c.before, column, column.name) for column in HELD.columns]
    theirs = select(*held).where(JOURNAL.c.action == traces.action(batch_id), JOURNAL.c.entity == HELD.name)
    there = theirs.where(exists().where(FRIEND.c.id == JOURNAL.c.entity_id))
    session.execute(insert_missing(session, HELD).from_select([column.name for column in HELD.columns], there))
    session.execute(delete(FIELD).where(FIELD.c.id.in_(made)))


def _restore(session: Session, batch_id: int, table: Any, field: str, *conditions: Any) -> None:
    """Give a field back what it held before, where it still holds what the import wrote."""
    mine = table.c.id.in_(traces.changed(batch_id, table.name, field))
    written = traces.line_of(batch_id, table, field, as_text(JOURNAL.c.after))
    unchanged = as_text(as_json(session, table.c[field])) == written
    before = _held(session, batch_id, table, field)
    session.execute(update(table).where(mine, unchanged, *conditions).values({field: before}))


def _held(session: Session, batch_id: int, table: Any, field: str) -> Any:
    before = from_json(session, JOURNAL.c.before, table.c[field])
    return traces.line_of(batch_id, table, field, before)
