"""The words for what a message changed, and when none of them may be said."""

import pytest

from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.lift import (
    Better,
    Verdict,
    about,
    between,
    between_sentence,
    lift,
    pooled,
    sentence,
    together,
    word,
)


@pytest.mark.parametrize(
    ("sent", "kept", "verdict", "said"),
    [
        ((60, 400), (1, 60), Verdict.WORKED, "Worked: 6.3 to 17.6 points more than without the message."),
        ((4, 400), (10, 60), Verdict.HURT, "Hurt: 6.9 to 26.1 points fewer than without the message."),
        ((41, 412), (6, 60), Verdict.NO_EFFECT, "No effect seen: about as many did it without the message."),
        ((41, 474), (2, 50), Verdict.NOT_SURE, "Not sure yet: this difference can be chance. If it stays, about "),
        ((41, 474), (2, 29), Verdict.NOT_SURE, "Too few to judge: only 29 friends were kept back, and 30 are needed."),
        ((41, 474), (0, 0), Verdict.NO_KEPT_BACK, "Nobody was kept back, so nobody can say what the message changed."),
        ((0, 0), (2, 60), Verdict.NOT_SURE, "Not sure yet: this difference can be chance."),
    ],
)
def test_two_groups_have_one_of_five_words(
    sent: tuple[int, int], kept: tuple[int, int], verdict: Verdict, said: str
) -> None:
    found = lift(_group(*sent), _group(*kept))
    assert found.verdict is verdict
    assert sentence(found).startswith(said)


def test_a_clear_difference_of_a_tiny_kept_back_group_is_no_verdict() -> None:
    found = lift(_group(300, 400), _group(0, 29))
    assert found.interval is not None
    assert found.interval.is_over
    assert found.verdict is Verdict.NOT_SURE
    assert found.more is not None
    assert found.more >= 429 * 30 / 29 - 429


def test_an_undecided_send_says_how_many_more_it_takes() -> None:
    found = lift(_group(41, 474), _group(2, 50))
    assert found.more is not None
    assert f"about {about(found.more):,} more people" in sentence(found)


def test_many_small_sends_of_one_step_are_judged_together() -> None:
    one = (_group(12, 90), _group(0, 10))
    alone, all_of_them = lift(*one), pooled([one] * 8)
    assert (alone.verdict, all_of_them.verdict) == (Verdict.NOT_SURE, Verdict.WORKED)
    assert (all_of_them.sent.friends, all_of_them.kept.friends, all_of_them.sends) == (720, 80, 8)


def test_sends_without_a_kept_back_group_do_not_speak() -> None:
    silent = (_group(500, 500), Group())
    assert pooled([silent, silent]).verdict is Verdict.NO_KEPT_BACK
    assert pooled([silent, (_group(60, 400), _group(1, 60))]) == lift(_group(60, 400), _group(1, 60))
    assert pooled([]).verdict is Verdict.NO_KEPT_BACK


def test_variants_are_judged_with_the_same_doubt() -> None:
    assert between(_group(60, 200), _group(30, 200)).better is Better.FIRST
    assert between(_group(30, 200), _group(60, 200)).better is Better.SECOND
    assert between(_group(30, 200), _group(30, 200)).better is Better.ALIKE
    undecided = between(_group(36, 200), _group(30, 200))
    assert undecided.better is Better.NOT_SURE
    assert between_sentence(undecided, "A", "B").startswith("Not sure yet: this difference can be chance. If it stays")
    assert between(_group(29, 29), _group(0, 200)).better is Better.NOT_SURE
    assert between(_group(29, 29), Group()).interval is None
    assert between_sentence(between(_group(30, 200), _group(60, 200)), "A", "B").startswith("B did better than A, by ")


def test_people_needed_are_rounded_up_to_what_can_be_known() -> None:
    assert [about(n) for n in (1, 9, 99, 101, 1234, 61_001)] == [1, 9, 99, 110, 1300, 62_000]


def test_groups_add_up() -> None:
    assert together([Group(3, 1, 2, 500), Group(4, 2, 2, 100)]) == Group(7, 3, 4, 600)
    assert [word(verdict) for verdict in Verdict][:2] == ["Worked", "Hurt"]


def _group(did: int, friends: int) -> Group:
    return Group(friends, did)
