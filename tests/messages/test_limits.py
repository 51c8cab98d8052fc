from linecrm_desktop.messages.blocks import TextBubble
from linecrm_desktop.messages.limits import TEXT_MAX, longest, problems, utf16


def test_an_emoji_counts_as_line_counts_it() -> None:
    assert utf16("a🍎你") == 4


def test_a_text_is_counted_with_the_longest_value() -> None:
    assert longest("Hi {name|there}", {"name": "林雅婷 Tina 🍎"}) == 3 + len("林雅婷 Tina ") + 2
    assert longest("Hi {name|there}", {"name": "Bo"}) == 8


def test_a_full_text_passes_and_one_more_unit_does_not() -> None:
    full = TextBubble("x" * (TEXT_MAX - 5) + "{name|12345}")
    assert problems([full]) == []
    (problem,) = problems([full], {"name": "123456"})
    assert problem.bubble == 0
    assert "1 character too long" in problem.sentence


def test_no_bubble_six_bubbles_and_empty_ones_are_problems() -> None:
    assert [p.bubble for p in problems([])] == [None]
    assert [p.bubble for p in problems([TextBubble("x")] * 6)] == [None]
    assert [p.bubble for p in problems([TextBubble("x"), TextBubble(" \n")])] == [1]
