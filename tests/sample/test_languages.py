"""The sample shop speaks the language in which it is made, and not one of its numbers changes with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.audit.run import audit
from linecrm_desktop.campaigns import audience, gate
from linecrm_desktop.consent import coverage
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import directory
from linecrm_desktop.home import reading
from linecrm_desktop.jobs import Task
from linecrm_desktop.journeys import library as journeys
from linecrm_desktop.journeys.looking import look as path_look
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages import variables
from linecrm_desktop.messages.bubbles import OptOutBubble
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.order import Goods
from linecrm_desktop.models.tag import FriendTag
from linecrm_desktop.results import outcome
from linecrm_desktop.results.review.look import look as review_look
from linecrm_desktop.sample.goods import GOODS, REPLIES
from linecrm_desktop.sample.letters import NEXT, PAST, STOP
from linecrm_desktop.sample.newer_files import write_newer
from linecrm_desktop.sample.shop import make_sample_shop
from linecrm_desktop.sample.tag_table import TAGS
from linecrm_desktop.sample.words import said
from linecrm_desktop.segments import library as segments
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.tags.library import all_tags
from linecrm_desktop.text import LANGUAGES, _, set_language
from tests.sample.conftest import NOW, tried

OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.fixture(scope="module", params=OTHERS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The sample shop, made once in each language but English."""
    set_language(request.param)
    return request.param, make_sample_shop(tmp_path_factory.mktemp("spoken") / "Morning Mist.tagwell", NOW, Task())


@pytest.fixture
def spoken(made: tuple[str, Path]) -> Iterator[Database]:
    """That shop, opened by somebody who speaks its language."""
    language, path = made
    set_language(language)
    database = open_shop(path)
    yield database
    database.close()


def portrait(database: Database, day: ShopDay) -> dict[str, Any]:
    """Return what the shop promises in numbers, without a single name; tags and segments by their ids."""
    with database.read() as session:
        return {
            "friends": directory.counts(session, day),
            "tags": [(tag.id, tag.type, tag.friends, bool(tag.helps_decide), tag.owner) for tag in _tags(session)],
            "reach": {row.id: audience.reach(session, row.rule, day, NOW) for row in segments.all_segments(session)},
            "audit": _found(session, day),
            "review": [(one.kind, one.reason, one.key, one.sure) for one in review_look(session, day).proposals],
            "sources": [_covered(part) for part in coverage.by_source(session)],
            "sends": [_send(one) for one in outcome.all_campaigns(session, day)],
            "paths": [_path(session, one.id) for one in journeys.all_paths(session)],
            **_home(session, day),
        }


def _tags(session: Session) -> list[Any]:
    return sorted(all_tags(session), key=lambda tag: tag.id)


def _found(session: Session, day: ShopDay) -> list[tuple[Any, ...]]:
    """Return the findings of an audit; how alike two names look is no promise."""
    _facts, findings = audit(session, day)
    return [
        (one.check, one.proposal, one.key, {name: n for name, n in one.evidence.items() if name != "dice"})
        for one in findings
    ]


def _covered(part: coverage.Covered) -> tuple[int, ...]:
    return part.friends, part.informed, part.can_opt_out, part.complete, part.refused


def _send(one: outcome.Outcome) -> tuple[Any, ...]:
    return one.accepted, one.kept_back, one.not_sent, one.sent, one.kept, one.reactions, one.line


def _path(session: Session, journey: int) -> tuple[Any, ...]:
    found = path_look(session, journey)
    steps = [(step.sent, step.waiting, step.skipped, step.wait_days) for step in found.steps]
    return found.entered, found.under_way, found.held, found.left, steps


def _home(session: Session, day: ShopDay) -> dict[str, Any]:
    found = reading.read(session, day, NOW)
    items = [(item.kind, item.count, item.of, [n for _name, n in item.parts]) for item in found.items]
    core = [(one.key, one.reachable) for one in found.core]
    return {"numbers": found.numbers, "plan": found.plan, "core": core, "items": items, "done": found.done}


def test_all_numbers_are_those_of_the_english_shop(sample: Database, spoken: Database, sample_day: ShopDay) -> None:
    english, other = portrait(sample, sample_day), portrait(spoken, sample_day)
    for part, numbers in english.items():
        assert other[part] == numbers, part


def test_tags_segments_and_messages_are_said_in_the_language(spoken: Database) -> None:
    with spoken.read() as session:
        tags = {tag.name: tag.helps_decide for tag in all_tags(session)}
        own = {row.name for row in segments.all_segments(session) if row.core is None}
        written = {row.name for row in messages.all_messages(session)}
        why = set(session.scalars(select(FriendTag.evidence).distinct()))
    assert tags == {said(tag.name): said(tag.helps_decide) for tag in TAGS}
    assert {said(NEXT.segment), said("Clicks often, bought Serum"), said("松菸市集 + VIP + Serum")} <= own
    assert {said(letter.name) for letter in (*PAST, NEXT)} <= written
    assert {said(tag.rule) for tag in TAGS if tag.rule} <= why


def test_nothing_that_the_program_can_say_is_left_in_english(spoken: Database) -> None:
    with spoken.read() as session:
        lines = session.execute(select(Goods.product, Goods.category)).all()
        events = session.execute(select(Event.category, Event.detail).distinct()).all()
        sources = [part.source for part in coverage.by_source(session)]
        paths = [one.name for one in journeys.all_paths(session)]
        drafts = [messages.load(session, row.id) for row in messages.all_messages(session)]
    words = {word for row in (*lines, *events) for word in row if word} - set(REPLIES)
    words |= {*filter(None, sources), *paths}
    words |= {word for draft in drafts for word in (draft.name, draft.brief.why_now, draft.brief.what)}
    assert [word for word in words if _(word) != word] == []
    assert {said(category) for category in GOODS} == {category for _product, category in lines}


def test_every_message_of_the_shop_says_how_to_stop_and_falls_back_on_a_word(spoken: Database) -> None:
    with spoken.read() as session:
        drafts = [messages.load(session, row.id) for row in messages.all_messages(session)]
    assert {draft.name for draft in drafts if variables.used(draft.bubbles) == {"name"}} >= {said(NEXT.name)}
    assert [draft.name for draft in drafts if variables.without_fallback(draft.bubbles)] == []
    stops = {draft.name: [one.text for one in draft.bubbles if isinstance(one, OptOutBubble)] for draft in drafts}
    assert all(len(texts) == 1 for texts in stops.values())
    assert {tuple(stops[said(letter.name)]) for letter in (*PAST, NEXT)} == {(_(STOP),)}


def test_the_draft_can_be_sent_to_438_friends_in_every_language(spoken: Database, sample_day: ShopDay) -> None:
    with spoken.read() as session:
        draft = next(row for row in messages.all_messages(session) if row.name == said(NEXT.name))
        report = gate.inspect(session, draft.id, sample_day, NOW, Quota(6000, 3412))
    assert not report.blocking
    assert (report.recipients, report.kept_back) == (438, 48)


def test_newer_files_of_the_same_language_fit_the_shop(spoken: Database, tmp_path: Path, sample_day: ShopDay) -> None:
    customers, orders = (tried(spoken, path) for path in write_newer(tmp_path, sample_day.today))
    assert (customers.rows, customers.new, customers.updated, customers.unchanged) == (1284, 212, 638, 397)
    assert (len(customers.new_tags), customers.tags_given, customers.rejected) == (2, 1073, 37)
    assert (orders.new, orders.new_friends, orders.rejected) == (orders.rows, 0, 0)
