"""Two circles to scale: areas and the common part say what the numbers say."""

from math import isclose, pi

import pytest
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.views.widgets.venn import Venn, circles, lens


@pytest.mark.parametrize("counts", [(851, 353, 35), (50, 400, 0), (200, 200, 200), (4000, 300, 10), (3, 400, 5)])
def test_areas_are_as_the_counts(counts: tuple[int, int, int]) -> None:
    only_large, both, only_small = counts
    drawn = circles(*counts)
    large = only_large + both
    assert isclose(drawn.small**2, (both + only_small) / large, rel_tol=1e-9)
    assert isclose(lens(drawn.large, drawn.small, drawn.apart) / pi, both / large, rel_tol=1e-6)


def test_circles_of_nobody_in_common_do_not_touch_each_other() -> None:
    drawn = circles(100, 0, 90)
    assert drawn.apart >= drawn.large + drawn.small


def test_a_tiny_set_can_still_be_seen_and_nobody_at_all_is_drawn_too() -> None:
    assert circles(100_000, 1, 0).small > 0.1
    assert circles(0, 0, 0).large == 1


def test_the_numbers_can_be_heard(qtbot: QtBot) -> None:
    shown = Venn()
    qtbot.addWidget(shown)
    shown.resize(330, 200)
    shown.show_sets(("Serum", "精華液"), (851, 353, 35), TagType.INTEREST)
    shown.grab()
    assert shown.accessibleDescription() == "only Serum: 851; both: 353; only 精華液: 35"
