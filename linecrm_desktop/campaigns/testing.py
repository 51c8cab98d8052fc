"""Tests: a message as it is, sent to people of the shop who read it on a phone before many friends do.

Each request is written down with its retry key before it leaves, as those of a send are. What was changed after a test
was not tested: the fingerprint of the bubbles decides.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.gate_facts import Tests
from linecrm_desktop.channels import accounts, ids
from linecrm_desktop.channels.ids import ANY, Through
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import Answer, AnswerKind, Line
from linecrm_desktop.messages import blocks, limits, people
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tester import SentTest, SentTestState, Tester
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _

_USER_ID = re.compile(r"U[0-9a-f]{32}")
_NAME_MAX = 80
_LABEL, _LABEL_OF = "[Test]", "[Test {letter}]"
_STATES = {AnswerKind.ACCEPTED: SentTestState.ACCEPTED, AnswerKind.NO_ANSWER: SentTestState.IN_DOUBT}


@dataclass(frozen=True, slots=True)
class TesterRow:
    """Somebody who gets tests."""

    id: int
    name: str
    line_user_id: str
    channel_id: int | None = None
    """The further account that knows them by this id; None: the shop's first."""


@dataclass(frozen=True, slots=True)
class TesterAnswer:
    """How the test of one tester ended."""

    name: str
    accepted: bool
    words: str


def fingerprint(bubbles: Iterable[blocks.Bubble]) -> str:
    """Return what tells one version of a message from another."""
    written = json.dumps(blocks.to_json(bubbles), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def testers(session: Session, through: Through = ANY) -> list[TesterRow]:
    """List the testers by name: all, or those whom an account can write to."""
    found = session.scalars(select(Tester).order_by(Tester.name, Tester.id))
    rows = [TesterRow(row.id, row.name, row.line_user_id, row.channel_id) for row in found]
    if through == ANY:
        return rows
    known_to = ids.same_ids(session, through)
    return [row for row in rows if row.channel_id in known_to]


def add_tester(session: Session, name: str, line_user_id: str, now: datetime, channel_id: int | None = None) -> int:
    """Keep a tester and return the id; raise ShopError for an id that LINE would not know."""
    wanted, called = line_user_id.strip(), name.strip()[:_NAME_MAX]
    if not called:
        raise ShopError(_("The tester has no name."), _("Give one, so that everybody knows whose phone it is."))
    if not _USER_ID.fullmatch(wanted):
        raise ShopError(
            _("This is no LINE user ID."),
            _("It is a U and 32 digits or letters a to f. Yours stands in the LINE Developers Console."),
        )
    known = session.scalars(select(Tester.name).where(Tester.line_user_id == wanted)).first()
    if known is not None:
        raise ShopError(_("{name} has this LINE user ID already.").format(name=known), _("Nothing was changed."))
    row = Tester(name=called, line_user_id=wanted, channel_id=channel_id, created_at=now)
    session.add(row)
    session.flush()
    return row.id


def make_tester(session: Session, friend_id: int, now: datetime) -> TesterRow:
    """Let a friend of the shop get tests; raise ShopError for one without a LINE user id, or who gets them already."""
    friend = session.get_one(Friend, friend_id)
    user, called = friend.line_user_id or "", friend.name.strip() or _("Friend without a name")
    if not user:
        raise ShopError(
            _("The shop has no LINE ID of {name}.").format(name=called), _("A test can only go to somebody with one.")
        )
    number = add_tester(session, called, user, now)
    return TesterRow(number, called[:_NAME_MAX], user)


def remove_tester(session: Session, tester_id: int) -> TesterRow | None:
    """Take a tester off the list and return who it was; the tests that were sent stay."""
    row = session.get(Tester, tester_id)
    if row is None:
        return None
    gone = TesterRow(row.id, row.name, row.line_user_id, row.channel_id)
    session.delete(row)
    session.flush()
    return gone


def remove_named(session: Session, line_user_id: str) -> None:
    """Take the tester with this LINE user id off the list."""
    for number in session.scalars(select(Tester.id).where(Tester.line_user_id == line_user_id)).all():
        remove_tester(session, number)


def tested(
    session: Session, message_id: int | None, bubbles: Iterable[blocks.Bubble], day: ShopDay, variant: int = 0
) -> Tests:
    """Say who got this version of a variant as a test, and when last."""
    is_practice = session.scalars(select(Shop.is_practice)).one()
    taken = (
        SentTest.message_id == message_id,
        SentTest.state == SentTestState.ACCEPTED,
        SentTest.is_practice == is_practice,
    )
    chosen = select(func.count(SentTest.line_user_id.distinct()), func.max(SentTest.at)).where(*taken)
    counted, at = session.execute(chosen.where(SentTest.fingerprint == fingerprint(bubbles))).one()
    earlier = select(SentTest.id).where(*taken, SentTest.variant == variant).limit(1)
    before = session.scalars(earlier).first() is not None
    return Tests(
        len(testers(session, accounts.of_message(session, message_id))), counted, day.local(at) if at else None, before
    )


def untested(session: Session, message_id: int, day: ShopDay) -> list[int]:
    """Return the variants that nobody has got as they are, from 0."""
    draft = messages.load(session, message_id)
    found = enumerate(draft.variants)
    return [at for at, bubbles in found if tested(session, message_id, bubbles, day, at).at is None]


def send_test(
    database: Database,
    message_id: int,
    line: Line,
    clock: Callable[[], datetime],
    chosen: Collection[int] | None = None,
    friend_id: int | None = None,
    variant: int = 0,
) -> list[TesterAnswer]:
    """Send a variant of a message to all testers or the chosen ones, filled in as for a friend, or with its fallbacks.

    Raises ShopError, with nothing sent, while the brief has a gap, LINE would not take the message, or nobody is there.
    """
    answers: list[TesterAnswer] = []
    with database.read() as session:
        known = testers(session, accounts.of_message(session, message_id))
        wanted = [one for one in known if chosen is None or one.id in chosen]
    if not wanted:
        raise ShopError(_("There is no tester."), _("Add one in Settings, under People and testers."))
    for one in wanted:
        with database.write() as session:
            number, body, key = _hand_over(session, message_id, one, friend_id, variant, clock())
        answer = line.push(body, key)
        with database.write() as session:
            _settle(session, number, answer)
        answers.append(TesterAnswer(one.name, answer.kind is AnswerKind.ACCEPTED, answer.words))
    return answers


def _hand_over(
    session: Session, message_id: int, tester: TesterRow, friend_id: int | None, variant: int, now: datetime
) -> tuple[int, dict[str, Any], str]:
    draft = messages.load(session, message_id)
    if draft.brief.missing():
        raise ShopError(_("This message has no brief yet."), _("Nothing was sent. Answer the four questions first."))
    if variant >= len(draft.variants):
        raise ShopError(_("This message has no such variant."), _("Nothing was sent."))
    for problem in (one for one in draft.problems() if one.variant == variant):
        raise ShopError(problem.sentence, _("Nothing was sent. Put this right, then send the test."))
    values = people.values_of(session, [friend_id]).get(friend_id, {}) if friend_id is not None else {}
    bubbles = draft.variants[variant]
    label = _LABEL if len(draft.variants) == 1 else _LABEL_OF.format(letter=LETTERS[variant])
    row = SentTest(
        message_id=message_id,
        fingerprint=fingerprint(bubbles),
        variant=variant,
        tester_name=tester.name,
        line_user_id=tester.line_user_id,
        state=SentTestState.HANDED_OVER,
        retry_key=str(uuid.uuid4()),
        body={"to": tester.line_user_id, "messages": _labelled(blocks.to_line(bubbles, values), label)},
        is_practice=session.scalars(select(Shop.is_practice)).one(),
        at=now,
    )
    session.add(row)
    session.flush()
    return row.id, row.body, row.retry_key


def _labelled(sent: list[dict[str, Any]], label: str) -> list[dict[str, Any]]:
    """Write the label into the first message, where there is room for it."""
    first: Mapping[str, Any] = sent[0]
    for field, most in (("text", limits.TEXT_MAX), ("altText", 400)):
        if field in first:
            text = f"{label} {first[field]}"
            return [{**first, field: text}, *sent[1:]] if limits.utf16(text) <= most else sent
    return sent


def _settle(session: Session, number: int, answer: Answer) -> None:
    row = session.get_one(SentTest, number)
    row.state = _STATES.get(answer.kind, SentTestState.REFUSED)
    row.request_id, row.answer = answer.request_id or None, answer.words
