"""What a refusal takes friends out of: named before it is recorded, and told again afterwards.

Segments keep their rules; who refuses is no part of what any of them reaches from that moment.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import uses
from linecrm_desktop.consent.ledger import PART
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind, RefusalEffect, Use
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
    return _look(session, friends, day)[0]


def refuse(
    session: Session, friends: Sequence[int], wanted: Iterable[Use], how: str, day: ShopDay, now: datetime
) -> tuple[Effects, dict[Use, list[int]]]:
    """Record a refusal as consent.uses does, and keep which segments held whom; return both.

    Raises ShopError when it is not said how we know.
    """
    told, held = _look(session, friends, day)
    newly = uses.refuse(session, friends, wanted, how, now)
    out = {friend: held[friend] for friend in newly.get(Use.MARKETING, ()) if friend in held}
    for start in range(0, len(out), PART):
        part = list(out)[start : start + PART]
        line = func.max(ConsentEntry.id)
        written = select(ConsentEntry.friend_id, line).where(
            ConsentEntry.friend_id.in_(part), ConsentEntry.kind == ConsentKind.REFUSED
        )
        lines = session.execute(written.group_by(ConsentEntry.friend_id))
        rows = [{"line_id": line, "segments": out[friend]} for friend, line in lines if friend is not None]
        session.execute(insert(RefusalEffect), rows)
    return told, newly


def _look(session: Session, friends: Sequence[int], day: ShopDay) -> tuple[Effects, dict[int, list[str]]]:
    """Return the effects, and by friend the names of segments that hold them."""
    newly, held = list[int](), dict[int, list[str]]()
    found: dict[str, dict[str, None]] = {"segments": {}, "journeys": {}, "scheduled": {}, "running": {}}
    for start in range(0, len(friends), PART):
        part = friends[start : start + PART]
        chosen = select(Friend.id).where(Friend.id.in_(part), Friend.marketing != Marketing.REFUSED)
        newly += session.scalars(chosen)
        for name, members in _segments(session, chosen, day):
            found["segments"][name] = None
            for friend in members:
                held.setdefault(friend, []).append(name)
        found["journeys"] |= dict.fromkeys(session.scalars(_journeys(chosen)))
        found["scheduled"] |= dict.fromkeys(session.scalars(_sends(chosen).where(Campaign.state.in_(_PLANNED))))
        found["running"] |= dict.fromkeys(session.scalars(_sends(chosen).where(Campaign.state.not_in(_PLANNED))))
    return Effects(len(newly), *(tuple(names) for names in found.values())), held


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


def _segments(session: Session, chosen: Select[int], day: ShopDay) -> Iterator[tuple[str, Sequence[int]]]:
    known = library.rules(session)
    for row in library.all_segments(session):
        rule = known.get(row.id)
        if rule is None or problems(rule, known):
            continue
        members = session.scalars(to_sql.members(rule, day, known).where(Friend.id.in_(chosen))).all()
        if members:
            yield row.name, members


def _journeys(chosen: Select[int]) -> Select[str]:
    walking = select(JourneyEntry.journey_id).where(JourneyEntry.friend_id.in_(chosen), JourneyEntry.left_at.is_(None))
    return select(Journey.name).where(Journey.id.in_(walking)).order_by(Journey.name)


def _sends(chosen: Select[int]) -> Select[str]:
    waiting = select(Delivery.campaign_id).where(
        Delivery.friend_id.in_(chosen), Delivery.state == DeliveryState.WAITING
    )
    return select(Campaign.name).where(Campaign.id.in_(waiting)).order_by(Campaign.name)
