"""Paths in a real shop file: entering, leaving, the gate, editing while they run."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import scheduling
from linecrm_desktop.errors import ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.journeys import approving, due, library, looking, templates
from linecrm_desktop.journeys.draft import StepDraft
from linecrm_desktop.journeys.story import story
from linecrm_desktop.line.gateway import Line, Quota
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.messages import library as messages
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.journey import JourneyEntry, JourneyState, JourneyStep, JourneyTurn, Left, TurnState
from linecrm_desktop.results import paths
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from tests.campaigns.conftest import clock, line, server, shop, world
from tests.campaigns.shopkeeper import AMBER, AT_ONCE, Shopkeeper

__all__ = ["clock", "line", "server", "shop", "world"]


def start(shop: Shopkeeper, core: str = "ready_again", keep_back: int = 0, **options: bool) -> int:
    with shop.database.write() as session:
        path = templates.make(session, core, "en", shop.day, shop.clock())
        draft = library.load(session, path)
        for place in range(len(draft.steps)):
            draft = draft.with_step(place, send_from=None)
        library.save(session, replace(draft, keep_back=keep_back), shop.day, shop.clock(), path)
        library.start(session, path, shop.day, shop.clock(), **options)
    return path


def buyers(shop: Shopkeeper, count: int) -> list[int]:
    friends = shop.friends(count)
    with shop.database.write() as session:
        for friend in friends:
            shop.make.order(session, friend, at=shop.clock() - timedelta(days=90))
    return friends


def prepare(shop: Shopkeeper) -> list[due.Line]:
    with shop.database.write() as session:
        due.prepare(session, shop.day, shop.clock())
        return due.sheet(session, shop.day, shop.clock())


def approve(shop: Shopkeeper) -> list[int]:
    lines = prepare(shop)
    with shop.database.write() as session:
        count = sum(one.recipients for one in lines)
        steps = [one.step_id for one in lines]
        return list(approving.approve(session, steps, count, shop.day, shop.clock(), AMBER, {}))


def send(shop: Shopkeeper, line: Line) -> None:
    @contextmanager
    def connect() -> Generator[Line]:
        yield line

    with shop.database.write() as session:
        due.prepare(session, shop.day, shop.clock())
        waiting = scheduling.due(session, shop.clock())
    for one in waiting:
        scheduling.run_due(shop.database, one.id, connect, Task(), shop.clock, AT_ONCE)
    prepare(shop)


def left(session: Session) -> dict[int, Left | None]:
    return {friend: why for friend, why in session.execute(select(JourneyEntry.friend_id, JourneyEntry.why))}


def tomorrow(shop: Shopkeeper, days: int = 1) -> None:
    shop.clock.forward(days=days)


def test_everybody_in_the_segment_enters_and_the_first_step_is_due(shop: Shopkeeper) -> None:
    buyers(shop, 3)
    start(shop)
    (line,) = prepare(shop)
    assert (line.number, line.due, line.recipients, line.why_today) == (1, 3, 3, "on the day of entering")


def test_new_people_enter_once_a_day(shop: Shopkeeper) -> None:
    buyers(shop, 1)
    start(shop)
    buyers(shop, 2)
    assert prepare(shop)[0].due == 1
    tomorrow(shop)
    assert prepare(shop)[0].due == 3


def test_a_friend_is_on_one_path_at_a_time_and_the_order_of_the_core_segments_decides(shop: Shopkeeper) -> None:
    (friend,) = shop.friends(1, joined_at=shop.clock() - timedelta(days=2))
    with shop.database.write() as session:
        for _tap in range(2):
            shop.make.event(session, friend, EventKind.CLICK, days_ago=1)
    start(shop, "warm_no_order")
    start(shop, "new_friends")
    with shop.database.read() as session:
        rows = {row.core: row.under_way for row in library.all_paths(session)}
    assert rows == {"new_friends": 0, "warm_no_order": 1}  # on it already: nobody changes paths under way
    other, *_rest = shop.friends(1, joined_at=shop.clock() - timedelta(days=2))
    with shop.database.write() as session:
        for _tap in range(2):
            shop.make.event(session, other, EventKind.CLICK, days_ago=1)
    tomorrow(shop)
    prepare(shop)
    with shop.database.read() as session:
        rows = {row.core: row.under_way for row in library.all_paths(session)}
    assert rows == {"new_friends": 1, "warm_no_order": 1}


def test_nothing_is_sent_without_the_right_number(shop: Shopkeeper) -> None:
    buyers(shop, 3)
    start(shop)
    step = prepare(shop)[0].step_id
    with pytest.raises(ShopError, match="it has 3 recipients now, not 2"), shop.database.write() as session:
        approving.approve(session, [step], 2, shop.day, shop.clock(), AMBER, {})
    with shop.database.read() as session:
        assert session.scalars(select(Campaign.id)).all() == []


def test_the_months_messages_are_counted_over_all_steps_together(shop: Shopkeeper) -> None:
    buyers(shop, 3)
    shop.friends(3, joined_at=shop.clock() - timedelta(days=1))
    start(shop)
    start(shop, "new_friends")
    steps = [line.step_id for line in prepare(shop)]
    with shop.database.read() as session:
        enough = approving.inspect(session, steps, shop.day, shop.clock(), {None: Quota(6, 0)})
        short = approving.inspect(session, steps, shop.day, shop.clock(), {None: Quota(5, 0)})
    assert (enough.recipients, enough.blocking) == (6, ())
    assert [check.key for check in short.blocking] == ["quota"]


def test_what_left_is_not_due_again_and_the_next_step_waits_from_that_day(shop: Shopkeeper, line: SdkLine) -> None:
    buyers(shop, 2)
    start(shop)
    approve(shop)
    send(shop, line)
    assert prepare(shop) == []
    tomorrow(shop, 6)
    assert prepare(shop) == []
    tomorrow(shop)
    assert [one.number for one in prepare(shop)] == [2]


def test_days_off_push_everything_on_and_nothing_comes_in_a_burst(shop: Shopkeeper, line: SdkLine) -> None:
    buyers(shop, 2)
    start(shop)
    tomorrow(shop, 40)
    (first,) = prepare(shop)
    assert (first.number, first.overdue) == (1, 2)
    approve(shop)
    send(shop, line)
    assert prepare(shop) == []


def test_what_was_approved_and_did_not_leave_is_due_again_the_next_day(shop: Shopkeeper, world: PracticeWorld) -> None:
    buyers(shop, 2)
    start(shop)
    (campaign,) = approve(shop)
    assert prepare(shop) == []
    tomorrow(shop)
    assert [one.recipients for one in prepare(shop)] == [2]
    with shop.database.read() as session:
        assert session.get_one(Campaign, campaign).state is CampaignState.STOPPED
    assert world.delivered == []


@pytest.mark.parametrize("why", [Left.BOUGHT, Left.REFUSED, Left.BLOCKED])
def test_who_leaves_after_the_approval_gets_nothing(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, why: Left
) -> None:
    stays, goes = buyers(shop, 2)
    start(shop)
    approve(shop)
    with shop.database.write() as session:
        if why is Left.BOUGHT:
            shop.make.order(session, goes, at=shop.clock() + timedelta(minutes=1))
        elif why is Left.REFUSED:
            session.get_one(Friend, goes).marketing = Marketing.REFUSED
        else:
            session.get_one(Friend, goes).is_blocked = True
    shop.clock.forward(minutes=2)
    send(shop, line)
    assert [user for user, _request in world.delivered] == shop.line_ids([stays])
    with shop.database.read() as session:
        assert left(session) == {stays: None, goes: why}


def test_somebody_who_does_nothing_after_two_messages_leaves_where_files_would_tell(
    shop: Shopkeeper, line: SdkLine
) -> None:
    silent, taps = buyers(shop, 2)
    start(shop)
    for days in (7, 4):
        approve(shop)
        send(shop, line)
        tomorrow(shop, days)
    prepare(shop)
    with shop.database.read() as session:
        assert left(session) == {silent: None, taps: None}
    with shop.database.write() as session:
        shop.make.event(session, taps, EventKind.CLICK, at=shop.clock() - timedelta(hours=1))
    prepare(shop)
    with shop.database.read() as session:
        assert left(session) == {silent: Left.QUIET, taps: None}


def test_kept_back_friends_move_along_and_get_nothing(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    buyers(shop, 60)
    path = start(shop, keep_back=20)
    approve(shop)
    send(shop, line)
    with shop.database.read() as session:
        held = set(session.scalars(select(JourneyEntry.friend_id).where(JourneyEntry.is_held)))
        turns = dict(session.execute(select(JourneyEntry.friend_id, JourneyTurn.state).join(JourneyTurn)).all())
        compared = paths.working(session, path, shop.day)
    assert 3 < len(held) < 25
    assert {friend for friend, state in turns.items() if state is TurnState.KEPT_BACK} == held
    assert len(world.delivered) == 60 - len(held)
    assert (compared.lift.sent.friends, compared.lift.kept.friends) == (60 - len(held), len(held))


def test_a_condition_that_does_not_hold_skips_the_step_with_its_reason(shop: Shopkeeper, line: SdkLine) -> None:
    inside, outside = buyers(shop, 2)
    path = start(shop)
    with shop.database.write() as session:
        tag = shop.make.tag(session, "Dry skin")
        shop.make.give(session, tag, inside)
        segment = segments.save(session, SegmentDraft("Dry", "What to say", AllOf((HasTag((tag,)),))), shop.clock())
        draft = library.load(session, path).with_step(0, only_segment_id=segment)
        library.save(session, draft, shop.day, shop.clock(), path)
    (line_,) = prepare(shop)
    assert line_.recipients == 1
    with shop.database.read() as session:
        look = looking.look(session, path)
        told = story(session, path, outside, shop.day.today)
    assert look.steps[0].skipped == {"condition": 1}
    assert look.steps[1].waiting == 1
    assert told is not None and [one.state for one in told.steps] == ["skipped", "next", "later"]
    assert told.steps[0].sentence == "Skipped: the step’s condition did not hold on the day it was due."


def test_editing_never_repeats_a_step_and_explains_what_is_skipped(shop: Shopkeeper, line: SdkLine) -> None:
    buyers(shop, 2)
    path = start(shop)
    approve(shop)
    send(shop, line)
    with shop.database.write() as session:
        draft = library.load(session, path)
        edited = draft.moved(0, 2).without(1).with_step(1, wait_days=2)
        library.save(session, edited, shop.day, shop.clock(), path)
        why = set(session.execute(select(JourneyTurn.state, JourneyTurn.why)).all())
        assert why == {(TurnState.SENT, ""), (TurnState.SKIPPED, "retired"), (TurnState.SKIPPED, "behind")}
        assert library.all_paths(session)[0].under_way == 2
    assert prepare(shop) == []
    with shop.database.write() as session:
        library.save(session, draft, shop.day, shop.clock(), path)
        assert set(session.scalars(select(JourneyTurn.state))) == {TurnState.SENT}  # undone, nothing is left of it
    tomorrow(shop, 7)
    assert [one.number for one in prepare(shop)] == [2]


def test_a_step_put_before_one_that_did_not_leave_after_all_comes_first(shop: Shopkeeper) -> None:
    buyers(shop, 2)
    path = start(shop)
    approve(shop)
    with shop.database.write() as session:
        extra = messages.save(session, messages.load(session, 1).with_name("Before all others"), shop.clock())
        draft = library.load(session, path)
        edited = draft.with_added(StepDraft(extra, 1)).moved(3, 0).with_step(1, wait_days=2)
        library.save(session, edited, shop.day, shop.clock(), path)
    tomorrow(shop)
    (line,) = prepare(shop)
    assert (line.number, line.message_name, line.due) == (1, "Before all others", 2)
    assert len(approve(shop)) == 1


def test_taking_a_step_out_and_putting_its_message_back_is_the_same_step(shop: Shopkeeper, line: SdkLine) -> None:
    buyers(shop, 2)
    path = start(shop)
    approve(shop)
    send(shop, line)
    with shop.database.write() as session:
        draft = library.load(session, path)
        library.save(session, draft.without(0), shop.day, shop.clock(), path)
        again = replace(draft, steps=(replace(draft.steps[0], id=None), *draft.steps[1:]))
        library.save(session, again, shop.day, shop.clock(), path)
        assert [step.id for step in library.load(session, path).steps] == [step.id for step in draft.steps]
    tomorrow(shop, 7)
    assert [one.number for one in prepare(shop)] == [2]


def test_pausing_takes_back_what_was_approved(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    buyers(shop, 2)
    path = start(shop)
    approve(shop)
    with shop.database.write() as session:
        library.pause(session, path, shop.day, shop.clock())
    send(shop, line)
    assert (world.delivered, prepare(shop)) == ([], [])
    with shop.database.write() as session:
        library.start(session, path, shop.day, shop.clock())
    tomorrow(shop)
    assert [one.recipients for one in prepare(shop)] == [2]


def test_a_send_of_a_path_that_was_paused_is_held(shop: Shopkeeper) -> None:
    buyers(shop, 2)
    path = start(shop)
    (campaign,) = approve(shop)
    with shop.database.write() as session:
        library.row_of(session, path).state = JourneyState.PAUSED
        session.flush()
        assert not scheduling.begin(session, campaign, shop.clock(), None)
        assert "is not running any more" in session.get_one(Campaign, campaign).note


def test_what_a_path_needs_cannot_be_deleted(shop: Shopkeeper) -> None:
    buyers(shop, 1)
    path = start(shop)
    with shop.database.write() as session:
        step = session.scalars(select(JourneyStep)).first()
        assert step is not None and step.message_id is not None
        with pytest.raises(ShopError, match="is a step of the path"):
            messages.delete(session, step.message_id, shop.clock())
        segment = library.load(session, path).segment_id
        assert segment is not None
        assert "Buyers: usage tips and refill" in segments.uses(session, segment)


def test_a_skipped_day_is_taken_back_as_a_whole(shop: Shopkeeper) -> None:
    buyers(shop, 2)
    start(shop)
    (line,) = prepare(shop)
    with shop.database.write() as session:
        before = due.skip_today(session, [line.step_id], shop.day)
        assert due.sheet(session, shop.day, shop.clock()) == []
        due.put_back(session, before)
        assert [one.due for one in due.sheet(session, shop.day, shop.clock())] == [2]


def test_templates_exist_for_the_three_core_segments_with_three_or_four_steps_each() -> None:
    for template in templates.TEMPLATES:
        for language in ("en", "zh_TW", "ja", "th"):
            steps = templates.steps_of(template.core, language)
            assert 3 <= len(steps) <= 4
            assert all(step.draft.with_brief(segment_id=1).brief.missing() == [] for step in steps)
