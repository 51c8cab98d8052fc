"""The shop's drafts. Sending freezes a copy of a draft into a campaign, so a draft may go on changing or be deleted."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, inspect, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages import blocks, uses
from linecrm_desktop.messages.brief import Brief, Metric
from linecrm_desktop.messages.brief import from_json as brief_from_json
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tester import SentTest
from linecrm_desktop.store.journal import remember_deleted
from linecrm_desktop.text import _, ngettext

_NAME_MAX = 120


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One draft in a list."""

    id: int
    name: str
    segment_name: str
    unanswered: int
    """Questions of the brief without an answer."""
    bubbles: int
    sends: int
    """How often it was sent."""
    changed_at: datetime


def save(session: Session, draft: MessageDraft, now: datetime, message_id: int | None = None) -> int:
    """Keep a draft, new or under its id, and return the id; one that was deleted meanwhile comes back as new."""
    row = session.get(Message, message_id) if message_id is not None else None
    if row is None:
        row = Message(created_at=now)
        session.add(row)
    brief = draft.brief
    row.name = draft.name.strip()[:_NAME_MAX] or _("Message without a name")
    row.segment_id = brief.segment_id
    row.why_now, row.what = brief.why_now, brief.what
    row.metric, row.metric_days = str(brief.metric), brief.metric_days
    row.good_if, row.keep_back = brief.good_if, brief.keep_back
    row.send_at, row.only_informed, row.channel_id = brief.send_at, brief.only_informed, brief.channel_id
    row.bubbles = blocks.to_json(draft.bubbles)
    row.others = [blocks.to_json(bubbles) for bubbles in draft.others]
    row.changed_at = now
    session.flush()
    return row.id


def is_there(session: Session, message_id: int) -> bool:
    """Whether a message was not deleted."""
    return session.get(Message, message_id) is not None


def load(session: Session, message_id: int) -> MessageDraft:
    """Return a draft; raise ShopError when it was deleted."""
    row = session.get(Message, message_id)
    if row is None:
        raise ShopError(_("This message is no longer there."), _("It was deleted. Choose another message."))
    others = tuple(blocks.from_json(bubbles) for bubbles in row.others)
    return MessageDraft(row.name, _brief(row), blocks.from_json(row.bubbles), others)


def all_messages(session: Session) -> list[MessageRow]:
    """List the drafts, the one changed last first."""
    sends = select(func.count()).where(Campaign.message_id == Message.id).scalar_subquery()
    found = session.execute(
        select(Message, Segment.name, sends)
        .outerjoin(Segment, Segment.id == Message.segment_id)
        .order_by(Message.changed_at.desc(), Message.id.desc())
    )
    return [
        MessageRow(row.id, row.name, segment or "", len(_brief(row).missing()), len(row.bubbles), sent, row.changed_at)
        for row, segment, sent in found
    ]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message to make a copy of: a draft, or what a send froze."""

    id: int
    """Of the message, or of the send."""
    is_send: bool
    name: str
    segment_name: str
    at: datetime


def earlier(session: Session, most: int = 200) -> list[Earlier]:
    """List sends and drafts, the newest first."""
    begun = func.coalesce(Campaign.started_at, Campaign.created_at)
    sends = session.execute(select(Campaign.id, Campaign.name, Campaign.segment_name, begun)).all()
    drafts = session.execute(
        select(Message.id, Message.name, Segment.name, Message.changed_at).outerjoin(
            Segment, Segment.id == Message.segment_id
        )
    ).all()
    found = [Earlier(number, True, name, segment, at) for number, name, segment, at in sends]
    found += [Earlier(number, False, name, segment or "", at) for number, name, segment, at in drafts]
    return sorted(found, key=lambda one: one.at, reverse=True)[:most]


def answer(session: Session, message_id: int, now: datetime, **answers: Any) -> None:
    """Change answers of a kept draft by their field names: answer(session, 3, now, send_at=None)."""
    save(session, load(session, message_id).with_brief(**answers), now, message_id)


@dataclass(frozen=True, slots=True)
class UsedBrief:
    """A brief that was answered before, and the message that it belonged to."""

    message: str
    brief: Brief
    used_at: datetime
    segment_name: str
    campaign_id: int | None = None
    """The send that it was frozen for; None: it stands in a draft."""


def briefs(session: Session, most: int = 50) -> list[UsedBrief]:
    """List the complete briefs of sends and drafts, each once, the one used last first; a send comes before its draft.

    `draft.with_brief_of(one.brief)` takes one over. The moment of sending is not part of it.
    """
    segments = {row.id: row for row in session.scalars(select(Segment))}
    found: list[UsedBrief] = []

    def take(name: str, answers: Brief, at: datetime, campaign_id: int | None = None) -> None:
        segment = segments.get(answers.segment_id or 0)
        # A deleted segment's number may be given again: one that is younger than a send is another one.
        if segment is None or answers.missing() or (campaign_id is not None and segment.created_at > at):
            return
        found.append(UsedBrief(name, replace(answers, send_at=None), at, segment.name, campaign_id))

    for number, name, row, at in session.execute(
        select(Campaign.id, Campaign.name, Campaign.brief, Campaign.created_at)
    ):
        take(name, brief_from_json(row), at, number)
    for row in session.scalars(select(Message)):
        take(row.name, _brief(row), row.changed_at)
    once: dict[Brief, UsedBrief] = {}
    for one in sorted(found, key=lambda one: (one.campaign_id is not None, one.used_at), reverse=True):
        once.setdefault(one.brief, one)
    return sorted(once.values(), key=lambda one: one.used_at, reverse=True)[:most]


@dataclass(frozen=True, slots=True)
class Deleted:
    """A draft that was deleted, with its tests and its ties to sends: enough to put it back as it was."""

    message: dict[str, Any]
    tests: tuple[dict[str, Any], ...]
    sends: tuple[int, ...]


def delete(session: Session, message_id: int, now: datetime | None = None) -> Deleted | None:
    """Delete a draft, and return what it was; None: it is not there. What was sent from it keeps its own frozen copy.

    Raises ShopError while a segment or a path needs it. Without `now` its name is forgotten too.
    """
    row = session.get(Message, message_id)
    if row is None:
        return None
    users = uses.naming(session, message_id)
    if users:
        named = _(", ").join(_("“{text}”").format(text=user) for user in users)
        raise ShopError(
            ngettext(
                "The rules of the segment {segments} name this message.",
                "The rules of the segments {segments} name this message.",
                len(users),
            ).format(segments=named),
            _("Nothing was changed. Take it out of the rules first."),
        )
    paths = uses.on_paths(session, message_id)
    if paths:
        raise ShopError(
            _("This message is a step of the path “{path}”.").format(path=paths[0]),
            _("Nothing was changed. Take the step out of the path first."),
        )
    if now is not None:
        remember_deleted(session, Message.__tablename__, message_id, row.name, now)
    tests = session.scalars(select(SentTest).where(SentTest.message_id == message_id).order_by(SentTest.id)).all()
    sends = session.scalars(select(Campaign.id).where(Campaign.message_id == message_id)).all()
    gone = Deleted(_columns(row), tuple(_columns(test) for test in tests), tuple(sends))
    session.delete(row)
    session.flush()
    return gone


def put_back(session: Session, gone: Deleted) -> int:
    """Put a draft back that was deleted, and return its id: the one it had, where no other has got that since."""
    row = Message(**_free(session, Message, gone.message))
    session.add(row)
    session.flush()
    for test in gone.tests:
        session.add(SentTest(**_free(session, SentTest, test | {"message_id": row.id})))
    sends = update(Campaign).where(Campaign.id.in_(gone.sends), Campaign.message_id.is_(None))
    session.execute(sends.values(message_id=row.id))
    session.flush()
    return row.id


def _free(session: Session, table: type[Message] | type[SentTest], columns: dict[str, Any]) -> dict[str, Any]:
    """Return columns without their id where another row has that by now."""
    is_taken = session.get(table, columns["id"]) is not None
    return {name: value for name, value in columns.items() if name != "id" or not is_taken}


def _columns(row: Message | SentTest) -> dict[str, Any]:
    return {one.key: getattr(row, one.key) for one in inspect(type(row)).column_attrs}


def copy(session: Session, message_id: int, now: datetime) -> int:
    """Make a second draft with the same brief and bubbles, and return its id."""
    return save(session, as_copy(load(session, message_id)), now)


def copy_of_send(session: Session, campaign_id: int, now: datetime) -> int:
    """Make a draft of what was sent, whatever became of its own draft since, and return its id."""
    return save(session, as_copy(of_send(session, campaign_id)), now)


def as_copy(draft: MessageDraft) -> MessageDraft:
    """Return a draft to go on with in the place of an earlier one: it says so in its name, and has no moment yet."""
    return draft.with_brief(send_at=None).with_name(_("Copy of {name}").format(name=draft.name))


def of_send(session: Session, campaign_id: int) -> MessageDraft:
    """Return what a send froze; its segment only while it is there. Raises ShopError when the send is not there."""
    row = session.get(Campaign, campaign_id)
    if row is None:
        raise ShopError(_("This send is no longer there."), _("Choose another one."))
    answers = brief_from_json(row.brief)
    segment = session.get(Segment, answers.segment_id) if answers.segment_id is not None else None
    if segment is None or segment.created_at > row.created_at:
        answers = replace(answers, segment_id=None)
    others = tuple(blocks.from_json(bubbles) for bubbles in row.others)
    return MessageDraft(row.name, answers, blocks.from_json(row.bubbles), others)


def _brief(row: Message) -> Brief:
    return Brief(
        segment_id=row.segment_id,
        why_now=row.why_now,
        what=row.what,
        metric=Metric(row.metric),
        metric_days=row.metric_days,
        good_if=row.good_if,
        keep_back=row.keep_back,
        send_at=row.send_at,
        only_informed=row.only_informed,
        channel_id=row.channel_id,
    )
