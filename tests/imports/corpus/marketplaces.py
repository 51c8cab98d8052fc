"""Exports of the marketplaces of Taiwan and Thailand, and of tools beside them, in their true forms of values."""

from collections.abc import Iterator
from typing import Any

from tests.imports.corpus import headers
from tests.imports.corpus.platforms import table
from tests.imports.corpus.truth import LINE, Entry, new, quoted, text
from tests.imports.corpus.written import xlsx


def taiwan() -> Iterator[Entry]:
    """Shopee and 91APP: totals on every row or amounts of lines; masked buyers."""
    order = {
        "訂單編號": "260801ABCDEF12",
        "買家帳號": "tea_lover88",
        "訂單成立日期": "2026-08-01 10:12",
        "買家總支付金額": "1280",
        "商品總價": "1220",
        "收件者姓名": "王○明",
    }
    rows = (
        {**order, "訂單狀態": "已完成", "商品名稱": "茶", "數量": "2", "買家付款時間": "2026-08-01 10:13"},
        {**order, "訂單狀態": "已完成", "商品名稱": "杯", "數量": "1"},
        {
            **order,
            "訂單編號": "260802ABCDEF13",
            "訂單狀態": "不成立",
            "買家總支付金額": "90",
            "買家付款時間": "-",
            "商品名稱": "茶",
            "數量": "1",
        },
    )
    orders = {
        "260801ABCDEF12": {
            "total": 1280,
            "state": "placed",
            "lines": 2,
            "at": "2026-08-01 10:12:00",
            "of": "tea_lover88",
        },
        "260802ABCDEF13": {"total": 90, "state": "cancelled", "lines": 1},
    }
    truth: dict[str, Any] = {"preset": "shopee_tw_orders", "orders": orders, "friends": {"tea_lover88": {}}}
    yield Entry("shopee_orders.xlsx", xlsx(*headers.rows("shopee_tw_orders", *rows)), new(2, 4), **truth)
    content = table("shopee_tw_orders", *rows, encoding="utf-8-sig")
    yield Entry("shopee_orders.csv", content, new(4, 6), **truth)  # two of the names hold a line end
    cart = {
        "購物車編號": "TG260801A",
        "主單編號": "TM260801A",
        "訂單轉單日": "2026/08/01 10:12",
        "購買人姓名": "王小明",
        "收件人電話": "0912345678",
    }
    rows = (
        {
            **cart,
            "訂單編號": "TS1",
            "訂單狀態": "已完成",
            "商品名稱": "茶",
            "商品數量": "2",
            "訂單總折扣金額": "-80",
            "訂單實際付款金額": "600",
        },
        {
            **cart,
            "訂單編號": "TS2",
            "訂單狀態": "已完成",
            "商品名稱": "杯",
            "商品數量": "1",
            "訂單總折扣金額": "0",
            "訂單實際付款金額": "500",
        },
    )
    orders = {"TM260801A": {"total": 1100, "lines": 2, "at": "2026-08-01 10:12:00", "of": "+886912345678"}}
    people = {"+886912345678": {"name": "王小明"}}
    content = xlsx(*headers.rows("91app_orders", *rows))
    yield Entry("91app_orders.xlsx", content, new(2, 3), preset="91app_orders", orders=orders, friends=people)
    row = {
        "Email": "mei@example.tw",
        "First_Name": "Mei",
        "Last_Name": "Lin",
        "Phone": "+886912345678",
        "Birthdate": "1990-01-02",
        "Accepts_Marketing": "yes",
        "Total Spent": "1280.0",
        "Group_Name": "VIP",
        "Verified_Customer": "yes",
    }
    second = {"Email": "kai@example.tw", "First_Name": "Kai", "Accepts_Marketing": "no"}
    facts = {"name": "Mei Lin", "phone": "+886912345678", "marketing": "allowed", "tags": {"VIP"}}
    people = {"mei@example.tw": facts, "kai@example.tw": {"marketing": "refused", "tags": set[str]()}}
    content = xlsx(*headers.rows("easystore_customers", row, second))
    yield Entry("easystore_customers.xlsx", content, new(2, 3), preset="easystore_customers", friends=people)
    row = {
        "line_uid": LINE(1),
        "phone": "0912345678",
        "customer_id": "C-1",
        "name": "王小明",
        "email": "ming@example.tw",
        "tags": "VIP,老客",
    }
    facts = {"line": LINE(1), "name": "王小明", "phone": "+886912345678", "tags": {"VIP", "老客"}}
    content = table("maac_contacts", row, {"line_uid": LINE(2)}, lines=False, end="\n")
    yield Entry("maac_contacts.csv", content, new(2, 3), preset="maac_contacts", friends={"C-1": facts, LINE(2): {}})


def thailand() -> Iterator[Entry]:
    """Shopee Thailand, Lazada (one row a unit), TikTok Shop (a row of remarks, 18 digits, days first)."""
    order = {
        "หมายเลขคำสั่งซื้อ": "260214THAAAA01",
        "เวลาการสั่งซื้อ": "2026-02-14 09:12:33",
        "ชื่อผู้ใช้ (ผู้ซื้อ)": "somchai.j",
        "รวมยอดคำสั่งซื้อ": "1,890.00",
    }
    rows = (
        {**order, "สถานะการสั่งซื้อ": "สำเร็จแล้ว", "ชื่อสินค้า": "ชา", "จำนวน": "1"},
        {**order, "สถานะการสั่งซื้อ": "สำเร็จแล้ว", "ชื่อสินค้า": "แก้ว", "จำนวน": "3"},
        {**order, "หมายเลขคำสั่งซื้อ": "260214THAAAA02", "สถานะการสั่งซื้อ": "ยกเลิกแล้ว", "ชื่อสินค้า": "ชา", "จำนวน": "1"},
    )
    orders = {
        "260214THAAAA01": {
            "total": 1890,
            "state": "placed",
            "lines": 2,
            "at": "2026-02-14 09:12:33",
            "of": "somchai.j",
        },
        "260214THAAAA02": {"total": 1890, "state": "cancelled", "lines": 1},
    }
    truth: dict[str, Any] = {
        "country": "TH",
        "preset": "shopee_th_orders",
        "orders": orders,
        "friends": {"somchai.j": {}},
    }
    content = table("shopee_th_orders", *rows, encoding="utf-8-sig")
    yield Entry("shopee_th_orders.csv", content, new(2, 4), **truth)
    unit = {
        "orderNumber": "88005500112233",
        "createTime": "2026-02-14 10:05:12",
        "itemName": "Tea",
        "quantity": "1",
        "unitPrice": "390.00",
        "paidPrice": "350.00",
        "orderTotal": "1200.00",
        "customerName": "Somchai J.",
        "status": "delivered",
    }
    other = {
        **unit,
        "orderNumber": "88005500112234",
        "orderTotal": "350.00",
        "status": "canceled",
        "customerName": "Ploy",
    }
    told = headers.rows(
        "lazada_orders",
        *({**unit, "orderItemId": f"90{n}"} for n in range(3)),
        {**unit, "itemName": "Cup", "paidPrice": "150.00"},
        other,
    )
    orders = {
        "88005500112233": {"total": 1200, "of": "Somchai J."},
        "88005500112234": {"total": 350, "state": "cancelled", "of": "Ploy"},
    }
    content = text(*(quoted(*line) for line in told)).encode()
    truth = {"country": "TH", "preset": "lazada_orders", "orders": orders, "friends": {"Somchai J.": {}, "Ploy": {}}}
    yield Entry("lazada_orders_with_names_alone.csv", content, new(2, 6), **truth)
    mails = ["customerEmail", *["somchai@example.co.th"] * 4, "ploy@example.co.th"]
    content = text(*(quoted(*row, mail) for row, mail in zip(told, mails, strict=True))).encode("utf-8-sig")
    orders = {
        "88005500112233": {
            "total": 1200,
            "lines": 4,
            "state": "placed",
            "at": "2026-02-14 10:05:12",
            "of": "somchai@example.co.th",
        },
        "88005500112234": {"total": 350, "lines": 1, "state": "cancelled", "of": "ploy@example.co.th"},
    }
    yield Entry("lazada_orders.csv", content, new(2, 6), country="TH", preset="lazada_orders", orders=orders)
    yield _tiktok()


def _tiktok() -> Entry:
    remark = [f"{name}: as shown in the seller center of the platform." for name in headers.of("tiktok_orders")]
    order = {
        "Order ID": "576461413038785752\t",
        "Order Status": "Completed",
        "Created Time": "14/02/2026 09:30:00\t",
        "Product Name": "Tea",
        "Quantity": "1",
        "SKU Subtotal After Discount": "350.00",
        "Order Amount": "850.00",
        "Buyer Username": "ploy.tea\t",
    }
    rows = (
        order,
        {**order, "Product Name": "Cup", "SKU Subtotal After Discount": "500.00"},
        {
            **order,
            "Order ID": "576461413038785753\t",
            "Order Status": "Cancelled",
            "Created Time": "02/03/2026 10:00:00\t",
        },
    )
    names, *told = headers.rows("tiktok_orders", *rows)
    content = text(*(quoted(*row) for row in (names, remark, *told))).encode("utf-8-sig")
    orders = {
        "576461413038785752": {
            "total": 850,
            "lines": 2,
            "state": "placed",
            "at": "2026-02-14 09:30:00",
            "of": "ploy.tea",
        },
        "576461413038785753": {"state": "cancelled", "at": "2026-03-02 10:00:00"},
    }
    truth: dict[str, Any] = {"country": "TH", "preset": "tiktok_orders", "skipped": {"remarks": 1}, "orders": orders}
    return Entry("tiktok_orders.csv", content, new(3, 5), **truth)
