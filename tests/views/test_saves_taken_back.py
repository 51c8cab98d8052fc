"""What is saved over something older can be had back: the rules of a segment, a notice that nobody was told."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from linecrm_desktop.consent import notices
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.segments.saving import CHANGED
from linecrm_desktop.views.segments.view import SegmentsView
from linecrm_desktop.views.settings.notice_dialog import NoticeDialog
from tests.maker import Maker
from tests.views.settling import settle


@pytest.fixture
def drafts(database: Database, make: Maker) -> tuple[SegmentDraft, SegmentDraft]:
    """A segment as it is saved, and as it will be."""
    with database.write() as session:
        serum, linen = (make.tag(session, name, TagType.INTEREST) for name in ("Serum", "Linen"))
    before = SegmentDraft("Serum lovers", "Who hears of serum", AllOf((HasTag((serum,)),)))
    return before, replace(before, rule=AllOf((HasTag((linen,)),)))


@pytest.fixture
def saved(database: Database, make: Maker, drafts: tuple[SegmentDraft, SegmentDraft]) -> int:
    with database.write() as session:
        return library.save(session, drafts[0], make.now)


@pytest.fixture
def view(desk: Desk, qtbot: QtBot, drafts: tuple[SegmentDraft, SegmentDraft], saved: int) -> SegmentsView:
    """The builder, where the segment was changed and saved."""
    made = SegmentsView(desk)
    qtbot.addWidget(made)
    made.show()
    made.open(saved)
    qtbot.waitUntil(lambda: made.builder.segment_id == saved, timeout=10_000)
    made.builder.put(drafts[1])
    made.builder.save()
    settle(desk, qtbot)
    return made


def test_a_save_over_older_rules_is_taken_back_and_done_again_and_the_open_builder_follows(
    view: SegmentsView,
    desk: Desk,
    qtbot: QtBot,
    database: Database,
    drafts: tuple[SegmentDraft, SegmentDraft],
    saved: int,
) -> None:
    assert _rule(database, saved) == drafts[1].rule
    desk.undo.undo()
    settle(desk, qtbot)
    view.reload(CHANGED)
    settle(desk, qtbot)
    assert (_rule(database, saved), view.builder.draft.rule) == (drafts[0].rule, drafts[0].rule)
    desk.undo.redo()
    settle(desk, qtbot)
    view.reload(CHANGED)
    settle(desk, qtbot)
    assert (_rule(database, saved), view.builder.draft.rule) == (drafts[1].rule, drafts[1].rule)


def test_what_is_not_saved_in_the_builder_stays_when_an_older_save_is_taken_back(
    view: SegmentsView,
    desk: Desk,
    qtbot: QtBot,
    database: Database,
    drafts: tuple[SegmentDraft, SegmentDraft],
    saved: int,
) -> None:
    unsaved = replace(drafts[1], helps_decide="Who hears of linen")
    view.builder.put(unsaved)
    desk.undo.undo()
    settle(desk, qtbot)
    view.reload(CHANGED)
    settle(desk, qtbot)
    assert view.builder.draft == unsaved
    assert _rule(database, saved) == drafts[0].rule


def test_a_new_notice_goes_again_and_comes_again(desk: Desk, qtbot: QtBot, database: Database) -> None:
    before = _notices(database)
    dialog = NoticeDialog(desk, None, 0, "en", None)
    qtbot.addWidget(dialog)
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert len(_notices(database)) == len(before) + 1
    desk.undo.undo()
    settle(desk, qtbot)
    assert _notices(database) == before
    desk.undo.redo()
    settle(desk, qtbot)
    desk.undo.undo()
    settle(desk, qtbot)
    assert _notices(database) == before


def test_a_notice_that_was_changed_gets_its_words_back(
    desk: Desk, qtbot: QtBot, database: Database, make: Maker
) -> None:
    with database.write() as session:
        row = notices.add(session, notices.drafts("Morning Mist")["en"], make.now, make.now)
    dialog = NoticeDialog(desk, row, row.version, "en", None)
    qtbot.addWidget(dialog)
    dialog.words.setPlainText("Other words.")
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert _notices(database)[0] == "Other words."
    desk.undo.undo()
    settle(desk, qtbot)
    assert _notices(database)[0] == row.text


def _rule(database: Database, segment: int) -> object:
    with database.read() as session:
        return library.load(session, segment).rule


def _notices(database: Database) -> list[str]:
    with database.read() as session:
        return [row.text for row in notices.all_notices(session)]
