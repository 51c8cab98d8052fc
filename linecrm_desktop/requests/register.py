"""The register of requests: written down with a number, done step by step in one order, closed, and never deleted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.journeys import refusing
from linecrm_desktop.models.consent import Use
from linecrm_desktop.models.data_request import DataRequest, DataRequestStep, Ending, RequestStep, Wants
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.requests import deadlines
from linecrm_desktop.requests.names import STEPS
from linecrm_desktop.text import _

PRESSING = 3
"""Days before the answer is due under which a request is told in red."""
STOPS = (Wants.STOP_MARKETING, Wants.STOP_USE)
MOST = 2_000
"""Letters of a text that somebody writes here."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step that was done."""

    step: RequestStep
    at: datetime
    by: str
    how: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as a list and its page show it."""

    id: int
    friend_id: int | None
    friend: str
    """"" when the person is not in the shop any more, or has no name."""
    wants: Wants
    asked: date
    answer_by: date
    about: str
    steps: tuple[StepDone, ...]
    collected: tuple[tuple[str, int], ...] | None
    ending: Ending | None
    note: str
    is_erased: bool

    @property
    def name(self) -> str:
        """Its number as people say it."""
        return number_of(self.id)

    @property
    def is_open(self) -> bool:
        return self.ending is None

    @property
    def next(self) -> RequestStep | None:
        """The step that comes next; None when it is closed."""
        done = {step.step for step in self.steps}
        return None if not self.is_open else next((step for step in RequestStep if step not in done), None)

    def done(self, step: RequestStep) -> StepDone | None:
        """Return when and how a step was done."""
        return next((done for done in self.steps if done.step is step), None)

    def left(self, today: date) -> int:
        """Return how many days are left for the answer; negative: it is late."""
        return (self.answer_by - today).days

    def is_pressing(self, today: date) -> bool:
        """Say whether the answer is due within three days, or late."""
        return self.is_open and self.left(today) < PRESSING


def number_of(request: int) -> str:
    """Write a request's number."""
    return f"R-{request:04}"


def write_down(
    session: Session,
    friend_id: int,
    wants: Wants,
    day: ShopDay,
    now: datetime,
    asked: date | None = None,
    about: str = "",
) -> int:
    """Write a request down and return its number; `asked` is the day on which it came (None: today).

    Raises ShopError when the friend is gone, or the day lies ahead.
    """
    if session.get(Friend, friend_id) is None:
        raise ShopError(_("This friend is not in the shop any more."), _("Nothing was changed."))
    asked = asked or day.today
    if asked > day.today:
        raise ShopError(_("The day of the request lies ahead."), _("Write the day on which it came."))
    request = DataRequest(
        friend_id=friend_id,
        wants=wants,
        asked_at=now if asked == day.today else day.start_of(asked),
        answer_by=deadlines.answer_by(session, wants, asked),
        about=_short(about),
    )
    session.add(request)
    session.flush()
    return request.id


def rows(session: Session, day: ShopDay) -> list[RequestRow]:
    """Return all requests, the newest first."""
    steps: dict[int, list[StepDone]] = {}
    for step in session.scalars(select(DataRequestStep)):
        steps.setdefault(step.request_id, []).append(StepDone(step.step, step.at, step.by, step.how))
    query = select(DataRequest, Friend.name).outerjoin(Friend, Friend.id == DataRequest.friend_id)
    found = session.execute(query.order_by(DataRequest.id.desc()))
    return [_row(request, name, steps.get(request.id, []), day) for request, name in found]


def one(session: Session, request: int, day: ShopDay) -> RequestRow:
    """Return one request. Raises ShopError when there is none of that number."""
    found = next((row for row in rows(session, day) if row.id == request), None)
    if found is None:
        raise _missing(request)
    return found


def record(session: Session, request: int, step: RequestStep, by: str, how: str, now: datetime) -> None:
    """Write down that a step was done. Raises ShopError when another one comes first, or it is not told how.

    Handing over a stop records the friend's refusal in the same transaction. A request ends with `close`.
    """
    row = _open(session, request)
    _refuse_order(session, row, step)
    how = _short(how)
    if step is RequestStep.CHECK and not how:
        raise ShopError(
            _("How do you know who is asking?"), _("Write how it was checked, such as: member number in the chat.")
        )
    if step is RequestStep.HAND_OVER and row.wants in STOPS:
        _stop(session, row, now)
    _add(session, row.id, step, by, how, now)


def close(session: Session, request: int, ending: Ending, by: str, note: str, now: datetime) -> None:
    """Close a request. Raises ShopError when it is said to be done and is not, or nothing says why it was not done."""
    row = _open(session, request)
    note = _short(note)
    if ending is Ending.DONE:
        _refuse_order(session, row, RequestStep.CLOSE)
    elif not note:
        raise ShopError(
            _("Write why the request is closed without having been done."),
            _("The friend may ask. Nothing was changed."),
        )
    row.ending, row.note = ending, note
    _add(session, row.id, RequestStep.CLOSE, by, "", now)


def waiting(session: Session) -> int:
    """Count the open requests."""
    return session.scalar(select(func.count()).select_from(DataRequest).where(DataRequest.ending.is_(None))) or 0


def open_ones(session: Session, day: ShopDay) -> list[RequestRow]:
    """Return the open requests, the most pressing first."""
    return sorted((row for row in rows(session, day) if row.is_open), key=lambda row: (row.answer_by, row.id))


def _open(session: Session, request: int) -> DataRequest:
    row = session.get(DataRequest, request)
    if row is None:
        raise _missing(request)
    if row.ending is not None:
        raise ShopError(
            _("The request {number} is closed.").format(number=number_of(request)), _("Nothing was changed.")
        )
    return row


def _missing(request: int) -> ShopError:
    return ShopError(_("There is no request {number}.").format(number=number_of(request)), _("Nothing was changed."))


def _refuse_order(session: Session, row: DataRequest, step: RequestStep) -> None:
    done = set(session.scalars(select(DataRequestStep.step).where(DataRequestStep.request_id == row.id)))
    if step in done:
        raise ShopError(_("This step was done before."), _("Nothing was changed."))
    first = next(one for one in RequestStep if one not in done)
    if first is not step:
        raise ShopError(_("Another step comes first: {step}.").format(step=_(STEPS[first])), _("Nothing was changed."))
    if step is RequestStep.HAND_OVER and row.wants is Wants.ERASE and not row.is_erased:
        raise ShopError(_("This person is not erased yet."), _("Erase them; this step is then done by itself."))


def _stop(session: Session, row: DataRequest, now: datetime) -> None:
    if row.friend_id is not None:
        use = Use.MARKETING if row.wants is Wants.STOP_MARKETING else Use.SERVICE
        how = _("Request {number}").format(number=number_of(row.id))
        day = ShopDay.of(now, session.get_one(Shop, 1).zone)
        refusing.refuse(session, [row.friend_id], [use], how, day, now)


def _add(session: Session, request: int, step: RequestStep, by: str, how: str, now: datetime) -> None:
    session.add(DataRequestStep(request_id=request, step=step, at=now, by=_short(by), how=how))
    session.flush()


def _short(text: str) -> str:
    return " ".join(text.split())[:MOST]


def _row(request: DataRequest, name: str | None, steps: list[StepDone], day: ShopDay) -> RequestRow:
    order = list(RequestStep)
    found = None if request.collected is None else tuple((kind, int(n)) for kind, n in request.collected.items())
    return RequestRow(
        id=request.id,
        friend_id=request.friend_id,
        friend=name or "",
        wants=request.wants,
        asked=day.local(request.asked_at).date(),
        answer_by=request.answer_by,
        about=request.about,
        steps=tuple(sorted(steps, key=lambda done: order.index(done.step))),
        collected=found,
        ending=request.ending,
        note=request.note,
        is_erased=request.is_erased,
    )
