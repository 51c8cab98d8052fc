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
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from linecrm_desktop.imports import before, people
from linecrm_desktop.imports.merge import Batch, Counts, insert_strangers, journal, record_consent
from linecrm_desktop.imports.people import S, constant
from linecrm_desktop.imports.staging import STAGE, STAGED_NUMBER, STAGED_ORDER
from linecrm_desktop.models.order import Order, OrderLine, OrderState
from linecrm_desktop.text import _

ORDER = Order.metadata.tables[Order.__tablename__]
LINE = OrderLine.metadata.tables[OrderLine.__tablename__]
_FIELDS = ("friend_id", "at", "total", "state")


def load(session: Session, batch: Batch, currency: str) -> Counts:
    """Decide every staged row's verdict and write the orders."""
    counts = Counts()
    _share_keys(session)
    people.find(session)
    people.reject_strangers(session)
    _number_the_rest(session)
    _share_dates(session)
    people.reject(session, S.at.is_(None), "date", _("The order has no date."))
    counts.new_friends = insert_strangers(session, batch)
    _one_friend_an_order(session)
    _gather(session, currency)
    _judge(session)
    _write(session, batch)
    record_consent(session, batch, counts)
    return counts


def _share_keys(session: Session) -> None:
    """Let rows that name nobody take the keys of the first row of their order that does."""
    keys = (S.line_user_id, S.member_number, S.email, S.phone)
    nobody = and_(*[key.is_(None) for key in keys])
    first = STAGE.alias("first")
    for key in keys:
        theirs = select(func.min(first.c[key.name])).where(first.c.number == S.number).scalar_subquery()
        session.execute(update(STAGE).where(nobody, S.number.is_not(None)).values({key.name: theirs}))


def _number_the_rest(session: Session) -> None:
    """Number orders that have none by person, moment and position, so that the same file gives the same numbers."""
    who = func.coalesce(S.line_user_id, S.member_number, S.email, S.phone)
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


def _one_friend_an_order(session: Session) -> None:
    """The first row of an order says whose it is."""
    first = STAGE.alias("first")
    theirs = (
        select(first.c.friend_id)
        .where(first.c.number == S.number, first.c.verdict.is_(None), first.c.friend_id.is_not(None))
        .order_by(first.c.line)
        .limit(1)
        .scalar_subquery()
    )
    session.execute(update(STAGE).where(S.verdict.is_(None)).values(friend_id=theirs))


def _gather(session: Session, currency: str) -> None:
    """Make one staged order of its rows. The total is said once or on every row; else it is the lines' sum.

    What the file does not say stays NULL, so that a report without totals or states changes none.
    """
    total = func.coalesce(func.max(S.total), func.sum(S.amount))
    state = case(
        (func.max(S.state) == 2, str(OrderState.REFUNDED)),
        (func.max(S.state) == 1, str(OrderState.CANCELLED)),
        (func.max(S.state) == 0, str(OrderState.PLACED)),
    )
    gathered = (
        select(S.number, func.max(S.friend_id), func.min(S.at), total, state, constant(currency))
        .where(S.verdict.is_(None))
        .group_by(S.number)
    )
    columns = ["number", "friend_id", "at", "total", "state", "currency"]
    session.execute(insert(STAGED_ORDER).from_select(columns, gathered))


def _judge(session: Session) -> None:
    """Say of each row whether its order is new, changed or the same."""
    there = exists().where(ORDER.c.number == S.number)
    same = exists().where(
        *(ORDER.c.number == S.number, STAGED_ORDER.c.number == S.number),
        *[or_(STAGED_ORDER.c[name].is_(None), _plain(ORDER.c[name]) == STAGED_ORDER.c[name]) for name in _FIELDS],
    )
    staged, kept = _lines_of(S.number, staged=True), _lines_of(S.number, staged=False)
    same_goods = or_(staged == "", staged == kept)
    verdict = case((~there, "new"), (and_(same, same_goods), "unchanged"), else_="updated")
    session.execute(update(STAGE).where(S.verdict.is_(None)).values(verdict=verdict))


def _plain(column: Any) -> ColumnElement[Any]:
    return cast(column, BigInteger if column.name == "at" else String) if column.name in ("at", "state") else column


def _lines_of(number: Any, *, staged: bool) -> ColumnElement[str]:
    """Return an order's lines as one text, in a fixed order, so that two can be compared."""
    if staged:
        other = STAGE.alias("other")
        line = _as_text(other.c.product, other.c.category, other.c.quantity, other.c.amount)
        rows = select(line.label("line")).where(other.c.number == number, _has_goods(other.c))
        rows = rows.where(or_(other.c.verdict.is_(None), other.c.verdict != "rejected"))
    else:
        line = _as_text(LINE.c.product, LINE.c.category, LINE.c.quantity, LINE.c.amount)
        rows = select(line.label("line")).join(ORDER, ORDER.c.id == LINE.c.order_id).where(ORDER.c.number == number)
    ordered = rows.order_by(line).correlate(STAGE).subquery()
    return select(func.coalesce(func.group_concat(ordered.c.line, "\n"), "")).scalar_subquery()


def _as_text(product: Any, category: Any, quantity: Any, amount: Any) -> ColumnElement[str]:
    parts = (func.coalesce(product, ""), func.coalesce(category, ""))
    numbers = (cast(func.coalesce(quantity, 1), String), cast(func.coalesce(amount, 0), String))
    whole: ColumnElement[str] = parts[0]
    for part in (parts[1], *numbers):
        whole = whole.op("||")("\t").op("||")(part)
    return whole


def _has_goods(columns: Any) -> ColumnElement[bool]:
    return or_(columns.product.is_not(None), columns.category.is_not(None), columns.amount.is_not(None))


def _write(session: Session, batch: Batch) -> None:
    orders = STAGED_ORDER
    new = select(S.number).where(S.verdict == "new")
    changed = select(S.number).where(S.verdict == "updated")
    columns = ["number", "friend_id", "at", "total", "state", "currency", "batch_id"]
    usual = {"total": 0, "state": str(OrderState.PLACED)}
    told = [func.coalesce(orders.c[n], usual[n]) if n in usual else orders.c[n] for n in columns[:-1]]
    fresh = select(*told, constant(batch.id)).where(orders.c.number.in_(new))
    session.execute(insert(ORDER).from_select(columns, fresh))
    after: dict[str, ColumnElement[Any]] = {
        f: select(orders.c[f]).where(orders.c.number == ORDER.c.number).scalar_subquery() for f in _FIELDS
    }
    touched = (ORDER.c.number.in_(changed),)
    journal(session, batch, ORDER, after, touched)
    before.journal_lines(session, batch, changed)
    session.execute(update(ORDER).where(*touched).values({f: func.coalesce(v, ORDER.c[f]) for f, v in after.items()}))
    with_goods = select(S.number).where(S.verdict == "updated", _has_goods(S))
    mine = select(ORDER.c.id).where(ORDER.c.number.in_(with_goods))
    told_state = select(ORDER.c.state == OrderState.PLACED).where(ORDER.c.id == LINE.c.order_id).scalar_subquery()
    touched_lines = LINE.c.order_id.in_(select(ORDER.c.id).where(ORDER.c.number.in_(changed)))
    session.execute(update(LINE).where(touched_lines).values(is_counted=told_state))
    session.execute(delete(LINE).where(LINE.c.order_id.in_(mine)))
    session.execute(insert(LINE).from_select(_LINE_COLUMNS, _lines()))


_LINE_COLUMNS = ["order_id", "friend_id", "at", "is_counted", "product", "category", "quantity", "amount"]


def _lines() -> Any:
    """Return the lines of new and changed orders; a row without goods (a log of dates) makes no line."""
    return (
        select(
            *(ORDER.c.id, ORDER.c.friend_id, ORDER.c.at, (ORDER.c.state == OrderState.PLACED).label("counted")),
            *(func.coalesce(S.product, ""), func.coalesce(S.category, "")),
            *(func.coalesce(S.quantity, 1), func.coalesce(S.amount, 0)),
        )
        .join(STAGE, S.number == ORDER.c.number)
        .where(S.verdict.in_(("new", "updated")), _has_goods(S))
        .order_by(S.line)
    )
