"""Sends a frozen campaign so that each friend gets exactly one copy, whatever breaks on the way.

For each chunk: hand over (commit), ask LINE, write down the answer (commit); campaigns.pipeline keeps many chunks on
their way at once. Chunks that were handed over before a crash go first, with the same key and bytes; LINE then says
that it has them already. See campaigns.outbox for the law.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import copies
from linecrm_desktop.campaigns.outbox import OPEN, Part, open_parts
from linecrm_desktop.campaigns.pipeline import Clock, Pipeline, Turns
from linecrm_desktop.campaigns.progress import Standing, lines, pause, standing, stop, unfinished
from linecrm_desktop.errors import ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.messages import brief
from linecrm_desktop.models.campaign import Campaign, CampaignState, Chunk
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.send_marks import SendMarks
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _

__all__ = ["WAITS", "SendSummary", "lines", "pause", "send", "standing", "stop", "unfinished"]

WAITS = (2.0, 5.0, 15.0, 40.0, 90.0)
"""Seconds before each further try of a request that LINE was too busy for or did not answer."""


@dataclass(frozen=True, slots=True)
class SendSummary:
    """How the send stood when the sender ended."""

    state: CampaignState
    note: str
    standing: Standing


class _Senders:
    """Which sends are under way in this program; the shop file's lock keeps other programs out."""

    under_way: set[tuple[Path, int]] = set()
    lock = Lock()


def send(
    database: Database,
    campaign_id: int,
    line: Line,
    task: Task,
    clock: Clock,
    waits: Sequence[float] = WAITS,
    *,
    marks: SendMarks | None = None,
    anyway: bool = False,
) -> SendSummary:
    """Send, or go on sending, until everybody had their turn or the send is paused or stopped.

    Raises Stopped when the task is asked to stop: everything is safe and the send goes on at the next call. Raises
    ShopError when the send is over, or somebody else is sending it; OldCopy when `marks` know more than this file, or
    it was begun on another computer, unless a person who has read that says `anyway`.
    """
    with _only_sender(database, campaign_id):
        with database.write() as session:
            total, again = _begin(session, campaign_id, clock())
            campaign = session.get_one(Campaign, campaign_id)
            if marks is not None:
                if not anyway:
                    copies.check(session, campaign, marks, is_shared=database.address is not None)
                copies.take_over(campaign, marks)
            turns = Turns(campaign.unit, campaign.turns, marks)
            waiting = standing(session, campaign_id).waiting
        work = Pipeline(database, campaign_id, line, task, clock, waits, turns)
        work.run(again, total, waiting)
        task.raise_if_stopped()
        with database.write() as session:
            return _end(session, campaign_id, clock())


def _begin(session: Session, campaign_id: int, now: datetime) -> tuple[int, list[Part]]:
    """Mark the send as under way and return the number of recipients and the open chunks."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None or campaign.state in (CampaignState.DONE, CampaignState.STOPPED):
        raise ShopError(_("This send is over."), _("Nothing more is sent. Write a new message to send again."))
    if campaign.state in (CampaignState.SCHEDULED, CampaignState.HELD):
        raise ShopError(_("This send waits for its time."), _("Nothing was sent. Send it now, or choose another time."))
    if brief.from_json(campaign.brief).missing():
        raise ShopError(_("This send has no brief."), _("Nothing was sent. Answer the four questions first."))
    if campaign.is_practice != session.scalars(select(Shop.is_practice)).one():
        raise ShopError(
            _("This send was confirmed before the shop changed between practice and the real LINE."),
            _("Nothing was sent. Stop it, then check and send the message again."),
        )
    campaign.state, campaign.note, campaign.resume_at = CampaignState.SENDING, "", None
    campaign.started_at = campaign.started_at or now
    return campaign.recipients, open_parts(session, campaign_id)


def _end(session: Session, campaign_id: int, now: datetime) -> SendSummary:
    campaign = session.get_one(Campaign, campaign_id)
    open_chunks = select(func.count()).where(Chunk.campaign_id == campaign_id, Chunk.state.in_(OPEN))
    is_over = session.scalars(open_chunks.select_from(Chunk)).one() == 0
    if is_over and campaign.state in (CampaignState.SENDING, CampaignState.PAUSED):
        campaign.state, campaign.note, campaign.ended_at = CampaignState.DONE, "", now
    return SendSummary(campaign.state, campaign.note, standing(session, campaign_id))


@contextmanager
def _only_sender(database: Database, campaign_id: int) -> Generator[None]:
    me = (database.path.resolve(), campaign_id)
    with _Senders.lock:
        if me in _Senders.under_way:
            raise ShopError(_("This message is being sent already."), _("Nothing is sent twice. Watch it in Messages."))
        _Senders.under_way.add(me)
    try:
        with database.lease(f"send {campaign_id}") as is_ours:
            if not is_ours:
                raise ShopError(
                    _("Another computer is sending this message."),
                    _("Nothing is sent twice. Where that computer fails, go on with it here."),
                )
            yield
    finally:
        with _Senders.lock:
            _Senders.under_way.discard(me)
