"""What the review proposes, and from which friends it counted."""

from datetime import timedelta

import pytest

from linecrm_desktop.audit.changes import Merge, Retire, Split
from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages import library
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.results.lift import Verdict
from linecrm_desktop.results.review.look import Looked, look
from linecrm_desktop.results.review.proposals import Kind, Proposed, Reason, Sure
from linecrm_desktop.results.review.words import evidence, why
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import friends_tags
from tests.maker import Maker
from tests.results.review_shop import give_all, let_buy, put_friends, put_lifting_tag, send_to


def seen(database: Database, day: ShopDay) -> Looked:
    with database.read() as session:
        return look(session, day)


def of(found: Looked, name: str) -> Proposed:
    """Return what is proposed for a tag by itself."""
    mine = [one for one in (*found.proposals, *found.not_enough) if [tag.name for tag in one.tags] == [name]]
    assert len(mine) == 1, [one.kind for one in mine]
    return mine[0]


def test_a_tag_whose_messages_lift_is_kept_and_clear(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        put_lifting_tag(session, make)
    one = of(seen(database, day), "Serum")
    assert (one.kind, one.reason, one.sure) == (Kind.KEEP, Reason.LIFT, Sure.CLEAR)
    card = one.card
    assert (card.sends, card.delivered, card.kept_back, card.friends, card.last_days) == (1, 400, 200, 600, 30)
    assert (card.per_message, card.helps_decide) == (20_000, ("Whom to tell",))
    assert why(one, "TWD") == "+15.0 points over those kept back"
    assert evidence(one) == "1 send · 400 delivered · lift +15.0"


def test_a_small_tag_has_not_enough_evidence(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = put_friends(session, make, 60)
        tag = make.tag(session, "Few", helps_decide="Whom to tell", created_at=make.ago(80))
        give_all(session, tag, friends, make.ago(60))
        send_to(session, make, friends[:50], friends[50:])
        let_buy(session, make, friends[:20])
    one = of(seen(database, day), "Few")
    assert (one.kind, one.reason, one.sure, one.change) == (Kind.NOT_ENOUGH, Reason.TOO_FEW, None, None)
    assert why(one, "TWD") == "Too few: 50 delivered, 10 kept back"


def test_only_who_carried_the_tag_at_the_time_of_the_send_counts(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = put_friends(session, make, 30)
        tag = make.tag(session, "Serum", created_at=make.ago(200))
        give_all(session, tag, friends[:20], make.ago(60))
        give_all(session, tag, friends[20:25], make.ago(5))
        send_to(session, make, friends, ())
        friends_tags.remove(session, tag, friends[:4], make.ago(10))
        friends_tags.remove(session, tag, friends[4:6], make.ago(40))
    card = of(seen(database, day), "Serum").card
    assert card.delivered == 18  # the four who lost it later count, the two who lost it before and the five new do not
    assert not card.by_today


def test_a_tag_that_came_after_all_sends_is_counted_by_today_and_is_never_clear(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        put_lifting_tag(session, make)
        late = make.tag(session, "Late", helps_decide="Whom to tell", created_at=make.ago(4))
        give_all(session, late, [*range(1, 301), *range(401, 551)], make.ago(3))
    one = of(seen(database, day), "Late")
    assert one.card.by_today
    assert (one.kind, one.sure) == (Kind.KEEP, Sure.WEAK)
    assert "by today’s tags" in evidence(one)


def test_a_send_whose_window_is_open_says_nothing_yet(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = put_friends(session, make, 300)
        tag = make.tag(session, "Serum", created_at=make.ago(60))
        give_all(session, tag, friends, make.ago(50))
        send_to(session, make, friends[:200], friends[200:], ago=2)
        let_buy(session, make, friends[:100], ago=1)
    found = seen(database, day)
    assert found.sends == 0
    assert of(found, "Serum").reason is Reason.NO_SENDS


def test_a_tag_of_consent_is_never_weighed(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tag = make.tag(session, "Refused", TagType.CONSENT, created_at=make.ago(300))
        give_all(session, tag, put_friends(session, make, 3), make.ago(290))
    found = seen(database, day)
    assert not found.proposals
    assert not found.not_enough


def test_a_tag_that_nobody_uses_is_retired_and_clear_from_180_days(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        for name, days in (("Long", 200), ("Lately", 100), ("Fresh", 80)):
            tag = make.tag(session, name, helps_decide="Whom to tell", created_at=make.ago(days + 1))
            give_all(session, tag, put_friends(session, make, 30), make.ago(days))
    found = seen(database, day)
    long, lately = of(found, "Long"), of(found, "Lately")
    assert (long.kind, long.sure, long.change) == (Kind.RETIRE, Sure.CLEAR, Retire(long.tags[0].id))
    assert (lately.kind, lately.sure) == (Kind.RETIRE, Sure.LIKELY)
    assert of(found, "Fresh").kind is Kind.NOT_ENOUGH


def test_no_effect_retires_a_tag_only_where_an_effect_would_have_been_seen(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        for name, size in (("Large", 5_000), ("Middling", 800)):
            friends = put_friends(session, make, size)
            tag = make.tag(session, name, helps_decide="Whom to tell", created_at=make.ago(80))
            give_all(session, tag, friends, make.ago(60))
            half = size // 2
            send_to(session, make, friends[:half], friends[half:])
            let_buy(session, make, [*friends[: half // 50], *friends[half : half + half // 50]])
    found = seen(database, day)
    large, middling = of(found, "Large"), of(found, "Middling")
    assert (large.kind, large.reason, large.sure) == (Kind.RETIRE, Reason.NO_EFFECT, Sure.LIKELY)
    assert middling.card.lift.verdict is large.card.lift.verdict is Verdict.NO_EFFECT


def test_a_tag_whose_halves_differ_is_split_by_them_and_never_clear(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        friends = put_friends(session, make, 800)
        tag = make.tag(session, "Instagram", TagType.SOURCE, helps_decide="Whom", created_at=make.ago(80))
        dresses, serum = (make.tag(session, name, created_at=make.ago(80)) for name in ("Dresses", "Care"))
        for given, who in ((tag, friends), (dresses, friends[:400]), (serum, friends[400:])):
            give_all(session, given, who, make.ago(60))
        send_to(session, make, friends, ())
        let_buy(session, make, [*friends[:60], *friends[400:405]])
    one = of(seen(database, day), "Instagram")
    assert (one.kind, one.sure) == (Kind.SPLIT, Sure.LIKELY)
    assert isinstance(one.change, Split)
    assert [part.name for part in one.change.parts] == ["Instagram, Dresses", "Instagram, Care"]
    assert why(one, "TWD") == "15.0% of “Dresses” did it, 1.2% of “Care”"


def test_two_names_of_one_tag_are_merged_and_asked_of_once(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = put_friends(session, make, 100)
        one = make.tag(session, "Anti-ageing", helps_decide="Whom to tell", created_at=make.ago(60))
        other = make.tag(session, "anti ageing", helps_decide="", created_at=make.ago(60))
        give_all(session, one, friends, make.ago(60))
        give_all(session, other, friends[:60], make.ago(60))
    found = seen(database, day)
    merge = next(each for each in found.proposals if each.kind is Kind.MERGE)
    assert (merge.key, merge.sure, merge.reason) == (f"{one}+{other}", Sure.CLEAR, Reason.SAME_NAME)
    assert merge.change == Merge(one, other, "Anti-ageing", "Whom to tell")
    assert evidence(merge) == "60 of 60 friends"
    assert not [each for each in found.not_enough if each.tags[0].id == other]


def test_two_tags_that_always_got_the_same_messages_may_be_one(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = put_friends(session, make, 80)
        tags = [make.tag(session, name, created_at=make.ago(80)) for name in ("Sleepy", "Gone quiet")]
        messages = [library.save(session, MessageDraft(name), make.now) for name in ("Come back", "We miss you")]
        for place, tag in enumerate(tags):
            give_all(session, tag, friends[place * 40 : place * 40 + 40], make.ago(60))
            rule = {"kind": "all_of", "rules": [{"kind": "has_tag", "tags": [tag]}]}
            for message in messages:
                send_to(session, make, friends[place * 40 : place * 40 + 40], (), segment_rule=rule, message_id=message)
    (merge,) = (one for one in seen(database, day).proposals if one.kind is Kind.MERGE)
    assert (merge.reason, merge.sure) == (Reason.SAME_MESSAGE, Sure.WEAK)


def test_the_grid_says_too_few_under_twenty_messages(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = put_friends(session, make, 60)
        interest = make.tag(session, "Serum", created_at=make.ago(80))
        stages = [make.tag(session, name, TagType.STAGE, created_at=make.ago(80)) for name in ("New", "Dormant")]
        give_all(session, interest, friends, make.ago(60))
        give_all(session, stages[0], friends[:48], make.ago(60))
        give_all(session, stages[1], friends[48:], make.ago(60))
        send_to(session, make, friends, ())
        let_buy(session, make, friends[:12])
    grid = seen(database, day).grid
    assert [tag.name for tag in grid.interests] == ["Serum"]
    assert [tag.name for tag in grid.stages] == ["New", "Dormant"]
    assert [(cell.delivered, cell.per_message) for cell in grid.cells[0]] == [(48, 25_000), (12, None)]


@pytest.mark.parametrize("days", [29, 91])
def test_the_grid_looks_at_the_last_ninety_days(database: Database, make: Maker, day: ShopDay, days: int) -> None:
    with database.write() as session:
        friends = put_friends(session, make, 30)
        for name, kind in (("Serum", TagType.INTEREST), ("New", TagType.STAGE)):
            give_all(session, make.tag(session, name, kind, created_at=make.ago(200)), friends, make.ago(150))
        send_to(session, make, friends, (), ago=days)
    assert bool(seen(database, day).grid.cells) is (timedelta(days=days) < timedelta(days=90))
