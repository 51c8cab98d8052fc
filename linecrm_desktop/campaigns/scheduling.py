"""Sends that were confirmed for a later moment: which are due, whether they may still leave, and choosing another time.

The app sends nothing of itself: each of these was confirmed by typing. At its moment all checks run once more. Up to 30
minutes late it still leaves; later, or when a check is red, it is held until a person decides. Only `begin` and
`send_now` let a planned send go, each inside one write(), so two programs can never both begin it.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import asking, gate_frozen, sending
from linecrm_desktop.campaigns.asking import Outside
from linecrm_desktop.campaigns.gate import timing
from linecrm_desktop.campaigns.gate_facts import Check
from linecrm_desktop.campaigns.sending import WAITS, Clock, SendSummary
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.gateway import Line, Quota
from linecrm_desktop.line.web import Web
from linecrm_desktop.models.base import CampaignId
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.send_marks import SendMarks
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _, when

LATE = timedelta(minutes=30)
"""So late a planned send still leaves; afterwards a person decides."""
PLANNED = (CampaignState.SCHEDULED, CampaignState.HELD)
_BEGUN = (CampaignState.READY, CampaignState.SENDING)
Connect = Callable[[], AbstractContextManager[Line]]


@dataclass(frozen=True, slots=True)
class Due:
    """A send whose moment has come."""

    id: CampaignId
    name: str


def due(session: Session, now: datetime) -> list[Due]:
    """Return what is to leave or to go on now: planned sends, and those that quiet hours or a crash broke off."""
    moment = or_(
        and_(Campaign.state == CampaignState.SCHEDULED, Campaign.due_at <= now),
        and_(Campaign.state.in_(_BEGUN), Campaign.due_at <= now, Campaign.due_at >= now - LATE),
        and_(Campaign.state == CampaignState.PAUSED, Campaign.resume_at <= now),
    )
    found = session.execute(select(Campaign.id, Campaign.name).where(moment).order_by(Campaign.due_at, Campaign.id))
    return [Due(CampaignId(number), name) for number, name in found]


def next_moment(session: Session) -> datetime | None:
    """Return when the next planned or paused send is due."""
    moments = session.execute(
        select(Campaign.due_at, Campaign.resume_at).where(
            or_(Campaign.state == CampaignState.SCHEDULED, Campaign.resume_at.is_not(None))
        )
    )
    return min((moment for pair in moments if (moment := pair[1] or pair[0]) is not None), default=None)


def run_due(
    database: Database,
    campaign_id: int,
    connect: Connect,
    task: Task,
    clock: Clock,
    waits: Sequence[float] = WAITS,
    *,
    marks: SendMarks | None = None,
    web: Web | None = None,
) -> SendSummary:
    """Let one due send leave, or hold it; raises OutsideError, with nothing changed, while LINE cannot be reached."""
    with database.write() as session:
        is_in_time = _in_time(session, campaign_id, clock())
    if is_in_time:
        with connect() as line:
            outside = _ask(database, campaign_id, line, web)
            if outside is not None:
                with database.write() as session:
                    may_leave = begin(session, campaign_id, clock(), outside.quota, outside)
                if may_leave:
                    return sending.send(database, campaign_id, line, task, clock, waits, marks=marks)
    with database.read() as session:
        stand = sending.standing(session, campaign_id)
        return SendSummary(stand.state, stand.note, stand)


def run_now(
    database: Database,
    campaign_id: int,
    connect: Connect,
    task: Task,
    clock: Clock,
    waits: Sequence[float] = WAITS,
    *,
    marks: SendMarks | None = None,
    web: Web | None = None,
) -> SendSummary:
    """Let a planned or held send leave because a person said so; raises ShopError while a check is red."""
    with connect() as line:
        outside = ask(database, campaign_id, line, web)
        with database.write() as session:
            send_now(session, campaign_id, clock(), outside.quota, outside)
        return sending.send(database, campaign_id, line, task, clock, waits, marks=marks)


def ask(database: Database, campaign_id: int, line: Line, web: Web | None) -> Outside:
    """Ask LINE and the links about what was frozen, outside any transaction. Raises OutsideError."""
    with database.read() as session:
        questions = gate_frozen.questions(session, session.get_one(Campaign, campaign_id))
    return asking.ask(line, web or Web(), questions)


def begin(
    session: Session, campaign_id: int, now: datetime, quota: Quota | None, outside: Outside | None = None
) -> bool:
    """Run all checks on what was frozen; return whether the send may leave now. A red one holds it, with the reason."""
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.state is not CampaignState.SCHEDULED:
        return campaign.state in (*_BEGUN, CampaignState.PAUSED)
    if not _in_time(session, campaign_id, now):
        return False
    wrong = _wrong_shop(session, campaign) or gate_frozen.changed_since(session, campaign)
    wrong = wrong or next((check.sentence for check in _red(session, campaign, now, quota, outside)), "")
    if wrong:
        _hold(session, campaign, wrong)
        return False
    campaign.state = CampaignState.READY
    return True


def send_now(
    session: Session, campaign_id: int, now: datetime, quota: Quota | None, outside: Outside | None = None
) -> None:
    """Let a planned or held send leave because a person said so. Raises ShopError while a check is red."""
    campaign = _planned(session, campaign_id)
    if wrong := _wrong_shop(session, campaign):
        raise ShopError(wrong, _("Nothing was sent. Stop it, then check and send the message again."))
    for check in _red(session, campaign, now, quota, outside):
        raise ShopError(check.sentence, _("Nothing was sent. Put this right, or choose another time."))
    campaign.state, campaign.note = CampaignState.READY, ""


def retime(session: Session, campaign_id: int, moment: datetime, now: datetime) -> datetime | None:
    """Let a planned or held send leave at another moment; return the one before. Its list does not change.

    Raises ShopError for a moment that has passed or lies in quiet hours.
    """
    campaign = _planned(session, campaign_id)
    shop = session.scalars(select(Shop)).one()
    day = ShopDay.of(now, shop.zone)
    planned = timing(shop, moment, day, now)
    if moment <= now:
        raise ShopError(_("This time has passed."), _("Nothing was changed. Choose a later one."))
    if planned.quiet.hold(planned.leaves):
        over = when(planned.quiet_over, day.today)
        raise ShopError(
            _("This time lies in the quiet hours."),
            _("Nothing was changed. Choose one from {time} on.").format(time=over),
        )
    before, campaign.due_at, campaign.confirmed_at = campaign.due_at, moment, now
    campaign.state, campaign.note = CampaignState.SCHEDULED, ""
    return before


def _planned(session: Session, campaign_id: int) -> Campaign:
    campaign = session.get(Campaign, campaign_id)
    if campaign is None or campaign.state not in PLANNED:
        raise ShopError(
            _("This send is not waiting for its time any more."), _("Nothing was changed. Look at it again.")
        )
    return campaign


def _in_time(session: Session, campaign_id: int, now: datetime) -> bool:
    """Hold a send whose moment is more than 30 minutes past; return whether it is early enough."""
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.state is CampaignState.SCHEDULED and campaign.due_at is not None:
        if now - campaign.due_at <= LATE:
            return True
        _hold(session, campaign, _("This computer was off or asleep, or LINE could not be reached."))
        return False
    if campaign.state is CampaignState.PAUSED and campaign.resume_at is not None:
        if now - campaign.resume_at <= LATE:
            return True
        campaign.resume_at = None
        campaign.note = _("The quiet hours are over, and nobody went on in time. Press Go on to send to the others.")
        return False
    return campaign.state in _BEGUN


def _hold(session: Session, campaign: Campaign, why: str) -> None:
    zone = session.scalars(select(Shop.zone)).one()
    moment = campaign.due_at or campaign.created_at
    day = ShopDay.of(moment, zone)
    campaign.state = CampaignState.HELD
    campaign.note = _(
        "It was planned for {time}, and nothing was sent. {why} Send it now, or choose another time."
    ).format(time=when(day.local(moment), (day.today - timedelta(days=1))), why=why)


def _red(
    session: Session, campaign: Campaign, now: datetime, quota: Quota | None, outside: Outside | None
) -> tuple[Check, ...]:
    day = ShopDay.of(now, session.scalars(select(Shop.zone)).one())
    return gate_frozen.red(session, campaign, day, now, quota, outside)


def _wrong_shop(session: Session, campaign: Campaign) -> str:
    if campaign.is_practice == session.scalars(select(Shop.is_practice)).one():
        return ""
    return _("The shop changed between practice and the real LINE.")


def _ask(database: Database, campaign_id: int, line: Line, web: Web | None) -> Outside | None:
    """Ask as `ask` does; a token that is refused holds the send, a LINE that is away does not."""
    try:
        return ask(database, campaign_id, line, web)
    except OutsideError as error:
        if error.retry:
            raise
        with database.write() as session:
            campaign = session.get_one(Campaign, campaign_id)
            if campaign.state is CampaignState.SCHEDULED:
                _hold(session, campaign, error.sentence())
        return None
