"""Finer traps: rarer words for nothing, ways to write numbers and clocks, letters beyond Python's encodings, notes."""

import json
from collections.abc import Iterator
from typing import Any

from tests.imports.corpus import headers
from tests.imports.corpus.truth import LINE, Entry, csv, new, numbered, quoted, text
from tests.imports.corpus.written import page

_NOTHING = ("無", "なし", "無し", "沒有", "ไม่มี", "NULL", "N/A", "NA", "--", "ー", "未填", "ไม่ระบุ")
_DATES = {
    "TW": (
        "114年11月28日|中華民國114年11月28日|民114/11/28|2025/11/28 星期五|Friday, November 28, 2025|2025–11–28",
        "2025年11月28日 下午3時5分|2025/11/28 03:05:00 p.m.|20251128 150500|20251128T070500Z|2025-11-28 15:05 GMT+8",
        "2025/11/28 早上 9:05|2025/11/28 上午09:05",
    ),
    "JP": (
        "令7.11.28|2025年11月28日金曜日|㋿7年11月28日|R07.11.28",
        "2025年11月28日15時5分|令和7年11月28日 午後3時5分|2025/11/28 15:05:00 JST",
        "2025/11/28 9時5分",
    ),
    "TH": (
        "28พ.ย.2568|28/พ.ย./2568|28 พย. 68|วันศุกร์ที่ 28 พฤศจิกายน พ.ศ. 2568|28-11-2568",
        "28 พ.ย. 2568 - 15:05|28/11/2568 15.05",
        "28/11/2568 09:05 น.",
    ),
}

_FEET = {
    "TW": (
        "訂單編號,訂單日期,會員編號,訂單金額",
        ("平均,,,680", "本頁小計,,,680", "總　計,,,680", "合計：1 筆,,,", ",,合計,680"),
        ("以下空白,,,", "製表人：王小明,,,", "第 1 頁，共 1 頁,,,", "備註：含稅,,,", "-- END --,,,"),
    ),
    "JP": (
        "注文番号,受注日,会員番号,合計",
        ("総計,,,680", "総合計,,,680", "件数,1,,"),
        ("※ 税込,,,", "出力日:2026/11/01,,,", "全1件,,,"),
    ),
    "TH": (
        "หมายเลขคำสั่งซื้อ,วันที่สั่งซื้อ,รหัสสมาชิก,ยอดรวม",
        ("รวมทั้งสิ้น,,,680", "ยอดรวมทั้งหมด,,,680", "รวมเงิน,,,680"),
        ("จำนวน 1 รายการ,,,", "หมายเหตุ: รวมภาษี,,,"),
    ),
}


def nothing() -> Iterator[Entry]:
    """Words that people and programs write for nothing erase nothing and give nobody a tag."""
    head = "會員編號,姓名,手機,Email,標籤,註冊日期"
    known = [f"{n},Friend {n},09123456{n},f{n}@example.tw,,2024/1/1" for n in range(10, 22)]
    blank = [f"{n},{word},{word},{word},{word},{word}" for n, word in enumerate(_NOTHING, start=10)]
    facts = {
        str(n): {"name": f"Friend {n}", "email": f"f{n}@example.tw", "tags": set[str](), "joined": "2024-01-01"}
        for n in range(10, 22)
    }
    rows = dict.fromkeys(range(2, 14), "unchanged")
    before = text(head, *known).encode()
    yield csv("words_for_nothing_erase_nothing", head, *blank, before=(before,), rows=rows, friends=facts)
    names = ("member number,name", "1,Nan", "2,Na", "3,nan", "4,N/A")
    people = {"1": {"name": "Nan"}, "2": {"name": "Na"}, "3": {"name": ""}, "4": {"name": ""}}
    yield csv("friends_called_nan", *names, friends=people)


def keys() -> Iterator[Entry]:
    """Phones and addresses in rarer forms."""
    forms = "+886 (0)912-345-678|0912345678.0|0912345678 / 02-2345-6789|0912345678、0922333444|\u202a0912345678\u202c"
    cells = list[str](forms.split("|"))
    people = {str(place): {"phone": "+886912345678"} for place in range(1, len(cells) + 1)}
    yield csv("phones_in_company", *numbered("member number,phone", cells), friends=people)
    cells = ["081xxxxxxx", "0912XXX678", "09●●●●5678", "0912...678"]
    flags = dict.fromkeys(range(2, 6), "masked")
    people = {str(place): {"phone": None} for place in range(1, 5)}
    lines = numbered("member number,phone", cells)
    yield csv("phones_masked_with_letters", *lines, country="TH", flagged=flags, friends=people)
    cells = ["Mei <mei@example.tw>", "mailto:mei@example.tw", "\ufeffmei@example.tw", "mei..l.@docomo.ne.jp"]
    said = [*["mei@example.tw"] * 3, "mei..l.@docomo.ne.jp"]
    people = {str(place): {"email": address} for place, address in enumerate(said, start=1)}
    yield csv("e-mails_in_other_forms", *numbered("member number,e-mail", cells), friends=people)


def numbers() -> Iterator[Entry]:
    """Amounts and dates in rarer forms."""
    amounts = "新台幣1,280元|NTD 1,280|1,280圓|+1,280|NT$1,280-|¥1,280-|\\1,280|1,280.-|1,280円(税込)|1280."
    yield from _amounts("prices", amounts, 1280)
    yield from _amounts("refunds", "退款 100|-100|(100)|▲100|100-|返金100", -100)
    yield from _amounts("free", "免費|無料|ฟรี|0", 0)
    dollars = ("order number,date,member number,total", "A1,2026-01-02,1,US$10", "A2,2026-01-02,1,1.28E+03")
    yield csv("amounts_that_are_others", *dollars, rows={2: "amount", 3: "amount"}, orders={})
    for country, (day, afternoon, morning) in _DATES.items():
        pairs = [(cell, "2025-11-28 00:00:00") for cell in day.split("|")]
        pairs += [(cell, "2025-11-28 15:05:00") for cell in afternoon.split("|")]
        pairs += [(cell, "2025-11-28 09:05:00") for cell in morning.split("|")]
        lines = numbered("member number,joined on", [cell for cell, _at in pairs])
        truth = {str(place): {"joined": at} for place, (_cell, at) in enumerate(pairs, start=1)}
        yield csv(f"dates_and_clocks_{country}", *lines, country=country, friends=truth)
    midnight = numbered("member number,joined on", ["2025/11/28 24:00", "2025/11/28 晚上 12:05", "1970-01-01", "0"])
    rows, flags = {2: "new", 3: "date", 4: "new", 5: "new"}, {4: "no_date", 5: "no_date"}
    truth: dict[str, dict[str, Any]] = {"1": {"joined": "2025-11-29"}, "3": {"joined": None}, "4": {"joined": None}}
    yield csv("midnights_and_the_first_second", *midnight, rows=rows, flagged=flags, friends=truth)


def answers() -> Iterator[Entry]:
    """Yes and no in whole words, and tags between rarer separators."""
    yes = ("願意", "已同意", "受信する", "希望します", "ยอมรับ", "ต้องการ", "1.0", "✅", "opt_in")
    no = ("不願意", "受信しない", "希望しません", "ไม่ยินยอม", "ไม่ต้องการ", "配信停止", "已退訂", "✕", "not_subscribed")
    unknown = ("未回答", "ไม่ระบุ", "pending", "不明")
    people = {str(place): {"marketing": "allowed"} for place in range(1, 10)}
    people |= {str(place): {"marketing": "refused"} for place in range(10, 19)}
    people |= {str(place): {"marketing": "unknown"} for place in range(19, 23)}
    yield csv("answers_in_sentences", *numbered("member number,marketing", [*yes, *no, *unknown]), friends=people)
    cells = ["VIP/高消費", "VIP／高消費", "VIP､高消費", '["VIP","高消費"]', "'@vip、'=1+1", "10/12 活動", "甜/鹹、茶"]
    truth: dict[str, dict[str, Any]] = {str(place): {"tags": {"VIP", "高消費"}} for place in range(1, 5)}
    truth |= {"5": {"tags": {"@vip", "'=1+1"}}, "6": {"tags": {"10/12 活動"}}, "7": {"tags": {"甜/鹹", "茶"}}}
    yield csv("tags_split_in_other_ways", *numbered("會員編號,標籤", cells), friends=truth)


def _amounts(name: str, forms: str, total: int) -> Iterator[Entry]:
    cells = forms.split("|")
    lines = [f"A{place},2026-01-02,1,{quoted(cell)}" for place, cell in enumerate(cells, start=1)]
    orders = {f"A{place}": {"total": total} for place in range(1, len(cells) + 1)}
    yield csv(f"amounts_of_{name}", "order number,date,member number,total", *lines, orders=orders)


def letters() -> Iterator[Entry]:
    """Letters that Windows has beyond Python's encodings, and one letter that is broken."""
    head, row = "會員編號,姓名,備註\r\n", "1,{},很好\r\n2,許功蓋,喜歡茶\r\n"
    own = (head + row.format("陳?")).encode("cp950").replace(b"?", b"\xfa\x40")
    yield Entry("big5_with_a_letter_of_its_own.csv", own, new(2, 3), friends=_two("陳\ue000"))
    bad = (head + row.format("陳?")).encode("cp950").replace(b"?", b"\xff")
    yield Entry("big5_with_a_broken_letter.csv", bad, new(2, 3), friends=_two("陳\ufffd"))
    bad = (head + row.format("陳雅?")).encode().replace(b"?", b"\xe5\xa9")
    yield Entry("utf-8_with_a_cut_letter_inside.csv", bad, new(2, 3), friends=_two("陳雅\ufffd"))
    signs = "会員番号,名前\r\n1,?田中\r\n".encode("euc_jp").replace(b"?", b"\xad\xa1\xad\xea")
    people = {"1": {"name": "①㈱田中"}}
    yield Entry("euc-jp_with_signs_of_windows.csv", signs, {2: "new"}, country="JP", friends=people)
    half = text("member number,name", *[f"{n},Friend {n}" for n in range(2, 9)], "9,ﾀﾅｶ ﾊﾙｶ").encode("cp932")
    friends = {"9": {"name": "ﾀﾅｶ ﾊﾙｶ"}, **{str(n): {} for n in range(2, 9)}}
    yield Entry("half_kana_among_ascii.csv", half, new(2, 9), country="JP", friends=friends)
    odd = text("會員編號,姓名", "1,陳", "2,許功蓋").encode("utf-16")[:-1]
    yield Entry("utf-16_cut_inside_a_letter.csv", odd, new(2, 3), friends=_two("陳"))
    cut = text("會員編號,姓名", "1,陳", "2,許功蓋").encode() + b"\xe7\x8e"
    rows = {**new(2, 3), 4: "damaged"}
    yield Entry("nothing_but_a_cut_letter.csv", cut, rows, friends=_two("陳"))
    spaced = ("會員編號, 姓名, 備註", '1, "陳, 王", "x"', "2, 許功蓋, y")
    yield csv("blanks_before_quotes", *spaced, friends=_two("陳, 王"))
    last = (quoted("會員編號", "姓名", "標籤"), '"1","陳","VIP,茶', quoted("2", "許功蓋", "茶"), quoted("3", "林", ""))
    people = {"1": {"name": "陳", "tags": {"VIP", "茶"}}, "2": {"name": "許功蓋"}, "3": {"name": "林"}}
    yield csv("last_quote_never_closed", *last, friends=people)
    inner = (
        quoted("會員編號", "姓名", "手機"),
        '"1","陳,"0912345678"',
        quoted("2", "許功蓋", ""),
        quoted("3", "林", ""),
    )
    people = {"1": {"name": "陳", "phone": "+886912345678"}, "2": {"name": "許功蓋"}, "3": {"name": "林"}}
    yield csv("quote_never_closed_where_all_are_quoted", *inner, friends=people)
    slashes = ("會員編號,姓名,備註", '1,"陳 \\"A\\"","x\\\\"', '2,許功蓋,"a, \\"b\\""')
    yield csv("backslashes_before_backslashes", *slashes, friends=_two('陳 "A"'))


def _two(first: str) -> dict[str, dict[str, Any]]:
    return {"1": {"name": first}, "2": {"name": "許功蓋"}}


def around() -> Iterator[Entry]:
    """Totals and notes as back offices of three countries write them, files put one behind the other."""
    orders = {"A1": {"total": 680, "of": "1001"}}
    for country, (head, totals, notes) in _FEET.items():
        lines = (head, "A1,2026-10-01,1001,680", *totals, *notes)
        skipped = {"total": len(totals), "note": len(notes)}
        yield csv(f"feet_of_{country}", *lines, rows={2: "new"}, country=country, skipped=skipped, orders=orders)


def among() -> Iterator[Entry]:
    """Files put one behind the other, and explanations over a single row."""
    joined = ("\ufeff會員編號,姓名", "1,陳", "\ufeff會員編號,姓名", "2,許功蓋")
    yield csv(
        "two_marked_files_in_one", *joined, rows={2: "new", 4: "new"}, skipped={"names_again": 1}, friends=_two("陳")
    )
    names, row = headers.rows(
        "tiktok_orders",
        {
            "Order ID": "576461413038785752\t",
            "Order Status": "Completed",
            "Created Time": "14/02/2026 09:30:00\t",
            "Product Name": "Tea",
            "Quantity": "2",
            "Order Amount": "THB 250.00",
            "Buyer Username": "kai88\t",
        },
    )
    explained = [f"What stands in {name}." for name in names]
    lines = (quoted(*names), quoted(*explained), quoted(*row))
    truth = {"576461413038785752": {"total": 250, "at": "2026-02-14 09:30:00", "of": "kai88"}}
    told_lines = {"remarks": 1}
    yield csv(
        "tiktok_explanations_over_one_order",
        *lines,
        rows={3: "new"},
        country="TH",
        preset="tiktok_orders",
        skipped=told_lines,
        orders=truth,
    )


def states() -> Iterator[Entry]:
    """An order's state in a second column, a phone after its country's code, cells that span rows."""
    order = {"Email": "mei@example.tw", "Financial Status": "paid", "Currency": "TWD", "Total": "300.00"}
    order |= {"Created at": "2024-05-02 10:00:00 +0800", "Lineitem quantity": "1", "Lineitem name": "茶"}
    gone = {**order, "Name": "#1002", "Cancelled at": "2024-05-03 10:00:00 +0800"}
    rows = headers.rows("shopify_orders", {**order, "Name": "#1001"}, gone)
    truth: dict[str, dict[str, Any]] = {"#1001": {"state": "placed"}, "#1002": {"state": "cancelled"}}
    lines = [quoted(*row) for row in rows]
    yield csv("shopify_cancelled_but_paid", *lines, preset="shopify_orders", orders=truth)
    order = {"訂單日期": "2024-05-01 10:00", "訂單狀態": "已完成", "付款總金額": "NT$300", "電郵": "mei@example.tw"}
    back = {**order, "訂單號碼": "#2", "付款狀態": "已退款"}
    rows = headers.rows("shopline_orders", {**order, "訂單號碼": "#1", "付款狀態": "已付款"}, back)
    truth = {"#1": {"state": "placed"}, "#2": {"state": "refunded"}}
    yield csv("shopline_paid_back", *[quoted(*row) for row in rows], preset="shopline_orders", orders=truth)
    buyer = {"顧客 ID": "1", "國際電話區碼": "81", "會員綁定手機號碼": "9012345678", "聯絡電話": "0912345678"}
    rows = headers.rows("shopline_customers", buyer, {"顧客 ID": "2", "國際電話區碼": "886", "聯絡電話": "0922333444"})
    people = {"1": {"phone": "+819012345678"}, "2": {"phone": "+886922333444"}}
    yield csv("shopline_phone_of_japan", *[quoted(*row) for row in rows], preset="shopline_customers", friends=people)
    table = page(
        ("訂單編號", "訂單日期", "會員編號", "商品", "金額"), ("A1", "2025/1/2", "7", "茶", "100"), ("杯", "50")
    )
    for cell in ("A1", "2025/1/2", "7"):
        table = table.replace(f"<td>{cell}</td>", f'<td rowspan="2">{cell}</td>')
    assert "rowspan" in table
    truth = {"A1": {"total": 150, "lines": 2, "of": "7"}}
    yield Entry("page_with_cells_over_two_rows.xls", table.encode(), new(2, 3), orders=truth)


def people_and_events() -> Iterator[Entry]:
    """People who share a phone that the shop has already, and logs of webhooks as servers keep them."""
    known = text("手機,姓名", "0912345678,家").encode()
    pair = ("Email,姓名,手機", "a@example.tw,媽媽,0912345678", "b@example.tw,爸爸,0912345678")
    people = {"a@example.tw": {"name": "媽媽"}, "b@example.tw": {"name": "爸爸"}, "家": {"email": None}}
    yield csv("two_addresses_and_a_known_phone", *pair, before=(known,), friends=people)
    follow = {"type": "follow", "timestamp": 1764313509000, "source": {"type": "user", "userId": LINE(1)}}
    first, second = {**follow, "webhookEventId": "1"}, {**follow, "webhookEventId": "2", "type": "unfollow"}
    second["timestamp"] = 1764313510000.0
    wrapped = [{"body": {"events": [second]}}, {"headers": {}, "body": json.dumps({"events": [first, first]})}]
    lines = "".join(json.dumps(line) + "\n" for line in wrapped)
    rows = {1: "new", 2: "new", 3: "unchanged"}
    for name, encoding in (("requests", "utf-8"), ("requests_of_a_terminal", "utf-16")):
        facts = {LINE(1): {"blocked": True, "joined": "2025-11-28 15:05:09"}}
        content = lines.encode(encoding)
        yield Entry(f"{name}.jsonl", content, rows, preset="line_webhook", friends=facts, events=2)
