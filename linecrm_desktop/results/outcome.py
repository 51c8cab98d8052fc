"""What came of each send: copies that LINE took, and what friends did in the window that the brief named beforehand.

Friends who were kept back are counted in the same window and the same way: a number without a comparison would flatter
every message. Whether friends did what the metric counts is asked of both groups whole (that is what `lift` compares);
orders and money are counted once, for the last send before them (windows).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.cost import Cost
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages.brief import Brief, from_json
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.results import counting, figures
from linecrm_desktop.results.costs import Costs, costs
from linecrm_desktop.results.counting import Counted, Reactions
from linecrm_desktop.results.figures import LineFigures
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.lift import Difference, Lift, between_all, lift
from linecrm_desktop.results.windows import Span, Window, spans, window
from linecrm_desktop.text import _

LETTERS = "ABC"


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of a message: who got it, and what they did."""

    letter: str
    group: Group
    line: LineFigures


@dataclass(frozen=True, slots=True)
class Outcome:
    """One send with everything that is known about it today."""

    id: int
    message_id: int | None
    name: str
    segment_name: str
    state: CampaignState
    note: str
    is_practice: bool
    brief: Brief
    created_at: datetime
    ended_at: datetime | None
    window: Window | None
    """None until the send has begun."""
    recipients: int
    in_doubt: int
    waiting: int
    stopped: int
    refused: dict[str, int]
    """Copies that LINE did not take, by the code of the reason (campaigns.states has the sentences)."""
    left_out: dict[str, int]
    """Friends taken out before the send, by the code of the reason."""
    sent: Group
    kept: Group
    lift: Lift
    """What the message changed, as far as can be said today; while the window is open it may still change."""
    variants: tuple[Variant, ...]
    """Empty for a message without variants."""
    differences: tuple[tuple[str, str, Difference], ...]
    """Each pair of variants by their letters."""
    reactions: Reactions
    """What the shop's own files say; LINE's counts are in `line`."""
    line: LineFigures
    broadcast_messages: int
    """Messages that a broadcast would have needed."""
    due_at: datetime | None
    """The moment it was planned for."""
    costs: Costs

    @property
    def accepted(self) -> int:
        return self.sent.friends

    @property
    def kept_back(self) -> int:
        return self.kept.friends

    @property
    def not_sent(self) -> int:
        """Messages saved against a broadcast at the same moment."""
        return max(0, self.broadcast_messages - self.accepted)

    @property
    def cost(self) -> Cost | None:
        """What the send took of the plan and cost besides; None where the plan is not known."""
        return self.costs.own

    @property
    def broadcast_extra(self) -> int | None:
        """What a broadcast's extra messages would have cost, in smallest units; None where the plan is not known."""
        return self.costs.broadcast.extra_minor if self.costs.broadcast else None

    @property
    def saved(self) -> int | None:
        """The extra cost that a broadcast would have had above this send's, in smallest units."""
        if self.costs.own is None or self.costs.broadcast is None:
            return None
        return max(0, self.costs.broadcast.extra_minor - self.costs.own.extra_minor)

    @property
    def per_message(self) -> int | None:
        """Revenue of recipients by accepted message; it is not what the message brought about."""
        return round(self.sent.revenue / self.accepted) if self.accepted else None

    @property
    def window_open_until(self) -> date | None:
        return self.window.last_day if self.window is not None and self.window.is_open else None


@dataclass(frozen=True, slots=True)
class Copy:
    """One friend's copy of a send, and what the friend did in its window."""

    campaign_id: int
    state: DeliveryState
    why: str
    did: int
    """1 when the friend did what the metric counts."""
    orders: int
    revenue: int
    reactions: Reactions


def copies_of(session: Session, friend_id: int, day: ShopDay) -> list[Copy]:
    """Return what the outcomes of all sends count of one friend."""
    theirs = select(Delivery, Campaign).join(Campaign, Campaign.id == Delivery.campaign_id)
    others, this = spans(session, day), Delivery.friend_id == friend_id
    found: list[Copy] = []
    for delivery, campaign in session.execute(theirs.where(this)):
        brief = from_json(campaign.brief)
        its = window(campaign.started_at, brief.metric_days, day)
        bought = did = None
        told = counting.reactions(session, campaign.id, its, has_blocks=True, friend_id=friend_id)
        if its is not None:
            bought = session.execute(counting.ordered(campaign, its, others).where(this)).first()
            did = session.execute(counting.done(campaign.id, brief.metric, its).where(this)).first()
        counts = (did.did if did else 0, bought.orders if bought else 0, bought.revenue if bought else 0)
        found.append(Copy(campaign.id, delivery.state, delivery.why, *counts, told))
    return found


@dataclass(frozen=True, slots=True)
class _Shop:
    """What all sends of a shop are counted with."""

    day: ShopDay
    spans: Sequence[Span]
    has_blocks: bool


def all_campaigns(session: Session, day: ShopDay) -> list[Outcome]:
    """Return every send with its outcome, the newest first."""
    newest = select(Campaign).order_by(
        func.coalesce(Campaign.started_at, Campaign.created_at).desc(), Campaign.id.desc()
    )
    shop = _shop(session, day)
    return [_outcome(session, campaign, shop) for campaign in session.scalars(newest)]


def outcome(session: Session, campaign_id: int, day: ShopDay) -> Outcome:
    """Return one send's outcome; raise ShopError when it is not there."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise ShopError(_("This send is no longer there."), _("Choose another one in Results."))
    return _outcome(session, campaign, _shop(session, day))


def _shop(session: Session, day: ShopDay) -> _Shop:
    return _Shop(day, spans(session, day), counting.knows_blocks(session))


def _outcome(session: Session, campaign: Campaign, shop: _Shop) -> Outcome:
    brief = from_json(campaign.brief)
    its = window(campaign.started_at, brief.metric_days, shop.day)
    states, whys = counting.copies(session, campaign.id)
    counted = counting.groups(session, campaign, brief.metric, its, shop.spans)
    variants = _variants(session, campaign, counted)
    sizes = {variant: group.friends for variant, group in counted.by_variant.items()}
    return Outcome(
        id=campaign.id,
        message_id=campaign.message_id,
        name=campaign.name,
        segment_name=campaign.segment_name,
        state=campaign.state,
        note=campaign.note,
        is_practice=campaign.is_practice,
        brief=brief,
        created_at=campaign.created_at,
        ended_at=campaign.ended_at,
        window=its,
        recipients=campaign.recipients,
        in_doubt=states.get(DeliveryState.IN_DOUBT, 0),
        waiting=states.get(DeliveryState.WAITING, 0) + states.get(DeliveryState.HANDED_OVER, 0),
        stopped=states.get(DeliveryState.STOPPED, 0),
        refused=whys.get(DeliveryState.REFUSED, {}),
        left_out=whys.get(DeliveryState.LEFT_OUT, {}),
        sent=counted.sent,
        kept=counted.kept,
        lift=lift(counted.sent, counted.kept),
        variants=variants,
        differences=between_all([(variant.letter, variant.group) for variant in variants]),
        reactions=counting.reactions(session, campaign.id, its, has_blocks=shop.has_blocks),
        line=figures.of_send(session, campaign, counted.sent.friends, sizes),
        broadcast_messages=campaign.reach_then,
        due_at=campaign.due_at,
        costs=costs(session, campaign, counted.sent.friends, shop.day),
    )


def _variants(session: Session, campaign: Campaign, counted: Counted) -> tuple[Variant, ...]:
    if not campaign.others:
        return ()
    found: list[Variant] = []
    for place in range(1 + len(campaign.others)):
        group = counted.by_variant.get(place, Group())
        found.append(Variant(LETTERS[place], group, figures.of_variant(session, campaign, place, group.friends)))
    return tuple(found)
