"""Freezes a send: from here on, later edits of message, segment or friends change nothing but who is taken out.

Everything is counted anew inside the one transaction that writes it. What was typed must be the number found here.
"""

from collections.abc import Iterator, Set
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience, gate, variants
from linecrm_desktop.campaigns.asking import Outside
from linecrm_desktop.campaigns.gate import Look
from linecrm_desktop.campaigns.gate_facts import Tone
from linecrm_desktop.campaigns.on_path import OnPath
from linecrm_desktop.channels import ids
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import MULTICAST_MAX, Quota
from linecrm_desktop.messages import blocks, brief, variables
from linecrm_desktop.models.base import CampaignId, Row
from linecrm_desktop.models.campaign import Campaign, CampaignState, Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments import codec
from linecrm_desktop.settings import prices
from linecrm_desktop.text import _, number

_BATCH = 5000


def freeze(
    session: Session,
    message_id: int,
    typed: int,
    day: ShopDay,
    now: datetime,
    read: Set[str],
    quota: Quota | None,
    *,
    path: OnPath | None = None,
    outside: Outside | None = None,
    chunk_size: int = MULTICAST_MAX,
) -> CampaignId:
    """Write the campaign, one delivery a matched friend, and its requests; call it inside one write().

    `path` makes it a step of a path, for those who are due. `read` holds the keys of the amber checks that a person
    ticked. `outside` is what the world answered when the checks were shown. Raises ShopError, with nothing written,
    when a check is red, an amber one is unread, or `typed` is not the number of recipients now.
    """
    found = gate.look(session, message_id, day, now, quota, path, outside=outside)
    _check(found, typed, read)
    campaign = _campaign(session, message_id, found, now, path)
    _write_left_out(session, campaign.id, found, day, now)
    _write_copies(session, campaign, found, min(chunk_size, MULTICAST_MAX), now)
    return CampaignId(campaign.id)


def _check(found: Look, typed: int, read: Set[str]) -> None:
    report = found.report
    for check in report.blocking:
        raise ShopError(check.sentence, _("Nothing was sent. Put this right, then check again."))
    if not report.can_send(read):
        unread = next(check for check in report.checks if check.tone is Tone.WARNING and check.key not in read)
        raise ShopError(unread.sentence, _("Nothing was sent. Tick that you have read this, then send."))
    if typed != report.recipients:
        raise ShopError(
            _("The list has changed: it has {n} recipients now, not {typed}.").format(
                n=number(report.recipients), typed=number(typed)
            ),
            _("Nothing was sent. Look at the checks again and type the new number."),
        )


def _campaign(session: Session, message_id: int, found: Look, now: datetime, path: OnPath | None) -> Campaign:
    shop, send_at = session.scalars(select(Shop)).one(), found.draft.brief.send_at
    if path is not None:
        send_at = send_at or now  # it leaves with whatever is due, in the window or by send-due
    row = Campaign(
        message_id=message_id,
        journey_step_id=path.step_id if path else None,
        channel_id=found.draft.brief.channel_id,
        name=found.report.message_name,
        segment_name=found.report.segment_name,
        segment_rule=codec.to_json(found.rule),
        brief=brief.to_json(found.draft.brief),
        bubbles=blocks.to_json(found.draft.bubbles),
        others=[blocks.to_json(bubbles) for bubbles in found.draft.others],
        salt=variants.salt(shop.key, message_id),
        unit="",
        state=CampaignState.SCHEDULED if send_at else CampaignState.READY,
        is_practice=shop.is_practice,
        recipients=found.report.recipients,
        reach_then=found.broadcast,
        priced=prices.to_json(found.plan) if found.plan else None,
        created_at=now,
        due_at=send_at,
        confirmed_at=now,
    )
    session.add(row)
    session.flush()
    # LINE keeps its statistics by this name; the shop's key keeps two shops of one account apart.
    row.unit = f"tw_{now:%Y%m%d}_{row.id}_{shop.key[:6]}"[:30]
    session.flush()
    return row


def _write_left_out(session: Session, campaign: int, found: Look, day: ShopDay, now: datetime) -> None:
    """Write everybody who matches and cannot be written to, with the reason, in one statement."""
    why = audience.reason(session, day, now, found.sieve)
    chosen = select(
        literal(campaign),
        Friend.id,
        ids.line_id(found.draft.brief.channel_id),
        literal(DeliveryState.LEFT_OUT, Delivery.state.type),
        why,
        literal(now, Delivery.at.type),
    ).where(Friend.id.in_(audience.members(session, found.who, day)), why != "")
    columns = ["campaign_id", "friend_id", "line_user_id", "state", "why", "at"]
    session.execute(insert(Delivery).from_select(columns, chosen, include_defaults=False))


def _write_copies(session: Session, campaign: Campaign, found: Look, most: int, now: datetime) -> None:
    """Write the waiting copies and their requests, one variant after the other; then those who are kept back."""
    common = {"campaign_id": campaign.id, "why": "", "at": now}
    first, written = 0, found.draft.variants
    for variant, group in enumerate(variants.groups(found.recipients, campaign.salt, len(written))):
        size = 1 if variables.used(written[variant]) else most
        waiting = common | {"state": DeliveryState.WAITING, "variant": variant}
        copies = (
            waiting | {"friend_id": one.id, "line_user_id": one.line_user_id, "chunk": first + place // size}
            for place, one in enumerate(group)
        )
        _insert(session, Delivery, copies)
        last = first - (-len(group) // size)
        part = {"campaign_id": campaign.id, "state": ChunkState.WAITING, "variant": variant}
        _insert(session, Chunk, (part | {"number": place} for place in range(first, last)))
        first = last
    kept = common | {"line_user_id": None, "state": DeliveryState.KEPT_BACK, "chunk": None}
    _insert(session, Delivery, (kept | {"friend_id": friend} for friend in sorted(found.kept)))


def _insert(session: Session, table: type[Row], rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, _BATCH)):
        session.execute(insert(table), some)
