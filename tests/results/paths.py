"""Puts a path with its messages into a test's shop, as the journey tables hold it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.models.journey import Journey, JourneyStep
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import Segment


def put_path(session: Session, now: datetime, name: str, messages: Sequence[str], place: int = 0) -> list[int]:
    """Add a path with one step a message and return the ids of its steps."""
    segment = Segment(name=f"{name} segment", rule={}, created_at=now, changed_at=now)
    session.add(segment)
    session.flush()
    path = Journey(name=name, segment_id=segment.id, place=place, salt=name, created_at=now, changed_at=now)
    session.add(path)
    session.flush()
    steps: list[JourneyStep] = []
    for at, called in enumerate(messages):
        message = Message(name=called, created_at=now, changed_at=now)
        session.add(message)
        session.flush()
        told = {"journey_id": path.id, "message_id": message.id, "wait_days": at + 1}
        steps.append(JourneyStep(place=at, created_at=now, **told))
    session.add_all(steps)
    session.flush()
    return [step.id for step in steps]
