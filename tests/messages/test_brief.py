import pytest

from linecrm_desktop.messages.brief import Brief, Metric, expected, from_json, to_json


def test_an_empty_brief_lacks_three_answers() -> None:
    assert Brief().missing() == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "missing"), [("nine char", [2]), ("ten chars!", []), ("x" * 200, []), ("x" * 201, [2])]
)
def test_an_answer_has_10_to_200_characters(text: str, missing: list[int]) -> None:
    assert Brief(1, text, "Show the missing step").missing() == missing


def test_blanks_are_no_answer() -> None:
    assert Brief(1, " " * 20, "Show the missing step").missing() == [2]


def test_a_window_of_no_days_is_no_metric() -> None:
    assert Brief(1, "x" * 10, "x" * 10, metric_days=0).missing() == [4]


def test_a_frozen_brief_reads_back_the_same() -> None:
    brief = Brief(3, "why now it is", "what to say", Metric.CLICKS, 3, 8, 20)
    assert from_json(to_json(brief)) == brief


def test_what_is_expected_is_a_number_of_friends() -> None:
    assert expected(Brief(good_if=8), 438) == 36
    assert expected(Brief(good_if=0), 438) == 0
