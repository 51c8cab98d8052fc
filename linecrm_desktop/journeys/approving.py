"""Approving what is due: one gate for all steps, one number to type, one frozen send a step.

Each step passes the checks of every other send. The month's messages are counted over all of them together.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import freezing, gate
from linecrm_desktop.campaigns.gate import GateReport
from linecrm_desktop.campaigns.gate_facts import Check, Tone
from linecrm_desktop.campaigns.on_path import OnPath
from linecrm_desktop.channels import accounts
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.journeys import due, turns
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.models.base import CampaignId
from linecrm_desktop.models.campaign import Delivery, DeliveryState
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyState, JourneyStep, TurnState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.quiet_hours import QuietHours
from linecrm_desktop.text import _, number

Quotas = Mapping[int | None, Quota]
"""The month's messages by account; None is the shop's first."""
_FROZEN = (DeliveryState.WAITING, DeliveryState.KEPT_BACK)


@dataclass(frozen=True, slots=True)
class StepReport:
    """One step at the gate."""

    step_id: int
    number: int
    message_id: int
    gate: GateReport


@dataclass(frozen=True, slots=True)
class Approval:
    """All steps that are to be approved together, each with its checks."""

    steps: tuple[StepReport, ...]
    """Those with somebody to send to."""
    nobody: tuple[int, ...] = ()
    """Steps for which nobody can be written to today: their friends wait until tomorrow."""

    @property
    def recipients(self) -> int:
        return sum(step.gate.recipients for step in self.steps)

    @property
    def blocking(self) -> tuple[Check, ...]:
        return tuple(check for step in self.steps for check in step.gate.blocking)

    @property
    def warnings(self) -> frozenset[str]:
        """Keys of the checks that a person must have read."""
        return frozenset(check.key for step in self.steps for check in step.gate.checks if check.tone is Tone.WARNING)

    def can_send(self, read: Set[str]) -> bool:
        """Whether there is something to send, nothing is red, and every amber check was read."""
        return bool(self.steps) and all(step.gate.can_send(read) for step in self.steps)

    def fits(self, typed: str) -> bool:
        """Whether a person typed the number of all recipients together."""
        return bool(self.steps) and replace(self.steps[0].gate, recipients=self.recipients).fits(typed)


def accounts_of(session: Session, step_ids: Sequence[int]) -> list[int | None]:
    """Return the accounts that the messages of these steps go through."""
    chosen = select(JourneyStep.message_id).where(JourneyStep.id.in_(step_ids))
    found = {accounts.of_message(session, message) for message in session.scalars(chosen)}
    return sorted(found, key=lambda channel_id: channel_id or 0)


def inspect(
    session: Session,
    step_ids: Sequence[int],
    day: ShopDay,
    now: datetime,
    quotas: Quotas,
    send_from: int | None = None,
) -> Approval:
    """Run all checks on the steps, in their order. `send_from` puts another time of day in place of the steps' own.

    `quotas` is what LINE just said of each account's month; an account that is not in it could not be asked.
    """
    left = dict(quotas)
    found: list[StepReport] = []
    nobody: list[int] = []
    for step_id in step_ids:
        step, place, path = _on_path(session, step_id, day, now, send_from)
        message = _message(step)
        report = gate.look(session, message, day, now, left.get(accounts.of_message(session, message)), path).report
        if report.recipients == 0 and not _other_faults(report):
            nobody.append(step_id)
            continue
        found.append(StepReport(step_id, place, message, report))
        _take(left, report.channel_id, report.recipients)
    return Approval(tuple(found), tuple(nobody))


def approve(
    session: Session,
    step_ids: Sequence[int],
    typed: int,
    day: ShopDay,
    now: datetime,
    read: Set[str],
    quotas: Quotas,
    send_from: int | None = None,
) -> list[CampaignId]:
    """Freeze one send for each step; call it inside one write(), after `due.prepare`.

    Raises ShopError, with nothing written, when a check is red or unread, or `typed` is not the number of all
    recipients now.
    """
    approval = inspect(session, step_ids, day, now, quotas, send_from)
    if approval.recipients != typed:
        raise ShopError(
            _("The list has changed: it has {n} recipients now, not {typed}.").format(
                n=number(approval.recipients), typed=number(typed)
            ),
            _("Nothing was sent. Look at the checks again and type the new number."),
        )
    left = dict(quotas)
    made: list[CampaignId] = []
    for report in approval.steps:
        step, _place, path = _on_path(session, report.step_id, day, now, send_from)
        recipients, through = report.gate.recipients, report.gate.channel_id
        campaign = freezing.freeze(session, report.message_id, recipients, day, now, read, left.get(through), path=path)
        _take(left, through, recipients)
        _write_turns(session, step, campaign, day, now)
        made.append(campaign)
    if approval.nobody:
        due.skip_today(session, list(approval.nobody), day)
    return made


def _on_path(
    session: Session, step_id: int, day: ShopDay, now: datetime, send_from: int | None
) -> tuple[JourneyStep, int, OnPath]:
    step = session.get(JourneyStep, step_id)
    journey = session.get_one(Journey, step.journey_id) if step is not None else None
    if step is None or journey is None or step.retired_at is not None or journey.state is not JourneyState.RUNNING:
        raise ShopError(_("This step is not due any more."), _("Nothing was sent. Look at what is due again."))
    live = [stop.id for stop in turns.stops(session, journey.id) if stop.is_live]
    held = select(JourneyEntry.friend_id).where(
        JourneyEntry.next_step_id == step.id, JourneyEntry.is_held, JourneyEntry.left_at.is_(None)
    )
    shop = session.scalars(select(Shop)).one()
    quiet = QuietHours(shop.quiet_from, shop.quiet_to)
    send_at = due.leaves_at(step.send_from if send_from is None else send_from, quiet, day, now)
    chosen = select(JourneyEntry.friend_id).where(
        JourneyEntry.next_step_id == step.id, JourneyEntry.left_at.is_(None), JourneyEntry.due_on <= day.today
    )
    whom = (chosen, frozenset(session.scalars(held)), journey.keep_back, send_at)
    return step, live.index(step.id) + 1, OnPath(step.id, journey.name, journey.segment_id, *whom)


def _message(step: JourneyStep) -> int:
    if step.message_id is None:
        raise ShopError(_("This step has no message."), _("Choose one under Edit steps."))
    return step.message_id


def _other_faults(report: GateReport) -> bool:
    return any(check.key != "size" for check in report.blocking)


def _take(left: dict[int | None, Quota], channel_id: int | None, messages: int) -> None:
    """Count messages of one step against the month of its account, for the steps behind it."""
    if channel_id in left:
        left[channel_id] = replace(left[channel_id], used=left[channel_id].used + messages)


def _write_turns(session: Session, step: JourneyStep, campaign: CampaignId, day: ShopDay, now: datetime) -> None:
    """Mark who is in the send; who was left out for good skips the step, and the others wait until tomorrow."""
    rows = session.execute(
        select(JourneyEntry.id, Delivery.state, Delivery.why)
        .join(Delivery, (Delivery.friend_id == JourneyEntry.friend_id) & (Delivery.campaign_id == campaign))
        .where(JourneyEntry.next_step_id == step.id, JourneyEntry.left_at.is_(None))
    ).all()
    frozen = [entry for entry, state, _why in rows if state in _FROZEN]
    told = {"state": TurnState.APPROVED, "campaign_id": campaign, "day": day.today, "at": now}
    turns.write(session, ((entry, step.id) for entry in frozen), told)
    for why in {why for _entry, state, why in rows if state not in _FROZEN and why not in turns.AGAIN}:
        turns.skip(session, ((entry, step.id) for entry, _state, was in rows if was == why), why, day.today, now)
    turns.plan(session, step.journey_id, day, now, [entry for entry, _state, _why in rows])
    again = [entry for entry, state, why in rows if state not in _FROZEN and why in turns.AGAIN]
    turns.put_off(session, dict.fromkeys(again, due.tomorrow(day)))
