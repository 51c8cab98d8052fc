"""Tags that may be the same: named in the list, counted in the filter, compared and merged from the editor."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel
from pytestqt.qtbot import QtBot

from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import contracts
from linecrm_desktop.tagging.contracts import Contract
from linecrm_desktop.tags import library
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.merge_dialog import MergeDialog
from linecrm_desktop.views.tags.view import TagsView
from tests.maker import Maker
from tests.views.painting import settle
from tests.views.tag_screen import find, go_to, kept, listed, part, press, said, shown


@pytest.fixture
def ids(database: Database, make: Maker) -> SimpleNamespace:
    """Serum on 40 friends, 精華液 on 32 of them and 3 more; VIP on others."""
    with database.write() as session:
        serum = make.tag(session, "Serum", helps_decide="When to remind", owner="Amy")
        essence, vip = make.tag(session, "精華液"), make.tag(session, "Regulars")
        friends = [make.friend(session) for _number in range(60)]
        for tag, mine in ((serum, friends[:40]), (essence, friends[8:43]), (vip, friends[43:])):
            for friend in mine:
                make.give(session, tag, friend)
    return SimpleNamespace(serum=serum, essence=essence, vip=vip)


@pytest.fixture
def view(desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> Iterator[TagsView]:
    yield from shown(desk, qtbot)


def test_look_alikes_are_named_worse_than_no_decision(view: TagsView, ids: SimpleNamespace) -> None:
    assert said(view, ids.serum)[Column.HEALTH] == "Looks like “精華液”"
    heard = view.model.index_of(ids.essence, Column.HEALTH).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Looks like “Serum”; No decision; No owner"


def test_the_filter_lists_them(view: TagsView, qtbot: QtBot) -> None:
    assert part(view.panel.filter, "option3").text() == "Look-alikes 2"
    press(view, "option3", qtbot)
    assert listed(view) == {"Product interest": ["Serum", "精華液"]}


def test_compare_and_merge_begins_with_the_larger_tag_as_the_one_that_stays(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    go_to(view, ids.serum, Column.TAG, qtbot)
    banner = find(view, QFrame, "tagAlike")
    assert find(banner, QLabel, "bannerText").text() == (
        "“精華液” may be the same tag. 32 of its 35 friends also have “Serum” (91%)."
    )
    press(view, "tagCompare", qtbot)
    dialog = find(view, MergeDialog, "mergeDialog")
    qtbot.waitUntil(lambda: not dialog.planned.wait.isActive())
    settle(desk, qtbot)
    assert dialog.keep.currentData() == ids.serum
    press(dialog, "mergeYes", qtbot)
    settle(desk, qtbot)
    assert list(kept(database)) == ["Regulars", "Serum"]
    assert said(view, ids.serum)[Column.HEALTH] == "Healthy"


def test_opposites_are_never_look_alikes(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, make: Maker, qtbot: QtBot
) -> None:
    with database.write() as session:
        draft = next(row.draft for row in library.all_tags(session) if row.id == ids.serum)
        contracts.write(session, ids.serum, Contract(draft, opposites=frozenset({ids.essence})), make.now)
    view.show_place(Place(Page.TAGS))
    settle(desk, qtbot)
    assert said(view, ids.serum)[Column.HEALTH] == "Healthy"
