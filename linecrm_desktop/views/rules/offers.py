"""What rules can name in this shop, read for the rows that offer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.field import Field, FieldKind
from linecrm_desktop.models.order import Goods, OrderLine
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import codec, library, needs
from linecrm_desktop.segments.known import Known
from linecrm_desktop.segments.needs import Data
from linecrm_desktop.segments.speaking import Names
from linecrm_desktop.tags.library import all_tags

MOST_DETAILS = 500


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that the rules of this shop can name."""

    tags: tuple[tuple[int, str, TagType], ...] = ()
    segments: tuple[tuple[int, str], ...] = ()
    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    """Links, products, campaigns and answers that events name, at most MOST_DETAILS."""
    fields: tuple[tuple[int, str, FieldKind], ...] = ()
    missing: Mapping[Data, str] = field(default_factory=dict[Data, str])
    """Kinds of data that the shop has none of, with the reason."""
    today: date = date.min
    known: Known | None = None
    """The same for the check of the rules; None: it was not read yet."""

    @property
    def names(self) -> Names:
        """What all that rules can name is called."""
        return self.known.names if self.known else Names()


def offers(session: Session, day: ShopDay, without: int | None = None) -> Offers:
    """Read what rules can name; `without` is the segment being built, which cannot contain itself."""
    tags = tuple((tag.id, tag.name, tag.type) for tag in all_tags(session))
    known = library.rules(session)
    asked = {other for rule in known.values() for other in codec.references(rule)}
    segments = tuple((row.id, row.name) for row in library.all_segments(session, asked) if row.id != without)
    sold = exists().where(OrderLine.goods_id == Goods.id)
    lines = select(Goods.category).where(Goods.category != "", sold).distinct().order_by(Goods.category)
    products = select(Goods.product).where(Goods.product != "", sold).distinct().order_by(Goods.product)
    topics = select(Event.category).where(Event.category != "").distinct().order_by(Event.category)
    details = select(Event.detail).where(Event.detail != "").distinct().order_by(Event.detail).limit(MOST_DETAILS)
    fields = select(Field.id, Field.name, Field.kind).order_by(Field.name)
    return Offers(
        tags=tags,
        segments=segments,
        categories=tuple(session.scalars(lines)),
        products=tuple(session.scalars(products)),
        topics=tuple(session.scalars(topics)),
        details=tuple(session.scalars(details)),
        fields=tuple((number, name, kind) for number, name, kind in session.execute(fields)),
        missing=needs.missing(session),
        today=day.today,
        known=known,
    )
