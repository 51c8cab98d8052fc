import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from linecrm_desktop.jobs import Word
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice_script import read_script
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.models.campaign import Campaign, Delivery
from linecrm_desktop.models.reading import Reading
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results.lift import pooled
from linecrm_desktop.results.outcome import all_campaigns
from linecrm_desktop.results.steps import StepResult
from linecrm_desktop.results.totals import total
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.report.blocks import Table
from linecrm_desktop.views.results.asking import is_wanted
from linecrm_desktop.views.results.steps_page import Column as StepColumn
from linecrm_desktop.views.results.steps_page import StepTableModel
from linecrm_desktop.views.results.table import Column, ResultsTableModel
from linecrm_desktop.views.results.view import ResultsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.results.paths import put_path
from tests.results.review_shop import give_all, put_friends
from tests.results.sends import put_send
from tests.views.settling import WAIT, settle


@pytest.fixture
def sends(database: Database, make: Maker) -> dict[str, int]:
    with database.write() as session:
        ids = [make.friend(session) for _ in range(100)]
        old = put_send(
            session,
            make.ago(20),
            ids[:60],
            ids[60:95],
            left_out=[(ids[95], "refused")],
            refused=[(ids[96], "unknown_id")],
            name="Old",
            is_practice=True,
            ended_at=make.ago(20),
        )
        ended = {"ended_at": make.ago(2), "is_practice": True}
        young = put_send(session, make.ago(2), ids[:40], ids[40:45], name="Young", **ended)
        for friend in ids[:6]:
            make.order(session, friend, days_ago=19, total=100_000)
        make.order(session, ids[60], days_ago=18, total=100_000)
    return {"old": old, "young": young}


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[ResultsView]:
    shown = ResultsView(desk)
    qtbot.addWidget(shown)
    shown.resize(1240, 800)
    shown.show()
    yield shown
    settle(desk, qtbot)


def cell(view: ResultsView, row: int, column: Column) -> str:
    model = view.messages.table.model()
    return str(model.data(model.index(row, column)))


def shown(view: ResultsView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.messages.table.model().rowCount() == 2, timeout=WAIT)


def label(view: ResultsView, name: str) -> str:
    found = view.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_each_send_is_a_line_with_its_numbers(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.messages.table.model().rowCount() == 2, timeout=WAIT)
    assert [cell(view, 1, column) for column in Column] == [
        *("23 Oct", "Old", "Serum buyers", "60", "—", "—", "6", "NT$6,000", "NT$100", "—"),
        *("+7.1 points, likely −4.8 to 16.6", "Not sure yet"),
    ]


def test_an_open_window_says_until_when_it_counts(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    view.show_place(Place(Page.RESULTS, sends["young"]))
    qtbot.waitUntil(lambda: view.messages.table.model().rowCount() == 2, timeout=WAIT)
    assert cell(view, 0, Column.WORD) == "counts until 17 Nov"
    assert label(view, "doubt") == "It counts until Tue 17 Nov 2026. Look again then."


def test_the_chosen_send_is_put_into_words(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    view.show_place(Place(Page.RESULTS, sends["old"]))
    qtbot.waitUntil(lambda: label(view, "changeTitle") == "Old: what did it change?")
    assert label(view, "comparison") == "6 of 60 ordered against 1 of 35 kept back."
    assert label(view, "goal") == "The brief asked for at least 5%. It was 10.0%."
    way = " ".join(part.text() for part in view.messages.way.findChildren(QLabel))
    assert "Taken out: refused marketing. 1" in way
    assert "LINE does not know this user ID. Check the last import. 1" in way
    assert "A broadcast would have needed 100" in way


def test_numbers_that_are_not_known_are_dashes_that_say_why(
    sends: dict[str, int], view: ResultsView, qtbot: QtBot
) -> None:
    shown(view, qtbot)
    opened, blocks = (view.messages.tiles.tiles[name] for name in ("opened", "blocks"))
    assert (opened.number.text(), blocks.number.text()) == ("—", "—")
    assert opened.toolTip() == "LINE was not asked yet. “Read LINE’s numbers” asks it."
    assert "nobody knows" in blocks.toolTip()


def test_what_line_told_is_shown_as_shares_and_few_people_as_under_20(
    database: Database, sends: dict[str, int], view: ResultsView, qtbot: QtBot, now: datetime
) -> None:
    with database.write() as session:
        day = now.date()
        told = Reading(
            campaign_id=sends["old"], sent_on=day, day=day + timedelta(days=9), at=now, seen=42, pressed=None
        )
        session.add(told)
    view.reload(frozenset({Word.CAMPAIGNS}))
    qtbot.waitUntil(lambda: cell(view, 1, Column.OPENED) == "70.0%")
    assert cell(view, 1, Column.CLICKED) == "under 20"
    assert cell(view, 0, Column.OPENED) == "—"
    assert view.messages.sum.cell(Column.OPENED) == "at least 70.0%"
    view.show_place(Place(Page.RESULTS, sends["old"]))
    qtbot.waitUntil(lambda: label(view, "changeTitle").startswith("Old"))
    funnel = view.messages.funnel.chart.accessibleDescription()
    assert funnel == "Accepted by LINE: 60 · 100%; Opened: 42 · 70%; Clicked: under 20; Ordered: 6 · 10%"


def test_the_sum_stays_under_the_table_with_its_columns(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    shown(view, qtbot)
    said = [
        view.messages.sum.cell(column) for column in (Column.MESSAGE, Column.ACCEPTED, Column.ORDERS, Column.REVENUE)
    ]
    assert said == ["All 2 messages", "100", "6", "NT$6,000"]
    view.messages.table.setColumnWidth(Column.REVENUE, 131)
    assert view.messages.sum.columnWidth(Column.REVENUE) == 131


def test_a_chart_says_both_groups_and_their_difference(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    view.show_place(Place(Page.RESULTS, sends["old"]))
    qtbot.waitUntil(lambda: label(view, "changeTitle").startswith("Old"))
    assert view.messages.change.chart.accessibleDescription() == (
        "Got the message: 10.0% · 6 of 60; Kept back: 2.9% · 1 of 35; Difference: +7.1 points · likely −4.8 to 16.6"
    )


def test_the_filters_narrow_the_table_and_its_sum(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    shown(view, qtbot)
    period = view.messages.filters.period
    assert [period.itemText(at) for at in range(period.count())] == [
        *("All sends", "Last 30 days", "Last 90 days", "Nov 2026", "Oct 2026")
    ]
    period.setCurrentIndex(4)
    assert [cell(view, row, Column.MESSAGE) for row in range(view.messages.table.model().rowCount())] == ["Old"]
    assert view.messages.tiles.tiles["accepted"].number.text() == "60"
    view.reload(frozenset({Word.CAMPAIGNS}))
    qtbot.waitUntil(lambda: not view._desk.jobs.is_busy)
    assert period.currentText() == "Oct 2026"


def test_a_send_that_is_asked_for_is_found_behind_any_filter(
    sends: dict[str, int], view: ResultsView, qtbot: QtBot
) -> None:
    shown(view, qtbot)
    view.messages.filters.period.setCurrentIndex(4)
    view.show_place(Place(Page.RESULTS, sends["young"]))
    qtbot.waitUntil(lambda: label(view, "changeTitle").startswith("Young"))


def test_a_narrow_window_leaves_out_the_segment_first(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    shown(view, qtbot)
    view.resize(1600, 800)
    assert not view.messages.table.isColumnHidden(Column.SEGMENT)
    view.resize(1080, 800)
    assert view.messages.table.isColumnHidden(Column.SEGMENT)
    assert view.messages.sum.isColumnHidden(Column.SEGMENT)
    assert not view.messages.table.isColumnHidden(Column.WORD)


def test_variants_stand_beside_each_other_with_what_can_be_said(
    database: Database, make: Maker, view: ResultsView, qtbot: QtBot
) -> None:
    with database.write() as session:
        ids = [make.friend(session) for _ in range(80)]
        sent = put_send(session, make.ago(20), ids, name="Two", others=[[]], is_practice=True)
        for at, copy in enumerate(session.scalars(select(Delivery).where(Delivery.campaign_id == sent))):
            copy.variant = at % 2
    view.show_place(Place(Page.RESULTS, sent))
    qtbot.waitUntil(view.messages.variants.isVisible)
    card = view.messages.variants
    assert card.shares.accessibleDescription() == "Variant A: 0.0% · 0 of 40; Variant B: 0.0% · 0 of 40"
    assert label(view, "variantVerdict") == "No difference seen between A and B."


def test_the_months_stand_in_charts_and_in_a_table(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    shown(view, qtbot)
    view.show_place(Place(Page.RESULTS, part="months"))
    table = view.months.table
    texts = [[table.item(row, column) for column in range(6)] for row in range(table.rowCount())]
    assert [[item.text() for item in row if item] for row in texts] == [
        ["Nov 2026", "40", "100", "0", "NT$0", "—"],
        ["Oct 2026", "60", "100", "6", "NT$100", "—"],
    ]
    said = view.months.chart.accessibleDescription()
    assert said.startswith("Messages sent, Oct 2026: 60; Messages sent, Nov 2026: 40; As broadcasts, Oct 2026: 100")
    assert "Blocks, Nov 2026: —" in said


def test_journeys_without_a_step_say_what_will_stand_there(
    sends: dict[str, int], view: ResultsView, qtbot: QtBot
) -> None:
    shown(view, qtbot)
    view.show_place(Place(Page.RESULTS, part="journeys"))
    assert view.steps.empty.isVisible()


@pytest.fixture
def step(database: Database, make: Maker, now: datetime, sends: dict[str, int]) -> int:
    """The second step of a path; it was sent twice."""
    with database.write() as session:
        first, second = put_path(session, now, "Buyers", ["Care for it", "How to use it"])
        for name in sends.values():
            session.get_one(Campaign, name).journey_step_id = second
    assert first != second
    return second


def test_a_step_has_its_sends_together_and_a_verdict(step: int, view: ResultsView, qtbot: QtBot) -> None:
    view.show_place(Place(Page.RESULTS, part="journeys"))
    qtbot.waitUntil(lambda: view.steps.model.rowCount() == 1, timeout=WAIT)
    model = view.steps.table.model()
    said = [str(model.index(0, column).data()) for column in StepColumn]
    assert said[:4] == ["Buyers", "Step 2 · How to use it", "2", "100"]
    assert said[-1] == "Not sure yet"
    assert not view.steps.empty.isVisible()


def test_the_steps_can_be_printed(step: int, view: ResultsView, qtbot: QtBot) -> None:
    view.show_place(Place(Page.RESULTS, part="journeys"))
    qtbot.waitUntil(lambda: view.steps.model.rowCount() == 1, timeout=WAIT)
    assert view.paper.isVisible()
    made = view.report()
    (table,) = (block for block in made.blocks if isinstance(block, Table))
    assert (made.title, table.rows[0][:2]) == ("Steps of journeys", ("Buyers", "Step 2 · How to use it"))


def test_line_is_asked_when_results_opens_and_once_a_day(
    database: Database, desk: Desk, sends: dict[str, int], view: ResultsView, qtbot: QtBot, now: datetime
) -> None:
    shown(view, qtbot)
    with database.write() as session:
        session.get_one(Shop, 1).line_account = {"user_id": "U1", "name": "Morning Mist"}
    view.show_place(Place(Page.RESULTS))
    qtbot.waitUntil(lambda: cell(view, 0, Column.OPENED) == "not counted yet", timeout=WAIT)
    assert cell(view, 1, Column.OPENED) == "under 20"
    assert label(view, "lineSource").startswith("Opens and clicks from LINE, 12 Nov 10:31.")
    with database.read() as session:
        assert {row.at for row in session.scalars(select(Reading))} == {now}
        assert not is_wanted(session, now, is_practice=True)
        assert is_wanted(session, now + timedelta(days=1), is_practice=True)
        assert not is_wanted(session, now + timedelta(days=1), is_practice=False)


def test_a_line_that_cannot_be_reached_is_not_spoken_of(
    database: Database,
    desk: Desk,
    sends: dict[str, int],
    view: ResultsView,
    qtbot: QtBot,
    dialogs: RecordingDialogs,
    toasts: list[tuple[str, object]],
    tmp_path: Path,
) -> None:
    shown(view, qtbot)
    with database.write() as session:
        session.get_one(Shop, 1).line_account = {"user_id": "U1", "name": "Morning Mist"}
    script = tmp_path / "script.json"
    script.write_text(json.dumps({"rules": [{"when": {"endpoint": "any"}, "then": {"fault": "drop_before"}}]}))
    desk.line.close()
    desk.line = LineDoor(None, PracticeWorld(script=read_script(script)))
    with qtbot.waitSignal(view.asking.ended, timeout=WAIT):
        view.show_place(Place(Page.RESULTS))
    assert (dialogs.errors, toasts) == ([], [])
    assert cell(view, 0, Column.OPENED) == "—"
    assert view.ask.isEnabled()


def test_line_is_asked_at_a_press_and_the_window_says_how_often(
    sends: dict[str, int], view: ResultsView, qtbot: QtBot, toasts: list[tuple[str, object]]
) -> None:
    shown(view, qtbot)
    qtbot.mouseClick(view.ask, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(toasts), timeout=WAIT)
    assert toasts[0][0] == "All numbers are up to date. LINE counts once a day, for 14 days after a message." or (
        toasts[0][0].startswith("LINE was asked ")
    )
    assert view.ask.isEnabled()


def test_a_click_chooses_another_send(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.messages.table.model().rowCount() == 2, timeout=WAIT)
    place = view.messages.table.visualRect(view.messages.table.model().index(1, Column.MESSAGE)).center()
    qtbot.mouseClick(view.messages.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert label(view, "changeTitle") == "Old: what did it change?"


def test_no_send_at_all_offers_to_write_one(view: ResultsView, qtbot: QtBot) -> None:
    assert view.empty.isVisible()
    assert view.empty.sentence.text().startswith("No results yet.")
    with qtbot.waitSignal(view.asked_for) as said:
        qtbot.mouseClick(view.empty.action, Qt.MouseButton.LeftButton)
    assert said.args == [Place(Page.MESSAGES, part="new")]


def test_without_a_send_the_other_parts_say_what_is_missing(view: ResultsView, qtbot: QtBot) -> None:
    view.show_place(Place(Page.RESULTS, part="journeys"))
    assert view.steps.empty.isVisible()
    view.show_place(Place(Page.RESULTS, part="review"))
    assert view.review.isVisible()
    assert not view.empty.isVisible()
    qtbot.waitUntil(lambda: label(view, "reviewEmptySentence").startswith("No send is old enough yet"), timeout=WAIT)
    assert not view.paper.isVisible()


def test_a_review_is_reached_and_printed_without_any_send(
    database: Database, make: Maker, view: ResultsView, qtbot: QtBot
) -> None:
    with database.write() as session:
        idle = make.tag(session, "Market 2024", created_at=make.ago(300))
        give_all(session, idle, put_friends(session, make, 30), make.ago(250))
    view.show_place(Place(Page.RESULTS, part="review"))
    qtbot.waitUntil(view.paper.isVisible, timeout=WAIT)
    assert view.save.isVisible()
    made = view.report()
    (table,) = (block for block in made.blocks if isinstance(block, Table))
    assert (made.title, table.rows[0][:2]) == ("Tag review", ("Retire", "Market 2024"))


def test_the_results_model_keeps_qts_rules(
    desk: Desk, database: Database, sends: dict[str, int], qtmodeltester: ModelTester
) -> None:
    model = ResultsTableModel(desk.day(), "TWD")
    with database.read() as session:
        model.show_rows(all_campaigns(session, desk.day()))
    qtmodeltester.check(model)


def test_the_model_of_steps_keeps_qts_rules(
    desk: Desk, database: Database, sends: dict[str, int], qtmodeltester: ModelTester
) -> None:
    with database.read() as session:
        both = all_campaigns(session, desk.day())
    model = StepTableModel("TWD")
    lift = pooled([(one.sent, one.kept) for one in both])
    model.show_rows([StepResult(1, "Buyers", place, "Care", total(both), lift) for place in (1, None)])
    assert model.index(1, StepColumn.STEP).data() == "Care (taken out of the path)"
    qtmodeltester.check(model)
