"""Names stand in the order of the language on the screen: in lists of ours, and in tables that sort by themselves."""

from collections.abc import Iterator
from enum import IntEnum

import pytest
from PySide6.QtCore import QLocale, QObject, Qt

from linecrm_desktop.text import name_key, set_name_order
from linecrm_desktop.views.name_order import order_names
from linecrm_desktop.views.widgets.record_model import RecordModel, sorted_rows

STROKES = ["一條", "丁一", "王小明", "林雅婷", "張雅筑", "陳怡君", "黃柏翰", "蘇"]
KANA = ["あか", "アンチエイジング", "イヌ", "乳液"]
THAI = ["กานดา", "เกรียง", "แก้ว", "ขวัญ"]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave the order of names as it was for the next test."""
    before = QLocale()
    yield
    set_name_order(None)
    QLocale.setDefault(before)


@pytest.mark.parametrize(("language", "names"), [("zh_TW", STROKES), ("ja", KANA), ("th", THAI)])
def test_lists_and_tables_have_the_order_of_the_language(qapp: QObject, language: str, names: list[str]) -> None:
    order_names(language)
    backwards = names[::-1]
    assert sorted(backwards, key=name_key) == names
    assert _in_a_table(names[::-1]) == names


def test_numbers_in_names_stand_by_their_value_and_capitals_beside_small_letters(qapp: QObject) -> None:
    order_names("en")
    names = ["apple", "Banana", "Poster 2", "poster 10", "Zebra"]
    backwards = names[::-1]
    assert sorted(backwards, key=name_key) == names


def test_names_that_count_as_equal_stand_by_their_letters(qapp: QObject) -> None:
    order_names("en")
    assert sorted(["VIP", "ＶＩＰ"], key=name_key) == ["VIP", "ＶＩＰ"]
    assert not name_key("VIP") < name_key("vip") and not name_key("vip") < name_key("VIP")


def test_without_a_window_names_stand_by_their_letters() -> None:
    set_name_order(None)
    assert sorted(["b", "Ａ", "a1", "B2"], key=name_key) == ["Ａ", "a1", "b", "B2"]


class _Column(IntEnum):
    NAME = 0


class _Names(RecordModel[str]):
    columns = _Column
    heads = {_Column.NAME: "Name"}

    def text(self, record: str, column: int) -> str:
        return record


def _in_a_table(names: list[str]) -> list[str]:
    owner = QObject()
    model = _Names(owner)
    model.show_rows(names)
    shown = sorted_rows(model, owner)
    shown.sort(0, Qt.SortOrder.AscendingOrder)
    return [str(shown.index(row, 0).data()) for row in range(shown.rowCount())]
