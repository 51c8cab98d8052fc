"""Why an import cannot be undone: each reason is one sentence. No later work is ever lost without a word."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select, union_all
from sqlalchemy.orm import Session

from linecrm_desktop.imports import traces
from linecrm_desktop.imports.people import FRIEND
from linecrm_desktop.imports.traces import CARRIED, EVENT, HELD, JOURNAL, LEDGER, LINE, ORDER, as_text
from linecrm_desktop.models.campaign import Campaign, Delivery
from linecrm_desktop.models.consent import ConsentKind
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.tag import TagOrigin
from linecrm_desktop.store.dialect import as_json, from_json
from linecrm_desktop.text import _, ngettext, number

DAYS = 30
"""How long an import can be undone."""
_FRIEND_FIELDS = ("line_user_id", "member_number", "phone", "email", "name", "joined_at", "is_blocked")
_ORDER_FIELDS = ("friend_id", "at", "total", "discount", "state")


def why_not(session: Session, batch_id: int, now: datetime) -> str | None:
    """Return the first reason, the plainest first; None when the import can be undone."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        return _("There is no such import.")
    if batch.undone_at is not None:
        return _("This import was undone already.")
    if now - batch.at > timedelta(days=DAYS):
        return _("It is older than {days} days.").format(days=DAYS)
    if not batch.options.get("can_undo"):
        return _("What was there before this import was not kept.")
    return next(_later_work(session, batch_id), None)


def _later_work(session: Session, batch_id: int) -> Iterator[str]:
    newer = _newer(session, batch_id)
    if newer is not None:
        sentence = _("A newer import changed the same friends or orders: “{file}”. Undo that one first.")
        yield sentence.format(file=newer)
    yield from _sent(session, batch_id)
    yield from _by_hand(session, batch_id)
    if _is_changed(session, batch_id):
        yield _("Something that this import changed was changed again since.")
    if _is_taken(session, batch_id):
        yield _("A LINE user ID or member number that a friend had before belongs to another friend now.")
    if _is_gone(session, batch_id):
        yield _("A friend whose orders this import changed is no longer there.")


def _newer(session: Session, batch_id: int) -> str | None:
    """Return the file of the newest later import that touched what this one touched."""
    made = traces.made(batch_id)
    tagged = select(CARRIED.c.friend_id).where(CARRIED.c.batch_id == batch_id)
    written = select(HELD.c.friend_id).where(HELD.c.batch_id == batch_id)
    fields = traces.changed(batch_id, "friend_field")
    friends = union_all(made, traces.changed(batch_id, "friend"), tagged, written, fields).subquery()
    mine = select(ORDER.c.id).where(ORDER.c.batch_id == batch_id)
    orders = union_all(mine, traces.changed(batch_id, "orders")).subquery()
    whom, which = select(friends.c[0]), select(orders.c[0])
    there = or_(
        JOURNAL.c.entity.in_(("friend", "friend_field")) & JOURNAL.c.entity_id.in_(whom),
        (JOURNAL.c.entity == "orders") & JOURNAL.c.entity_id.in_(which),
    )
    imports = JOURNAL.c.action.startswith("import:") & (JOURNAL.c.action != traces.action(batch_id))
    named = session.scalars(select(JOURNAL.c.action).where(imports, there).distinct())
    found: set[int | None] = {int(name.partition(":")[2]) for name in named}
    for table, ids in ((CARRIED, whom), (HELD, whom), (LEDGER, made), (ORDER, made), (EVENT, made)):
        later = select(table.c.batch_id).where(table.c.friend_id.in_(ids), table.c.batch_id > batch_id)
        found |= set(session.scalars(later.distinct()))
    query = select(ImportBatch.file_name).where(ImportBatch.id > batch_id, ImportBatch.undone_at.is_(None))
    return session.scalar(query.where(ImportBatch.id.in_(found)).order_by(ImportBatch.id.desc()).limit(1))


def _sent(session: Session, batch_id: int) -> Iterator[str]:
    mine = Delivery.friend_id.in_(traces.made(batch_id))
    friends = session.scalar(select(func.count(Delivery.friend_id.distinct())).where(mine)) or 0
    if friends:
        query = select(Campaign.name).join(Delivery, Delivery.campaign_id == Campaign.id).where(mine)
        name = session.scalar(query.order_by(Campaign.id.desc()).limit(1))
        words = ngettext(
            "{n} new friend of this import is on the list of a send: “{name}”.",
            "{n} new friends of this import are on the list of a send: “{name}”.",
            friends,
        )
        yield words.format(n=number(friends), name=name)


def _by_hand(session: Session, batch_id: int) -> Iterator[str]:
    """Say what hangs on the new friends that this import did not bring."""
    made = traces.made(batch_id)
    elsewhere = CARRIED.c.batch_id.is_distinct_from(batch_id)
    tagged = CARRIED.c.friend_id.in_(made) & elsewhere & (CARRIED.c.origin != TagOrigin.RULE)
    if session.scalar(select(exists().where(tagged))):
        yield _("New friends of this import got other tags since.")
    edited = JOURNAL.c.entity_id.in_(made) & ~JOURNAL.c.action.startswith("import:")
    said = (LEDGER.c.friend_id.in_(made), LEDGER.c.batch_id.is_(None))
    answered = exists().where(*said, LEDGER.c.kind.in_((ConsentKind.COLLECTED, ConsentKind.ALLOWED)))
    if session.scalar(select(or_(exists().where(JOURNAL.c.entity == "friend", edited), answered))):
        yield _("New friends of this import were changed by hand since.")
    moved = traces.changed(batch_id, "orders", "friend_id")
    ordered = exists().where(
        ORDER.c.friend_id.in_(made), ORDER.c.batch_id.is_distinct_from(batch_id), ORDER.c.id.not_in(moved)
    )
    happened = exists().where(EVENT.c.friend_id.in_(made), EVENT.c.batch_id.is_distinct_from(batch_id))
    if session.scalar(select(or_(ordered, happened))):
        yield _("New friends of this import got other orders or events since.")


def _is_changed(session: Session, batch_id: int) -> bool:
    """Say whether a field of a friend or an order holds something else than this import wrote."""
    for table, fields in ((FRIEND, _FRIEND_FIELDS), (ORDER, _ORDER_FIELDS)):
        for field in fields:
            mine = _lines(batch_id, table.name, field)
            holds = as_text(as_json(session, table.c[field]))
            other = select(table.c.id).join(JOURNAL, JOURNAL.c.entity_id == table.c.id)
            if session.scalar(other.where(*mine, holds != as_text(JOURNAL.c.after)).limit(1)) is not None:
                return True
    return False


def _is_taken(session: Session, batch_id: int) -> bool:
    """Say whether somebody who keeps it has a key that a friend would get back."""
    for field in ("line_user_id", "member_number"):
        back = select(from_json(session, JOURNAL.c.before, FRIEND.c[field])).where(*_lines(batch_id, "friend", field))
        gives_up = FRIEND.c.id.in_(traces.changed(batch_id, "friend", field))
        goes = (FRIEND.c.batch_id == batch_id) & ~traces.kept(batch_id, also_refusals=False)
        holder = select(FRIEND.c.id).where(FRIEND.c[field].in_(back), ~gives_up, ~func.coalesce(goes, False))
        if session.scalar(holder.limit(1)) is not None:
            return True
    return False


def _is_gone(session: Session, batch_id: int) -> bool:
    """Say whether an order would go back to a friend who was removed."""
    of_order = from_json(session, JOURNAL.c.before, ORDER.c.friend_id)
    of_line = from_json(session, JOURNAL.c.before, LINE.c.friend_id, "friend_id")
    still: Any = select(ORDER.c.id)
    for owner, entity, field in ((of_order, "orders", "friend_id"), (of_line, "order_line", "")):
        lost = select(JOURNAL.c.id).where(*_lines(batch_id, entity, field), JOURNAL.c.entity_id.in_(still))
        if session.scalar(lost.where(owner.not_in(select(FRIEND.c.id))).limit(1)) is not None:
            return True
    return False


def _lines(batch_id: int, entity: str, field: str) -> tuple[Any, ...]:
    return (JOURNAL.c.action == traces.action(batch_id), JOURNAL.c.entity == entity, JOURNAL.c.field == field)
