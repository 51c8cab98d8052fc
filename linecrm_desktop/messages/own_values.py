"""What tags and fields of the shop's own say in a message: a friend's tier, their points, and any field by its name.

Numbers and dates are written as the shop's country writes them, because friends read them and not the person at the
screen; so preview, command line and send say the same whatever language the program speaks.
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.messages.variables import FIELD, can_name
from linecrm_desktop.models.field import Field, FieldKind, FriendField
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.text import full_date, number

LANGUAGES = {"TW": "zh_TW", "JP": "ja", "TH": "th"}
"""In which language the friends of a shop of this country read dates."""
_JOINTS = {"zh_TW": "、", "ja": "、"}
POINTS = (
    "points",
    "point",
    "reward points",
    "紅利",
    "紅利點數",
    "點數",
    "会員ポイント",
    "ポイント",
    "คะแนน",
    "คะแนนสะสม",
)
"""Folded names of the field that {points} means; it has to hold numbers. The first that the shop has is taken."""


def field_variables(session: Session) -> dict[str, str]:
    """Return the variables for the shop's own fields with the fields' names, in the order of a list."""
    found = session.execute(select(Field.name_key, Field.name).order_by(Field.name_key))
    return {FIELD + key: name for key, name in found if can_name(key)}


def tiers(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return each friend's tier: the tag of customer value that excludes the others of its group.

    Of several such groups the tag that was put on last counts. A value tag outside of a group is no tier, because a
    friend may have many.
    """
    found = session.execute(
        select(FriendTag.friend_id, Tag.name)
        .join(Tag, Tag.id == FriendTag.tag_id)
        .where(
            FriendTag.friend_id.in_(ids), Tag.type == TagType.VALUE, Tag.exclusive_group != "", Tag.retired_at.is_(None)
        )
        .order_by(FriendTag.since, FriendTag.tag_id)
    )
    return {friend: name for friend, name in found}


def points(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return each friend's points: the shop's own field of numbers that is called so in one of the four languages."""
    keys = select(Field.name_key).where(Field.name_key.in_(POINTS), Field.kind == FieldKind.NUMBER)
    have = set(session.scalars(keys))
    key = next((name for name in POINTS if name in have), None)
    return of_fields(session, ids, [key]).get(key, {}) if key is not None else {}


def of_fields(session: Session, ids: Sequence[int], keys: Collection[str]) -> dict[str, dict[int, str]]:
    """Return what these fields hold for each friend as a message says it, by folded name of the field."""
    entries = session.execute(
        select(Field.name_key, Field.kind, FriendField.friend_id, FriendField.text, FriendField.number)
        .join(FriendField, FriendField.field_id == Field.id)
        .where(Field.name_key.in_(keys), FriendField.friend_id.in_(ids))
        .order_by(FriendField.friend_id, Field.id, FriendField.place)
    )
    language = LANGUAGES.get(session.scalars(select(Shop.country)).one(), "en")
    told: dict[str, dict[int, list[str]]] = {}
    for key, kind, friend, text, value in entries:
        told.setdefault(key, {}).setdefault(friend, []).append(_said(kind, text, value, language))
    joint = _JOINTS.get(language, ", ")
    return {key: {friend: joint.join(parts) for friend, parts in own.items()} for key, own in told.items()}


def _said(kind: FieldKind, text: str, value: float | None, language: str) -> str:
    if kind is FieldKind.DATE:
        return full_date(date.fromisoformat(text), language)
    if kind is FieldKind.NUMBER and value is not None:
        return number(value, len(text.partition(".")[2]))
    return text
