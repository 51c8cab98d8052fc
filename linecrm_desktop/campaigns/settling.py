"""Writes down how a request ended, and says what comes next. Each of LINE's answers has its one consequence here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.outbox import Handed, copies_of, release
from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.line.gateway import Answer, AnswerKind
from linecrm_desktop.models.campaign import Call, Campaign, CampaignState, Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.text import _, ngettext, number

_MAY_BE_ACCEPTED = (
    DeliveryState.HANDED_OVER,
    DeliveryState.IN_DOUBT,
    DeliveryState.WAITING,
    DeliveryState.STOPPED,
)
_BODY_IS_WRONG = (AnswerKind.BAD_RECIPIENT, AnswerKind.BAD_MESSAGE)
_LATER = (AnswerKind.BUSY, AnswerKind.NO_ANSWER, AnswerKind.NOT_REACHED)


class Next(StrEnum):
    """What the sender does after an answer."""

    GO_ON = "go_on"
    AT_ONCE = "at_once"
    """The same chunk again without waiting: its people have changed."""
    LATER = "later"
    """The same chunk again after a pause."""
    SMALLER = "smaller"
    """The same chunk again for as many friends as the month has messages left."""
    HALT = "halt"


@dataclass(frozen=True, slots=True)
class Told:
    """One request, its answer, and how many messages LINE said are left of the month, where that was asked."""

    handed: Handed
    answer: Answer
    left: int | None = None


def settle(session: Session, campaign_id: int, told: Sequence[Told], now: datetime) -> list[Next]:
    """Write down answers, and each call as it ended; return what comes next for each."""
    if told:
        session.execute(insert(Call), [_call(campaign_id, one) for one in told])
    accepted = [one for one in told if one.answer.kind is AnswerKind.ACCEPTED]
    _accept(session, campaign_id, accepted, now)
    return [
        Next.GO_ON if one.answer.kind is AnswerKind.ACCEPTED else _settle_other(session, campaign_id, one, now)
        for one in told
    ]


def _call(campaign_id: int, one: Told) -> dict[str, Any]:
    return {
        "campaign_id": campaign_id,
        "chunk": one.handed.part.number,
        "attempt": one.handed.tries,
        "retry_key": one.handed.retry_key,
        "people": len(one.handed.to),
        "at": one.handed.at,
        "status": one.answer.status,
        "request_id": one.answer.call_id or None,
        "words": one.answer.words,
    }


def _accept(session: Session, campaign_id: int, accepted: Sequence[Told], now: datetime) -> None:
    """Write down all that LINE took, in one statement each for chunks and copies."""
    if not accepted:
        return
    chunks = cast(Table, Chunk.__table__)
    session.connection().execute(
        update(chunks)
        .where(
            chunks.c.campaign_id == campaign_id,
            chunks.c.number == bindparam("its_number"),
            chunks.c.state != ChunkState.ACCEPTED,
        )
        .values(state=ChunkState.ACCEPTED, request_id=bindparam("its_id"), answer=bindparam("its_words")),
        [
            {"its_number": one.handed.part.number, "its_id": one.answer.request_id, "its_words": one.answer.words}
            for one in accepted
        ],
    )
    parts = [one.handed.part for one in accepted]
    where = (
        Delivery.campaign_id == campaign_id,
        Delivery.friend_id.between(min(part.first for part in parts), max(part.last for part in parts)),
        Delivery.chunk.in_([part.number for part in parts]),
        Delivery.state.in_(_MAY_BE_ACCEPTED),
    )
    values = {"state": DeliveryState.ACCEPTED, "why": "", "at": now}
    session.execute(update(Delivery).where(*where).values(**values), execution_options={"synchronize_session": False})


def _settle_other(session: Session, campaign_id: int, one: Told, now: datetime) -> Next:
    handed, answer = one.handed, one.answer
    campaign = session.get_one(Campaign, campaign_id)
    chunk = session.scalars(
        select(Chunk).where(Chunk.campaign_id == campaign_id, Chunk.number == handed.part.number)
    ).one()
    if chunk.tries != handed.tries or chunk.state not in (ChunkState.HANDED_OVER, ChunkState.IN_DOUBT):
        # Another try was made meanwhile: its answer counts, not this one.
        return Next.HALT
    chunk.request_id, chunk.answer = answer.request_id or None, answer.words
    step = _drop_unknown(session, campaign, chunk, handed, answer, now)
    if step is not None:
        return step
    # A body that is refused now was refused at every try before, because it has not changed by a byte.
    if answer.kind is not AnswerKind.NO_ANSWER and (handed.fresh or answer.kind in _BODY_IS_WRONG):
        release(session, campaign, chunk, handed.part, now)
        if answer.kind is AnswerKind.MONTHLY_LIMIT and 0 < (one.left or 0) < len(handed.to):
            return Next.SMALLER
    if answer.kind in _LATER:
        return Next.LATER
    halt(session, campaign, answer)
    return Next.HALT


def _drop_unknown(
    session: Session, campaign: Campaign, chunk: Chunk, handed: Handed, answer: Answer, now: datetime
) -> Next | None:
    """Take the people out whom LINE does not know; None when it did not name anybody."""
    to = [handed.body["to"]] if handed.is_push else handed.body["to"]
    unknown = to if handed.is_push else [to[place] for place in answer.bad if place < len(to)]
    if answer.kind is not AnswerKind.BAD_RECIPIENT or not unknown:
        return None
    where = (*copies_of(chunk, handed.part), Delivery.line_user_id.in_(unknown))
    refused = {"state": DeliveryState.REFUSED, "why": str(Why.UNKNOWN_ID), "at": now}
    session.execute(update(Delivery).where(*where).values(**refused))
    if len(unknown) == len(to):
        chunk.state = ChunkState.REFUSED
        return Next.GO_ON
    release(session, campaign, chunk, handed.part, now)
    chunk.retry_key = chunk.body = None
    return Next.AT_ONCE


def halt(session: Session, campaign: Campaign, answer: Answer) -> None:
    """Pause a send that cannot go on, with the reason in plain words."""
    if campaign.state is CampaignState.SENDING:
        campaign.state = CampaignState.PAUSED
        campaign.note = _note(answer, _waiting(session, campaign.id))


def _waiting(session: Session, campaign_id: int) -> int:
    waiting = (DeliveryState.WAITING, DeliveryState.HANDED_OVER)
    counted = select(func.count()).where(Delivery.campaign_id == campaign_id, Delivery.state.in_(waiting))
    return session.scalars(counted.select_from(Delivery)).one()


def _note(answer: Answer, waiting: int) -> str:
    match answer.kind:
        case AnswerKind.TOKEN_REFUSED:
            return _("LINE no longer accepts the token. Replace it in Settings, then press Go on.")
        case AnswerKind.MONTHLY_LIMIT:
            sentence = ngettext(
                "The month’s messages are used up. {n} friend is waiting.",
                "The month’s messages are used up. {n} friends are waiting.",
                waiting,
            )
        case AnswerKind.FORBIDDEN:
            sentence = _("LINE does not let this account send. {n} friends are waiting. Ask LINE, then press Go on.")
        case AnswerKind.BAD_MESSAGE | AnswerKind.BAD_RECIPIENT:
            sentence = _(
                "LINE did not take the message and says: {words}. {n} friends are waiting and got nothing. "
                "Stop this send and change the message."
            )
        case AnswerKind.BUSY:
            sentence = _("LINE is busy. {n} friends are waiting; nobody gets it twice. Press Go on later.")
        case AnswerKind.NO_ANSWER:
            sentence = _("LINE did not answer. {n} friends are waiting; nobody gets it twice. Press Go on later.")
        case _:
            sentence = _(
                "LINE cannot be reached. {n} friends are waiting; nobody gets it twice. "
                "Check the internet connection, then press Go on."
            )
    return sentence.format(n=number(waiting), words=answer.words)
