"""One friend on one path: what became of each step, when and why, and what comes next."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.journeys import turns
from linecrm_desktop.journeys.looking import left_words
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyStep, JourneyTurn, Left, TurnState
from linecrm_desktop.models.message import Message
from linecrm_desktop.text import N_, _, short_date

_STATES = {
    TurnState.APPROVED: N_("approved, and not over"),
    TurnState.SENT: N_("sent"),
    TurnState.KEPT_BACK: N_("kept back: got nothing, to compare"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One step for one friend."""

    message: str
    state: str
    """What became of it, else "next" or "later"."""
    day: date | None
    why: str = ""
    """The code of the reason of a skipped step."""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One friend on one path."""

    entered_at: datetime
    is_held: bool
    left_at: datetime | None
    left: Left | None
    steps: tuple[Told, ...]
    """In the order of the path; steps that were taken out only where they had their turn."""

    def ended(self) -> str:
        """Say why the friend is no longer on the path; nothing while they are."""
        return left_words(self.left) if self.left is not None else ""


def stories(session: Session, friend_id: int, today: date) -> dict[str, Story]:
    """Tell a friend's story on each path that they entered, by the path's name, the newest first."""
    entered = (
        select(Journey.id, Journey.name)
        .join(JourneyEntry, JourneyEntry.journey_id == Journey.id)
        .where(JourneyEntry.friend_id == friend_id, func.coalesce(JourneyEntry.why, "") != Left.BEFORE)
        .order_by(JourneyEntry.entered_at.desc(), Journey.place)
    )
    told = {name: story(session, path, friend_id, today) for path, name in session.execute(entered)}
    return {name: one for name, one in told.items() if one is not None}


def story(session: Session, journey_id: int, friend_id: int, today: date) -> Story | None:
    """Tell what became of each step of a path for a friend; None: they never entered it."""
    entry = session.scalars(
        select(JourneyEntry).where(JourneyEntry.journey_id == journey_id, JourneyEntry.friend_id == friend_id)
    ).first()
    if entry is None:
        return None
    had = {turn.step_id: turn for turn in session.scalars(select(JourneyTurn).where(JourneyTurn.entry_id == entry.id))}
    rows = session.execute(
        select(JourneyStep, Message.name)
        .outerjoin(Message, Message.id == JourneyStep.message_id)
        .where(JourneyStep.journey_id == journey_id)
        .order_by(JourneyStep.place)
    )
    steps = [_told(step, name or "", had.get(step.id), entry, today) for step, name in rows]
    told = tuple(one for one in steps if one is not None)
    return Story(entry.entered_at, entry.is_held, entry.left_at, entry.why, told)


def _told(step: JourneyStep, message: str, turn: JourneyTurn | None, entry: JourneyEntry, today: date) -> Told | None:
    if turn is not None:
        skipped = turn.state is TurnState.SKIPPED
        sentence = turns.skipped_sentence(turn.why) if skipped else _(_STATES[turn.state])
        return Told(message, str(turn.state), turn.day, turn.why, sentence)
    if step.retired_at is not None or entry.left_at is not None:
        return None
    if step.id == entry.next_step_id and entry.due_on is not None:
        due = _("due from {day} on").format(day=short_date(entry.due_on, today))
        return Told(message, "next", entry.due_on, "", due)
    return Told(message, "later", None)
