from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.views.theme import DARK, LIGHT, Tokens
from linecrm_desktop.views.widgets.charts.bars import Bar, Bars, Key
from linecrm_desktop.views.widgets.charts.chart import Chart
from linecrm_desktop.views.widgets.charts.comparison import Comparison
from linecrm_desktop.views.widgets.charts.drawing import Drawing
from linecrm_desktop.views.widgets.charts.heat import Heat, HeatCell, HeatRow, cell_colours, contrast
from linecrm_desktop.views.widgets.charts.interval import Interval, Intervals, Tick, round_steps
from linecrm_desktop.views.widgets.charts.lines import Line, Lines, Point, SmallMultiples
from linecrm_desktop.views.widgets.charts.look import Look, on_paper, on_screen
from linecrm_desktop.views.widgets.charts.waterfall import Steps

BARS = Bars(
    (
        Bar("Serum refill", 474, "474", lead="3 Nov", outline=4244),
        Bar("Linen", 492, "492", lead="11 Nov", outline=4244),
        Bar("Small", None, "under 20"),
    ),
    keys=(Key("sent"), Key("a broadcast", dashed=True)),
)
DIFFERENCE = Interval("Difference", 2.2, 6.2, 9.4, "+6.2 points", "likely 2.2 to 9.4")
COMPARISON = Comparison((Bar("Got", 12, "12.0%", note="223 of 1,860"), Bar("Kept", 5.8, "5.8%")), DIFFERENCE)
HEAT = Heat(
    ("New", "Repeat"),
    (
        HeatRow("Serum", (HeatCell(64, "64", "188 sent"), HeatCell(196, "196", "902 sent")), TagType.INTEREST),
        HeatRow("Linen", (HeatCell(None, "too few: 18"), HeatCell(72, "72", "492 sent"))),
    ),
)
MONTHS = ("Sep", "Oct", "Nov")
SENT = Line("sent", (Point(5200, "5,200"), Point(None, "—"), Point(3412, "3,412")))
BROADCAST = Line("a broadcast", (Point(9000, "9,000"), Point(None, "—"), Point(21220, "21,220")), "chart4", True)
LINES = Lines(MONTHS, (SENT, BROADCAST), "Messages")
EVERY = [
    BARS,
    COMPARISON,
    Intervals((DIFFERENCE,), (Tick(0, "0"), Tick(5, "5"))),
    HEAT,
    LINES,
    SmallMultiples((LINES, LINES, LINES)),
    Steps((Bar("Match", 612, "612"), Bar("Reachable", 541, "541"))),
]


@pytest.fixture
def heat(qtbot: QtBot) -> Chart:
    shown = Chart(HEAT, "Revenue per message")
    qtbot.addWidget(shown)
    shown.resize(400, 120)
    shown.show()
    return shown


@pytest.mark.parametrize("drawing", EVERY, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("look", [on_screen, on_paper, lambda: Look(DARK, 1.3)], ids=["screen", "paper", "dark130"])
def test_each_value_has_a_place_inside_the_drawing(qtbot: QtBot, drawing: Drawing, look: object) -> None:
    dressed: Look = look()  # type: ignore[operator]
    size = drawing.size(dressed)
    picture = QImage(size, QImage.Format.Format_ARGB32)
    picture.fill(dressed.colour("surface"))
    blank = picture.copy()
    painter = QPainter(picture)
    room = QRectF(0, 0, size.width(), size.height())
    places = drawing.paint(painter, room, dressed)
    painter.end()
    assert picture != blank
    assert len(places) == len(drawing.values())
    assert all(room.adjusted(-1, -1, 1, 1).contains(place) for place in places)


@pytest.mark.parametrize("drawing", EVERY, ids=lambda one: type(one).__name__)
def test_a_drawing_without_values_is_only_empty(qtbot: QtBot, drawing: Drawing) -> None:
    needs_two: dict[type, Drawing] = {Heat: Heat((), ()), Lines: Lines((), ())}
    nothing = needs_two.get(type(drawing)) or type(drawing)(())  # type: ignore[call-arg]
    shown = Chart(nothing)
    qtbot.addWidget(shown)
    shown.show()
    shown.grab()
    assert shown.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert shown.accessibleDescription() == shown.said() == ""


def test_every_value_is_told_in_words() -> None:
    assert [str(value) for value in BARS.values()] == [
        "3 Nov Serum refill: 474",
        "11 Nov Linen: 492",
        "Small: under 20",
    ]
    assert [str(value) for value in COMPARISON.values()] == [
        "Got: 12.0% · 223 of 1,860",
        "Kept: 5.8%",
        "Difference: +6.2 points · likely 2.2 to 9.4",
    ]
    assert [str(value) for value in LINES.values()][:2] == ["sent, Sep: 5,200", "sent, Oct: —"]


def test_the_arrow_keys_go_from_value_to_value_and_stop_at_the_ends(heat: Chart) -> None:
    gone = list[int]()
    heat.moved.connect(gone.append)
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_End)
    said = list[str]()
    for key in keys:
        QTest.keyClick(heat, key)
        said.append(heat.said())
    assert gone == [1, 3, 0, 3]
    assert said[:2] == ["Serum, Repeat: 196 · 902 sent", "Linen, Repeat: 72 · 492 sent"]


def test_a_ring_shows_where_one_is_only_with_the_focus(qtbot: QtBot, heat: Chart) -> None:
    qtbot.waitExposed(heat)
    heat.clearFocus()
    without = heat.grab().toImage()
    heat.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(heat.hasFocus)
    first = heat.grab().toImage()
    QTest.keyClick(heat, Qt.Key.Key_Right)
    assert first != without
    assert heat.grab().toImage() != first


def test_a_click_goes_to_the_value_under_it(heat: Chart) -> None:
    heat.grab()
    QTest.mouseClick(heat, Qt.MouseButton.LeftButton, pos=QPoint(380, 90))
    assert heat.said() == "Linen, Repeat: 72 · 492 sent"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_text_of_each_cell_is_readable(tokens: Tokens) -> None:
    for step in range(101):
        ground, text = cell_colours(step / 100, Look(tokens))
        assert contrast(text, ground) >= 4.5, step


def test_a_deeper_colour_is_never_worth_less() -> None:
    grounds = [cell_colours(step / 100, Look(LIGHT))[0].green() for step in range(101)]
    assert all(one >= later for one, later in pairwise(grounds))


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [(0, 12, [0, 5, 10]), (-1.2, 9.4, [0, 5]), (0, 0.9, [0, 0.5]), (-6, 9.4, [-5, 0, 5]), (0, 0, [0])],
)
def test_a_scale_has_few_and_round_steps(low: float, high: float, steps: list[float]) -> None:
    assert round_steps(low, high) == steps


def test_an_interval_has_the_colour_of_what_is_known() -> None:
    roles = [Interval("", low, 0, high, "").role for low, high in ((1, 2), (-2, -1), (-1, 1), (0, 1))]
    assert roles == ["chart1", "bad", "text2", "text2"]
