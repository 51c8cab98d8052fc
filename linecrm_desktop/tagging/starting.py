"""A starter set of the six types, made from the shop's own categories, sources and amounts. Proposals, never forced."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.models.tagging import TagRule
from linecrm_desktop.segments.rules import (
    AllOf,
    AnyOf,
    Bought,
    Compare,
    Did,
    Group,
    Informed,
    Joined,
    LastOrder,
    MayMarket,
    NoneOf,
    Orders,
    Reacted,
)
from linecrm_desktop.segments.shop_habits import Habits, habits
from linecrm_desktop.segments.templates import Template, templates
from linecrm_desktop.tagging import rules, running, undoing
from linecrm_desktop.tagging.recording import whole
from linecrm_desktop.tagging.rules import RuleDraft
from linecrm_desktop.tags import library, names, uses
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.text import _, ngettext, number

_SOURCES = 5
_QUIET, _HALF_YEAR, _YEAR = 30, 180, 365
_VALUES = ("close_to_vip", "free_shipping", "discount", "returns")
"""Templates of segments that are a customer's value as well."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A tag that the shop could have, with the rule that gives it."""

    draft: TagDraft
    rule: Group | None
    """None: put on by hand or by imports."""
    who: str
    """For whom it is, in a few words."""
    tag_id: int | None = None
    """The tag that has this name already."""
    missing: str = ""
    """Which data the shop lacks for it; empty: none."""


def proposals(session: Session, day: ShopDay, currency: str) -> list[Proposal]:
    """Return the starter set, in the order of the types; what the shop has no data for says so."""
    shop = habits(session, day)
    told = {one.key: one for one in templates(shop, currency)}
    found = [
        *_sources(session),
        *_interests(shop),
        *_stages(shop),
        *_values(shop, told),
        *_engagement(shop),
        *_consent(),
    ]
    known = names.known(session)
    return [Proposal(one.draft, one.rule, one.who, known.get(names.fold(one.draft.name)), one.missing) for one in found]


def adopt(session: Session, chosen: Iterable[Proposal], now: datetime) -> list[int]:
    """Make the tags of proposals, and their rules; return the tags. A tag that is there only gets the rule."""
    made: list[int] = []
    for one in chosen:
        tag = one.tag_id if one.tag_id is not None else library.create(session, one.draft, now)
        if one.rule is not None and not one.missing:
            rules.save(session, RuleDraft(tag, one.who, one.rule), now)
        made.append(tag)
    return made


def is_there(session: Session, proposals: Sequence[Proposal]) -> set[int]:
    """Return the places of the proposals that bring nothing new: the tag is in use, and its rule is there."""
    in_use = set(session.scalars(select(Tag.id).where(Tag.retired_at.is_(None))))
    kept = {(tag, name) for tag, name in session.execute(select(TagRule.tag_id, TagRule.name))}
    return {
        place
        for place, one in enumerate(proposals)
        if one.tag_id in in_use and (one.rule is None or (one.tag_id, one.who) in kept)
    }


@dataclass(frozen=True, slots=True)
class Started:
    """What beginning with a set made: enough to take it back."""

    made: tuple[int, ...]
    restored: tuple[int, ...]
    """Tags that were out of use."""
    rules: tuple[int, ...]
    operation: int | None
    """The run of the rules; None: they were not run, or changed nothing."""


@whole
def start(session: Session, chosen: Sequence[Proposal], day: ShopDay, now: datetime, *, run: bool) -> Started:
    """Make the chosen tags with their rules, and run all rules if wished."""
    tags = set(session.scalars(select(Tag.id)))
    kept = set(session.scalars(select(TagRule.id)))
    retired = set(session.scalars(select(Tag.id).where(Tag.retired_at.is_not(None))))
    restored = tuple(one.tag_id for one in chosen if one.tag_id is not None and one.tag_id in retired)
    for tag in restored:
        library.restore(session, tag)
    made = adopt(session, chosen, now)
    operation = running.run(session, day, now).operation if run else None
    new = tuple(dict.fromkeys(tag for tag in made if tag not in tags))
    added = session.scalars(select(TagRule.id).where(TagRule.id.not_in(kept)).order_by(TagRule.id))
    return Started(new, restored, tuple(added), operation)


def make(session: Session, draft: TagDraft, now: datetime) -> tuple[int, Started]:
    """Make one tag, or bring back the retired one of that name. Raises ShopError for a name in use."""
    before = _in_use(session)
    return _as_started(before, library.create(session, draft, now))


def find_or_make(session: Session, name: str, type: TagType, now: datetime) -> tuple[int, Started]:
    """Return the tag that has this name, or had it, or make it; and what had to be made or brought back for that."""
    before = _in_use(session)
    return _as_started(before, library.find_or_make(session, name, type, now))


def _in_use(session: Session) -> dict[int, bool]:
    return {tag: retired is None for tag, retired in session.execute(select(Tag.id, Tag.retired_at))}


def _as_started(before: dict[int, bool], tag: int) -> tuple[int, Started]:
    made, restored = () if tag in before else (tag,), () if before.get(tag, True) else (tag,)
    return tag, Started(made, restored, (), None)


@whole
def take_back(session: Session, started: Started, now: datetime) -> None:
    """Take back what beginning with a set made; a tag that is used by now is retired instead of deleted."""
    if started.operation is not None:
        undoing.undo(session, started.operation, now)
    for rule in started.rules:
        rules.remove(session, rule)
    used = uses.named_in_rules(session) | set(session.scalars(select(FriendTag.tag_id).distinct()))
    for tag in started.made:
        if tag in used:
            library.retire(session, tag, now)
        else:
            session.delete(session.get_one(Tag, tag))
    for tag in started.restored:
        library.retire(session, tag, now)
    session.flush()


def gains(session: Session, chosen: Sequence[Proposal], day: ShopDay, now: datetime) -> list[int | None]:
    """Return how many friends each chosen tag would get by the rules; None: it has no rule.

    Needs a session that is rolled back. Within an exclusive group the numbers hang on what else is chosen.
    """
    for tag in {one.tag_id for one in chosen if one.tag_id is not None}:
        library.restore(session, tag)
    tags = adopt(session, chosen, now)
    found = {one.tag_id: len(one.gain) for one in running.look(session, day).changes}
    return [found.get(tag, 0) if one.rule is not None else None for one, tag in zip(chosen, tags, strict=True)]


def _sources(session: Session) -> Iterator[Proposal]:
    """Yield a tag for each place where friends' data came from; that is no rule, so an import or a person gives it."""
    where = Friend.collected_through
    counted = select(where).where(where.is_not(None), where != "").group_by(where).order_by(func.count().desc(), where)
    for place in session.scalars(counted.limit(_SOURCES)):
        name = str(place)[: library.NAME_MAX]
        draft = TagDraft(name, TagType.SOURCE, _("Where to look for more friends like these"))
        yield Proposal(draft, None, _("Came through {place}").format(place=place))


def _interests(shop: Habits) -> Iterator[Proposal]:
    for category in shop.categories:
        decision = _("Who hears of news about {category}").format(category=category)
        draft = TagDraft(category[: library.NAME_MAX], TagType.INTEREST, decision, runs_out_days=_HALF_YEAR)
        bought, clicked = Bought(category, days=_HALF_YEAR), Did(EventKind.CLICK, category=category, days=_HALF_YEAR)
        who = _("Bought or clicked {category} in {days}").format(category=category, days=_days(_HALF_YEAR))
        yield Proposal(draft, AnyOf((bought, clicked)), who)


def _stages(shop: Habits) -> Iterator[Proposal]:
    """Yield buying stages, of which a friend has one: the first that fits."""
    quiet = 2 * shop.intervals.days
    missing = "" if shop.orders else _("No orders yet. Import orders first.")
    group = _("Buying stage")
    for name, decision, who, rule in (
        (
            *(_("Lapsed buyer"), _("Who gets one good reason to come back")),
            _("Last order more than {days} ago").format(days=_days(quiet)),
            LastOrder(quiet),
        ),
        (
            *(_("Repeat buyer"), _("Who gets a refill reminder instead of an introduction")),
            _("Ordered twice or more"),
            Orders(Compare.AT_LEAST, 2),
        ),
        (
            *(_("First-time buyer"), _("Who gets help with the first product")),
            _("Ordered once"),
            Orders(Compare.EXACTLY, 1),
        ),
        (
            *(_("Not bought yet"), _("Who gets teaching and trust before an offer")),
            _("Has never ordered"),
            Orders(Compare.EXACTLY, 0),
        ),
    ):
        draft = TagDraft(name, TagType.STAGE, decision, exclusive_group=group)
        yield Proposal(draft, AllOf((rule,)), who, missing=missing)


def _values(shop: Habits, told: dict[str, Template]) -> Iterator[Proposal]:
    best = told["vip_at_risk"]
    spent = AllOf(best.rule.rules[:1]) if best.rule is not None else None  # the same amount, quiet or not
    draft = TagDraft(_("VIP"), TagType.VALUE, _("Who is thanked first, and asked for advice"))
    yield Proposal(draft, spent, _("Spent as much as the best tenth in a year"), missing=best.missing)
    category = shop.categories[0] if shop.categories else ""
    name = _("Regular of {category}").format(category=category or "…")[: library.NAME_MAX]
    decision = _("Who hears first of what earns the most. Put in the category with your best margin.")
    yield Proposal(
        TagDraft(name, TagType.VALUE, decision),
        AllOf((Bought(category, times=2, days=_YEAR),)),
        _("Bought {category} twice or more in a year").format(category=category or "…"),
        missing="" if category else _("No orders yet. Import orders first."),
    )
    for key in _VALUES:
        one = told[key]
        draft = TagDraft(one.name[: library.NAME_MAX], TagType.VALUE, one.helps_decide)
        yield Proposal(draft, one.rule, one.who, missing=one.missing)


def _engagement(shop: Habits) -> Iterator[Proposal]:
    missing = "" if EventKind.CLICK in shop.events else _("No clicks are known yet.")
    group = _("Engagement strength")
    quiet = TagDraft(
        ngettext("Quiet for {n} day", "Quiet for {n} days", _QUIET).format(n=number(_QUIET)),
        *(TagType.ENGAGEMENT, _("Who gets fewer messages, or a question")),
        exclusive_group=group,
    )
    silent = AllOf((Reacted(Compare.EXACTLY, 0, days=_QUIET), NoneOf((Joined(days=_QUIET),))))
    yield Proposal(quiet, silent, _("No reaction for {days}").format(days=_days(_QUIET)), missing=missing)
    draft = TagDraft(_("Reacts often"), TagType.ENGAGEMENT, _("Who can be asked for a word"), exclusive_group=group)
    often = AllOf((Reacted(Compare.AT_LEAST, 3, days=_QUIET),))
    yield Proposal(draft, often, _("Reacted 3 times or more in {days}").format(days=_days(_QUIET)), missing=missing)


def _consent() -> Iterator[Proposal]:
    told = TagDraft(_("Told about data use"), TagType.CONSENT, _("Who may be in an audience that is shared"))
    yield Proposal(told, AllOf((Informed(Answer.YES),)), _("Was told what the data is used for"))
    agreed = TagDraft(_("Agreed to offers"), TagType.CONSENT, _("Who gets offers without being asked again"))
    yield Proposal(agreed, AllOf((MayMarket(Marketing.ALLOWED),)), _("Said yes to marketing messages"))


def _days(days: int) -> str:
    return ngettext("{n} day", "{n} days", days).format(n=number(days))
