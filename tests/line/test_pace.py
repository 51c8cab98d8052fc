"""LINE's rate limits are kept before LINE has to say so; with a clock that stands still or is moved by hand."""

import pytest

from linecrm_desktop.line.pace import PATIENCE, Bucket, Pace


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.mark.parametrize("amount", [200, 2000])
def test_no_second_has_more_turns_than_lines_limit_and_a_tenth(amount: int) -> None:
    clock = Hand()
    bucket = Bucket(amount, 1.0, clock)
    turns = [bucket.wait() for _turn in range(2 * amount)]
    for start in (0.0, 0.25, 0.5):
        assert sum(start <= turn < start + 1 for turn in turns) <= amount * 1.1 + 1


def test_a_turn_that_is_too_far_away_is_not_taken() -> None:
    clock = Hand()
    bucket = Bucket(60, 3600.0, clock)
    assert [bucket.wait() for _turn in range(60)] == [0.0] * 60
    assert bucket.wait() > PATIENCE
    clock.at += 60
    assert bucket.wait() == pytest.approx(0.0, abs=1e-6)
    assert bucket.wait() > PATIENCE


def test_each_kind_of_request_has_its_own_bucket() -> None:
    pace = Pace(Hand())
    asked = "/v2/bot/insight/message/event/aggregation?customAggregationUnit=a"
    assert all(pace.may_go("GET", asked) for _turn in range(60))
    assert not pace.may_go("GET", asked)
    assert pace.may_go("GET", "/v2/bot/insight/followers?date=20261112")
    assert pace.may_go("GET", "/v2/bot/profile/U" + "0" * 32)
