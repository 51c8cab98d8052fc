"""What an import is about to change, written into the journal first, so that the import can be undone exactly.

The journal of `merge` keeps the fields of friends and orders; here is the rest: consent, lines, tags, own fields.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, String, cast, func, insert, literal, null, select
from sqlalchemy.orm import Session

from linecrm_desktop.imports.people import FRIEND
from linecrm_desktop.imports.staging import STAGED_CONSENT
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.field import Field, FriendField
from linecrm_desktop.models.order import Goods, Order, OrderLine
from linecrm_desktop.models.tag import FriendTag, Tag
from linecrm_desktop.store.dialect import as_json, as_json_object

CONSENT = ("collected_through", "informed", "can_opt_out", "marketing")
"""The columns of a friend that repeat the ledger."""
LINES = "lines"
"""The journal's field for an order whose lines are kept in lines of the entity order_line, with the order's id."""
LINE_FIELDS = ("friend_id", "at", "is_counted", "quantity", "amount")
GOODS_FIELDS = ("product", "category")
"""What the journal keeps of a line, and of the goods that it names: by their names, whatever number they have later."""

_JOURNAL = Change.metadata.tables[Change.__tablename__]
_ORDER = Order.metadata.tables[Order.__tablename__]
_LINE = OrderLine.metadata.tables[OrderLine.__tablename__]
_CARRIED = FriendTag.metadata.tables[FriendTag.__tablename__]
_GOODS = Goods.metadata.tables[Goods.__tablename__]
_TAG = Tag.metadata.tables[Tag.__tablename__]
_FIELD = Field.metadata.tables[Field.__tablename__]
_HELD = FriendField.metadata.tables[FriendField.__tablename__]


class Running(Protocol):
    """The import that is running, as far as the journal asks."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def now(self) -> datetime:
        """When it began."""
        ...

    @property
    def action(self) -> str:
        """The journal's name for all that it changed."""
        ...


def keep_consent(session: Session, batch: Running, named: Any) -> None:
    """Remember the consent columns of the friends whom the file names (a SELECT of ids) and the shop had already."""
    theirs = select(FRIEND.c.id, *(FRIEND.c[name] for name in CONSENT)).where(
        FRIEND.c.id.in_(named), FRIEND.c.batch_id.is_distinct_from(batch.id)
    )
    session.execute(insert(STAGED_CONSENT).from_select(["friend_id", *CONSENT], theirs))


def journal_consent(session: Session, batch: Running) -> None:
    """Write which of the remembered columns are different now."""
    for name in CONSENT:
        before, after = STAGED_CONSENT.c[name], FRIEND.c[name]
        lines = (
            select(*_line(batch, "friend", FRIEND.c.id, name), as_json(session, before), as_json(session, after))
            .join(STAGED_CONSENT, STAGED_CONSENT.c.friend_id == FRIEND.c.id)
            .where(before.is_distinct_from(after))
        )
        _write(session, lines)


def journal_lines(session: Session, batch: Running, orders: Any) -> None:
    """Keep the lines of these orders (a SELECT of ids) as they are; each such order gets a line of its own too."""
    mine = _ORDER.c.id.in_(orders)
    _write(session, select(*_line(batch, "orders", _ORDER.c.id, LINES), null(), null()).where(mine))
    named = [_GOODS.c[name] for name in GOODS_FIELDS]
    whole = as_json_object(session, [*[_LINE.c[name] for name in LINE_FIELDS], *named])
    lines = select(*_line(batch, "order_line", _LINE.c.order_id, ""), whole, null())
    lines = lines.join(_ORDER, _ORDER.c.id == _LINE.c.order_id).join(_GOODS, _GOODS.c.id == _LINE.c.goods_id)
    _write(session, lines.where(mine).order_by(_LINE.c.id))


def journal_renewals(session: Session, batch: Running, where: Any) -> None:
    """Write when tags that run out were last renewed for friends, before the import renews them."""
    before, after = _CARRIED.c.renewed_at, literal(batch.now, _CARRIED.c.renewed_at.type)
    head = _line(batch, _CARRIED.name, _CARRIED.c.friend_id, "")[:-1]
    held = (renewal_of(_CARRIED.c.tag_id), as_json(session, before), as_json(session, after))
    _write(session, select(*head, *held).where(*where))


def renewal_of(tag_id: Any) -> ColumnElement[str]:
    """Return the field under which the journal keeps when a tag was renewed for a friend."""
    return literal("renewed_at:") + cast(tag_id, String)


def newest_tag(session: Session) -> int:
    """Return the newest tag's id, above which tags are the import's."""
    return session.scalar(select(func.coalesce(func.max(_TAG.c.id), 0))) or 0


def journal_new_tags(session: Session, batch: Running, newest: int) -> None:
    """Write which tags the import made: those above what was the newest id before it."""
    lines = select(*_line(batch, "tag", _TAG.c.id, ""), null(), as_json(session, _TAG.c.name))
    _write(session, lines.where(_TAG.c.id > newest))


def journal_new_fields(session: Session, batch: Running, fields: Sequence[int]) -> None:
    """Write which fields of the shop's own the import made."""
    lines = select(*_line(batch, "field", _FIELD.c.id, ""), null(), as_json(session, _FIELD.c.name))
    _write(session, lines.where(_FIELD.c.id.in_(fields)))


def journal_fields(session: Session, batch: Running, which: ColumnElement[bool]) -> None:
    """Keep entries of friends' fields that are about to go, each as a whole under its friend."""
    whole = as_json_object(session, list(_HELD.columns))
    _write(session, select(*_line(batch, "friend_field", _HELD.c.friend_id, ""), whole, null()).where(which))


def _line(batch: Running, entity: str, entity_id: Any, field: str) -> tuple[Any, ...]:
    when = literal(batch.now, _JOURNAL.c.at.type)
    return (literal(batch.action), when, literal(entity), entity_id.label("entity_id"), literal(field))


def _write(session: Session, lines: Any) -> None:
    columns = ["action", "at", "entity", "entity_id", "field", "before", "after"]
    session.execute(insert(_JOURNAL).from_select(columns, lines))
