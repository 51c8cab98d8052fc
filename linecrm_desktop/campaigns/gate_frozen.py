"""The gate once more, for a send that was confirmed earlier: the same checks, asked of what was frozen.

Its people and words are fixed; what may have changed is the month's messages, the clock, the shop and its settings.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import asking
from linecrm_desktop.campaigns.asking import Outside, Questions
from linecrm_desktop.campaigns.audience import Reach
from linecrm_desktop.campaigns.cost import cost
from linecrm_desktop.campaigns.gate import account_name, tests, timing, wrong_account
from linecrm_desktop.campaigns.gate_checks import checks
from linecrm_desktop.campaigns.gate_facts import Check, Facts, Tone
from linecrm_desktop.campaigns.on_path import changed_path
from linecrm_desktop.channels import accounts
from linecrm_desktop.days import ShopDay
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.messages import blocks, brief, people, variables
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.messages.people import Filling
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import own_prices
from linecrm_desktop.text import _


def red(
    session: Session, campaign: Campaign, day: ShopDay, now: datetime, quota: Quota | None, outside: Outside | None
) -> tuple[Check, ...]:
    """Return the checks that stop a confirmed send from leaving now."""
    found = checks(_facts(session, campaign, day, now, quota, outside))
    return tuple(check for check in found if check.tone is Tone.BLOCKED)


def questions(session: Session, campaign: Campaign) -> Questions:
    """Return what LINE and the links are to be asked about what was frozen."""
    draft = _draft(campaign)
    return _questions(draft, _filling(session, draft, _waiting(session, campaign.id)), campaign)


def changed_since(session: Session, campaign: Campaign) -> str:
    """Say that a person changed the segment or path of a send after it was confirmed; else nothing."""
    if campaign.journey_step_id is not None:
        return changed_path(session, campaign)
    number = campaign.brief.get("segment_id")
    segment = session.get(Segment, number) if number is not None else None
    if segment is None:
        return _("The segment “{segment}” is no longer there.").format(segment=campaign.segment_name)
    since = campaign.confirmed_at or campaign.created_at
    if segment.rule != campaign.segment_rule and segment.changed_at > since:
        return _(
            "The rules of the segment “{segment}” were changed since; the send would still go to the friends of before."
        ).format(segment=campaign.segment_name)
    return ""


def _facts(
    session: Session, campaign: Campaign, day: ShopDay, now: datetime, quota: Quota | None, outside: Outside | None
) -> Facts:
    shop, draft = session.scalars(select(Shop)).one(), _draft(campaign)
    answers = brief.from_json(campaign.brief)
    waiting = _waiting(session, campaign.id)
    filling = _filling(session, draft, waiting)
    own_account = accounts.account(session, campaign.channel_id)
    plan = own_prices.plan_of(shop, day.today, own_account)
    return Facts(
        missing=tuple(answers.missing()),
        reach=Reach(),
        recipients=len(waiting),
        kept=0,
        keep_back=answers.keep_back,
        uninformed=_uninformed(session, campaign.id),
        forbidden=0,
        caps=(),
        quota=quota,
        plan=plan,
        cost=cost(plan, quota.used, quota.limit, len(waiting)) if quota else None,
        currency=shop.currency,
        is_practice=shop.is_practice,
        problems=tuple(draft.problems(filling.longest, None, filling.most_signs)),
        judged=asking.judge(draft, _questions(draft, filling, campaign), outside),
        wrong_account=wrong_account(shop, own_account, outside),
        account_name=account_name(shop, own_account),
        has_left=own_account.has_left,
        variants=len(draft.variants),
        timing=timing(shop, None, day, now),
        blocks_uninformed=shop.blocks_uninformed,
        extra_most=shop.extra_most,
        warn_under=shop.warn_under,
        tests=tests(session, campaign.message_id, draft, day),
    )


def _waiting(session: Session, campaign_id: int) -> list[int]:
    chosen = select(Delivery.friend_id).where(
        Delivery.campaign_id == campaign_id, Delivery.state == DeliveryState.WAITING
    )
    return list(session.scalars(chosen.order_by(Delivery.friend_id)))


def _uninformed(session: Session, campaign_id: int) -> int:
    counted = (
        select(func.count())
        .select_from(Delivery)
        .join(Friend, Friend.id == Delivery.friend_id)
        .where(Delivery.campaign_id == campaign_id, Delivery.state == DeliveryState.WAITING)
        .where(Friend.informed != Answer.YES)
    )
    return session.scalars(counted).one()


def _draft(campaign: Campaign) -> MessageDraft:
    others = tuple(blocks.from_json(bubbles) for bubbles in campaign.others)
    return MessageDraft(bubbles=blocks.from_json(campaign.bubbles), others=others)


def _filling(session: Session, draft: MessageDraft, waiting: list[int]) -> Filling:
    used = {name for bubbles in draft.variants for name in variables.used(bubbles)}
    return people.filling(session, waiting if used else (), used)


def _questions(draft: MessageDraft, filling: Filling, campaign: Campaign) -> Questions:
    broken = {problem.variant for problem in draft.problems(filling.longest, None, filling.most_signs)}
    return asking.questions(draft, filling, broken, is_practice=campaign.is_practice)
