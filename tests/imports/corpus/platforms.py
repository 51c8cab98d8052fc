"""Exports of Shopify and SHOPLINE in their true forms of values, and how an export is written."""

from collections.abc import Iterator
from typing import Any

from tests.imports.corpus import headers
from tests.imports.corpus.truth import LINE, Entry, new, quoted, text
from tests.imports.corpus.written import xlsx

Row = dict[str, str]


def table(system: str, *told: Row, end: str = "\r\n", encoding: str = "utf-8", lines: bool = True) -> bytes:
    """Return a system's export as the bytes of a text file, all cells quoted if it does so."""
    rows = headers.rows(system, *told)
    written = [quoted(*row) if lines else ",".join(_plain(cell) for cell in row) for row in rows]
    return text(*written, end=end).encode(encoding)


def _plain(cell: str) -> str:
    return quoted(cell) if any(sign in cell for sign in ',"\n') else cell


def shopify() -> Iterator[Entry]:
    """Shopify: apostrophes before ids and phones, yes and no, totals on an order's first row only."""
    row = {
        "Customer ID": "'7064123456789",
        "First Name": "Mei",
        "Last Name": "Lin",
        "Email": "mei@example.tw",
        "Accepts Email Marketing": "yes",
        "Phone": "'+886912345678",
        "Default Address Zip": "'10491",
        "Total Spent": "1280.00",
        "Total Orders": "2",
        "Tags": "VIP, 高消費",
    }
    letter = {
        "Customer ID": "'7064123456790",
        "Email": "news@example.tw",
        "Accepts Email Marketing": "no",
        "Total Spent": "0.00",
    }
    bare = {
        "Customer ID": "'7064123456791",
        "First Name": "Kai",
        "Phone": "'+886922333444",
        "Default Address Zip": "'106",
    }
    mei = {
        "name": "Mei Lin",
        "email": "mei@example.tw",
        "phone": "+886912345678",
        "marketing": "allowed",
        "tags": {"VIP", "高消費"},
    }
    people: dict[str, dict[str, Any]] = {
        "7064123456789": mei,
        "7064123456790": {"name": "", "email": "news@example.tw", "marketing": "refused", "tags": set[str]()},
        "7064123456791": {"name": "Kai", "phone": "+886922333444", "marketing": "unknown"},
    }
    content = table("shopify_customers", row, letter, bare, end="\n", lines=False)
    yield Entry("shopify_customers.csv", content, new(2, 4), preset="shopify_customers", friends=people)
    old = {name: row[name] for name in ("First Name", "Last Name", "Email", "Accepts Email Marketing", "Phone", "Tags")}
    for system in ("shopify_customers_old", "shopify_customers_import"):
        second = {"Email": "news@example.tw", "Accepts Email Marketing": "no"}
        content = table(system, old, second, end="\n", lines=False)
        told = {"mei@example.tw": mei, "news@example.tw": {"marketing": "refused"}}
        yield Entry(f"{system}.csv", content, new(2, 3), preset=system, friends=told)
    yield _shopify_orders()


def _shopify_orders() -> Entry:
    at = {"Created at": "2024-05-01 10:00:00 +0800"}
    mei = {"Email": "mei@example.tw", **at}
    whole = {"Currency": "TWD", "Subtotal": "1180.00", "Shipping": "100.00"}
    rows = (
        {
            "Name": "#1001",
            **mei,
            **whole,
            "Financial Status": "paid",
            "Total": "1280.00",
            "Billing Name": "Mei Lin",
            "Lineitem name": "Tea",
            "Lineitem quantity": "2",
            "Lineitem price": "340.00",
        },
        {"Name": "#1001", **mei, "Lineitem name": "Cup, blue", "Lineitem quantity": "1", "Lineitem price": "500.00"},
        {"Name": "#1001", **at, "Lineitem name": "Spoon", "Lineitem quantity": "1", "Lineitem price": "0.00"},
        {
            "Name": "#1002",
            **mei,
            **whole,
            "Financial Status": "refunded",
            "Total": "500.00",
            "Lineitem name": "Tea",
            "Lineitem quantity": "1",
        },
        {
            "Name": "#1003",
            **at,
            **whole,
            "Financial Status": "voided",
            "Total": "90.00",
            "Phone": "'+886922333444",
            "Lineitem name": "Tea",
            "Lineitem quantity": "1",
        },
        {
            "Name": "#1004",
            **mei,
            **whole,
            "Financial Status": "partially_refunded",
            "Total": "700.00",
            "Lineitem name": "Tea",
            "Lineitem quantity": "1",
        },
        {
            "Name": "#1005",
            **at,
            **whole,
            "Financial Status": "paid",
            "Total": "60.00",
            "Lineitem name": "Tea",
            "Lineitem quantity": "1",
        },
        {
            "Name": "#1006",
            **mei,
            "Currency": "USD",
            "Financial Status": "paid",
            "Total": "60.00",
            "Lineitem name": "Tea",
            "Lineitem quantity": "1",
        },
    )
    orders = {
        "#1001": {"total": 1280, "state": "placed", "lines": 3, "at": "2024-05-01 10:00:00", "of": "mei@example.tw"},
        "#1002": {"total": 500, "state": "refunded", "lines": 1},
        "#1003": {"total": 90, "state": "cancelled", "of": "+886922333444"},
        "#1004": {"total": 700, "state": "placed"},
    }
    verdicts = {**new(2, 7), 8: "nobody", 9: "currency"}
    people = {"mei@example.tw": {"name": "Mei Lin"}, "+886922333444": {}}
    content = table("shopify_orders", *rows, end="\n", lines=False)
    return Entry("shopify_orders.csv", content, verdicts, preset="shopify_orders", orders=orders, friends=people)


def shopline() -> Iterator[Entry]:
    """SHOPLINE: workbooks, Y and N, NT$, the bridge to LINE's user ids."""
    row = {
        "顧客 ID": "5f0c1d2e3f4a5b6c7d8e9f01",
        "全名": "王小明",
        "電郵": "ming@example.tw",
        "加入日期": "2024-05-01 10:00:00",
        "加入來源": "LINE",
        "累積金額": "NT$1,280",
        "會員": "Y",
        "LINE 註冊 ID": LINE(1),
        "黑名單": "N",
        "接受 LINE 優惠宣傳": "Y",
        "聯絡電話": "0933555777",
        "國際電話區碼": "886",
        "會員綁定手機號碼": "0912345678",
        "會員級別": "金卡",
        "生日": "1904-03-02",
        "標籤": "VIP,老客",
    }
    other = {
        "顧客 ID": "5f0c1d2e3f4a5b6c7d8e9f02",
        "全名": "陳雅婷",
        "LINE 註冊 ID": "",
        "接受 LINE 優惠宣傳": "N",
        "會員": "N",
    }
    silent = {
        "顧客 ID": "5f0c1d2e3f4a5b6c7d8e9f03",
        "全名": "游錫坤",
        "接受 LINE 優惠宣傳": "",
        "加入日期": "2024-05-02",
    }
    facts = {
        "name": "王小明",
        "email": "ming@example.tw",
        "phone": "+886912345678",
        "line": LINE(1),
        "marketing": "allowed",
    }
    people = {
        row["顧客 ID"]: {**facts, "joined": "2024-05-01 10:00:00", "tags": {"VIP", "老客", "金卡", "LINE"}},
        other["顧客 ID"]: {"marketing": "refused", "tags": set[str](), "line": None},
        silent["顧客 ID"]: {"marketing": "unknown", "joined": "2024-05-02"},
    }
    for name, content in (
        ("shopline_customers.xlsx", xlsx(*headers.rows("shopline_customers", row, other, silent))),
        ("shopline_customers.csv", table("shopline_customers", row, other, silent, encoding="utf-8-sig")),
    ):
        yield Entry(name, content, new(2, 4), preset="shopline_customers", friends=people)
    order = {
        "訂單號碼": "20240501100000123",
        "訂單日期": "2024-05-01 10:00",
        "付款總金額": "NT$1,280",
        "顧客": "王小明",
        "電郵": "ming@example.tw",
    }
    rows = (
        {**order, "訂單狀態": "已完成", "付款狀態": "已付款", "商品名稱": "茶", "數量": "2"},
        {**order, "訂單狀態": "已完成", "付款狀態": "已付款", "商品名稱": "杯", "數量": "1"},
        {
            **order,
            "訂單號碼": "20240502100000124",
            "訂單狀態": "已取消",
            "付款總金額": "NT$300",
            "商品名稱": "茶",
            "數量": "1",
        },
    )
    orders = {
        "20240501100000123": {"total": 1280, "state": "placed", "lines": 2, "at": "2024-05-01 10:00:00"},
        "20240502100000124": {"total": 300, "state": "cancelled", "lines": 1},
    }
    people = {"ming@example.tw": {"name": "王小明"}}
    content = table("shopline_orders", *rows, encoding="utf-8-sig")
    yield Entry("shopline_orders.csv", content, new(2, 4), preset="shopline_orders", orders=orders, friends=people)
