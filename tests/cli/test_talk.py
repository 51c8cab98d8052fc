"""How answers are laid out, and how the language and the shop are chosen."""

from argparse import Namespace
from pathlib import Path

import pytest

from linecrm_desktop.cli.language import asked_for, of_computer
from linecrm_desktop.cli.shop import shop_path
from linecrm_desktop.cli.talk import table, width
from linecrm_desktop.errors import ShopError
from linecrm_desktop.settings import preferences


def test_wide_characters_take_two_cells_and_marks_none() -> None:
    assert width("王小明") == 6
    assert width("Mei") == 3
    assert width("ที่") == 1


def test_columns_line_up_under_chinese_names() -> None:
    lines = table(["Name", "Orders"], [["王小明", "2"], ["Mei", "10"]])
    assert lines == ["Name    Orders", "王小明  2", "Mei     10"]


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "zh_TW"),
        ({"LANG": "th_TH.UTF-8"}, "th"),
        ({"LANG": "th_TH.UTF-8", "LC_ALL": "ja_JP"}, "ja"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_computers_language_is_spoken_where_tagwell_can(environ: dict[str, str], language: str) -> None:
    assert of_computer(environ) == language


def test_the_language_asked_for_is_found_wherever_it_stands() -> None:
    assert asked_for(["friends", "--lang", "th"]) == "th"
    assert asked_for(["--lang=ja", "friends"]) == "ja"
    assert asked_for(["friends", "--lang"]) == ""


def test_without_a_name_the_shop_opened_last_is_meant(tmp_path: Path) -> None:
    shop = tmp_path / "a.tagwell"
    shop.touch()
    preferences.save(preferences.Preferences().opened(shop))
    assert shop_path(Namespace(shop=None)) == shop
    assert shop_path(Namespace(shop=str(tmp_path / "a"))) == shop


def test_without_any_shop_the_person_is_told_to_name_one() -> None:
    with pytest.raises(ShopError, match="No shop was opened"):
        shop_path(Namespace(shop=None))
