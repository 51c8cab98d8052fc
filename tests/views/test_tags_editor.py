"""What is agreed about a tag: where it comes from, owner, how long it lasts, groups, opposites, review, old names."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLabel
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.message import Message
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags.relations import relations
from linecrm_desktop.text import _
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.view import TagsView
from tests.maker import Maker
from tests.views.painting import settle
from tests.views.tag_screen import field, find, go_to, kept, listed, part, press, said, shown


@pytest.fixture
def ids(database: Database, make: Maker) -> SimpleNamespace:
    with database.write() as session:
        serum = make.tag(session, "Serum", owner="小安", exclusive_group="Care")
        vip, buyer = make.tag(session, "VIP", TagType.VALUE, owner="Amy"), make.tag(session, "Buyer", TagType.STAGE)
        mei, bo = make.friend(session), make.friend(session)
        make.give(session, serum, mei, TagOrigin.IMPORT)
        make.give(session, serum, bo, TagOrigin.HAND)
        make.give(session, vip, bo, TagOrigin.RULE)
        segment = segments.save(session, SegmentDraft("Serum buyers", "x", AllOf((HasTag((serum,)),))), make.now)
        message = Message(name="Refill", segment_id=segment, created_at=make.now, changed_at=make.now)
        session.add(message)
        session.flush()
        return SimpleNamespace(serum=serum, vip=vip, buyer=buyer, segment=segment, message=message.id)


@pytest.fixture
def view(desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> Iterator[TagsView]:
    yield from shown(desk, qtbot)


def save(view: TagsView, desk: Desk, qtbot: QtBot) -> None:
    press(view, "tagSave", qtbot)
    settle(desk, qtbot)


def test_the_editor_says_where_a_tag_comes_from_and_links_to_all_that_uses_it(
    view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    assert said(view, ids.serum)[Column.USED_BY] == "1 segment, 1 message"
    go_to(view, ids.serum, Column.TAG, qtbot)
    settle(desk, qtbot)
    assert find(view, QLabel, "tagOrigin").text() == "By hand: 1\nBy an import: 1"
    with qtbot.waitSignal(view.asked_for) as asked:
        press(view, f"used_message_{ids.message}", qtbot)
    assert asked.args == [Place(Page.MESSAGES, ids.message)]
    link = part(view, f"used_segment_{ids.segment}")
    link.setFocus()
    with qtbot.waitSignal(view.asked_for) as asked:
        qtbot.keyClick(link, Qt.Key.Key_Space)
    assert asked.args == [Place(Page.SEGMENTS, ids.segment)]
    go_to(view, ids.vip, Column.TAG, qtbot)
    settle(desk, qtbot)
    assert find(view, QLabel, "tagOrigin").text() == "By a rule"


def test_showing_a_tag_changes_nothing_in_it(view: TagsView, ids: SimpleNamespace, qtbot: QtBot) -> None:
    for tag in (ids.serum, ids.vip, ids.buyer):
        go_to(view, tag, Column.TAG, qtbot)
        assert not view.editor.is_changed
        assert not part(view, "tagSave").isEnabled()


def test_all_that_is_agreed_is_saved_as_one_and_taken_back_as_one(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    before = kept(database)
    go_to(view, ids.vip, Column.TAG, qtbot)
    runs_out, more = view.editor.fields.runs_out, view.editor.fields.more
    runs_out.choice.setCurrentIndex(runs_out.choice.findData(180))
    press(view, "tagMore", qtbot)
    group, words = find(view, QComboBox, "tagGroupName"), field(view, "tagWords")
    assert isinstance(group, QComboBox)
    assert [group.itemText(row) for row in range(group.count())] == ["", "Care"]
    group.setEditText("Tier")
    for chooser, tag in ((more.opposites.choice, ids.buyer), (more.parents.choice, ids.serum)):
        chooser.setCurrentIndex(chooser.findData(tag))
        chooser.activated.emit(chooser.currentIndex())
    type_into(words, "貴賓、best")
    type_into(field(view, "tagReason"), "asked at the counter")
    find(view, QCheckBox, "tagSeasonal").click()
    find(view, QCheckBox, "tagReviews").click()
    find(view, QDateEdit, "tagReviewOn").setDate(QDate(2027, 1, 15))
    save(view, desk, qtbot)
    draft = kept(database)["VIP"]
    assert (draft.runs_out_days, draft.exclusive_group, draft.review_on) == (180, "Tier", date(2027, 1, 15))
    assert (draft.is_seasonal, draft.lawful_reason) == (True, "asked at the counter")
    with database.read() as session:
        told = relations(session)
    assert told.are_opposites(ids.vip, ids.buyer)
    assert told.parents == {(ids.vip, ids.serum)}
    assert not view.editor.is_changed
    press(view, "tagMore", qtbot)
    assert part(view, "tagMore").text() == "More · 7"
    type_into(view.panel.search, "BEST")
    assert listed(view) == {"Customer value": ["VIP"]}
    desk.undo.undo()
    settle(desk, qtbot)
    assert kept(database) == before
    with database.read() as session:
        assert not relations(session).opposites


def test_an_opposite_is_taken_out_again(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    go_to(view, ids.vip, Column.TAG, qtbot)
    press(view, "tagMore", qtbot)
    chooser = view.editor.fields.more.opposites.choice
    chooser.setCurrentIndex(chooser.findData(ids.buyer))
    chooser.activated.emit(chooser.currentIndex())
    save(view, desk, qtbot)
    press(view, f"tagOpposite_{ids.buyer}", qtbot)
    save(view, desk, qtbot)
    with database.read() as session:
        assert not relations(session).opposites


def test_a_renamed_tag_is_still_found_by_its_old_name(
    view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    go_to(view, ids.serum, Column.TAG, qtbot)
    field(view, "tagName").selectAll()
    type_into(field(view, "tagName"), "精華液")
    save(view, desk, qtbot)
    assert field(view, "tagWords").text() == "Serum"
    type_into(view.panel.search, "serum")
    assert listed(view) == {"Product interest": ["精華液"]}


def test_a_number_of_days_of_ones_own(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    go_to(view, ids.serum, Column.TAG, qtbot)
    runs_out = view.editor.fields.runs_out
    assert not runs_out.own.isVisible()
    runs_out.choice.setCurrentIndex(runs_out.choice.count() - 1)
    assert runs_out.own.isVisible()
    runs_out.own.setValue(45)
    save(view, desk, qtbot)
    assert kept(database)["Serum"].runs_out_days == 45
    assert runs_out.days() == 45
    assert runs_out.own.isVisible()


def test_owners_so_far_are_offered(view: TagsView, ids: SimpleNamespace, qtbot: QtBot) -> None:
    go_to(view, ids.buyer, Column.TAG, qtbot)
    owner = view.editor.fields.owner
    assert [owner.itemText(row) for row in range(owner.count())] == ["", "Amy", "小安"]


def test_give_an_owner_goes_to_that_field(view: TagsView, ids: SimpleNamespace, qtbot: QtBot) -> None:
    go_to(view, ids.buyer, Column.TAG, qtbot)
    view.panel.actions_.all["owner"].trigger()
    assert field(view, "tagOwner").hasFocus()


def test_another_language_says_anew_where_a_tag_comes_from(
    view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    go_to(view, ids.vip, Column.TAG, qtbot)
    settle(desk, qtbot)
    desk.choices.language_changed.connect(view.retranslate)
    desk.choices.choose(language="ja")
    settle(desk, qtbot)
    assert part(view, "tagSave").text() == "目的を記入せずに保存"
    assert find(view, QLabel, "tagOrigin").text() == _("By a rule")
    assert not view.editor.is_changed
