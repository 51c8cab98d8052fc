"""Reads what the tasks of the plan are decided by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.audit.findings import Check
from linecrm_desktop.audit.history import decided
from linecrm_desktop.days import ShopDay
from linecrm_desktop.home import month
from linecrm_desktop.home.core import CoreNumbers
from linecrm_desktop.home.numbers import Numbers
from linecrm_desktop.home.plan import Facts, Path, Period, period
from linecrm_desktop.journeys import summary
from linecrm_desktop.messages import brief
from linecrm_desktop.messages import library as messages
from linecrm_desktop.models.campaign import Campaign, DeliveryState
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.journey import Journey, JourneyState
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import SegmentCount
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results.review import decisions

PATH_DAYS = 14
"""So long a path must run before its results say whether to change it."""
_EVER = date(1970, 1, 2)
_PAIRS = (Check.SAME_NAME, Check.NEAR_NAME, Check.SAME_PEOPLE, Check.CONTAINED)


@dataclass(frozen=True, slots=True)
class _Sends:
    """The sends since the plan or the month began."""

    sends: int
    with_group: int
    accepted: int
    has_results: bool


def period_of(session: Session, day: ShopDay) -> Period:
    """Return the four weeks or the month that is on."""
    first = session.scalar(select(func.min(ImportBatch.at)).where(ImportBatch.undone_at.is_(None)))
    return period(day.local(first).date() if first else None, day.today)


def facts(session: Session, on: Period, numbers: Numbers, core: tuple[CoreNumbers, ...], day: ShopDay) -> Facts:
    """Read the facts of the four weeks or of the month."""
    since = day.start_of(on.begins or _EVER)
    sent = _sends(session, since, day)
    return Facts(
        friends=numbers.people.friends,
        tags=numbers.tags,
        undecided=numbers.undecided,
        pairs=decided(session, _PAIRS, since),
        unused=decided(session, (Check.UNUSED,), since),
        core={one.key: one for one in core},
        counted=frozenset(session.scalars(select(SegmentCount.segment_id).distinct())),
        paths=_paths(session),
        sends=sent.sends,
        with_group=sent.with_group,
        accepted=sent.accepted,
        has_results=sent.has_results,
        proposals=_proposals(session, day),
        has_old_results=_has_old_paths(session, day),
        path_changed=_path_changed(session, since),
        is_planned=_is_planned(session, day),
    )


def _sends(session: Session, since: datetime, day: ShopDay) -> _Sends:
    accepted = month.copies(session, since)
    kept = month.copies(session, since, DeliveryState.KEPT_BACK)
    rows = session.execute(select(Campaign.started_at, Campaign.brief).where(Campaign.id.in_(accepted)))
    over = any(began and day.age(began) > brief.from_json(told).metric_days for began, told in rows)
    return _Sends(len(accepted), len(accepted.keys() & kept.keys()), sum(accepted.values()), over)


def _paths(session: Session) -> Mapping[str, Path]:
    found = summary.core_paths(session)
    return {core: Path(path.steps, path.state is JourneyState.RUNNING) for core, path in found.items()}


def _proposals(session: Session, day: ShopDay) -> tuple[int, int] | None:
    """Return how many proposals for tags there were at the last look, and how many are decided."""
    found = decisions.progress(session, day)
    return None if found is None else (found[1], found[0])


def _has_old_paths(session: Session, day: ShopDay) -> bool:
    old = select(Journey.id).where(Journey.started_at < day.end_of(day.today - timedelta(days=PATH_DAYS)))
    return session.scalar(old.limit(1)) is not None


def _path_changed(session: Session, since: datetime) -> bool:
    """Say whether somebody changed a path, in this plan or month, after it had run long enough to be judged."""
    rows = session.execute(select(Journey.started_at, Journey.changed_at).where(Journey.changed_at >= since))
    return any(began and changed - began >= timedelta(days=PATH_DAYS) for began, changed in rows)


def _is_planned(session: Session, day: ShopDay) -> bool:
    """Say whether a draft with a complete brief, or a send that waits for its moment, is meant for next month."""
    begins = month.first_of(month.first_of(day.today) + timedelta(days=31))
    ends = month.first_of(begins + timedelta(days=31))
    span = (day.start_of(begins), day.start_of(ends))
    drafts = session.scalars(select(Message.id).where(Message.send_at >= span[0], Message.send_at < span[1]))
    if any(not messages.load(session, draft).brief.missing() for draft in drafts):
        return True
    shop = select(Shop.is_practice).scalar_subquery()
    planned = select(Campaign.id).where(Campaign.due_at >= span[0], Campaign.due_at < span[1])
    return session.scalar(planned.where(Campaign.is_practice == shop).limit(1)) is not None
