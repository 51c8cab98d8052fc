"""What the shop knows of one friend about what a rule asks: the rows that make it hold or not, in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.matches import (
    FriendFacts,
    LineFacts,
    OrderFacts,
    done,
    is_of,
    is_within,
    moments_in,
    orders_in,
    reactions_of,
)
from linecrm_desktop.segments.rules import Leaf, Spanned, Thing
from linecrm_desktop.segments.sentence import ANSWERED, Names
from linecrm_desktop.text import _, long_date, money, ngettext, number

_MOST = 3
"""More tags, values or orders than these are only counted."""


class Proofs:
    """Says what is known of one friend on a day of the shop."""

    def __init__(self, friend: FriendFacts, day: ShopDay, names: Names, currency: str) -> None:
        self._friend = friend
        self._day = day
        self._names = names
        self._currency = currency

    def of(self, leaf: Leaf) -> str:
        """Return the rows that decide a leaf; empty where nothing but the rule itself does."""
        if isinstance(leaf, rules.InSegment):
            return ""
        if isinstance(leaf, rules.OfReactions):
            return self._reactions(leaf)
        return self._person(leaf) if isinstance(leaf, rules.OfPeople) else self._orders(leaf)

    def _person(self, leaf: rules.OfPeople) -> str:
        friend = self._friend
        match leaf:
            case rules.HasTag():
                return self._tags(leaf.tags)
            case rules.CameFrom():
                return self._tags(friend.sources) if friend.sources else _("No source is known.")
            case rules.Joined():
                if friend.joined_at is None:
                    return _("It is not known since when.")
                return _("Friend since {day}.").format(day=self._said(friend.joined_at))
            case rules.MayMarket():
                return self._answer(friend.marketing)
            case rules.Informed():
                return self._answer(friend.informed)
            case rules.CanOptOut():
                return self._answer(friend.can_opt_out)
            case rules.OwnField():
                values = [text for text, _number in friend.fields.get(leaf.field, ())]
                return self._some(values) if values else _("Nothing is written there.")
            case rules.RandomShare():
                return ""
            case _:
                assert_never(leaf)

    def _orders(self, leaf: rules.OfOrders) -> str:
        friend = self._friend
        match leaf:
            case rules.Bought():
                return self._lines((leaf.what, *leaf.also), leaf.by, leaf)
            case rules.NotBoughtSince():
                return self._lines((leaf.what,), leaf.by, None)
            case rules.LastOrder() | rules.FirstOrder():
                return self._counted(friend.orders)
            case rules.Returned():
                return self._times(moments_in(friend.returned, leaf, self._day), _("No order was returned."))
            case rules.UsedDiscount():
                orders = orders_in(friend, leaf, self._day)
                untold = sum(1 for order in orders if order.discount is None)
                said = self._counted([order for order in orders if order.discount])
                more = ngettext("Of {n} order it is not known.", "Of {n} orders it is not known.", untold).format(
                    n=number(untold)
                )
                return f"{said} {more}" if untold else said
            case rules.Rfm():
                if friend.scores is None:
                    return _("No orders.")
                recency, frequency, monetary = friend.scores
                return _("Recency {r}, frequency {f}, money {m}.").format(r=recency, f=frequency, m=monetary)
            case rules.Orders() | rules.Spent() | rules.AverageOrder():
                return self._counted(orders_in(friend, leaf, self._day))
            case _:
                assert_never(leaf)

    def _reactions(self, leaf: rules.OfReactions) -> str:
        match leaf:
            case rules.Did():
                return self._times(moments_in(done(leaf, self._friend), leaf, self._day), _("Never in that time."))
            case rules.Reacted():
                return self._times(moments_in(reactions_of(self._friend), leaf, self._day), _("Never in that time."))
            case rules.LastReaction():
                return self._times(reactions_of(self._friend), _("No reaction yet."))
            case rules.Received():
                moments = [at for _message, at in self._friend.received if at is not None]
                return self._times(moments_in(moments, leaf, self._day), _("Nothing was received in that time."))
            case rules.Got():
                moments = [at for message, at in self._friend.received if message == leaf.message and at is not None]
                return self._times(moments, _("This message was not received."))
            case _:
                assert_never(leaf)

    def _tags(self, tags: Iterable[int]) -> str:
        carried = [
            _("{tag} since {day}").format(
                tag=self._names.tags.get(tag, "…"), day=self._said(self._friend.tags[tag].since)
            )
            for tag in sorted(tags)
            if tag in self._friend.tags
        ]
        return self._some(carried) if carried else _("Carries none of them.")

    def _answer(self, answer: Marketing | Answer) -> str:
        return _("Answer: {answer}.").format(answer=_(ANSWERED[answer]))

    def _counted(self, orders: Iterable[OrderFacts]) -> str:
        found = sorted(orders, key=lambda order: order.at)
        if not found:
            return _("No orders.")
        total = money(sum(order.total for order in found), self._currency)
        return ngettext(
            "{n} order, the last on {last}, {total} in all.",
            "{n} orders, the last on {last}, {total} in all.",
            len(found),
        ).format(n=number(len(found)), last=self._said(found[-1].at), total=total)

    def _lines(self, things: tuple[str, ...], by: Thing, leaf: Spanned | None) -> str:
        lines = [line for line in self._friend.lines if is_of(line, things, by)]
        mine = [line for line in lines if leaf is None or is_within(line.at, leaf, self._day)]
        if not mine:
            return _("Not bought in that time.") if leaf is not None else _("Never bought.")
        newest = max(mine, key=lambda line: line.at)
        return _("{product} on {day}.").format(product=_called(newest), day=self._said(newest.at))

    def _times(self, moments: Iterable[datetime], never: str) -> str:
        found = sorted(moments)
        if not found:
            return never
        return ngettext("{n} time, on {last}.", "{n} times, the last on {last}.", len(found)).format(
            n=number(len(found)), last=self._said(found[-1])
        )

    def _some(self, texts: list[str]) -> str:
        shown = _(", ").join(texts[:_MOST])
        rest = len(texts) - _MOST
        return _("{names} and {n} more").format(names=shown, n=number(rest)) if rest > 0 else shown

    def _said(self, moment: datetime) -> str:
        return long_date(self._day.local(moment).date())


def _called(line: LineFacts) -> str:
    return line.product or line.category
