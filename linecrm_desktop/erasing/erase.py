"""Erases a person: counted first, then removed in one transaction, then the file written anew and searched.

Until the transaction ends, nothing has happened; after it, the person is gone whatever comes. A file that could not be
written anew at once (disk full, power cut) is written anew when the shop is opened next.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.consent import chain, erased
from linecrm_desktop.days import ShopDay
from linecrm_desktop.erasing import searching, traces
from linecrm_desktop.erasing.person import Person, gather
from linecrm_desktop.erasing.searching import Searched
from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import goods
from linecrm_desktop.imports.traces import tags_of_imports
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.campaign import Campaign, Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentEntry
from linecrm_desktop.models.erasure import ErasedCopies, ErasedOrder
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.field import FriendField
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.order import Order
from linecrm_desktop.models.tag import FriendTag, Tag
from linecrm_desktop.results import outcome
from linecrm_desktop.store import backup
from linecrm_desktop.store.database import Database, path_of
from linecrm_desktop.store.wiping import wipe
from linecrm_desktop.text import _

STEPS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What an erasing would do: what goes, what stays without the person, what it cannot reach."""

    friend_id: int
    name: str
    confirm: str
    """What has to be typed."""
    tags: int
    fields: int
    events: int
    ledger: int
    orders: int
    copies: int
    """Their copies of sends, which stay as counts."""
    shared: tuple[str, ...]
    """E-mails and phones that other friends have too."""
    tags_removed: tuple[str, ...]
    backups: tuple[str, ...]
    """Names of older copies of the shop beside it."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How it ended."""

    plan: Plan
    erasure: int
    is_wiped: bool
    """Whether the file was written anew."""
    searched: Searched


def plan(session: Session, friend_id: int) -> Plan:
    """Count what an erasing would do. Raises ShopError when the friend is gone."""
    return _plan(session, gather(session, friend_id))


def erase(database: Database, friend_id: int, confirm: str, task: Task, now: datetime, zone: str) -> Erased:
    """Erase a friend for good. `confirm` must be what Plan asks for. Raises ShopError, and Stopped before it begins."""
    task.progress(0, STEPS)
    task.raise_if_stopped()
    with database.write() as session:
        person = gather(session, friend_id)
        if " ".join(confirm.split()) != " ".join(person.confirm.split()):
            raise ShopError(
                _("“{typed}” is not what this friend is called here.").format(typed=confirm),
                _("Type “{wanted}”. Nothing was erased.").format(wanted=person.confirm),
            )
        planned = _plan(session, person)
        words = _remove(session, person, ShopDay.of(now, zone), now)
        erasure = erased.remember(session, person.keys, now)
    database.kept.forget()
    task.progress(1, STEPS)
    is_wiped = wipe(database)
    task.progress(2, STEPS)
    found = searching.search(database, words)
    task.progress(STEPS, STEPS)
    return Erased(planned, erasure, is_wiped, found)


def _plan(session: Session, person: Person) -> Plan:
    count = {
        name: session.scalar(select(func.count()).where(row.friend_id == person.id)) or 0
        for name, row in (
            *(("tags", FriendTag), ("fields", FriendField), ("events", Event)),
            *(("ledger", ConsentEntry), ("orders", Order), ("copies", Delivery)),
        )
    }
    return Plan(
        friend_id=person.id,
        name=person.names[0] if person.names else "",
        confirm=person.confirm,
        **count,
        shared=tuple(key.value for key in person.keys if key.is_shared),
        tags_removed=tuple(_own_tags(session, person).values()),
        backups=tuple(copy.name for copy in backup.copies(path_of(session))),
    )


def _remove(session: Session, person: Person, day: ShopDay, now: datetime) -> set[str]:
    """Remove the person in this transaction; return all words by which they could still be found."""
    _refuse_on_the_way(session, person)
    _keep_counts(session, person, day)
    _keep_amounts(session, person, day)
    words = set(person.words) | traces.clear_journal(session, person) | traces.clear_rejected(session, person)
    words |= traces.clear_file_names(session, person) | traces.clear_tests(session, person)
    words |= traces.clear_data_requests(session, person, now) | traces.clear_looks(session, person)
    traces.clear_requests(session, person)
    tags = _own_tags(session, person)
    chain.forget(session, [person.id])
    session.execute(delete(Friend).where(Friend.id == person.id))
    _remove_tags(session, tags)
    goods.remove_unused(session)
    session.expire_all()
    return words | set(tags.values())


def _refuse_on_the_way(session: Session, person: Person) -> None:
    """Refuse while a request with the person in it is on its way: it may have to go again just as it was."""
    under_way = exists().where(
        *(Delivery.campaign_id == Chunk.campaign_id, Delivery.chunk == Chunk.number),
        *(Delivery.friend_id == person.id, Chunk.state == ChunkState.HANDED_OVER),
    )
    query = select(Campaign.name).join(Chunk, Chunk.campaign_id == Campaign.id).where(under_way).limit(1)
    name = session.scalar(query)
    if name is not None:
        raise ShopError(
            _("A message to this friend is on its way: “{name}”.").format(name=name),
            _("Let the send end, or stop it. Nothing was erased."),
        )


def _keep_counts(session: Session, person: Person, day: ShopDay) -> None:
    """Keep what sends and their results count of the person, added to the counts of others who were erased."""
    for copy in outcome.copies_of(session, person.id, day):
        state, why = copy.state, copy.why
        if state is DeliveryState.WAITING:
            state, why = DeliveryState.LEFT_OUT, str(Why.ERASED)
        kept = session.get(ErasedCopies, (copy.campaign_id, state, why))
        if kept is None:
            none = dict.fromkeys(("copies", "did", "orders", "revenue", "opened", "clicked", "blocked", "refused"), 0)
            kept = ErasedCopies(campaign_id=copy.campaign_id, state=state, why=why, **none)
            session.add(kept)
        kept.copies += 1
        kept.did += copy.did
        kept.orders += copy.orders
        kept.revenue += copy.revenue
        kept.opened += copy.reactions.opened
        kept.clicked += copy.reactions.clicked
        kept.blocked += copy.reactions.blocked or 0
        kept.refused += copy.reactions.refused
        session.flush()


def _keep_amounts(session: Session, person: Person, day: ShopDay) -> None:
    for order in session.scalars(select(Order).where(Order.friend_id == person.id)):
        money: dict[str, Any] = {"total": order.total, "currency": order.currency, "discount": order.discount}
        session.add(ErasedOrder(day=day.local(order.at).date(), state=order.state, **money))
    session.flush()


def _own_tags(session: Session, person: Person) -> dict[int, str]:
    """Return the tags that came in with a file and that nobody else carries: their names are the person's data."""
    elsewhere = exists().where(FriendTag.tag_id == Tag.id, FriendTag.friend_id != person.id)
    theirs = exists().where(FriendTag.tag_id == Tag.id, FriendTag.friend_id == person.id)
    return tags_of_imports(session, theirs, ~elsewhere)


def _remove_tags(session: Session, tags: dict[int, str]) -> None:
    if not tags:
        return
    traces.clear_tags(session, tags)
    session.execute(delete(Tag).where(Tag.id.in_(tags)))
    for batch in session.scalars(select(ImportBatch)):
        counts: dict[str, Any] = batch.options.get("counts", {})
        if set(counts.get("new_tags", ())) & set(tags.values()):
            left = [name for name in counts["new_tags"] if name not in tags.values()]
            told = {**batch.options, "counts": {**counts, "new_tags": left}}
            session.execute(update(ImportBatch).where(ImportBatch.id == batch.id).values(options=told))
