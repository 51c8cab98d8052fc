"""Columns are known by the names that clerks really write, in four languages, without any preset."""

import pytest

from linecrm_desktop.imports import headings
from linecrm_desktop.imports.columns import Kind, Target, guess, guess_kind

WRITTEN = {
    Target.MEMBER: "會員ID|會員編號|客編|會員卡號|客戶編號|顧客番号|お客様番号|会員No|รหัสลูกค้า|เลขสมาชิก|Membership No.",
    Target.NAME: "會員姓名|訂購人姓名|お客様名|ご注文者名|顧客氏名|ชื่อ-นามสกุล|ชื่อลูกค้า|Customer Name|姓名 Name|姓名/Name",
    Target.PHONE: "連絡電話|聯絡電話|手機（必填）|手機號碼 Mobile|お電話番号|携帯電話番号|เบอร์มือถือ|Mobile No.",
    Target.EMAIL: "電子信箱|電子郵件地址|E-mail／電子信箱|Eメール|お客様メールアドレス|อีเมล์|E-mail Address|會員信箱",
    Target.LINE_ID: "LINE UID|LINE使用者ID|LINEユーザーID|ไลน์ไอดี",
}
CUSTOMERS = {
    Target.JOINED: "入會日期|加好友日期|会員登録日|友だち登録日|วันที่สมัครสมาชิก|Registration date|Member since",
    Target.MARKETING: "同意行銷|是否訂閱電子報|メルマガ受信|配信希望|ยินยอมการตลาด|Marketing consent",
    Target.TAG_SOURCE: "客戶來源|得知管道|流入元|ご来店のきっかけ|ช่องทางที่รู้จัก|How did you hear about us?",
    Target.TAG_NONE: "標籤|標籤名稱|標籤1|タグ2|友だちタグ|แท็กลูกค้า|แท็ก 1|Tag 3|Customer tags",
    Target.TAG_VALUE: "會員等級|VIP等級|会員ランク|ระดับสมาชิก|Membership tier",
}
ORDERS = {
    Target.ORDER: "訂單編號|訂單號|單號|受注番号|ご注文番号|เลขที่ออเดอร์|Order No.|訂單編號 Order No",
    Target.AT: "購買日期|訂購時間|消費日期|購入日時|ご注文日|วันที่ซื้อ|Order date|Purchased at|訂單日期 Order Date",
    Target.TOTAL: "訂單總額|實付金額|消費金額|お支払い金額|ご請求金額|ยอดสุทธิ|Grand total|總金額（含稅）",
    Target.PRODUCT: "品名|商品名稱|購買品項|アイテム名|รายการสินค้า|Item name",
    Target.QUANTITY: "數量|購買數量|購入数|จำนวนชิ้น|Qty|Items sold",
    Target.STATUS: "訂單狀況|注文ステータス|สถานะคำสั่งซื้อ|Order status",
}


def pairs(table: dict[Target, str]) -> list[tuple[Target, str]]:
    return [(target, name) for target, names in table.items() for name in names.split("|")]


@pytest.mark.parametrize(("target", "name"), pairs({**WRITTEN, **CUSTOMERS}))
def test_columns_of_people(target: Target, name: str) -> None:
    assert guess(Kind.CUSTOMERS, [name], []).targets == (target,)


@pytest.mark.parametrize(("target", "name"), pairs({**WRITTEN, **ORDERS}))
def test_columns_of_orders(target: Target, name: str) -> None:
    assert guess(Kind.ORDERS, [name], []).targets == (target,)


@pytest.mark.parametrize(
    "name", ["收件人電話", "電話(收件人)", "お名前(セイ)", "拒收", "推薦人姓名", "UTM 來源", "Total orders"]
)
def test_what_is_somebody_elses_or_something_else_is_left_out(name: str) -> None:
    assert guess(Kind.CUSTOMERS, [name], []).targets == (Target.LEAVE_OUT,)


def test_the_better_of_two_columns_is_taken_wherever_it_stands() -> None:
    header = ["ID", "LINE暱稱", "會員編號", "姓名", "電話"]
    names = (Target.LEAVE_OUT, Target.LEAVE_OUT, Target.MEMBER, Target.NAME, Target.PHONE)
    assert guess(Kind.CUSTOMERS, header, []).targets == names
    assert guess(Kind.CUSTOMERS, ["ID", "LINE暱稱"], []).targets == (Target.MEMBER, Target.NAME)


def test_a_time_of_day_is_read_behind_its_day_and_never_alone() -> None:
    rows = [["2026/05/01", "10:20", "1"], ["2026/05/02", "9:05", "2"]]
    assert guess(Kind.ORDERS, ["訂購日期", "訂購時間", "會員編號"], rows).targets[:2] == (Target.AT, Target.AT)
    assert guess(Kind.ORDERS, ["訂購時間", "會員編號"], [["10:20", "1"]]).targets[0] is Target.LEAVE_OUT


def test_the_cells_say_what_a_name_leaves_open() -> None:
    assert guess(Kind.CUSTOMERS, ["uid", "連絡先"], [["17", "mei@example.jp"]]).targets == (Target.MEMBER, Target.EMAIL)
    one = f"U{1:032x}"
    assert guess(Kind.CUSTOMERS, ["uid"], [[one]]).targets == (Target.LINE_ID,)


def test_a_column_that_answers_nothing_is_no_answer() -> None:
    rows = [["1", "週報"], ["2", "月報"], ["3", "週報"]]
    assert guess(Kind.CUSTOMERS, ["會員編號", "電子報"], rows).targets[1] is Target.LEAVE_OUT
    assert guess(Kind.CUSTOMERS, ["會員編號", "電子報"], [["1", "訂閱"], *rows]).targets[1] is Target.MARKETING


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("會員編號,姓名,手機,累積金額,消費金額,入會日期", Kind.CUSTOMERS),
        ("會員編號,姓名,手機,消費金額,建立日期", Kind.CUSTOMERS),
        ("日期,姓名,電話,商品,金額", Kind.ORDERS),
        ("購買日期,客編,消費金額", Kind.ORDERS),
        ("受注番号,お客様名,お電話番号", Kind.ORDERS),
        ("รหัสลูกค้า,ชื่อ-นามสกุล,เบอร์มือถือ,วันที่สมัคร", Kind.CUSTOMERS),
        ("事件類型,發生時間,會員編號", Kind.EVENTS),
        ("会員番号,購入日時", Kind.ORDERS),
    ],
)
def test_the_kind_of_a_clerks_file(header: str, kind: Kind) -> None:
    assert guess_kind(header.split(",")) is kind


def test_no_name_goes_to_two_places_of_one_kind() -> None:
    for kind in ("customers", "orders", "events"):
        for name in headings.all_of(kind, *map(str, Target)):
            assert Target(headings.goes_to(name, kind)) is not Target.LEAVE_OUT
