"""Taking people in: once a day whoever is in the segment and on no path enters, in the order of the paths.

Who is kept back is decided here and for good, by a hash of the LINE id and the path's salt.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, insert, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.channels import ids
from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys import turns
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyState, Left
from linecrm_desktop.segments import library
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.shares import share_of


def enter(session: Session, journey: Journey, day: ShopDay, now: datetime) -> int:
    """Take in everybody who may enter a running path and return how many; rules with a fault take nobody."""
    chosen = newcomers(session, journey, day)
    if chosen is None or journey.state is not JourneyState.RUNNING:
        return 0
    first = turns.first_stop(session, journey.id)
    due_on = day.today + timedelta(days=journey.end_days if first is None else first.wait_days)
    rows = [
        _row(journey, friend, now)
        | {"is_held": _is_held(journey, line_id or ""), "next_step_id": first.id if first else None, "due_on": due_on}
        for friend, line_id in session.execute(chosen)
    ]
    for some in turns.batches(rows):
        session.execute(insert(JourneyEntry), some)
    return len(rows)


def leave_out(session: Session, journey: Journey, day: ShopDay, now: datetime) -> int:
    """Let those who are in the segment now never enter, and return how many: the path begins with new friends only."""
    chosen = newcomers(session, journey, day)
    friends = [] if chosen is None else [friend for friend, _line_id in session.execute(chosen)]
    gone = {"is_held": False, "left_at": now, "why": Left.BEFORE}
    for some in turns.batches(friends):
        session.execute(insert(JourneyEntry), [_row(journey, friend, now) | gone for friend in some])
    return len(friends)


def newcomers(session: Session, journey: Journey, day: ShopDay) -> Select[*tuple[int, str | None]] | None:
    """Choose friends and LINE ids of those who may enter a path now; None while its segment's rules have a fault."""
    rules = library.rules(session)
    rule = rules.get(journey.segment_id)
    if rule is None or problems(rule, rules):
        return None
    through = turns.through(session, journey.id)
    line_id = ids.line_id(through)
    ever_here = JourneyEntry.journey_id == journey.id
    on_a_path = JourneyEntry.left_at.is_(None)
    taken = select(JourneyEntry.friend_id).where(or_(ever_here, on_a_path))
    chosen = (
        select(Friend.id, line_id)
        .where(Friend.id.in_(audience.members(session, rule, day)), Friend.id.not_in(taken))
        .where(~ids.is_blocked(session, through), Friend.marketing != Marketing.REFUSED)
        .where(~ids.has_none(session, through))
        .order_by(Friend.id)
    )
    way_out = rules.get(journey.exit_segment_id) if journey.exit_segment_id is not None else None
    if way_out is not None and not problems(way_out, rules):
        chosen = chosen.where(Friend.id.not_in(audience.members(session, way_out, day)))
    return chosen


def _row(journey: Journey, friend: int, now: datetime) -> dict[str, object]:
    return {"journey_id": journey.id, "friend_id": friend, "entered_at": now}


def _is_held(journey: Journey, line_id: str) -> bool:
    return share_of(journey.salt, line_id) < journey.keep_back
