"""Leaves about what friends did, and what we sent them."""

from typing import assert_never

from sqlalchemy import ColumnElement, func, not_, select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import REACTIONS
from linecrm_desktop.segments.sql_parts import Ids, compared, in_period, last_in_period


def condition(leaf: rules.OfReactions, day: ShopDay) -> ColumnElement[bool]:
    """Return a leaf as a condition on friends."""
    match leaf:
        case rules.Did():
            events = select(Event.friend_id).where(Event.kind == leaf.action, *in_period(Event.at, leaf, day))
            if leaf.category:
                events = events.where(Event.category == leaf.category)
            if leaf.detail:
                events = events.where(Event.detail == leaf.detail)
            return compared(events, Event.friend_id, func.count(), leaf.compare, leaf.count, leaf.high)
        case rules.Reacted():
            events = _reactions().where(*in_period(Event.at, leaf, day))
            return compared(events, Event.friend_id, func.count(), leaf.compare, leaf.count, leaf.high)
        case rules.LastReaction():
            return last_in_period(_reactions(), Event.at, leaf, day)
        case rules.Received():
            copies = _accepted().where(*in_period(Delivery.at, leaf, day))
            return compared(copies, Delivery.friend_id, func.count(), leaf.compare, leaf.count, leaf.high)
        case rules.Got():
            sends = select(Campaign.id).where(Campaign.message_id == leaf.message)
            got = Friend.id.in_(_accepted().where(Delivery.campaign_id.in_(sends)))
            return got if leaf.got else not_(got)
        case _:
            assert_never(leaf)


def _reactions() -> Ids:
    return select(Event.friend_id).where(Event.kind.in_(REACTIONS))


def _accepted() -> Ids:
    return select(Delivery.friend_id).where(Delivery.state == DeliveryState.ACCEPTED)
