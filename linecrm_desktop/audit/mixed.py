"""Whether a tag means two things: its friends fall cleanly into two parts by a field of the shop or by what they buy.

Two parts alone prove nothing (men and women are two parts of every tag): each part must also be more frequent among
the tag's friends than in the shop. numpy is loaded with this file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check, Finding, Number, Proposal
from linecrm_desktop.models.field import Field, FieldKind, FriendField
from linecrm_desktop.models.order import Goods, OrderLine
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments.rules import FieldTest
from linecrm_desktop.store.dialect import texts_of
from linecrm_desktop.tags.library import TagRow

_MOST_VALUES = 60
"""A field with more different values parts nobody."""
_LEAST_VALUES = 2
_FIELDS = FriendField.metadata.tables[FriendField.__tablename__]
_WHOLE = (TagType.SOURCE, TagType.CONSENT)


@dataclass(frozen=True)
class Trait:
    """Something that friends differ in: its name, and who has which value."""

    name: str
    kind: str
    """"field" or "category"."""
    values: dict[str, NDArray[np.bool_]]
    told: dict[str, Number]
    """What a rule needs to ask for a value: the field's number and the test."""


def mixed(session: Session, facts: Facts) -> Iterator[Finding]:
    """Find tags whose friends fall into two parts, and propose the split."""
    if not any(tag.friends >= 2 * facts.limits.part for tag in facts.tags):
        return
    highest = max(facts.links.highest, 0)
    traits = [*_fields(session, facts, highest), *_categories(session, facts, highest)]
    for tag in facts.tags:
        if tag.type in _WHOLE or tag.friends < 2 * facts.limits.part:
            continue
        for trait in traits:
            numbers = _split(facts, tag, trait)
            if numbers is not None:
                yield Finding(Check.MIXED, (tag.id,), Proposal.SPLIT, numbers, trait.kind)
                break


def _split(facts: Facts, tag: TagRow, trait: Trait) -> dict[str, Number] | None:
    """Return the two values into which a tag's friends fall, with their numbers; None: they do not."""
    limits, mine = facts.limits, facts.links.of(tag.id)
    counted: list[tuple[int, float, str]] = []
    for value, who in trait.values.items():
        count = int(who[mine].sum())
        usual = int(who.sum()) / facts.friends
        gain = count / len(mine) / usual
        if count >= limits.part and gain >= limits.split_gain:
            counted.append((count, gain, value))
    if len(counted) < 2:
        return None
    (first, gain, value), (second, gain_other, value_other) = sorted(counted, reverse=True)[:2]
    both = int((trait.values[value] & trait.values[value_other])[mine].sum())
    if first + second - both < limits.split_covers * len(mine) or both > limits.split_shared * len(mine):
        return None
    if min(first, second) - both < limits.part:
        return None
    told: dict[str, Number] = {
        **trait.told,
        "by": trait.name,
        "value": value,
        "value_other": value_other,
        "friends": len(mine),
    }
    return told | {"part": first, "part_other": second, "both": both, "gain": round(min(gain, gain_other), 2)}


def _fields(session: Session, facts: Facts, highest: int) -> Iterator[Trait]:
    kinds = (FieldKind.TEXT, FieldKind.LIST)
    fields = select(Field.id, Field.name, Field.kind).where(Field.kind.in_(kinds)).order_by(Field.id)
    for field, name, kind in session.execute(fields):
        texts = texts_of(session, _FIELDS.c.friend_id, ",")
        different = select(func.count(FriendField.text.distinct())).where(FriendField.field_id == field)
        if _LEAST_VALUES <= (session.scalar(different) or 0) <= _MOST_VALUES:
            rows = select(FriendField.text, texts).where(FriendField.field_id == field).group_by(FriendField.text)
            test = FieldTest.IS if kind is FieldKind.TEXT else FieldTest.ANY
            told: dict[str, Number] = {"field": field, "test": str(test)}
            yield Trait(name, "field", _masks(session.execute(rows), facts, highest), told)


def _categories(session: Session, facts: Facts, highest: int) -> Iterator[Trait]:
    different = select(func.count(Goods.category.distinct())).where(Goods.category != "")
    if _LEAST_VALUES <= (session.scalar(different) or 0) <= _MOST_VALUES:
        bought = select(Goods.category, OrderLine.friend_id).join(Goods, Goods.id == OrderLine.goods_id)
        bought = bought.where(Goods.category != "", OrderLine.is_counted).distinct().subquery()
        rows = select(bought.c.category, texts_of(session, bought.c.friend_id, ",")).group_by(bought.c.category)
        yield Trait("", "category", _masks(session.execute(rows), facts, highest), {})


def _masks(rows: Any, facts: Facts, highest: int) -> dict[str, NDArray[np.bool_]]:
    """Return who has which value, for the values that enough friends have."""
    found: dict[str, NDArray[np.bool_]] = {}
    for value, text in rows:
        ids = np.fromstring(text, dtype=np.int64, sep=",")
        mask = np.zeros(highest + 1, dtype=np.bool_)
        mask[ids[ids <= highest]] = True
        if len(ids) >= facts.limits.part:
            found[value] = mask
    return found
