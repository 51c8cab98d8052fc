"""Leaving a path: who bought, refused, blocked, does nothing, or fits the path's own rule leaves at once.

Looked at whenever a run-sheet is made or approved and before its sends leave; a copy that is approved but has not left
is then not sent.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Select, and_, exists, func, or_, select, type_coerce, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.channels import ids
from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys import turns
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyTurn, Left, TurnState
from linecrm_desktop.models.order import Order, OrderState
from linecrm_desktop.segments import library
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.rules import REACTIONS

QUIET_MESSAGES = 2
QUIET_DAYS = 3
"""So many whole days after the second message a friend has had time to react."""
_A_DAY = 24 * 60 * 60
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN = {"synchronize_session": False}


def leave(session: Session, journey: Journey, day: ShopDay, now: datetime) -> dict[Left, int]:
    """Let everybody leave a path who has to, and return how many for which reason; the first that holds is kept."""
    counts: dict[Left, int] = {}
    for why, condition in _reasons(session, journey, day):
        chosen = _walking(journey.id).where(condition)
        counts[why] = let_go(session, list(session.scalars(chosen)), why, now)
    if journey.leaves_quiet:
        counts[Left.QUIET] = let_go(session, _quiet(session, journey.id, day), Left.QUIET, now)
    at_the_end = and_(JourneyEntry.next_step_id.is_(None), JourneyEntry.due_on <= day.today)
    counts[Left.DONE] = let_go(session, list(session.scalars(_walking(journey.id).where(at_the_end))), Left.DONE, now)
    return counts


def let_go(session: Session, entries: list[int], why: Left, now: datetime) -> int:
    """Let friends (by entry) leave their path, for one reason."""
    gone = {"left_at": now, "why": why, "due_on": None}
    for some in turns.batches(entries):
        change = update(JourneyEntry).where(JourneyEntry.id.in_(some), JourneyEntry.left_at.is_(None))
        session.execute(change.values(gone), execution_options=_PLAIN)
    return len(entries)


def _walking(journey_id: int) -> Select[int]:
    return select(JourneyEntry.id).where(JourneyEntry.journey_id == journey_id, JourneyEntry.left_at.is_(None))


def _reasons(session: Session, journey: Journey, day: ShopDay) -> Iterator[tuple[Left, ColumnElement[bool]]]:
    """Yield why friends leave, each as a condition on entries."""
    friend = Friend.id == JourneyEntry.friend_id
    yield Left.BLOCKED, exists().where(friend, ids.is_blocked(session, turns.through(session, journey.id)))
    yield Left.REFUSED, exists().where(friend, Friend.marketing == Marketing.REFUSED)
    if journey.leaves_bought:
        yield Left.BOUGHT, _bought()
    if journey.exit_segment_id is not None:
        known = library.rules(session)
        rule = known.get(journey.exit_segment_id)
        if rule is not None and not problems(rule, known):
            yield Left.OWN_RULE, JourneyEntry.friend_id.in_(audience.members(session, rule, day))


def _bought() -> ColumnElement[bool]:
    """Ordered since entering, or on the day before by what a file told only afterwards: many files name days only."""
    ordered, entered = type_coerce(Order.at, BigInteger), type_coerce(JourneyEntry.entered_at, BigInteger)
    told_since = Order.batch_id.in_(select(ImportBatch.id).where(ImportBatch.at > JourneyEntry.entered_at))
    return exists().where(
        Order.friend_id == JourneyEntry.friend_id,
        Order.state == OrderState.PLACED,
        or_(ordered > entered, and_(ordered > entered - _A_DAY, told_since)),
    )


def _quiet(session: Session, journey_id: int, day: ShopDay) -> list[int]:
    """Return who did nothing after two messages of the path in a row, where the shop's files reach that far."""
    sent: defaultdict[int, list[tuple[datetime, int]]] = defaultdict(list)
    rows = session.execute(
        select(JourneyEntry.id, JourneyEntry.friend_id, JourneyTurn.at)
        .join(JourneyTurn, JourneyTurn.entry_id == JourneyEntry.id)
        .where(JourneyEntry.journey_id == journey_id, JourneyEntry.left_at.is_(None))
        .where(JourneyTurn.state == TurnState.SENT)
        .order_by(JourneyTurn.at)
    )
    for entry, friend, at in rows:
        sent[entry].append((at, friend))
    had_time = day.days_ago(QUIET_DAYS)
    asked = {entry: got[-QUIET_MESSAGES:] for entry, got in sent.items() if len(got) >= QUIET_MESSAGES}
    asked = {entry: got for entry, got in asked.items() if got[-1][0] < had_time}
    if not asked:
        return []
    told_until = session.scalar(select(func.max(Event.at)).where(Event.kind.in_(REACTIONS))) or _NEVER
    last = _last_reactions(session, {got[0][1] for got in asked.values()})
    reaches = {entry for entry, got in asked.items() if told_until >= got[-1][0] + timedelta(days=QUIET_DAYS)}
    return [entry for entry in sorted(reaches) if last.get(asked[entry][0][1], _NEVER) < asked[entry][0][0]]


def _last_reactions(session: Session, friends: set[int]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for some in turns.batches(sorted(friends)):
        newest = select(Event.friend_id, func.max(Event.at)).where(Event.friend_id.in_(some), Event.kind.in_(REACTIONS))
        found |= {friend: at for friend, at in session.execute(newest.group_by(Event.friend_id))}
    return found
