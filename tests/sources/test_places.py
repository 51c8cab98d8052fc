"""Names of places as they are written, and what is refused."""

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.sources import places


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shop counter\n\n  Parcel   insert \n", ["Shop counter", "Parcel insert"]),
        ("Poster 1..3", ["Poster 1", "Poster 2", "Poster 3"]),
        ("海報08…10號", ["海報08號", "海報09號", "海報10號"]),
        ("ポスター 1〜2", ["ポスター 1", "ポスター 2"]),
        ("Poster 7..7\nposter 7\nPOSTER　7", ["Poster 7"]),
        ("Spring 2026", ["Spring 2026"]),
    ],
)
def test_each_line_is_a_place_and_two_dots_make_a_row_of_numbers(text: str, names: list[str]) -> None:
    assert places.read(text) == names


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "No place is named"),
        (" \n ", "No place is named"),
        ("Poster 9..1", "no row of numbers"),
        ("Poster 1..9999", "no row of numbers"),
        ("A 1..300\nB 1..300", "more than 500"),
    ],
)
def test_nothing_backwards_or_endless_is_made(text: str, sentence: str) -> None:
    with pytest.raises(ShopError, match=sentence):
        places.read(text)


def test_a_name_fits_into_a_chat_tag_of_line() -> None:
    places.check("x" * 20)
    with pytest.raises(ShopError, match="21 characters"):
        places.check("x" * 21)
