"""What order lines name: products in their categories, staged by the shop's numbers of them, never as texts.

Few different ones come a million times. Whoever reads the file tells them apart in some thousand rows at once; whoever
writes looks those up, and makes the new ones.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, delete, exists, select
from sqlalchemy.orm import Session

from linecrm_desktop.imports.staging import STAGED_GOODS, put
from linecrm_desktop.models.order import Goods, OrderLine
from linecrm_desktop.store.dialect import insert_missing

GOODS = Goods.metadata.tables[Goods.__tablename__]
_LINE = OrderLine.metadata.tables[OrderLine.__tablename__]
_G = STAGED_GOODS.c
Named = tuple[str, str]
"""A product and its category; either may be empty."""
REMEMBERED = 50_000
"""Most goods whose number is kept at hand: some shops write a text of its own into each line."""


class _Places(dict[tuple[str | None, str | None], int]):
    """The place of each different pair of product and category, in the order in which they came, from 0."""

    def __missing__(self, pair: tuple[str | None, str | None]) -> int:
        place = self[pair] = len(self)
        return place


def taken_out(columns: dict[str, Sequence[Any]]) -> list[Named]:
    """Put a column of places into a list of goods in the place of products and categories; return that list.

    Places count from 1; 0 is a row that names no goods.
    """
    found = [columns.pop(name, None) for name in ("product", "category")]
    if not any(found):
        return []
    products, categories = (column or [None] * len(columns["line"]) for column in found)
    places = _Places({(None, None): 0})
    columns["goods_id"] = list(map(places.__getitem__, zip(products, categories, strict=True)))
    return [(product or "", category or "") for product, category in list(places)[1:]]


class Known:
    """The shop's numbers of goods, while an import runs; goods that it does not have are made."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: dict[Named, int] = {}

    def ids(self, named: Sequence[Named]) -> list[int]:
        """Return the number of each."""
        if len(self._ids) > REMEMBERED:
            self._ids.clear()
        unknown = [one for one in named if one not in self._ids]
        if unknown:
            self._ids.update(zip(unknown, self._looked_up(unknown), strict=True))
        return [self._ids[one] for one in named]

    def _looked_up(self, named: Sequence[Named]) -> Sequence[int]:
        products, categories = zip(*named, strict=True)
        put(self._session, STAGED_GOODS, {"place": range(len(named)), "product": products, "category": categories})
        fresh = select(_G.product, _G.category).order_by(_G.place)
        self._session.execute(insert_missing(self._session, GOODS).from_select(["product", "category"], fresh))
        same = (GOODS.c.product == _G.product, GOODS.c.category == _G.category)
        found = self._session.scalars(select(GOODS.c.id).join(STAGED_GOODS, and_(*same)).order_by(_G.place)).all()
        self._session.execute(delete(STAGED_GOODS))
        return found


def remove_unused(session: Session) -> None:
    """Remove goods that no order line names: their rows were rejected, or the lines are gone."""
    session.execute(delete(GOODS).where(~exists().where(_LINE.c.goods_id == GOODS.c.id)))
