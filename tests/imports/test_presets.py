"""What is particular about single systems: names in parts, codes for statuses, rows that are no goods."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import detect, presets
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind, Matching, Target, guess
from linecrm_desktop.imports.plan import ImportPlan, Report
from linecrm_desktop.imports.proposal import look, propose
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Goods, Order, OrderLine, OrderState
from linecrm_desktop.models.tag import Tag
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
        assert list(session.scalars(select(Goods.product).join(OrderLine))) == ["美容液"]
        assert session.scalars(select(Order.total)).one() == 1500


@pytest.mark.parametrize("clock", ["093309", "93309", "09:33:09"])
def test_makeshops_clock_stands_beside_the_day_without_colons(database: Database, tmp_path: Path, clock: str) -> None:
    path = tmp_path / "orders.csv"
    head = "日付,注文時間,注文番号,処理状況,会社名,会社名(振り仮名),部署名,注文者,注文者(振り仮名),メールアドレス"
    path.write_bytes(f"{head}\n2022/8/10,{clock},P1,済,,,,髙橋,,hanako@example.jp\n".encode("cp932"))
    proposal = propose(path, look(path, "JP"))
    plan = ImportPlan(
        *(path, proposal.found, proposal.kind, proposal.matching, ORIGIN, "JP", "Asia/Tokyo", "JPY"),
        *(proposal.date_order, proposal.preset),
    )
    importing.run(database, plan, Task(), datetime(2026, 11, 12, tzinfo=UTC))
    with database.read() as session:
        assert session.scalars(select(Order.at)).one() == datetime(2022, 8, 10, 0, 33, 9, tzinfo=UTC)


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
        assert list(session.scalars(select(Goods.product).join(OrderLine).order_by(Goods.product))) == [
            "Cream",
            "Serum",
        ]


def test_an_own_preset_is_found_for_the_next_file_and_remembers_the_encoding(tmp_path: Path) -> None:
    header = ("卡號", "姓名", "聯絡電話")
    matching = Matching((Target.MEMBER, Target.NAME, Target.PHONE))
    saved = presets.save_own(" Our   counter ", Kind.CUSTOMERS, header, matching, date_order="dmy", encoding="gb18030")
    assert (saved.name, saved.is_own) == ("Our counter", True)
    assert presets.best((*header, "備註")) == presets.by_id(saved.id) == saved
    again = presets.save_own("our counter", Kind.CUSTOMERS, header, matching)
    assert presets.own_presets() == (again,)
    with pytest.raises(ShopError, match="already"):
        presets.save_own("shopify orders", Kind.ORDERS, header, matching)
    with pytest.raises(ShopError, match="needs a name"):
        presets.save_own("  ", Kind.ORDERS, header, matching)


def test_a_preset_that_cannot_be_read_is_passed_over(home: Path) -> None:
    folder = home / "config" / "presets"
    folder.mkdir(parents=True)
    for name, text in (("a", "{"), ("b", "[]"), ("c", '{"id": "x"}'), ("d", '{"kind": "cats", "columns": {}}')):
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    assert presets.own_presets() == ()


def test_woocommerce_is_known_by_its_cells_when_its_names_are_translated(tmp_path: Path) -> None:
    path = tmp_path / "wc.csv"
    names = "名稱,帳號,上次活動,註冊,電子郵件,訂單,總消費,平均,國家,城市,地區,郵遞區號"
    row = "林美,mei,2024-05-01 10:00:00,2023-01-02 08:00:00,mei@example.tw,3,1280.00,426.67,TW,臺北,,100"
    path.write_text(f"{names}\n{row}\n", encoding="utf-8")
    proposal = propose(path, look(path, "TW"))
    assert (proposal.preset, proposal.kind) == ("woocommerce_customers", Kind.CUSTOMERS)
    assert [str(target) for target in proposal.matching.targets if target is not Target.LEAVE_OUT] == [
        *("name", "joined", "email")
    ]


def test_l_steps_own_ids_and_columns_of_marks(database: Database, tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "lstep.csv"
    lines = (
        "登録ID,表示名,友だち追加日時,ユーザーブロック,タグ_1,タグ_2,流入経路_3",
        "ID,表示名,友だち追加日時,ユーザーブロック,VIP,乾燥肌,流入経路:店頭POP",
        "101,髙橋,2026-06-14 10:00:00,0,1,,1",
        "102,佐藤,-,1,,1,",
    )
    path.write_bytes("\r\n".join(lines).encode("cp932"))
    proposal = propose(path, look(path, "JP"))
    assert proposal.preset == "lstep_friends"
    plan = ImportPlan(
        *(path, proposal.found, proposal.kind, proposal.matching, ORIGIN, "JP", "Asia/Tokyo", "JPY"),
        *(proposal.date_order, proposal.preset),
    )
    report = importing.run(database, plan, Task(), now)
    assert (counts(report), report.tags_given) == ((2, 0, 0, 0), 3)
    with database.read() as session:
        friends = {friend.member_number: friend.is_blocked for friend in session.scalars(select(Friend))}
        tags = {tag.name: str(tag.type) for tag in session.scalars(select(Tag))}
    assert friends == {"L Step 101": False, "L Step 102": True}
    assert tags == {"VIP": "none", "乾燥肌": "none", "店頭POP": "source"}


@pytest.mark.parametrize(
    ("cells", "order"),
    [(("13/02/2026", "02/03/2026"), "dmy"), (("02/13/2026", "02/03/2026"), "mdy"), (("02/03/2026",), "ymd")],
)
def test_the_order_of_dates_is_known_by_all_of_them(tmp_path: Path, cells: tuple[str, ...], order: str) -> None:
    path = tmp_path / "orders.csv"
    rows = [f"A{n},{cell},M-1,1" for n, cell in enumerate((*(["02/03/2026"] * 20), *cells))]
    path.write_text("\n".join(["order number,order date,member number,total", *rows]), encoding="utf-8")
    assert propose(path, look(path, "TW")).date_order == order
