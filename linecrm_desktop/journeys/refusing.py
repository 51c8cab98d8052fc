"""What a refusal takes friends out of: named before it is recorded, and told again afterwards.

Segments keep their rules; who refuses is no part of what any of them reaches from that moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from linecrm_desktop.consent.ledger import PART
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.journey import Journey, JourneyEntry
from linecrm_desktop.segments import library, to_sql
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.text import _, ngettext, number

_PLANNED = (CampaignState.SCHEDULED, CampaignState.HELD)


@dataclass(frozen=True, slots=True)
class Effects:
    """The names of what friends are taken out of, and how many of them did not refuse before."""

    friends: int
    segments: tuple[str, ...]
    journeys: tuple[str, ...]
    scheduled: tuple[str, ...]
    running: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing that the friends would be taken out of."""
        return not (self.segments or self.journeys or self.scheduled or self.running)


def effects(session: Session, friends: Sequence[int], day: ShopDay) -> Effects:
    """Return what these friends would be taken out of if they refused marketing now."""
    newly: list[int] = []
    found: dict[str, dict[str, None]] = {"segments": {}, "journeys": {}, "scheduled": {}, "running": {}}
    for start in range(0, len(friends), PART):
        part = friends[start : start + PART]
        chosen = select(Friend.id).where(Friend.id.in_(part), Friend.marketing != Marketing.REFUSED)
        newly += session.scalars(chosen)
        found["segments"] |= dict.fromkeys(_segments(session, chosen, day))
        found["journeys"] |= dict.fromkeys(session.scalars(_journeys(chosen)))
        found["scheduled"] |= dict.fromkeys(session.scalars(_sends(chosen).where(Campaign.state.in_(_PLANNED))))
        found["running"] |= dict.fromkeys(session.scalars(_sends(chosen).where(Campaign.state.not_in(_PLANNED))))
    return Effects(len(newly), *(tuple(names) for names in found.values()))


def would_be(told: Effects) -> str:
    """Say in one sentence what friends will be taken out of."""
    return _out_of(told, _("Will be taken out of {list}."), _("No segment, journey or send holds them now."))


def was(told: Effects) -> str:
    """Say in one sentence what friends were taken out of."""
    return _out_of(told, _("Taken out of {list}."), _("No segment, journey or send held them."))


def _out_of(told: Effects, said: str, nothing: str) -> str:
    counts = (
        (len(told.segments), ngettext("{n} segment", "{n} segments", len(told.segments))),
        (len(told.journeys), ngettext("{n} journey", "{n} journeys", len(told.journeys))),
        (len(told.scheduled), ngettext("{n} scheduled send", "{n} scheduled sends", len(told.scheduled))),
        (len(told.running), ngettext("{n} running send", "{n} running sends", len(told.running))),
    )
    parts = [words.format(n=number(count)) for count, words in counts if count]
    return said.format(list=_(", ").join(parts)) if parts else nothing


def _segments(session: Session, chosen: Select[int], day: ShopDay) -> Iterable[str]:
    known = library.rules(session)
    for row in library.all_segments(session):
        rule = known.get(row.id)
        if rule is None or problems(rule, known):
            continue
        if session.scalars(to_sql.members(rule, day, known).where(Friend.id.in_(chosen)).limit(1)).first() is not None:
            yield row.name


def _journeys(chosen: Select[int]) -> Select[str]:
    walking = select(JourneyEntry.journey_id).where(JourneyEntry.friend_id.in_(chosen), JourneyEntry.left_at.is_(None))
    return select(Journey.name).where(Journey.id.in_(walking)).order_by(Journey.name)


def _sends(chosen: Select[int]) -> Select[str]:
    waiting = select(Delivery.campaign_id).where(
        Delivery.friend_id.in_(chosen), Delivery.state == DeliveryState.WAITING
    )
    return select(Campaign.name).where(Campaign.id.in_(waiting)).order_by(Campaign.name)
