"""Which friends the screen shows: a saved filter, a tag or a segment, rules, a search and an order; reading them."""

from array import array
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import coverage
from linecrm_desktop.consent.coverage import Part
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import directory, words
from linecrm_desktop.friends.directory import FriendOrder, FriendQuery, Listed
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.problems import refuse_incomplete
from linecrm_desktop.segments.rules import AllOf, Compare, Group, HasTag, InSegment, MayMarket, Orders, Rule
from linecrm_desktop.segments.to_sql import members
from linecrm_desktop.tags import library as tags
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked to see."""

    query: FriendQuery = field(default_factory=FriendQuery)
    segment: int | None = None
    covered: Part | None = None
    """Some of the friends that the coverage of consent counts."""
    rule: Group | None = None
    """What else must hold: the rules of the filter bar."""

    @property
    def is_plain(self) -> bool:
        """Whether nothing narrows the list but a saved filter."""
        return self.segment is None and self.query.tag is None and self.covered is None

    def searching(self, text: str) -> "Wanted":
        """Return the same list, searched."""
        return replace(self, query=replace(self.query, search=text))

    def listed(self, listed: Listed) -> "Wanted":
        """Return a saved filter's list in the order in use; the search goes on."""
        return Wanted(replace(self.query, listed=listed, tag=None), rule=self.rule)

    def filtered(self, rule: Group | None) -> "Wanted":
        """Return the same list with other rules."""
        return replace(self, rule=rule)

    def sorted_by(self, order: FriendOrder, *, descending: bool) -> "Wanted":
        """Return the same list in another order."""
        return replace(self, query=replace(self.query, order=order, descending=descending))

    def everybody(self) -> "Wanted":
        """Return all friends in the order in use."""
        return Wanted(FriendQuery(order=self.query.order, descending=self.query.descending))


_AS_RULES: dict[Listed, Rule] = {
    Listed.NO_PURCHASE: Orders(Compare.EXACTLY, 0),
    Listed.BOUGHT_TWICE: Orders(Compare.AT_LEAST, 2),
    Listed.REFUSED: MayMarket(Marketing.REFUSED),
}
"""Saved filters that one rule says as well."""


def as_rule(wanted: Wanted) -> Group:
    """Return what is shown as rules of a segment, as far as rules can say it."""
    query, found = wanted.query, list[Rule]()
    if query.listed in _AS_RULES:
        found.append(_AS_RULES[query.listed])
    if query.tag is not None:
        found.append(HasTag((query.tag,)))
    if wanted.segment is not None:
        found.append(InSegment(wanted.segment))
    if isinstance(wanted.rule, AllOf):
        found += wanted.rule.rules
    elif wanted.rule is not None:
        found.append(wanted.rule)
    return AllOf(tuple(found))


def loses_filter(wanted: Wanted) -> bool:
    """Return whether the saved filter in use has no rule that says it."""
    return wanted.query.listed is not Listed.ALL and wanted.query.listed not in _AS_RULES


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer: ids in order, how many friends there are in all, and the name of what the list is narrowed to."""

    wanted: Wanted
    ids: "array[int]"
    total: int
    name: str


def read(session: Session, wanted: Wanted, day: ShopDay) -> Listing:
    """Read what is wanted. Raises ShopError when the segment or tag is gone, also one that a rule names."""
    within, name = list[Select[Any]](), ""
    if wanted.segment is not None:
        rules = segments.rules(session)
        if wanted.segment not in rules:
            raise ShopError(_("This segment is not there any more."), _("Choose another list of friends."))
        within.append(members(rules[wanted.segment], day, rules))
        name = segments.load(session, wanted.segment).name
    elif wanted.query.tag is not None:
        chip = tags.chips(session, [wanted.query.tag]).get(wanted.query.tag)
        if chip is None:
            raise ShopError(_("This tag is not there any more."), _("Choose another list of friends."))
        name = chip.name
    elif wanted.covered is not None:
        within.append(coverage.friends_of(wanted.covered))
        name = words.covered(wanted.covered)
    if wanted.rule is not None:
        known = segments.rules(session, wanted.rule)
        refuse_incomplete(wanted.rule, known)
        within.append(members(wanted.rule, day, known))
    ids = directory.ids(session, wanted.query, day, *within)
    return Listing(wanted, ids, directory.total(session), name)
