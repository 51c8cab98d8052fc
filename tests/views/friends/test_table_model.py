from array import array
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends.directory import FriendRow
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.library import TagChip
from linecrm_desktop.views.friends.columns import Column
from linecrm_desktop.views.friends.table_model import ROW_ROLE, SORT_ROLE, FriendTableModel
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE

CHIPS = (TagChip(1, "Serum", TagType.INTEREST), TagChip(2, "VIP", TagType.VALUE), TagChip(3, "Store", TagType.SOURCE))


class Shop:
    """Brings rows when it is told to, as a reading worker would."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.waiting: list[tuple[list[int], Callable[[list[FriendRow]], None]]] = []
        self.gone: set[int] = set()
        self.at_once = True

    def fetch(self, ids: list[int], done: Callable[[list[FriendRow]], None]) -> None:
        self.waiting.append((ids, done))
        if self.at_once:
            self.bring()

    def bring(self) -> None:
        for ids, done in self.waiting:
            done([self.row(id) for id in ids if id not in self.gone])
        self.waiting.clear()

    def row(self, id: int) -> FriendRow:
        return FriendRow(
            id=id,
            name=f"Friend {id}",
            member_number=None,
            line_user_id=None,
            phone=None,
            email=None,
            joined_at=self.now - timedelta(days=id),
            is_blocked=id == 5,
            marketing=Marketing.REFUSED if id == 4 else Marketing.UNKNOWN,
            answered=3 if id == 1 else 2,
            tags=CHIPS if id == 1 else (),
            orders=int(id == 1),
            spent=542_000 if id == 1 else 0,
            last_order_at=self.now - timedelta(days=71) if id == 1 else None,
        )


@pytest.fixture
def shop(now: datetime) -> Shop:
    return Shop(now)


@pytest.fixture
def model(qapp: object, shop: Shop, day: ShopDay) -> FriendTableModel:
    return FriendTableModel(shop.fetch, lambda: day, "TWD")


def said(model: FriendTableModel, row: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[object]:
    return [model.index(row, column).data(role) for column in Column]


def test_the_model_keeps_qts_rules(model: FriendTableModel, shop: Shop, qtmodeltester: ModelTester) -> None:
    model.show_ids(array("q", range(1, 450)))
    qtmodeltester.check(model)
    shop.at_once = False
    model.show_ids(array("q", range(300, 0, -1)))
    qtmodeltester.check(model)
    shop.bring()
    model.show_ids(array("q"))
    qtmodeltester.check(model)


def test_cells_say_what_the_friend_is(model: FriendTableModel) -> None:
    model.show_ids(array("q", range(1, 6)))
    assert said(model, 0) == [None, "Friend 1", None, "2 Sep", "5,420", "3 of 3", "—", "11 Nov", "1"]
    assert said(model, 1)[Column.LAST_ORDER : Column.CONSENT + 1] == ["—", "—", "2 of 3"]
    assert said(model, 3)[Column.CONSENT] == "Refused"
    assert said(model, 4)[Column.CONSENT] == "Blocked"


def test_painted_cells_can_be_heard(model: FriendTableModel) -> None:
    model.show_ids(array("q", [1, 2]))
    heard = said(model, 0, Qt.ItemDataRole.AccessibleTextRole)
    assert heard[Column.TAGS] == "Product interest: Serum; Customer value: VIP; and 1 more"
    assert heard[Column.CONSENT] == "3 of 3 consent questions answered."
    assert said(model, 1, Qt.ItemDataRole.AccessibleTextRole)[Column.TAGS] == "No tags"
    tip = model.index(0, Column.TAGS).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Source: Store\nProduct interest: Serum\nCustomer value: VIP"
    assert [chip.text for chip in model.index(0, Column.TAGS).data(CHIPS_ROLE)] == ["Serum", "VIP", "Store"]
    assert model.index(0, Column.SPENT).data(SORT_ROLE) == 542_000


def test_rows_come_by_pages_that_are_looked_at(model: FriendTableModel, shop: Shop) -> None:
    shop.at_once = False
    model.show_ids(array("q", range(1, 1001)))
    assert said(model, 450)[Column.FRIEND] is None
    assert said(model, 451)[Column.FRIEND] is None
    assert [(ids[0], ids[-1]) for ids, _done in shop.waiting] == [(401, 600)]
    heard: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, bottom: heard.append((top.row(), bottom.row())))
    shop.bring()
    assert heard == [(400, 599)]
    assert said(model, 450)[Column.FRIEND] == "Friend 451"


def test_a_reload_keeps_what_is_known_until_the_new_rows_come(model: FriendTableModel, shop: Shop) -> None:
    model.show_ids(array("q", [1, 2, 3]))
    assert said(model, 0)[Column.FRIEND] == "Friend 1"
    shop.at_once = False
    model.show_ids(array("q", [3, 1]))
    assert said(model, 1)[Column.FRIEND] == "Friend 1"
    assert [ids for ids, _done in shop.waiting] == [[3, 1]]


def test_rows_of_a_list_no_longer_shown_are_dropped(model: FriendTableModel, shop: Shop) -> None:
    shop.at_once = False
    model.show_ids(array("q", [1, 2]))
    said(model, 0)
    model.show_ids(array("q", [7]))
    shop.bring()
    said(model, 0)
    shop.bring()
    assert said(model, 0)[Column.FRIEND] == "Friend 7"


def test_a_friend_who_is_gone_leaves_an_empty_row(model: FriendTableModel, shop: Shop) -> None:
    shop.gone.add(2)
    model.show_ids(array("q", [1, 2]))
    assert said(model, 1)[Column.FRIEND] is None
    assert model.index(1, 1).data(ROW_ROLE) is None


def test_only_the_newest_pages_are_kept(model: FriendTableModel, shop: Shop) -> None:
    model.show_ids(array("q", range(1, 20_001)))
    for row in range(0, 20_000, 200):
        said(model, row)
    assert said(model, 0)[Column.FRIEND] == "Friend 1"


def test_checks_follow_friends_and_not_positions(model: FriendTableModel) -> None:
    model.show_ids(array("q", [1, 2, 3]))
    box = model.index(2, Column.CHECK)
    assert model.setData(box, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    model.show_ids(array("q", [3, 2, 1]))
    assert model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.checked() == [3]


def test_a_check_on_a_friend_who_is_not_listed_any_more_is_dropped(model: FriendTableModel) -> None:
    model.show_ids(array("q", [1, 2, 3]))
    model.check([1, 3])
    heard: list[int] = []
    model.checked_changed.connect(lambda: heard.append(model.checked_count()))
    model.show_ids(array("q", [1, 2]))
    assert model.checked() == [1]
    assert heard == [1]


def test_all_means_all_of_the_query(model: FriendTableModel) -> None:
    model.show_ids(array("q", range(1, 1001)))
    model.check_all()
    assert model.checked_count() == 1000
    model.clear_checks()
    assert model.checked() == []


def test_nothing_is_below_a_friend(model: FriendTableModel) -> None:
    model.show_ids(array("q", [1]))
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None
    assert model.position_of(1) == 0
    assert model.position_of(9) is None
    assert model.id_at(1) is None


def test_heads_are_named(model: FriendTableModel, qtbot: QtBot) -> None:
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert heads == [
        "",
        "Friend",
        "Tags",
        "Last order",
        "Spent NT$",
        "Consent",
        "Member no.",
        "Friend since",
        "Orders",
    ]
