"""Exports that differ from their system's usual columns: chosen by the shop, added by a newer version, saved again."""

from collections.abc import Iterator
from typing import Any

from tests.imports.corpus import headers
from tests.imports.corpus.truth import LINE, Entry, csv, new, quoted, text
from tests.imports.corpus.written import xlsx

AT = "2024-05-01 10:00:00"


def columns() -> Iterator[Entry]:
    """Columns that were left out, added, or whose brackets are of another width."""
    names = "顧客ID,全名,電郵,LINE註冊ID,接受LINE優惠宣傳,會員綁定手機號碼,國家/地區,郵政編號(如適用）"
    names += ",會員級別,標籤,ig帳號,訂單數,會員,加入日期,備註"
    rows = (
        f"c1,王小明,ming@example.tw,{LINE(1)},Y,0912345678,台灣,100,金卡,VIP,@ming,3,Y,2024-05-01,",
        "c2,陳雅婷,,,N,,,,,,,0,N,,",
    )
    facts = {
        "line": LINE(1),
        "phone": "+886912345678",
        "marketing": "allowed",
        "tags": {"VIP", "金卡"},
        "joined": "2024-05-01",
    }
    people: dict[str, dict[str, Any]] = {"c1": facts, "c2": {"marketing": "refused", "tags": set[str]()}}
    yield csv("shopline_chosen_columns", names, *rows, preset="shopline_customers", friends=people)
    more = ["Accepts WhatsApp Marketing", "Skin type (customer.metafields.custom.skin)"]
    told = {
        "Customer ID": "'7064123456789",
        "First Name": "Mei",
        "Email": "mei@example.tw",
        "Accepts Email Marketing": "yes",
    }
    usual, row = headers.rows("shopify_customers", told)
    lines = (quoted(*usual, *more), quoted(*row, "no", "dry"))
    people = {"7064123456789": {"name": "Mei", "marketing": "allowed", "tags": set[str]()}}
    yield csv("shopify_customers_newer", *lines, preset="shopify_customers", friends=people)
    order = {
        "訂單編號": "260801ABCDEF12",
        "訂單狀態": "不成立",
        "買家帳號": "tea_lover88",
        "訂單成立日期": "2026-08-01 10:12",
        "買家總支付金額": "90",
        "商品名稱": "茶",
        "數量": "1",
    }
    usual, row = headers.rows("shopee_tw_orders", order)
    older = [{"賣家負擔優惠券": "賣場優惠券", "蝦皮負擔優惠券": "優惠券"}.get(name, name) for name in usual]
    older.insert(2, "不成立原因")
    row.insert(2, "買家取消訂單")
    orders = {"260801ABCDEF12": {"state": "cancelled", "total": 90, "lines": 1, "of": "tea_lover88"}}
    yield Entry("shopee_orders_older.xlsx", xlsx(older, row), {2: "new"}, preset="shopee_tw_orders", orders=orders)
    few = (
        "主單編號,訂單編號,購物車編號,訂單轉單日,訂單狀態,商品名稱,商品數量,訂單實際付款金額,收件人電話",
        "TM1,TS1,TG1,2026/08/01 10:12,已完成,茶,2,600,0912345678",
    )
    yield csv("91app_chosen_columns", *few, preset="91app_orders", orders={"TM1": {"total": 600, "lines": 1}})


def rows() -> Iterator[Entry]:
    """Rows of a system that are particular, and files that were opened and saved by a spreadsheet program."""
    order = {
        "注文ID": "A1B2C3D4E5F60718",
        "注文日時": AT,
        "氏(請求先)": "髙橋",
        "名(請求先)": "花子",
        "メールアドレス(請求先)": "hanako@example.jp",
        "合計金額": "1680",
        "発送状況": "未対応",
    }
    told = headers.rows(
        "base_orders",
        {**order, "商品名": "お茶", "数量": "2"},
        {**order, "商品名": "商品オプション「包装」", "価格": "100", "数量": ""},
    )
    content = text(*(quoted(*line) for line in told)).encode("cp932")
    orders = {"A1B2C3D4E5F60718": {"total": 1680, "state": "placed", "at": AT}}
    yield Entry("base_orders_with_an_option.csv", content, new(2, 3), country="JP", preset="base_orders", orders=orders)
    buyer = {
        "注文番号": "123456-20240501-0000000001",
        "ステータス": "700",
        "注文日時": "2024/5/1 10:00",
        "合計金額": "1280",
        "注文者姓": "髙橋",
        "注文者電話番号1": "90",
        "注文者電話番号2": "1234",
        "注文者電話番号3": "5678",
        "商品名": "お茶",
        "個数": "2",
    }
    names, row = headers.rows("rakuten_orders", buyer)
    content = text(",".join(names), ",".join(row)).encode("cp932")
    truth: dict[str, Any] = {"orders": {buyer["注文番号"]: {"total": 1280, "at": AT, "of": "+819012345678"}}}
    yield Entry("rakuten_orders_saved_again.csv", content, {2: "new"}, country="JP", preset="rakuten_orders", **truth)
    serials = ("訂單編號,訂單日期,會員編號,訂單金額", "A1,45413.4166666667,7,680", "A2,45414,7,320")
    orders = {"A1": {"at": "2024-05-01 10:00:00", "total": 680}, "A2": {"at": "2024-05-02", "total": 320}}
    yield csv("dates_turned_into_numbers", *serials, orders=orders)
    mixed = ("member number,name,phone", '1,Mei,="0912345678"', "2,'=1+1,'0922333444", '3,"=HYPERLINK(""x"")",')
    people = {
        "1": {"phone": "+886912345678"},
        "2": {"name": "=1+1", "phone": "+886922333444"},
        "3": {"name": '=HYPERLINK("x")'},
    }
    yield csv("formulas_and_apostrophes", *mixed, friends=people)


def answers_of_forms() -> Iterator[Entry]:
    """A form's answers in the languages of the sheet, and lists for LINE's audiences."""
    stamps = {
        "ja": ("タイムスタンプ", "2026/04/10 14:44:14", "電話番号"),
        "th": ("ประทับเวลา", "10/4/2026, 14:44:14", "เบอร์โทรศัพท์"),
    }
    for language, (name, at, phone) in stamps.items():
        country, cell = ("JP", "090-1234-5678") if language == "ja" else ("TH", "081-234-5678")
        lines = (quoted(name, phone, "?"), quoted(at, cell, "A, B"))
        people = {"+819012345678" if language == "ja" else "+66812345678": {}}
        yield csv(f"google_form_{language}", *lines, country=country, friends=people)
    hashed = [f"{number:064x}" for number in range(0xA0, 0xA3)]
    yield csv("audience_of_hashes", *hashed, rows={}, refusal="Match at least one of")
    blank = (LINE(1), "", LINE(2), LINE(1))
    rows = {1: "twice", 3: "new", 4: "new"}
    yield Entry("audience.txt", text(*blank).encode(), rows, skipped={"blank": 1}, friends={LINE(1): {}, LINE(2): {}})
