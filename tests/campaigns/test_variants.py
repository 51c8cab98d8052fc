"""Variants: equal, stable, disjoint groups, and each request belongs to one of them under a name of its own."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from linecrm_desktop.campaigns import audience, variants
from linecrm_desktop.campaigns.audience import Person
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.messages import library
from linecrm_desktop.messages.blocks import TextBubble
from linecrm_desktop.messages.bubbles import QuickReplies
from linecrm_desktop.models.campaign import Campaign, CampaignState, Chunk, Delivery, DeliveryState
from tests.campaigns.shopkeeper import Shopkeeper

TEXTS = ("Refill is here", "Your refill, {name|friend}", "Time for a refill")


def people(count: int, first: int = 1) -> list[Person]:
    return [Person(first + n, f"U{n:032x}", is_informed=True) for n in range(count)]


@given(st.integers(0, 60), st.integers(1, 3), st.sampled_from([0, 5, 10, 20]), st.text(max_size=5))
def test_groups_are_equal_and_disjoint_and_leave_nobody_out(n: int, count: int, percent: int, salt: str) -> None:
    kept, recipients = audience.split(people(n), percent, salt)
    groups = variants.groups(recipients, salt, count)
    sizes = [len(group) for group in groups]
    assert max(sizes) - min(sizes) <= 1
    everybody = [one.id for group in groups for one in group] + list(kept)
    assert sorted(everybody) == [one.id for one in people(n)]


@given(st.integers(0, 60), st.integers(1, 3))
def test_groups_hang_on_line_ids_and_salt_only(n: int, count: int) -> None:
    once = variants.groups(people(n), "shop/1", count)
    anew = variants.groups(list(reversed(people(n, first=900))), "shop/1", count)
    ids = [{one.line_user_id for one in group} for group in once]
    assert ids == [{one.line_user_id for one in group} for group in anew]


@given(st.integers(2, 60), st.integers(2, 3), st.integers(0, 59))
def test_who_goes_moves_at_most_one_other_at_each_border(n: int, count: int, gone: int) -> None:
    def of(crowd: list[Person]) -> dict[int, int]:
        return {one.id: place for place, group in enumerate(variants.groups(crowd, "s", count)) for one in group}

    before, after = of(people(n)), of([one for one in people(n) if one.id != gone % n + 1])
    assert sum(before[friend] != variant for friend, variant in after.items()) <= count - 1


def test_each_friend_gets_one_variant_and_line_counts_each_by_itself(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    shop.friends(31)
    draft = replace(shop.draft(TEXTS[0]), others=tuple((TextBubble(text),) for text in TEXTS[1:]))
    with shop.database.write() as session:
        message = library.save(session, draft, shop.clock())
        assert library.load(session, message) == draft
    campaign = shop.freeze(message, chunk=4)
    assert shop.send(campaign, line).state is CampaignState.DONE

    with shop.database.read() as session:
        row = session.get_one(Campaign, campaign)
        units = [variants.unit(row, variant) for variant in range(3)]
        chunks = session.scalars(select(Chunk).order_by(Chunk.number)).all()
        copies = session.scalars(select(Delivery)).all()
        assert len(set(units)) == 3
        assert all(re.fullmatch(r"[A-Za-z0-9_]{1,30}", unit) for unit in units)
        assert sorted(sum(copy.variant == variant for copy in copies) for variant in range(3)) == [10, 10, 11]
        variant_of = {chunk.number: chunk.variant for chunk in chunks}
        assert [chunk.number for chunk in chunks] == list(range(len(chunks)))
        assert all(
            copy.state is DeliveryState.ACCEPTED and variant_of[copy.chunk or 0] == copy.variant for copy in copies
        )
        for chunk in chunks:
            body = chunk.body or {}
            assert body["customAggregationUnits"] == [units[chunk.variant]]
            assert isinstance(body["to"], str) == (chunk.variant == 1), "only the variant with a name goes one by one"
    assert len({user for user, _request in world.delivered}) == len(world.delivered) == 31


def test_a_send_of_one_variant_keeps_the_name_it_always_had(shop: Shopkeeper) -> None:
    shop.friends(2)
    campaign = shop.freeze()
    with shop.database.read() as session:
        row = session.get_one(Campaign, campaign)
        assert variants.unit(row, 0) == row.unit
        assert row.salt


def test_a_name_for_line_is_never_longer_than_it_takes(shop: Shopkeeper) -> None:
    long = Campaign(unit="t" * 30, others=[[], []])
    assert [variants.unit(long, variant) for variant in range(3)] == ["t" * 28 + end for end in ("_a", "_b", "_c")]


def test_small_variants_are_an_amber_check(shop: Shopkeeper) -> None:
    shop.friends(60)
    with shop.database.write() as session:
        message = library.save(session, shop.draft().with_variant(), shop.clock())
    (check,) = (check for check in shop.look(message).checks if check.key == "size")
    assert check.sentence.startswith("30 friends get each variant. Under 200")


def test_variants_that_are_large_enough_say_so(shop: Shopkeeper) -> None:
    shop.friends(400)
    with shop.database.write() as session:
        draft = shop.draft().with_variant()
        message = library.save(session, draft.with_brief(keep_back=0), shop.clock())
    (check,) = (check for check in shop.look(message).checks if check.key == "size")
    assert check.sentence == "400 friends. Each variant has 200; 200 are enough to compare."


def test_a_problem_in_any_variant_blocks(shop: Shopkeeper) -> None:
    shop.friends(60)
    draft = shop.draft().with_variant().with_bubble(0, TextBubble("{name}"), variant=1)
    assert [(problem.variant, problem.bubble) for problem in draft.problems()] == [(1, 0)]
    with shop.database.write() as session:
        message = library.save(session, draft, shop.clock())
    assert [check.key for check in shop.look(message).blocking] == ["content"]


def test_variants_are_added_as_copies_and_taken_away(shop: Shopkeeper) -> None:
    draft = shop.draft("A").with_variant().with_bubble(0, TextBubble("B"), 1).with_variant(1)
    assert [bubbles[0] for bubbles in draft.variants] == [TextBubble("A"), TextBubble("B"), TextBubble("B")]
    assert draft.with_variant() == draft
    assert draft.without_variant(0).variants == ((TextBubble("B"),), (TextBubble("B"),))
    assert shop.draft("A").without_variant(0) == shop.draft("A")
    assert draft.with_added(QuickReplies(), 2).variants[2] == (TextBubble("B"), QuickReplies())
