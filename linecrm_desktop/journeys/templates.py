"""A path for each core segment to begin with; when it is used, its messages become messages of the shop.

What the steps say is in resources/messages (messages.templates).
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.journeys import library
from linecrm_desktop.journeys.draft import PathDraft, StepDraft
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages import templates as steps
from linecrm_desktop.messages.bubbles import CouponBubble
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.messages.templates import Template
from linecrm_desktop.models.base import JourneyId
from linecrm_desktop.models.journey import Journey
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.segments import library as segments
from linecrm_desktop.text import N_, _

_COUPON_DAYS = 60
"""So long a coupon in a template is good from the day on which the path is made; the gate stops one that ran out."""
_TEN_OCLOCK = 10 * 60


@dataclass(frozen=True, slots=True)
class PathTemplate:
    """One path to begin with; name and purpose are translated when shown."""

    core: str
    name: str
    purpose: str


TEMPLATES = (
    PathTemplate(
        "new_friends",
        N_("New friends: teach and earn trust"),
        N_("Who we are, how it is made, how to choose. No discount."),
    ),
    PathTemplate(
        "ready_again",
        N_("Buyers: usage tips and refill"),
        N_("How to get more out of it, what goes with it, and a word when it runs low."),
    ),
    PathTemplate(
        "warm_no_order",
        N_("Non-buyers: compare and prove"),
        N_("A fair comparison, the usual doubts answered, and a reason with a date."),
    ),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A path that was made of a template, and what was made for it."""

    path: JourneyId
    messages: tuple[tuple[int, MessageDraft], ...]
    segments: tuple[int, ...]


def template(core: str) -> PathTemplate:
    """Return the template of a core segment. Raises ShopError for a word that is none."""
    for one in TEMPLATES:
        if one.core == core:
            return one
    known = _(", ").join(one.core for one in TEMPLATES)
    raise ShopError(_("There is no template “{name}”.").format(name=core), _("There are: {names}.").format(names=known))


def steps_of(core: str, language: str) -> list[Template]:
    """Return a template's steps, with their texts, in one of the program's languages."""
    return [one for one in steps.templates(language) if one.core == core]


def make(session: Session, core: str, language: str, day: ShopDay, now: datetime) -> JourneyId:
    """Make a path as a draft, with a message of the shop for each step, and its core segment if it is not there yet."""
    return make_all(session, core, language, day, now).path


def make_all(session: Session, core: str, language: str, day: ShopDay, now: datetime) -> Made:
    """Make a path as `make` does, and return all that was made for it."""
    chosen = template(core)
    segment, new_segments = _segment(session, core, now)
    written: list[StepDraft] = []
    drafts: list[tuple[int, MessageDraft]] = []
    before = 0
    for one in steps_of(core, language):
        draft = _dated(one.draft.with_brief(segment_id=segment), day.today + timedelta(days=_COUPON_DAYS))
        message = messages.save(session, draft, now)
        drafts.append((message, messages.load(session, message)))
        written.append(StepDraft(message, one.days - before, _TEN_OCLOCK))
        before = one.days
    draft = PathDraft(_free_name(session, _(chosen.name)), segment, tuple(written))
    path = library.save(session, draft, day, now)
    return Made(path, tuple(drafts), tuple(new_segments))


def take_back(session: Session, made: Made) -> None:
    """Delete a path that nobody has walked, with its messages and segments that are as they were made and in no use."""
    library.delete(session, made.path)
    for message, draft in made.messages:
        if messages.is_there(session, message) and messages.load(session, message) == draft:
            _let_go(lambda gone=message: messages.delete(session, gone))
    for segment in made.segments:
        _let_go(lambda gone=segment: segments.take_back(session, [gone]))


def _let_go(delete: Callable[[], object]) -> None:
    """Delete what nothing uses; what is used by now, or gone already, stays as it is."""
    with suppress(ShopError):
        delete()


def _segment(session: Session, core: str, now: datetime) -> tuple[int, list[int]]:
    """Return a core segment, and the segments that had to be made for it."""
    found = session.scalars(select(Segment.id).where(Segment.core == core)).first()
    made = [] if found is not None else segments.make_core(session, now)
    return found or session.scalars(select(Segment.id).where(Segment.core == core)).one(), made


def _dated(draft: MessageDraft, until: date) -> MessageDraft:
    """Give a coupon its last day: a reason with a date."""
    dated = tuple(
        replace(bubble, until=until) if isinstance(bubble, CouponBubble) else bubble for bubble in draft.bubbles
    )
    return replace(draft, bubbles=dated)


def _free_name(session: Session, name: str) -> str:
    taken = set(session.scalars(select(Journey.name)))
    tries = (name, *(f"{name} {n}" for n in range(2, len(taken) + 3)))
    return next(wanted for wanted in tries if wanted not in taken)
