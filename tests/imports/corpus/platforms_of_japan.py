"""Exports of systems of Japan, WooCommerce and LINE's own log, in their true forms of values."""

import json
from collections.abc import Iterator
from typing import Any

from tests.imports.corpus import headers
from tests.imports.corpus.platforms import table
from tests.imports.corpus.truth import LINE, Entry, new, quoted, text

AT = "2024-05-01 10:00:00"
HANAKO = {"name": "髙橋 花子", "phone": "+819012345678", "email": "hanako@example.jp"}


def rakuten() -> Iterator[Entry]:
    """Rakuten: every cell quoted, numbers as states, three columns a phone, addresses made for one order."""
    buyer = {
        "注文者姓": "髙橋",
        "注文者名": "花子",
        "注文者電話番号1": "090",
        "注文者電話番号2": "1234",
        "注文者電話番号3": "5678",
    }
    order = {
        **buyer,
        "注文日時": AT,
        "注文日": "2024-05-01",
        "注文時間": "10:00:00",
        "合計金額": "1280",
        "請求金額": "1180",
        "注文者メールアドレス": "0a1b2c@pc.fw.rakuten.ne.jp",
    }
    rows = (
        {**order, "注文番号": "123456-20240501-0000000001", "ステータス": "700", "商品名": "お茶", "個数": "2"},
        {**order, "注文番号": "123456-20240501-0000000001", "ステータス": "700", "商品名": "湯呑", "個数": "1"},
        {**order, "注文番号": "123456-20240501-0000000002", "ステータス": "900", "商品名": "お茶", "個数": "1"},
    )
    orders = {
        "123456-20240501-0000000001": {"total": 1280, "lines": 2, "state": "placed", "at": AT, "of": "+819012345678"},
        "123456-20240501-0000000002": {"state": "cancelled", "lines": 1},
    }
    truth: dict[str, Any] = {
        "country": "JP",
        "preset": "rakuten_orders",
        "orders": orders,
        "flagged": dict.fromkeys((2, 3, 4), "relay"),
    }
    people = {"+819012345678": {"name": "髙橋 花子", "email": None}}
    content = table("rakuten_orders", *rows, encoding="cp932")
    yield Entry("rakuten_orders.csv", content, new(2, 4), friends=people, **truth)


def eccube() -> Iterator[Entry]:
    """EC-CUBE: quotation marks after a backslash byte, lines that are no goods, phones in three columns."""
    row = {
        "会員ID": "12",
        "お名前(姓)": "髙橋",
        "お名前(名)": "花子",
        "メールアドレス": "hanako@example.jp",
        "TEL": "09012345678",
        "登録日": AT,
        "会員ステータス(名称)": "本会員",
        "ポイント": "10",
    }
    names, first, second = headers.rows(
        "eccube4_customers", row, {"会員ID": "13", "お名前(姓)": "表", "TEL": "0312345678"}
    )
    note = names.index("ショップ用メモ欄")
    cells = ['"予"約,表"' if place == note else cell for place, cell in enumerate(first)]  # as PHP writes it
    content = text(",".join(names), ",".join(cells), ",".join(second), end="\n").encode("cp932")
    people = {"12": {**HANAKO, "joined": AT}, "13": {"name": "表", "phone": "+81312345678"}}
    yield Entry("eccube4_customers.csv", content, new(2, 3), country="JP", preset="eccube4_customers", friends=people)
    person = {"会員ID": "12", "お名前(姓)": "髙橋", "お名前(名)": "花子", "メールアドレス": "hanako@example.jp"}
    order = {
        **person,
        "TEL": "09012345678",
        "注文番号": "1001",
        "注文ID": "1",
        "受注日": AT,
        "小計": "1200",
        "合計": "1700",
        "支払合計": "1600",
        "対応状況(名称)": "発送済み",
    }
    rows = (
        {**order, "商品名": "お茶", "個数": "2", "価格": "300", "明細区分(名称)": "商品"},
        {**order, "商品名": "湯呑", "個数": "1", "価格": "600", "明細区分(名称)": "商品"},
        {**order, "商品名": "送料", "個数": "1", "価格": "500", "明細区分(名称)": "送料"},
        {**order, "商品名": "ポイント", "個数": "1", "価格": "-100", "明細区分(名称)": "ポイント"},
        {
            **order,
            "注文番号": "1002",
            "支払合計": "300",
            "対応状況(名称)": "注文取消し",
            "商品名": "お茶",
            "個数": "1",
            "明細区分(名称)": "商品",
        },
        {
            **order,
            "注文番号": "1003",
            "会員ID": "",
            "支払合計": "300",
            "対応状況(名称)": "返品",
            "商品名": "お茶",
            "個数": "1",
            "明細区分(名称)": "商品",
        },
    )
    orders = {
        "1001": {"total": 1600, "lines": 2, "state": "placed", "at": AT, "of": "12"},
        "1002": {"total": 300, "lines": 1, "state": "cancelled"},
        "1003": {"state": "refunded", "of": "12"},
    }
    content = table("eccube4_orders", *rows, encoding="cp932", end="\n", lines=False)
    yield Entry(
        "eccube4_orders.csv",
        content,
        new(2, 7),
        country="JP",
        preset="eccube4_orders",
        orders=orders,
        friends={"12": HANAKO},
    )
    order = {
        **person,
        "TEL1": "090",
        "TEL2": "1234",
        "TEL3": "5678",
        "注文ID": "77",
        "受注日": AT,
        "支払合計": "1600",
        "対応状況(名称)": "入金済み",
    }
    rows = (
        {**order, "商品名": "お茶", "個数": "2"},
        {**order, "商品名": "湯呑", "個数": "1"},
        {**order, "注文ID": "78", "対応状況(名称)": "キャンセル", "商品名": "お茶"},
    )
    orders = {"77": {"total": 1600, "lines": 2, "at": AT, "of": "12"}, "78": {"state": "cancelled"}}
    content = table("eccube2_orders", *rows, encoding="cp932")
    yield Entry(
        "eccube2_orders.csv",
        content,
        new(2, 4),
        country="JP",
        preset="eccube2_orders",
        orders=orders,
        friends={"12": HANAKO},
    )


def base_and_others() -> Iterator[Entry]:
    """BASE, Color Me Shop and MakeShop."""
    order = {
        "注文ID": "A1B2C3D4E5F60718",
        "注文日時": AT,
        "氏(請求先)": "髙橋",
        "名(請求先)": "花子",
        "電話番号(請求先)": "09012345678",
        "メールアドレス(請求先)": "hanako@example.jp",
        "合計金額": "1680",
        "送料": "500",
        "購入元": "BASE",
    }
    rows = (
        {**order, "商品名": "お茶", "価格": "590", "数量": "2", "発送状況": "発送済み"},
        {**order, "商品名": "湯呑", "価格": "0", "数量": "1", "発送状況": "発送済み"},
        {**order, "注文ID": "A1B2C3D4E5F60719", "商品名": "お茶", "数量": "1", "発送状況": "キャンセル"},
    )
    orders = {
        "A1B2C3D4E5F60718": {"total": 1680, "lines": 2, "state": "placed", "at": AT, "of": "hanako@example.jp"},
        "A1B2C3D4E5F60719": {"state": "cancelled"},
    }
    truth: dict[str, Any] = {"country": "JP", "friends": {"hanako@example.jp": HANAKO}}
    content = table("base_orders", *rows, encoding="cp932")
    yield Entry("base_orders.csv", content, new(2, 4), preset="base_orders", orders=orders, **truth)
    order = {
        "売上ID": "100200300",
        "受注日": "2024/05/01",
        "購入者 顧客ID": "55",
        "購入者 名前": "髙橋 花子",
        "購入者 メールアドレス": "hanako@example.jp",
        "購入者 電話番号": "090-1234-5678",
        "送料合計": "500",
        "入金状態": "入金済み",
    }
    rows = (
        {**order, "購入商品 商品名": "お茶", "購入商品 販売個数": "2", "購入商品 小計": "600"},
        {**order, "購入商品 商品名": "湯呑", "購入商品 販売個数": "1", "購入商品 小計": "1,080"},
    )
    orders = {"100200300": {"total": 1680, "lines": 2, "at": "2024-05-01", "of": "55"}}
    content = table("colorme_orders", *rows, encoding="cp932")
    truth = {"country": "JP", "friends": {"55": HANAKO}}
    yield Entry("colorme_orders.csv", content, new(2, 3), preset="colorme_orders", orders=orders, **truth)
    order = {
        "日付": "2022/8/10",
        "注文時間": "103309",
        "注文番号": "P202208101033090001",
        "処理状況": "処理済み",
        "注文者": "髙橋 花子",
    }
    names, row = headers.rows("makeshop_orders", order)
    content = text(quoted(*names), quoted(*row)).encode("cp932")
    orders = {"P202208101033090001": {"at": "2022-08-10 10:33:09", "of": "髙橋 花子"}}
    truth = {"country": "JP", "preset": "makeshop_orders", "orders": orders}
    yield Entry("makeshop_orders_with_names_alone.csv", content, {2: "new"}, **truth, friends={"髙橋 花子": {}})
    content = text(quoted(*names, "メールアドレス"), quoted(*row, "hanako@example.jp")).encode("cp932")
    orders = {"P202208101033090001": {"at": "2022-08-10 10:33:09", "of": "hanako@example.jp"}}
    yield Entry("makeshop_orders.csv", content, {2: "new"}, country="JP", preset="makeshop_orders", orders=orders)


def tools_of_line() -> Iterator[Entry]:
    """L Step (two rows of names, one column a tag), Repro, and a log of LINE's webhook."""
    names = headers.of("lstep_friends")
    internal = ["登録ID", *["" for _name in names[1:]], "タグ_9874470", "タグ_9874471", "流入経路_12"]
    labels = [*names, "VIP", "敏感肌", "流入経路:店頭"]
    told = (
        {"ID": "101", "表示名": "花子", "友だち追加日時": AT, "ユーザーブロック": "0", "最終メッセージ日時": "-"},
        {"ID": "102", "表示名": "太郎", "友だち追加日時": "-", "ユーザーブロック": "1"},
    )
    _names, *rows = headers.rows("lstep_friends", *told)
    marks = (["1", "", "1"], ["", "1", ""])
    lines = (internal, labels, *([*row, *mark] for row, mark in zip(rows, marks, strict=True)))
    people = {
        "L Step 101": {"name": "花子", "joined": AT, "blocked": False, "tags": {"VIP", "店頭"}, "line": None},
        "L Step 102": {"name": "太郎", "joined": None, "blocked": True, "tags": {"敏感肌"}},
    }
    truth: dict[str, Any] = {
        "country": "JP",
        "preset": "lstep_friends",
        "skipped": {"second_names": 1},
        "friends": people,
    }
    yield Entry("lstep_friends.csv", text(*(quoted(*line) for line in lines)).encode("cp932"), new(3, 4), **truth)
    content = text("line_user_id,user_id", f"{LINE(1)},m-1", f"{LINE(2)},m-2").encode()
    people = {"m-1": {"line": LINE(1)}, "m-2": {"line": LINE(2)}}
    yield Entry("repro_line_ids.csv", content, new(2, 3), country="JP", preset="repro_line_ids", friends=people)
    source = {"type": "user", "userId": LINE(1)}
    begin = {
        "mode": "active",
        "timestamp": 1_794_000_000_000,
        "source": source,
        "deliveryContext": {"isRedelivery": False},
    }
    follow = {"type": "follow", "webhookEventId": "E1", "follow": {"isUnblocked": False}, **begin}
    said = {
        "type": "message",
        "webhookEventId": "E2",
        "message": {"id": "m1", "type": "text", "text": "茶ある？"},
        **begin,
    }
    content = text(json.dumps({"destination": LINE(9), "events": [follow]}), json.dumps(said), end="\n").encode()
    yield Entry("line_webhook.jsonl", content, new(1, 2), preset="line_webhook", events=2, friends={LINE(1): {}})


def woocommerce() -> Iterator[Entry]:
    """WooCommerce: names translated with the site, guests without a sign-up, orders that name nobody."""
    row = {
        "Name": "Mei Lin",
        "Username": "mei",
        "Last Active": "2024-05-02 09:00:00",
        "Sign Up": AT,
        "Email": "mei@example.tw",
        "Orders": "2",
        "Total Spend": "1280",
        "AOV": "640",
        "Country / Region": "TW",
    }
    guest = {
        "Name": "Kai",
        "Email": "kai@example.tw",
        "Orders": "1",
        "Total Spend": "90",
        "AOV": "90",
        "Country / Region": "TW",
    }
    people = {"mei@example.tw": {"name": "Mei Lin", "joined": AT}, "kai@example.tw": {"name": "Kai", "joined": None}}
    truth: dict[str, Any] = {"preset": "woocommerce_customers", "friends": people}
    content = table("woocommerce_customers", row, guest, end="\n", lines=False)
    yield Entry("woocommerce_customers.csv", content, new(2, 3), **truth)
    names = "名稱,使用者名稱,上次活動,註冊,電子郵件,訂單,總支出,平均訂單金額,國家/地區,城市,地區,郵遞區號".split(",")
    _names, *rows = headers.rows("woocommerce_customers", row, guest)
    content = text(*(quoted(*line) for line in (names, *rows)), end="\n").encode()
    yield Entry("woocommerce_customers_zh.csv", content, new(2, 3), **truth)
    order = {
        "Date": AT,
        "Order #": "55",
        "N. Revenue (formatted)": "NT$2,999",
        "Status": "completed",
        "Customer": "Mei Lin",
        "Customer type": "new",
        "Product(s)": "2× Tea, 1× Cup",
        "Items sold": "3",
        "Net Sales": "2999",
    }
    content = table("woocommerce_orders", order, end="\n", lines=False)
    truth = {"preset": "woocommerce_orders", "orders": {"55": {"total": 2999, "of": "Mei Lin"}}}
    yield Entry("woocommerce_orders_with_names_alone.csv", content, {2: "new"}, **truth, friends={"Mei Lin": {}})
