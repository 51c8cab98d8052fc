"""The gate between a draft and LINE: ten checks, each with one sentence, and the number that must be typed.

Red blocks. Amber must be ticked as read. The same look is taken again, in the same transaction, when a send is frozen.
"""

from collections.abc import Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from unicodedata import decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import asking, audience, caps, testing, variants
from linecrm_desktop.campaigns.asking import Outside, Questions
from linecrm_desktop.campaigns.audience import Person, Reach, Sieve, TakenOut, Who
from linecrm_desktop.campaigns.cost import Cost, cost
from linecrm_desktop.campaigns.first_contact import never_told
from linecrm_desktop.campaigns.gate_checks import AGAIN_HOURS, checks
from linecrm_desktop.campaigns.gate_facts import Check, Facts, Tests, Timing, Tone
from linecrm_desktop.campaigns.on_path import OnPath
from linecrm_desktop.campaigns.progress import UNFINISHED
from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.channels import accounts, ids
from linecrm_desktop.days import ShopDay
from linecrm_desktop.line.gateway import Account, Quota
from linecrm_desktop.messages import blocks, links, people, variables
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.messages.problem import Problem
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.line_account import LineAccount
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.problems import problems, retired_tags
from linecrm_desktop.segments.rules import AllOf, Rule
from linecrm_desktop.settings import own_prices
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.settings.quiet_hours import QuietHours
from linecrm_desktop.text import _

__all__ = ["Check", "GateReport", "Look", "Tone", "inspect", "look"]

_COUNTED = (DeliveryState.WAITING, DeliveryState.HANDED_OVER, DeliveryState.ACCEPTED, DeliveryState.IN_DOUBT)
"""States of a copy that a friend has or may still get."""
_SEPARATORS = frozenset(",，٬ '\u00a0\u202f")


@dataclass(frozen=True, slots=True)
class GateReport:
    """What the gate shows: checks, the split of the segment, cost, and to which account it would go."""

    checks: tuple[Check, ...]
    reach: Reach
    recipients: int
    kept_back: int
    cost: Cost | None
    broadcast: Cost | None
    """The same message sent to everybody instead."""
    quota: Quota | None
    currency: str
    message_name: str
    segment_name: str
    account_name: str
    is_practice: bool
    send_at: datetime | None = None
    """When it would leave, by the shop's clock; None: at once."""
    quiet: QuietHours = field(default_factory=lambda: QuietHours(0, 0))
    variants: int = 1
    questions: Questions = field(default_factory=Questions)
    """What the world is to be asked about the message as it is."""
    account: Account | None = None
    """The account that it goes through: as LINE just said, or as the shop remembers it."""
    channel_id: int | None = None
    """Which of the shop's accounts that is; None: the first."""

    @property
    def blocking(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.tone is Tone.BLOCKED)

    def can_send(self, read: Set[str]) -> bool:
        """Whether nothing is red and every amber check is among the keys that a person has read."""
        return not self.blocking and all(check.key in read for check in self.checks if check.tone is Tone.WARNING)

    def fits(self, typed: str) -> bool:
        """Whether a person typed the number of recipients; digits of any script and width, commas ignored."""
        digits = [decimal(sign, None) for sign in typed if sign not in _SEPARATORS]
        if not digits or None in digits:
            return False
        return "".join(str(digit) for digit in digits).lstrip("0") == str(self.recipients)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a message and its audience: the report, and the very people behind its numbers."""

    report: GateReport
    draft: MessageDraft
    rule: Rule
    sieve: Sieve
    kept: set[int]
    recipients: list[Person] = field(repr=False)
    broadcast: int
    """Friends whom a broadcast would reach now."""
    who: Who
    """Whom it is for: the segment, or the friends who are due on a path."""
    plan: Plan | None = None
    """What the send is priced with."""


def inspect(
    session: Session,
    message_id: int,
    day: ShopDay,
    now: datetime,
    quota: Quota | None,
    *,
    outside: Outside | None = None,
) -> GateReport:
    """Run all checks on a message as it is now. `quota` is what LINE just said; None: it could not be asked.

    `outside` is what LINE and the links answered to the questions of an earlier report.
    """
    return look(session, message_id, day, now, quota, outside=outside).report


def look(
    session: Session,
    message_id: int,
    day: ShopDay,
    now: datetime,
    quota: Quota | None,
    path: OnPath | None = None,
    *,
    outside: Outside | None = None,
) -> Look:
    """Run all checks and also return who would get the message: its segment, or those who are due on a `path`."""
    draft = _of_path(messages.load(session, message_id), path)
    shop = session.scalars(select(Shop)).one()
    through = draft.brief.channel_id
    own_account = accounts.account(session, through)
    segment_name, rule, trouble = _segment(session, draft)
    sieve, shop_caps = _sieve(session, draft), caps.of_shop(session)
    who = path.due if path else rule
    reached, reachable = Reach(), list[Person]()
    if who is not None:
        reached = audience.reach(session, who, day, now, sieve)
        reachable = audience.people(session, who, day, now, through, sieve)
    kept, recipients = _split(reachable, draft, variants.salt(shop.key, message_id), path)
    broadcast = own_account.line_reach
    broadcast = broadcast if broadcast is not None else ids.reachable(session, through)
    plan = own_prices.plan_of(shop, day.today, own_account)
    counted = cost(plan, quota.used, quota.limit, len(recipients)) if quota else None
    problems, questions = _written(session, shop, draft, recipients, day)
    facts = Facts(
        missing=tuple(draft.brief.missing()),
        reach=reached,
        recipients=len(recipients),
        kept=len(kept),
        keep_back=draft.brief.keep_back,
        uninformed=sum(not person.is_informed for person in recipients),
        forbidden=_forbidden(session, recipients, through),
        wait_days=shop_caps.wait_days,
        caps=tuple(cap for cap in (shop_caps.frequency, sieve.cap) if cap and cap.messages),
        quota=quota,
        plan=plan,
        cost=counted,
        currency=shop.currency,
        is_practice=shop.is_practice,
        problems=problems,
        judged=asking.judge(draft, questions, outside),
        wrong_account=wrong_account(shop, own_account, outside),
        account_name=account_name(shop, own_account),
        has_left=own_account.has_left,
        timing=timing(shop, draft.brief.send_at, day, now),
        blocks_uninformed=shop.blocks_uninformed,
        extra_most=shop.extra_most,
        warn_under=shop.warn_under,
        only_informed=sieve.only_informed,
        tests=tests(session, message_id, draft, day),
        first_contact=never_told(session, (one.id for one in recipients)),
        tells_how_to_stop=all(blocks.has_opt_out(blocks.to_json(bubbles)) for bubbles in draft.variants),
        trouble=trouble,
        variants=len(draft.variants),
        is_step=path is not None,
        got_it=len(_got_it(session, shop, message_id, draft, now).intersection(one.id for one in recipients)),
    )
    report = GateReport(
        checks=checks(facts),
        reach=reached,
        recipients=len(recipients),
        kept_back=len(kept),
        cost=counted,
        broadcast=cost(plan, quota.used, quota.limit, broadcast) if quota else None,
        quota=quota,
        currency=shop.currency,
        message_name=draft.name,
        segment_name=path.path if path else segment_name,
        account_name=account_name(shop, own_account),
        is_practice=shop.is_practice,
        send_at=facts.timing.send_at,
        quiet=facts.timing.quiet,
        variants=len(draft.variants),
        questions=questions,
        account=(outside.account if outside else None) or _known_account(shop, own_account),
        channel_id=through,
    )
    return Look(
        report, draft, rule or AllOf(), sieve, kept, recipients, broadcast, who if who is not None else AllOf(), plan
    )


def _of_path(draft: MessageDraft, path: OnPath | None) -> MessageDraft:
    """Let the path answer what it knows better than the message: for whom, when, and how many are kept back."""
    if path is None:
        return draft
    return draft.with_brief(segment_id=path.segment_id, keep_back=path.keep_back, send_at=path.send_at)


def _split(people: list[Person], draft: MessageDraft, salt: str, path: OnPath | None) -> tuple[set[int], list[Person]]:
    if path is None:
        return audience.split(people, draft.brief.keep_back, salt)
    kept = {person.id for person in people if person.id in path.held}
    return kept, [person for person in people if person.id not in kept]


def taken_out(session: Session, message_id: int, day: ShopDay, now: datetime, why: Why) -> TakenOut:
    """Name the friends whom the checks took out of a message's segment for one reason."""
    draft = messages.load(session, message_id)
    _name, rule, _trouble = _segment(session, draft)
    if rule is None:
        return TakenOut(0)
    return audience.taken_out(session, rule, day, now, why, _sieve(session, draft))


def timing(shop: Shop, send_at: datetime | None, day: ShopDay, now: datetime) -> Timing:
    """Lay a moment beside the shop's quiet hours; None as moment means now."""
    quiet = QuietHours(shop.quiet_from, shop.quiet_to)
    leaves = send_at or now
    over = quiet.over_at(leaves, day)
    begins = quiet.begin_at(over, day)
    return Timing(
        now=day.local(now),
        send_at=day.local(send_at) if send_at else None,
        quiet=quiet,
        quiet_over=day.local(over),
        quiet_begins=day.local(begins) if begins else None,
    )


def _sieve(session: Session, draft: MessageDraft) -> Sieve:
    brief = draft.brief
    return Sieve(segments.cap(session, brief.segment_id), brief.only_informed, brief.channel_id)


def _segment(session: Session, draft: MessageDraft) -> tuple[str, Rule | None, str]:
    """Return the segment's name, its rules, and what is wrong with them; rules with a fault are not counted."""
    if draft.brief.segment_id is None:
        return "", None, ""
    name = segments.row_of(session, draft.brief.segment_id).name
    known = segments.rules(session)
    rule = known[draft.brief.segment_id]
    found = [*problems(rule, known), *retired_tags(rule, known)]
    return (name, None, found[0].sentence) if found else (name, rule, "")


def _forbidden(session: Session, recipients: list[Person], channel_id: int | None) -> int:
    """Count, by a second and plainer question, recipients who refused or blocked. It must be nobody."""
    barred = select(Friend.id).where(or_(ids.is_blocked(session, channel_id), Friend.marketing == Marketing.REFUSED))
    return len(set(session.scalars(barred)).intersection(person.id for person in recipients))


def _got_it(session: Session, shop: Shop, message_id: int, draft: MessageDraft, now: datetime) -> set[int]:
    """Return the friends who got, or are about to get, these words of this message."""
    since = now - timedelta(hours=AGAIN_HOURS)
    running = Campaign.state.in_(UNFINISHED)
    sends = session.execute(
        select(Campaign.id, Campaign.bubbles, Campaign.others).where(
            Campaign.message_id == message_id,
            Campaign.is_practice == shop.is_practice,
            or_(Campaign.created_at >= since, running),
        )
    )
    now_written = [blocks.to_json(bubbles) for bubbles in draft.variants]
    same = [campaign for campaign, bubbles, others in sends if [bubbles, *others] == now_written]
    got = select(Delivery.friend_id).where(Delivery.campaign_id.in_(same), Delivery.state.in_(_COUNTED))
    return set(session.scalars(got)) if same else set()


def tests(session: Session, message_id: int | None, draft: MessageDraft, day: ShopDay) -> Tests:
    """Return what is known of the tests; the first variant that was not tested speaks for all, else the oldest test."""
    found = [
        replace(testing.tested(session, message_id, bubbles, day, variant), variant=variant)
        for variant, bubbles in enumerate(draft.variants)
    ]
    missing = next((one for one in found if one.at is None), None)
    return missing or min(found, key=_tested_at)


def _tested_at(tests: Tests) -> datetime:
    return tests.at or datetime.max.replace(tzinfo=UTC)


def _written(
    session: Session, shop: Shop, draft: MessageDraft, recipients: list[Person], day: ShopDay
) -> tuple[tuple[Problem, ...], Questions]:
    """Return what is wrong with the words of a draft for these recipients, and what LINE is to be asked about it."""
    used = {name for bubbles in draft.variants for name in variables.used(bubbles)}
    filling = people.filling(session, (person.id for person in recipients) if used else (), used)
    found = draft.problems(filling.longest, day.today, filling.most_signs)
    for variant, bubbles in enumerate(draft.variants):
        wrong = filter(None, map(links.trouble, links.links(blocks.to_line(bubbles, {}))))
        found += [Problem(None, words, "", variant) for words in wrong]
    broken = {problem.variant for problem in found}
    return tuple(found), asking.questions(draft, filling, broken, is_practice=shop.is_practice)


def _known_account(shop: Shop, own_account: LineAccount) -> Account | None:
    """Return the account as LINE last described it."""
    told = own_account.told
    if shop.is_practice or not told.get("name"):
        return None
    return Account(own_account.user_id, str(told.get("basic_id", "")), own_account.called, told.get("picture_url"))


def wrong_account(shop: Shop, own_account: LineAccount, outside: Outside | None) -> str:
    """Return the name of the account that answered, where it is not the one that the message goes through."""
    own = own_account.user_id
    found = outside.account if outside else None
    return found.name if found and own and not shop.is_practice and found.user_id != own else ""


def account_name(shop: Shop, own_account: LineAccount) -> str:
    """Return what the account is called that a message goes through; empty while none is connected."""
    if shop.is_practice:
        return _("Practice LINE on this computer")
    return own_account.called
