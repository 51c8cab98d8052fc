"""What stands in cells: dates of four calendars, amounts, yes and no in four languages, tags."""

from collections.abc import Iterator

from tests.imports.corpus.truth import Entry, csv, numbered, text

_TAIWAN = {
    "113/05/01|113.5.1|1130501|民國113年5月1日|民國 113 年 5 月 1 日|民國113/5/1": "2024-05-01",
    "2024/5/1|2024-05-01|20240501|45413|２０２４／０５／０１": "2024-05-01",
    "2024.05.01|2024年5月1日|May 1, 2024|1-May-2024|2024/05/01 上午 12:00|2024/05/01 00:00:00": "2024-05-01",
    "2024/5/1 下午 03:20:15|2024/5/1 下午03:20:15|113/05/01 15:20:15|2024-05-01T07:20:15Z": "2024-05-01 15:20:15",
    "2024-05-01 16:20:15 +0900|2024-05-01T15:20:15+08:00|2024/5/1 3:20:15 PM": "2024-05-01 15:20:15",
    "2024/5/1 上午 12:05|2024/5/1 凌晨 12:05": "2024-05-01 00:05:00",
    "2024/5/1 下午 12:05|2024/5/1 中午 12:05": "2024-05-01 12:05:00",
    "45413.5|2024/5/1 12:00": "2024-05-01 12:00:00",
    "99/05/01|0990501|民國99年5月1日": "2010-05-01",
}
_JAPAN = {
    "2024年5月1日|令和6年5月1日|R6.5.1|R6/5/1|Ｒ６．５．１|令和６年５月１日": "2024-05-01",
    "2024/5/1(水)|2024年5月1日(水)|2024年5月1日（水）|2024年 5月 1日": "2024-05-01",
    "2024/5/1 10:00|2024年5月1日 10時00分|2024/05/01 午前 10:00|令和6年5月1日 10:00:00": "2024-05-01 10:00:00",
    "令和元年5月1日|R1.5.1|令和1年5月1日": "2019-05-01",
    "平成31年4月30日|H31.4.30": "2019-04-30",
    "昭和64年1月7日|S64.1.7": "1989-01-07",
}
_THAILAND = {
    "01/05/2567|1/5/2567|1 พ.ค. 2567|1 พฤษภาคม 2567|2567-05-01|2024-05-01|1 May 2024|วันที่ 1 พฤษภาคม 2567": "2024-05-01",
    "01/05/2567 10:00|1 พ.ค. 2567 10:00 น.|2024-05-01 10:00:00|01/05/2567 10:00:00": "2024-05-01 10:00:00",
    "1 พฤษภาคม 2567 เวลา 10:00 น.|01/05/2567 เวลา 10:00|1 พ.ค. พ.ศ. 2567 10:00": "2024-05-01 10:00:00",
    "1 พ.ค. 67|๑ พ.ค. ๒๕๖๗": "2024-05-01",
    "13/05/2024|13/05/2567": "2024-05-13",
}
ZERO = ("1900/1/0", "1900-01-00", "1900-01-01", "1900-01-01 00:00:00", "0000-00-00", "0000-00-00 00:00:00")
_NO_DAYS = (*ZERO, "9999-12-31", "9999/12/31 23:59:59", "0001-01-01T00:00:00")


def dates() -> Iterator[Entry]:
    """Days and clocks of Taiwan, Japan and Thailand, what stands for no date, and what is none."""
    for country, forms in (("TW", _TAIWAN), ("JP", _JAPAN), ("TH", _THAILAND)):
        pairs = [(cell, day) for cells, day in forms.items() for cell in cells.split("|")]
        truth = {str(place): {"joined": day} for place, (_cell, day) in enumerate(pairs, start=1)}
        lines = numbered("member number,joined on", [cell for cell, _day in pairs])
        yield csv(f"dates_{country}", *lines, country=country, friends=truth)
    flags = dict.fromkeys(range(2, len(_NO_DAYS) + 2), "no_date")
    truth = {str(place): {"joined": None} for place in range(1, len(_NO_DAYS) + 4)}
    lines = numbered("member number,joined on", [*_NO_DAYS, "-", "--", ""])
    yield csv("no_dates", *lines, flagged=flags, friends=truth)
    wrong = ["2026-13-01", "2026-02-30", "soon", "2026-11-12 25:00", "26-01-02", "01/05/67"]
    lines = numbered("member number,joined on", wrong)
    yield csv("dates_that_are_none", *lines, rows=dict.fromkeys(range(2, 8), "date"), friends={})
    both = ("member number,joined on", "1,05/01/2026", "2,06/02/2026")
    yield csv("day_or_month_first", *both, rows={2: "date", 3: "date"}, friends={})
    told = {"1": {"joined": "2026-01-05"}, "2": {"joined": "2026-02-13"}}
    yield csv("day_first_as_one_row_tells", "member number,joined on", "1,05/01/2026", "2,13/02/2026", friends=told)
    told = {"1": {"joined": "2026-05-01"}, "2": {"joined": "2026-02-13"}}
    yield csv("month_first_as_one_row_tells", "member number,joined on", "1,05/01/2026", "2,02/13/2026", friends=told)


_AMOUNTS = {
    "TW": (
        "1280|1,280|NT$1,280|NT$ 1,280|1,280元|$1,280|１２８０|１，２８０|1280.00|1,280.00|TWD 1,280|1280 TWD",
        1280,
    ),
    "JP": ("1280|1,280|￥1,280|¥1,280|1,280円|１，２８０円|\\1,280", 1280),
    "TH": ("1280|1,280|฿1,280.00|1,280.00 บาท|THB 1,280|1280.00", 1280),
}


def amounts() -> Iterator[Entry]:
    """Amounts with signs, marks, in full width, and the ways to write minus."""
    head = "order number,order date,member number,total"
    for country, (forms, value) in _AMOUNTS.items():
        cells = [cell for cell in forms.split("|") if not cell.startswith("\\")]
        lines = [f'A{place},2026-05-01,1,"{cell}"' for place, cell in enumerate(cells, start=1)]
        truth = {f"A{place}": {"total": value} for place in range(1, len(cells) + 1)}
        yield csv(f"amounts_{country}", head, *lines, country=country, orders=truth)
    cells = ["(500)", "-500", "500-", "▲500", "△500", "NT$-500", "-NT$500", "(NT$500)", "－５００"]
    lines = [f"A{place},2026-05-01,1,{cell}" for place, cell in enumerate(cells, start=1)]
    truth = {f"A{place}": {"total": -500} for place in range(1, len(cells) + 1)}
    yield csv("minus", head, *lines, orders=truth)
    cells = ["1.680,50", "about 100", "12 or 13", '"1,2oo"', "1.28E+03x"]
    lines = [
        f"A{place},2026-05-01,1,{cell if ',' in cell and cell[0] == chr(34) else chr(34) + cell + chr(34)}"
        for place, cell in enumerate(cells, start=1)
    ]
    yield csv("amounts_that_are_none", head, *lines, rows=dict.fromkeys(range(2, 7), "amount"), orders={})
    states = "placed:paid|完成|已完成|已出貨|発送済み|入金済み|สำเร็จ|partially_refunded|"
    states += "/cancelled:已取消|不成立|取消|cancelled|Canceled|voided|注文取消し|キャンセル|ยกเลิกแล้ว|ยกเลิก"
    states += "/refunded:已退款|退貨|refunded|返品|返金済み|คืนเงินแล้ว"
    pairs = [(word, part.partition(":")[0]) for part in states.split("/") for word in part.partition(":")[2].split("|")]
    lines = [f"A{place},2026-05-01,1,100,{word}" for place, (word, _state) in enumerate(pairs, start=1)]
    truth = {f"A{place}": {"state": state} for place, (_word, state) in enumerate(pairs, start=1)}
    yield csv("states_of_orders", f"{head},status", *lines, orders=truth)
    foreign = (f"{head},currency", "A1,2026-05-01,1,100,TWD", "A2,2026-05-01,1,20,USD", "A3,2026-05-01,1,300,")
    truth = {"A1": {"total": 100}, "A3": {"total": 300}}
    yield csv("another_currency", *foreign, rows={2: "new", 3: "currency", 4: "new"}, orders=truth)


def answers() -> Iterator[Entry]:
    """Yes and no in four languages; an empty cell is unknown, and a refusal is never lost."""
    yes = "yes|Y|TRUE|1|○|是|接受|同意|はい|受け取る|ใช่|ยินยอม|subscribed".split("|")
    no = "no|N|FALSE|0|×|否|不接受|拒收|いいえ|受け取らない|ไม่|ไม่รับ|unsubscribed".split("|")
    none = ["", "-", "unknown", "不明", "ไม่ทราบ"]
    told = [
        *(("allowed", cell) for cell in yes),
        *(("refused", cell) for cell in no),
        *(("unknown", cell) for cell in none),
    ]
    truth = {str(place): {"marketing": answer} for place, (answer, _cell) in enumerate(told, start=1)}
    lines = numbered("member number,accepts marketing", [cell for _answer, cell in told])
    yield csv("answers", *lines, friends=truth)
    yield csv("an_answer_that_is_none", "member number,marketing", "1,perhaps", rows={2: "answer"}, friends={})
    lines = ("member number,name,marketing", "1,Mei,no", "1,Mei Lin,yes", "2,Lin,yes", "2,Lin,")
    rows = {2: "twice", 3: "new", 4: "twice", 5: "new"}
    truth = {"1": {"name": "Mei Lin", "marketing": "refused"}, "2": {}}
    yield csv("a_refusal_in_one_of_two_rows", *lines, rows=rows, friends=truth)
    known = text("member number,name,marketing", "1,Mei,yes", "2,Lin,no").encode()
    lines = ("member number,phone,marketing", "1,0912,no", "2,,yes")
    truth = {"1": {"marketing": "refused", "phone": None}, "2": {"marketing": "refused"}}
    rows = {2: "phone", 3: "unchanged"}
    yield csv("a_refusal_in_a_bad_row_counts", *lines, before=(known,), rows=rows, friends=truth)
    lines = ("member number,was informed,can opt out,blocked", "1,是,はい,1", "2,no,,0", "3,,,")
    truth = {
        "1": {"informed": "yes", "can_opt_out": "yes", "blocked": True},
        "2": {"informed": "no", "blocked": False},
        "3": {"informed": "yes", "can_opt_out": "unknown", "blocked": False},
    }
    yield csv("the_three_questions", *lines, friends=truth)


def tags() -> Iterator[Entry]:
    """Tags in one cell, and one column a tag."""
    cells = ["VIP, 高消費", "VIP|高消費", "VIP、高消費", "VIP；高消費", "VIP，高消費", "VIP;高消費", "ＶＩＰ、高消費"]
    truth = {str(place): {"tags": {"VIP", "高消費"}} for place in range(1, 8)}
    yield csv(
        "tags_in_one_cell",
        *numbered("會員編號,標籤", [*cells, "", "-"]),
        friends={**truth, "8": {"tags": set()}, "9": {"tags": set()}},
    )
    for name, yes, no in (("ones", "1", "0"), ("circles", "○", "×"), ("letters", "Y", "N")):
        lines = ("會員編號,老客,敏感肌", f"1,{yes},{no}", f"2,{yes},{yes}", "3,,", f"4,{no},{no}")
        truth = {"1": {"tags": {"老客"}}, "2": {"tags": {"老客", "敏感肌"}}, "3": {"tags": set()}, "4": {"tags": set()}}
        yield csv(f"tag_columns_{name}", *lines, friends=truth)
    told = ("會員編號,標籤:老客,タグ_敏感肌,tag: VIP", "1,1,,1", "2,,1,")
    truth = {"1": {"tags": {"老客", "VIP"}}, "2": {"tags": {"敏感肌"}}}
    yield csv("tag_columns_that_say_so", *told, friends=truth)
    known = text("member number,tags", "1,tea").encode()
    more = ("member number,tags", '1,"Tea, coffee"', "2,TEA")
    truth = {"1": {"tags": {"tea", "coffee"}}, "2": {"tags": {"tea"}}}
    yield csv(
        "a_tag_in_other_letters_is_the_same", *more, before=(known,), rows={2: "updated", 3: "new"}, friends=truth
    )
