"""Codes: none is a word or a number, none looks like another, and they are found in what people really write."""

import random

import pytest

from linecrm_desktop.sources.codes import DIGITS, LENGTH, LETTERS, codes_in, new_code


def test_codes_are_short_unambiguous_and_neither_a_word_nor_a_number() -> None:
    taken: set[str] = set()
    choose = random.Random(1).choice
    for _number in range(2_000):
        code = new_code(taken, choose)
        taken.add(code)
        assert len(code) == LENGTH
        assert code[0] in LETTERS
        assert set(code) <= {*LETTERS, *DIGITS}
        assert set(code) & set(DIGITS)
    assert len(taken) == 2_000
    assert not set(LETTERS + DIGITS) & set("AEIOU0L15S")


def test_where_all_short_codes_are_taken_a_longer_one_comes() -> None:
    class Taken(set[str]):
        def __contains__(self, code: object) -> bool:
            return len(str(code)) == LENGTH

    assert len(new_code(Taken(), random.Random(1).choice)) == LENGTH + 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello! My code is K7QX", ["K7QX"]),
        ("k7qx", ["K7QX"]),
        ("我的代碼是K7QX，謝謝", ["K7QX"]),
        ("私のコードはＫ７ＱＸです", ["K7QX"]),
        ("รหัสของฉันคือK7QXค่ะ", ["K7QX"]),
        ("(K7QX) and B2CD.", ["K7QX", "B2CD"]),
        ("order OK7QX or K7QX1 or AK7QX", []),
        ("K7Q X", []),
        ("", []),
    ],
)
def test_a_code_is_found_alone_in_any_case_and_width_but_not_inside_a_word(text: str, found: list[str]) -> None:
    assert list(codes_in(text)) == found
