"""Days that a person picks are written as all dates are, and weeks begin where the formats let them begin."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from linecrm_desktop.text import set_formats, set_language
from linecrm_desktop.views.widgets.day_field import DayField
from linecrm_desktop.views.widgets.time_field import MomentField

DAY = date(2026, 11, 12)


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    """Leave the language as it was for the next test."""
    yield
    set_formats("")
    set_language("en")


@pytest.mark.parametrize(
    ("formats", "written", "first"),
    [
        ("en", "12 Nov 2026", Qt.DayOfWeek.Monday),
        ("zh_TW", "2026/11/12", Qt.DayOfWeek.Sunday),
        ("ja", "2026/11/12", Qt.DayOfWeek.Sunday),
        ("th", "12 พ.ย. ค.ศ. 2026", Qt.DayOfWeek.Sunday),
        ("th_CE", "12 พ.ย. 2026", Qt.DayOfWeek.Sunday),
    ],
)
def test_a_day_is_written_by_the_formats_and_the_week_begins_by_them(
    qtbot: QtBot, formats: str, written: str, first: Qt.DayOfWeek
) -> None:
    set_formats(formats)
    field = DayField(DAY)
    qtbot.addWidget(field)
    assert (field.text(), field.day) == (written, DAY)
    assert field.calendarWidget().firstDayOfWeek() == first


def test_a_field_that_stands_already_is_written_anew_when_it_is_shown_again(qtbot: QtBot) -> None:
    field = DayField(DAY)
    qtbot.addWidget(field)
    set_formats("zh_TW")
    field.show()
    assert field.text() == "2026/11/12"


def test_a_moment_is_written_by_the_formats_and_its_time_by_the_clock_of_the_shop(qtbot: QtBot) -> None:
    set_formats("ja")
    field = MomentField("Asia/Taipei")
    qtbot.addWidget(field)
    moment = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
    field.show_moment(moment)
    assert (field.text(), field.moment) == ("2026/11/12 20:00", moment)
