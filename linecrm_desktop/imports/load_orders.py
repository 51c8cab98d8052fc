"""Orders: many rows may make one order. Totals count once an order; cancelled and refunded orders stay, uncounted."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from linecrm_desktop.imports import barred, before, by_name, continued, people, staging
from linecrm_desktop.imports.merge import Batch, Counts, insert_strangers, journal, record_consent_of_people
from linecrm_desktop.imports.people import S, constant
from linecrm_desktop.imports.staging import STAGE, STAGED_BAD, STAGED_NUMBER, STAGED_ORDER
from linecrm_desktop.models.order import Order, OrderLine, OrderState
from linecrm_desktop.text import _

ORDER = Order.metadata.tables[Order.__tablename__]
LINE = OrderLine.metadata.tables[OrderLine.__tablename__]
SO = STAGED_ORDER.c
_FIELDS = ("friend_id", "at", "total", "discount", "state")


def load(session: Session, batch: Batch, currency: str) -> Counts:
    """Decide every staged row's verdict and write the orders."""
    counts = Counts()
    unknown = session.scalar(select(func.count()).where(S.friend_id.is_(None))) or 0
    staging.index_gaps(session, {"friend_id": unknown, **batch.lacking}, batch.rows)
    continued.take_first(session, batch.filled)
    _share_keys(session, batch)
    people.find(session, batch.filled)
    by_name.find(session, batch)
    barred.reject(session, batch.filled, orders=True)
    people.reject_strangers(session, batch.filled)
    if batch.lacking["number"]:
        _number_the_rest(session)
        continued.take_number(session, batch.filled)
    if batch.lacking["at"]:
        _share_dates(session)
        people.reject(session, S.at.is_(None), "date", _("The order has no date."))
    _reject_the_rest_of_orders(session)
    counts.new_friends = insert_strangers(session, batch) + by_name.insert_new(session, batch)
    _gather(session, batch)
    _judge(session, batch)
    rows = [func.coalesce(func.sum(case((SO.verdict == verdict, SO.rows))), 0) for verdict in ("new", "updated")]
    counts.new, counts.updated = session.execute(select(rows[0], rows[1])).one()
    _write(session, batch, currency)
    record_consent_of_people(session, batch, counts, select(SO.friend_id))
    return counts


def _share_keys(session: Session, batch: Batch) -> None:
    """Let rows that name nobody take the keys of the first row of their order that does."""
    keys = (S.line_user_id, S.member_number, S.email, S.phone)
    nobody = and_(S.friend_id.is_(None), *[key.is_(None) for key in keys])
    first = STAGE.alias("first")
    for key in (key for key in keys if key.name in batch.filled):
        theirs = select(func.min(first.c[key.name])).where(first.c.number == S.number).scalar_subquery()
        session.execute(update(STAGE).where(nobody, S.number.is_not(None)).values({key.name: theirs}))


def _number_the_rest(session: Session) -> None:
    """Number orders that have none by person, moment and position, so that the same file gives the same numbers."""
    who = func.coalesce(S.line_user_id, S.member_number, S.email, S.phone, S.name)
    place = func.row_number().over(partition_by=(who, S.at), order_by=S.line)
    named = who.op("||")("/").op("||")(cast(S.at, String)).op("||")("/").op("||")(cast(place, String))
    numbered = select(S.line, named).where(S.number.is_(None), S.at.is_not(None))
    session.execute(insert(STAGED_NUMBER).from_select(["line", "number"], numbered))
    theirs = select(STAGED_NUMBER.c.number).where(STAGED_NUMBER.c.line == S.line).scalar_subquery()
    session.execute(update(STAGE).where(S.number.is_(None)).values(number=theirs))


def _share_dates(session: Session) -> None:
    """Let rows without a date take their order's earliest one."""
    first = STAGE.alias("first")
    theirs = select(func.min(first.c.at)).where(first.c.number == S.number).scalar_subquery()
    session.execute(update(STAGE).where(S.at.is_(None), S.number.is_not(None)).values(at=theirs))


def _reject_the_rest_of_orders(session: Session) -> None:
    """Reject all rows of an order one of whose rows cannot be taken: the others would count as less money."""
    bad = select(S.number, func.min(S.line)).where(S.verdict == "rejected", S.number.is_not(None))
    session.execute(insert(STAGED_BAD).from_select(["number", "line"], bad.group_by(S.number)))
    row = select(STAGED_BAD.c.line).where(STAGED_BAD.c.number == S.number).scalar_subquery()
    sentence = people.filled(_("Row {row} of the same order cannot be taken."), row=row)
    told = (S.verdict.is_(None), S.number.in_(select(STAGED_BAD.c.number)))
    session.execute(update(STAGE).where(*told).values(verdict="rejected", why="order", sentence=sentence))


def _gather(session: Session, batch: Batch) -> None:
    """Make one staged order of its rows. The total is said once or on every row; else it is the lines' sum.

    An order is cancelled or refunded when all rows that tell a state say so; a single unit that was, is left out of the
    sum. What the file does not say stays NULL, so that a report without totals or states changes none. The first row
    of an order says whose it is. In a shop without orders all are new, and no lines have to be compared.
    """
    total, state, off = _summed(batch)
    total, discount = (
        func.coalesce(func.max(S.total), total) if "total" in batch.filled else total,
        func.max(S.discount) if "discount" in batch.filled else null(),
    )
    has_orders = _has_orders(session)
    base = session.scalar(select(func.coalesce(func.max(ORDER.c.id), 0))) or 0
    goods = case((_has_goods(S), _as_text(_goods(batch), S.quantity, S.amount)))
    lines = func.coalesce(func.group_concat(goods, "\n"), "") if has_orders else constant("")
    verdict = null() if has_orders else constant("new")
    gathered = (
        select(
            *(S.number, func.count(), func.min(S.friend_id), func.max(S.friend_id), func.min(S.at)),
            *(total, discount, state, lines, base + func.min(S.line), verdict, off),
        )
        .where(S.verdict.is_(None))
        .group_by(S.number)
    )
    columns = ["number", "rows", "friend_id", "other_friend", "at", "total", "discount", "state", "goods", "order_id"]
    columns += ["verdict", "off"]
    session.execute(insert(STAGED_ORDER).from_select(columns, gathered))
    first = (
        select(S.friend_id)
        .where(S.number == SO.number, S.verdict.is_(None), S.friend_id.is_not(None))
        .order_by(S.line)
        .limit(1)
        .scalar_subquery()
    )
    session.execute(update(STAGED_ORDER).where(SO.friend_id != SO.other_friend).values(friend_id=first))


def _summed(batch: Batch) -> tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    """Return the sum of an order's lines, its state, and how many lines it goes on without."""
    goes_on = func.min(S.state) == 0
    whole = func.sum(S.amount)
    if not batch.has_returns:
        return whole, case((goes_on, str(OrderState.PLACED))), constant(0)
    live = case((_is_live(), S.amount))
    state = case(
        (goes_on, str(OrderState.PLACED)),
        (func.max(S.state) == 2, str(OrderState.REFUNDED)),
        (func.max(S.state) == 1, str(OrderState.CANCELLED)),
    )
    off = func.count(case((and_(~_is_live(), _has_goods(S)), 1)))
    return case((goes_on, func.sum(live)), else_=whole), state, case((goes_on, off), else_=0)


def _has_orders(session: Session) -> bool:
    return bool(session.scalar(select(exists().select_from(ORDER))))


def _judge(session: Session, batch: Batch) -> None:
    """Say of each order whether it is new or changed, and which of the shop's orders it is."""
    if not _has_orders(session):
        return
    theirs = select(ORDER.c.id).where(ORDER.c.number == SO.number).scalar_subquery()
    there = SO.number.in_(select(ORDER.c.number))
    session.execute(update(STAGED_ORDER).where(~there).values(verdict="new"))
    session.execute(update(STAGED_ORDER).where(SO.verdict.is_(None)).values(order_id=theirs))
    differs = exists().where(
        ORDER.c.id == SO.order_id,
        or_(*[and_(SO[name].is_not(None), _plain(ORDER.c[name]).is_distinct_from(SO[name])) for name in _FIELDS]),
    )
    differs = or_(differs, _other_lines_are_off())
    changed = or_(differs, and_(SO.goods != "", SO.goods != _kept_lines()))
    session.execute(update(STAGED_ORDER).where(SO.verdict.is_(None), changed).values(verdict="updated"))
    # Lines that only stand in another order in the file than in the shop are no change.
    same = and_(SO.verdict == "updated", ~differs, _lines_of(batch, staged=True) == _lines_of(batch, staged=False))
    session.execute(update(STAGED_ORDER).where(same).values(verdict=None))


def _is_live() -> ColumnElement[bool]:
    return func.coalesce(S.state, 0) == 0


def _other_lines_are_off() -> ColumnElement[bool]:
    """Say whether the file leaves more or fewer lines of an order uncounted than the shop does; most leave none."""
    is_off = LINE.c.is_counted.is_(False)
    partly = select(LINE.c.order_id).join(ORDER, ORDER.c.id == LINE.c.order_id)
    partly = partly.where(is_off, ORDER.c.state == OrderState.PLACED)
    here = select(func.count()).where(LINE.c.order_id == SO.order_id, is_off).correlate(STAGED_ORDER).scalar_subquery()
    told = (SO.state == str(OrderState.PLACED), SO.goods != "")
    return and_(*told, or_(SO.off > 0, SO.order_id.in_(partly)), SO.off != here)


def _plain(column: Any) -> ColumnElement[Any]:
    return cast(column, BigInteger if column.name == "at" else String) if column.name in ("at", "state") else column


def _kept_lines() -> ColumnElement[str]:
    """Return the lines that the shop has of an order as one text, as they come; equal texts are equal lines."""
    line = _as_text(LINE.c.goods_id, LINE.c.quantity, LINE.c.amount)
    rows = select(func.group_concat(line, "\n")).where(LINE.c.order_id == SO.order_id)
    return func.coalesce(rows.correlate(STAGED_ORDER).scalar_subquery(), "")


def _lines_of(batch: Batch, *, staged: bool) -> ColumnElement[str]:
    """Return an order's lines as one text, sorted, so that two can be compared."""
    if staged:
        line = _as_text(_goods(batch), S.quantity, S.amount)
        rows = select(line.label("line")).where(S.number == SO.number, _has_goods(S), S.verdict.is_(None))
    else:
        line = _as_text(LINE.c.goods_id, LINE.c.quantity, LINE.c.amount)
        rows = select(line.label("line")).where(LINE.c.order_id == SO.order_id)
    ordered = rows.order_by(line).correlate(STAGED_ORDER).subquery()
    return select(func.coalesce(func.group_concat(ordered.c.line, "\n"), "")).scalar_subquery()


def _goods(batch: Batch) -> ColumnElement[int]:
    return func.coalesce(S.goods_id, batch.nameless_goods)


def _as_text(goods: Any, quantity: Any, amount: Any) -> ColumnElement[str]:
    whole: ColumnElement[str] = cast(goods, String)
    for number in (func.coalesce(quantity, 1), func.coalesce(amount, 0)):
        whole = whole.op("||")("\t").op("||")(cast(number, String))
    return whole


def _has_goods(columns: Any) -> ColumnElement[bool]:
    return or_(columns.goods_id.is_not(None), columns.amount.is_not(None))


def _write(session: Session, batch: Batch, currency: str) -> None:
    columns = ["id", "number", "friend_id", "at", "total", "discount", "state", "currency", "batch_id"]
    told = (SO.order_id, SO.number, SO.friend_id, SO.at, func.coalesce(SO.total, 0), SO.discount)
    state = func.coalesce(SO.state, str(OrderState.PLACED))
    fresh = select(*told, state, constant(currency), constant(batch.id)).where(SO.verdict == "new")
    session.execute(insert(ORDER).from_select(columns, fresh))
    any_updated = bool(session.scalar(select(exists().where(SO.verdict == "updated"))))
    if any_updated:
        _update(session, batch)
    session.execute(insert(LINE).from_select(_LINE_COLUMNS, _lines(batch, all_new=not any_updated)))


def _update(session: Session, batch: Batch) -> None:
    changed = select(SO.order_id).where(SO.verdict == "updated")
    touched = (ORDER.c.id.in_(changed),)
    after: dict[str, ColumnElement[Any]] = {
        name: select(SO[name]).where(SO.order_id == ORDER.c.id).scalar_subquery() for name in _FIELDS
    }
    journal(session, batch, ORDER, after, touched)
    before.journal_lines(session, batch, changed)
    values = {name: func.coalesce(value, ORDER.c[name]) for name, value in after.items()}
    # Where the state stays, single lines that were cancelled stay so.
    moved = select(SO.order_id).join(ORDER, ORDER.c.id == SO.order_id)
    moved = moved.where(SO.verdict == "updated", SO.state.is_not(None), _plain(ORDER.c.state) != SO.state)
    counts = select(SO.state == str(OrderState.PLACED)).where(SO.order_id == LINE.c.order_id).scalar_subquery()
    session.execute(update(LINE).where(LINE.c.order_id.in_(moved)).values(is_counted=counts))
    session.execute(update(ORDER).where(*touched).values(values))
    session.execute(delete(LINE).where(LINE.c.order_id.in_(changed.where(SO.goods != ""))))
    theirs = {name: select(ORDER.c[name]).where(ORDER.c.id == LINE.c.order_id).scalar_subquery() for name in _REPEATED}
    session.execute(update(LINE).where(LINE.c.order_id.in_(changed)).values(theirs))


_REPEATED = ("friend_id", "at")
"""What lines repeat of their order: a file without goods may change it for lines that stay."""
_LINE_COLUMNS = ["order_id", "friend_id", "at", "is_counted", "goods_id", "quantity", "amount"]


def _lines(batch: Batch, *, all_new: bool) -> Any:
    """Return the lines of new and changed orders; a row without goods (a log of dates) makes no line.

    What an order is now stands in the shop; of new ones the staged order says the same.
    """
    state = func.coalesce(SO.state, str(OrderState.PLACED)) if all_new else ORDER.c.state
    order = (SO.order_id, SO.friend_id, SO.at) if all_new else (ORDER.c.id, ORDER.c.friend_id, ORDER.c.at)
    staged = STAGE.join(STAGED_ORDER, SO.number == S.number)
    return (
        select(
            *(*order, and_(state == str(OrderState.PLACED), _is_live()).label("counted")),
            *(_goods(batch), func.coalesce(S.quantity, 1), func.coalesce(S.amount, 0)),
        )
        .select_from(staged if all_new else staged.join(ORDER, ORDER.c.id == SO.order_id))
        .where(SO.verdict.is_not(None), S.verdict.is_(None), _has_goods(S))
        .order_by(S.line)
    )
