"""What is particular about single systems: names in parts, codes for statuses, rows that are no goods."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.imports import detect, presets
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import guess
from linecrm_desktop.imports.plan import ImportPlan, Report
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order, OrderLine, OrderState
from linecrm_desktop.store.database import Database
from tests.imports.conftest import ORIGIN, counts


@pytest.fixture
def export(database: Database, tmp_path: Path, now: datetime) -> "Export":
    return Export(database, tmp_path, now)


class Export:
    """Writes what a system would write and imports it as the wizard proposes."""

    def __init__(self, database: Database, folder: Path, now: datetime) -> None:
        self._database, self._folder, self._now = database, folder, now

    def __call__(self, preset_id: str, *rows: dict[str, str], encoding: str = "utf-8", country: str = "TW") -> Report:
        preset = presets.by_id(preset_id)
        assert preset is not None
        header = list(preset.columns)
        lines = [header, *([row.get(name, "") for name in header] for row in rows)]
        path = self._folder / "export.csv"
        text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
        path.write_bytes((text + "\r\n").encode(encoding))
        found = detect.look(path, country)
        assert presets.best(found.header) == preset
        matching = guess(preset.kind, found.header, found.first_rows, preset.columns)
        zone = {"TW": "Asia/Taipei", "JP": "Asia/Tokyo", "TH": "Asia/Bangkok"}[country]
        currency = {"TW": "TWD", "JP": "JPY", "TH": "THB"}[country]
        order = preset.date_order or "ymd"
        plan = ImportPlan(path, found, preset.kind, matching, ORIGIN, country, zone, currency, order, preset.id)
        report = importing.run(self._database, plan, Task(), self._now)
        assert sum(counts(report)) == len(rows)
        return report


def test_a_name_in_two_columns_is_one_name(export: Export, database: Database) -> None:
    row = {
        "会員ID": "7",
        "お名前(姓)": "髙橋",
        "お名前(名)": "花子",
        "TEL": "090-1234-5678",
        "登録日": "2024-05-01 10:00:00",
    }
    assert counts(export("eccube4_customers", row, encoding="cp932", country="JP")) == (1, 0, 0, 0)
    with database.read() as session:
        friend = session.scalars(select(Friend)).one()
        assert (friend.name, friend.phone) == ("髙橋 花子", "+819012345678")


def test_rakutens_phone_in_three_parts_and_its_codes_for_cancelled(export: Export, database: Database) -> None:
    person = {
        "注文者姓": "山田",
        "注文者名": "太郎",
        "注文者電話番号1": "090",
        "注文者電話番号2": "1234",
        "注文者電話番号3": "5678",
    }
    first = {
        "注文番号": "R-1",
        "注文日時": "2024-05-01 10:00:00",
        "ステータス": "500",
        "合計金額": "3200",
        "商品名": "茶",
        "個数": "2",
    }
    mail = {"注文者メールアドレス": "x@pc.fw.rakuten.ne.jp"}
    second = {**first, "注文番号": "R-2", "ステータス": "900"}
    report = export("rakuten_orders", {**first, **person, **mail}, {**second, **person}, encoding="cp932", country="JP")
    assert (counts(report), report.new_friends) == ((2, 0, 0, 0), 1)
    with database.read() as session:
        assert session.scalars(select(Friend)).one().phone == "+819012345678"
        states = session.execute(select(Order.number, Order.state).order_by(Order.number))
        assert [tuple(row) for row in states] == [("R-1", OrderState.PLACED), ("R-2", OrderState.CANCELLED)]


def test_shipping_fees_and_points_of_an_order_are_no_goods(export: Export, database: Database) -> None:
    order = {"注文番号": "12", "会員ID": "7", "受注日": "2024-05-01 10:00:00", "支払合計": "1500"}
    rows = [
        {**order, "商品名": "美容液", "個数": "1", "明細区分(名称)": "商品"},
        {**order, "商品名": "送料", "個数": "1", "明細区分(名称)": "送料"},
        {**order, "商品名": "ポイント", "個数": "1", "明細区分(名称)": "ポイント"},
    ]
    assert counts(export("eccube4_orders", *rows, encoding="cp932", country="JP")) == (3, 0, 0, 0)
    with database.read() as session:
        assert list(session.scalars(select(OrderLine.product))) == ["美容液"]
        assert session.scalars(select(Order.total)).one() == 1500


def test_shopifys_later_rows_of_an_order_have_only_their_goods(export: Export, database: Database) -> None:
    rows = [
        {
            "Name": "#1001",
            "Email": "mei@example.tw",
            "Financial Status": "paid",
            "Total": "1000.00",
            "Created at": "2024-05-01 10:00:00 +0800",
            "Lineitem name": "Serum",
            "Lineitem quantity": "1",
        },
        {"Name": "#1001", "Email": "mei@example.tw", "Lineitem name": "Cream", "Lineitem quantity": "2"},
    ]
    assert counts(export("shopify_orders", *rows)) == (2, 0, 0, 0)
    with database.read() as session:
        assert session.scalars(select(Order.total)).one() == 100_000
        assert list(session.scalars(select(OrderLine.product).order_by(OrderLine.product))) == ["Cream", "Serum"]
