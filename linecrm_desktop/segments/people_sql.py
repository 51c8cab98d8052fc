"""Leaves about the friend: tags, sources, joining, answers, fields of the shop's own, a random share."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, assert_never

from sqlalchemy import ColumnElement, String, and_, cast, func, not_, or_, select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.field import FriendField
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.matches import days_of_the_year, fold
from linecrm_desktop.segments.rules import FieldTest, TagMatch
from linecrm_desktop.segments.sql_parts import Ids, compare_number, in_period
from linecrm_desktop.store.dialect import share


def condition(leaf: rules.OfPeople, day: ShopDay) -> ColumnElement[bool]:
    """Return a leaf as a condition on friends."""
    match leaf:
        case rules.HasTag():
            return _has_tag(leaf, day)
        case rules.CameFrom():
            return _came_from(leaf)
        case rules.Joined():
            return and_(Friend.joined_at.is_not(None), *in_period(Friend.joined_at, leaf, day))
        case rules.MayMarket():
            return Friend.marketing == leaf.answer
        case rules.Informed():
            return Friend.informed == leaf.answer
        case rules.CanOptOut():
            return Friend.can_opt_out == leaf.answer
        case rules.OwnField():
            return _own_field(leaf, day)
        case rules.RandomShare():
            key = func.coalesce(Friend.line_user_id, Friend.member_number, cast(Friend.id, String))
            return share(leaf.salt, key).between(leaf.low, leaf.high - 1)
        case _:
            assert_never(leaf)


def unknown(leaf: rules.OfPeople) -> ColumnElement[bool] | None:
    """Return for whom the answer to a leaf is not known; None where it always is."""
    match leaf:
        case rules.CameFrom():
            return None if leaf.unknown else not_(_sourced())
        case rules.Joined():
            return Friend.joined_at.is_(None)
        case rules.OwnField():
            asked = leaf.test not in (FieldTest.UNKNOWN, FieldTest.KNOWN)
            return not_(Friend.id.in_(_values(leaf.field))) if asked else None
        case _:
            return None


def _has_tag(leaf: rules.HasTag, day: ShopDay) -> ColumnElement[bool]:
    if leaf.match in (TagMatch.ALL, TagMatch.LACKS_ONE):
        has_all = and_(*[Friend.id.in_(_carriers((tag,), leaf, day)) for tag in leaf.tags])
        return has_all if leaf.match is TagMatch.ALL else not_(has_all)
    carried = Friend.id.in_(_carriers(leaf.tags, leaf, day))
    return carried if leaf.match is TagMatch.ANY else not_(carried)


def _carriers(tags: tuple[int, ...], leaf: rules.HasTag, day: ShopDay) -> Ids:
    carried = select(FriendTag.friend_id).where(FriendTag.tag_id.in_(tags), *in_period(FriendTag.since, leaf, day))
    return carried if leaf.origin is None else carried.where(FriendTag.origin == leaf.origin)


def _came_from(leaf: rules.CameFrom) -> ColumnElement[bool]:
    theirs = Friend.id.in_(select(FriendTag.friend_id).where(FriendTag.tag_id.in_(leaf.sources)))
    if not leaf.inside:
        return and_(_sourced(), not_(theirs))
    if not leaf.unknown:
        return theirs
    return or_(not_(_sourced()), theirs) if leaf.sources else not_(_sourced())


def _sourced() -> ColumnElement[bool]:
    sources = select(Tag.id).where(Tag.type == TagType.SOURCE)
    return Friend.id.in_(select(FriendTag.friend_id).where(FriendTag.tag_id.in_(sources)))


def _own_field(leaf: rules.OwnField, day: ShopDay) -> ColumnElement[bool]:
    values = _values(leaf.field)
    text = func.lower(FriendField.text)
    wanted = [fold(told) for told in leaf.texts]
    match leaf.test:
        case FieldTest.UNKNOWN:
            return not_(Friend.id.in_(values))
        case FieldTest.KNOWN:
            return Friend.id.in_(values)
        case FieldTest.IS | FieldTest.ONE_OF | FieldTest.ANY:
            return Friend.id.in_(values.where(text.in_(wanted)))
        case FieldTest.IS_NOT:
            return Friend.id.in_(values.where(text.not_in(wanted)))
        case FieldTest.CONTAINS:
            return Friend.id.in_(values.where(or_(*[text.contains(told, autoescape=True) for told in wanted])))
        case FieldTest.STARTS:
            return Friend.id.in_(values.where(or_(*[text.startswith(told, autoescape=True) for told in wanted])))
        case FieldTest.ALL:
            return and_(*[Friend.id.in_(values.where(text == told)) for told in wanted])
        case FieldTest.NONE:
            return and_(Friend.id.in_(values), not_(Friend.id.in_(values.where(text.in_(wanted)))))
        case FieldTest.NUMBER:
            compared = compare_number(FriendField.number, leaf.compare, leaf.number, leaf.high)
            return Friend.id.in_(values.where(FriendField.number.is_not(None), compared))
        case FieldTest.WHEN:
            return Friend.id.in_(values.where(*_dates(leaf, day)))
        case FieldTest.COMES_ROUND:
            days = days_of_the_year(day.today, leaf.days or 0)
            return Friend.id.in_(values.where(func.substr(FriendField.text, 6, 5).in_(sorted(days))))


def _values(field: int) -> Ids:
    return select(FriendField.friend_id).where(FriendField.field_id == field)


def _dates(leaf: rules.OwnField, day: ShopDay) -> Iterable[ColumnElement[bool]]:
    """Yield what is true of a date (kept as ISO text, which sorts as days do) in the leaf's period; not the future."""
    text: Any = FriendField.text
    if leaf.days is not None:
        edge = (day.today - timedelta(days=leaf.days)).isoformat()
        yield text < edge if leaf.older else text.between(edge, day.today.isoformat())
    if leaf.since is not None:
        yield text >= leaf.since.isoformat()
    if leaf.until is not None:
        yield text <= leaf.until.isoformat()
