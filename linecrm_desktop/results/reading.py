"""Asks LINE for opens and clicks of sends, no oftener than it makes sense: once a day each, for 14 days, 60 an hour.

The numbers are kept in the shop file with the day they are of, so that Results opens without LINE. LINE forgets
nothing that it has once told: an answer without a number does not take a known one away.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import variants
from linecrm_desktop.channels import accounts
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.gateway import Line, UnitFigures
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.erasure import ErasedCopies
from linecrm_desktop.models.reading import Reading
from linecrm_desktop.results.figures import FLOOR, LINE_ZONE
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _

COUNTED_DAYS = 14
"""LINE counts so many days after a message; then its numbers stand."""
SPAN_DAYS = 30
"""LINE answers for sends that lie at most so many days apart."""
HOURLY = 60
"""LINE may be asked so many times an hour."""
Connect = Callable[[int | None], AbstractContextManager[Line]]
"""Opens the way to an account, given its number."""


@dataclass(frozen=True, slots=True)
class Question:
    """One unit name, and the days (of UTC+9) on which its messages left."""

    campaign_id: int
    channel_id: int | None
    """The account that it went through, and that is asked."""
    variant: int
    unit: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Asked:
    """How many numbers were read, and how many have to wait for another hour."""

    read: int
    later: int


def due(session: Session, now: datetime, campaign_id: int | None = None, *, is_practice: bool) -> list[Question]:
    """Return what can be asked: all sends not asked today, or one send that a person asks for whenever they like.

    Left out are sends to fewer than 20 people, of which LINE tells nothing, those whose numbers stand, those of a
    further account that is not connected, and (unless a person asks) those of today, which LINE has not counted yet.
    """
    today = now.astimezone(LINE_ZONE).date()
    asked = {one.channel_id for one in accounts.rows(session) if one.is_connected or one.channel_id is None}
    sends = select(Campaign).where(Campaign.started_at.is_not(None), Campaign.is_practice == is_practice)
    if campaign_id is not None:
        sends = sends.where(Campaign.id == campaign_id)
    found: list[Question] = []
    for campaign in session.scalars(sends.order_by(Campaign.started_at.desc(), Campaign.id.desc())):
        if campaign.channel_id not in asked:
            continue
        known = {row.variant: row for row in session.scalars(select(Reading).where(Reading.campaign_id == campaign.id))}
        for question in _questions(session, campaign, today):
            row = known.get(question.variant)
            stands = row is not None and row.day > row.sent_on + timedelta(days=COUNTED_DAYS)
            early = question.last >= today or (row is not None and row.day >= today)
            if not stands and (campaign_id is not None or not early):
                found.append(question)
    return found


def _questions(session: Session, campaign: Campaign, today: date) -> list[Question]:
    assert campaign.started_at is not None  # only sends that have begun are asked for
    first = campaign.started_at.astimezone(LINE_ZONE).date()
    last = campaign.ended_at.astimezone(LINE_ZONE).date() if campaign.ended_at else today
    last = min(last, first + timedelta(days=SPAN_DAYS))
    return [
        Question(campaign.id, campaign.channel_id, variant, variants.unit(campaign, variant), first, last)
        for variant, people in _accepted(session, campaign).items()
        if people >= FLOOR
    ]


def _accepted(session: Session, campaign: Campaign) -> dict[int, int]:
    mine = (Delivery.campaign_id == campaign.id, Delivery.state == DeliveryState.ACCEPTED)
    counted = select(Delivery.variant, func.count()).where(*mine).group_by(Delivery.variant)
    found = {variant: people for variant, people in session.execute(counted)}
    gone = select(func.coalesce(func.sum(ErasedCopies.copies), 0)).where(
        ErasedCopies.campaign_id == campaign.id, ErasedCopies.state == DeliveryState.ACCEPTED
    )
    if not campaign.others:
        found[0] = found.get(0, 0) + session.scalars(gone).one()
    return found


def room(session: Session, now: datetime) -> int:
    """Return how many questions LINE still answers in this hour."""
    lately = select(func.count()).select_from(Reading).where(Reading.at > now - timedelta(hours=1))
    return max(0, HOURLY - session.scalars(lately).one())


def keep(session: Session, question: Question, said: UnitFigures, now: datetime) -> None:
    """Keep an answer."""
    row = session.get(Reading, (question.campaign_id, question.variant))
    if row is None:
        row = Reading(campaign_id=question.campaign_id, variant=question.variant, seen=None, pressed=None)
        session.add(row)
    row.sent_on, row.day, row.at = question.last, now.astimezone(LINE_ZONE).date(), now
    row.seen = row.seen if said.seen is None else said.seen
    row.pressed = row.pressed if said.pressed is None else said.pressed
    session.flush()


def read(
    database: Database,
    connect: Connect,
    now: datetime,
    task: Task,
    *,
    campaign_id: int | None = None,
    is_practice: bool,
) -> Asked:
    """Ask LINE for what is due and keep each answer at once. Raises OutsideError; what was read before it is kept.

    `connect` opens the way to an account; each is opened once and closed at the end.
    """
    with database.read() as session:
        questions = due(session, now, campaign_id, is_practice=is_practice)
        may = questions[: room(session, now)]
    lines: dict[int | None, Line] = {}
    with ExitStack() as ways:
        for place, question in enumerate(may):
            task.raise_if_stopped()
            task.progress(place, len(may), _("Asking LINE for opens and clicks"))
            if question.channel_id not in lines:
                lines[question.channel_id] = ways.enter_context(connect(question.channel_id))
            line = lines[question.channel_id]
            said = line.unit_figures(question.unit, f"{question.first:%Y%m%d}", f"{question.last:%Y%m%d}")
            with database.write() as session:
                if session.get(Campaign, question.campaign_id) is not None:
                    keep(session, question, said, now)
    return Asked(len(may), len(questions) - len(may))
