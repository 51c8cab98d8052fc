"""The list of segments at every text size and width: no head is cut, and a core card shows the tags it asks for."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import codec, counts, library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag, Joined
from linecrm_desktop.store.database import Database
from linecrm_desktop.views import theme
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.segments.segment_table import SegmentTable
from linecrm_desktop.views.segments.table_model import Column
from linecrm_desktop.views.segments.view import SegmentsView
from linecrm_desktop.views.widgets.chips import ChipLabel
from tests.maker import Maker
from tests.views.settling import settle

LONG = "Serum buyers ready to repurchase"


@pytest.fixture
def view(desk: Desk, qtbot: QtBot, database: Database, make: Maker) -> SegmentsView:
    with database.write() as session:
        library.save(session, SegmentDraft(LONG, "Whom to tell", AllOf((Joined(days=30),))), make.now)
    made = SegmentsView(desk)
    made.resize(1380, 800)
    qtbot.addWidget(made)
    desk.jobs.changed.connect(made.reload)
    made.show()
    made.show_place(Place(Page.SEGMENTS))
    settle(desk, qtbot)
    return made


def shown(table: SegmentTable) -> list[Column]:
    return [column for column in Column if not table.isColumnHidden(column)]


def cut_heads(table: SegmentTable) -> list[str]:
    """Return the heads that have less room than their text and the padding beside it take."""
    metrics = QFontMetrics(theme.font(12, strong=True))
    heads = {column: str(table.shown.headerData(column, Qt.Orientation.Horizontal)) for column in shown(table)}
    return [head for at, head in heads.items() if table.columnWidth(at) < metrics.horizontalAdvance(head) + 16]


@pytest.mark.parametrize("language", ["en", "zh_TW", "ja", "th"])
@pytest.mark.parametrize("size", [90, 130])
def test_no_head_and_no_name_is_cut(
    view: SegmentsView, choices: Choices, desk: Desk, qtbot: QtBot, language: str, size: int
) -> None:
    choices.choose(language=language, text_size=size)
    view.retranslate()
    settle(desk, qtbot)
    table = view.list.table
    qtbot.waitUntil(lambda: not table._fit.isActive())
    assert cut_heads(table) == []
    assert table.sizeHintForIndex(table.shown.index(0, Column.NAME)).width() <= table.columnWidth(Column.NAME)
    assert {Column.NAME, Column.MATCH, Column.REACH, Column.HEALTH} <= set(shown(table))


def test_where_room_is_short_optional_columns_go_and_come_back(view: SegmentsView, qtbot: QtBot, desk: Desk) -> None:
    table = view.list.table
    assert shown(table) == list(Column)
    view.resize(760, 800)
    settle(desk, qtbot)
    assert Column.USED not in shown(table) and Column.HEALTH in shown(table)
    assert cut_heads(table) == []
    view.resize(1380, 800)
    settle(desk, qtbot)
    assert shown(table) == list(Column)


def test_a_width_that_a_person_gave_stays(view: SegmentsView, qtbot: QtBot, desk: Desk) -> None:
    table = view.list.table
    table.horizontalHeader().resizeSection(Column.MATCH, 140)
    view.resize(1300, 800)
    view._read()
    settle(desk, qtbot)
    assert table.columnWidth(Column.MATCH) == 140


def test_a_core_card_shows_the_tags_of_its_rules_and_the_change_of_the_week(
    view: SegmentsView, qtbot: QtBot, desk: Desk, database: Database, make: Maker
) -> None:
    with database.write() as session:
        library.make_core(session, make.now)
        tags = [make.tag(session, name, TagType.STAGE) for name in ("New friend", "First look", "Asked", "Told", "Met")]
        for tag in tags:
            make.give(session, tag, make.friend(session))
        core = session.scalars(select(Segment).where(Segment.core == "new_friends")).one()
        core.rule = codec.to_json(AllOf((HasTag(tuple(tags)),)))
        counts.record(session, {core.id: (3, 2)}, desk.day(), desk.now() - timedelta(days=8))
    view._read()
    settle(desk, qtbot)
    card, other = view.list.cards[:2]
    assert [chip.text() for chip in card.chips.findChildren(ChipLabel)] == [
        *("New friend", "First look", "Asked", "Told"),
        "+1",
    ]
    assert card.chips.toolTip() == "New friend, First look, Asked, Told, Met"
    assert not other.chips.isVisibleTo(view)
    change = view.findChild(QLabel, "coreChange1")
    assert change is not None and change.text() == "+3 this week"
    assert view.findChild(QWidget, "coreTags1") is card.chips
