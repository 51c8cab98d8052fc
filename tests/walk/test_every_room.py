"""Every page and every dialog of the sample shop, in four languages, both looks and two sizes of text."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from linecrm_desktop import app
from linecrm_desktop.jobs import Task
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.text import set_language
from linecrm_desktop.tour.play import NOW
from linecrm_desktop.tour.room_list import rooms
from linecrm_desktop.tour.rooms import Walk
from linecrm_desktop.tour.silent import GoingOnDialogs
from linecrm_desktop.views.choices import Choices
from tests.walk import faults
from tests.walk.walking import walking

LOOKS = [("en", "light", 100), ("zh_TW", "dark", 130), ("ja", "light", 130), ("th", "dark", 100)]
"""Together they have each language, both looks and both sizes; all sixteen would say little more and take an hour."""
Find = Callable[[QWidget], Iterator[str]]


@pytest.fixture
def walk(qapp: QApplication, home: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """Open the sample shop of a language in a window that speaks it."""
    language, theme, size = request.param
    home.mkdir(exist_ok=True)
    set_language(language)
    database = open_shop(app.make_sample(tmp_path / "Morning Mist", NOW, Task()))
    choices = Choices(qapp, Preferences(language=language, theme=theme, text_size=size))
    with walking(database, choices, GoingOnDialogs(), tmp_path) as walk:
        yield walk


def visit(walk: Walk, *finds: Find) -> list[str]:
    """Go through all rooms; return every fault with the room it is in."""
    found: list[str] = []
    for room in rooms():
        shown = walk.enter(room)
        found += [f"{room.name}: {fault}" for find in finds for fault in find(shown)]
        walk.leave(shown)
    return found


def faint(shown: QWidget) -> Iterator[str]:
    return faults.faint(shown, shown.grab().toImage())


@pytest.mark.parametrize("walk", LOOKS, indirect=True, ids=["-".join(map(str, look)) for look in LOOKS])
def test_all_is_named_whole_apart_and_readable(walk: Walk) -> None:
    assert visit(walk, faults.unnamed, faults.clipped, faults.overlapping, faint) == []


@pytest.mark.parametrize("walk", LOOKS[:1], indirect=True, ids=["en"])
def test_the_keyboard_comes_everywhere_in_the_order_of_reading(walk: Walk) -> None:
    assert visit(walk, faults.by_keys) == []
