"""Files as shops really have them, made by this script (no real people), each with what must become of every row.

python -m tests.imports.corpus FOLDER      writes them all, to look at or to try in the window
"""

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from linecrm_desktop.imports import presets
from linecrm_desktop.imports.columns import Kind, Target
from linecrm_desktop.imports.presets import Preset

ZONES = {"TW": ("Asia/Taipei", "TWD"), "JP": ("Asia/Tokyo", "JPY"), "TH": ("Asia/Bangkok", "THB")}
LINE = "U{:032x}".format


@dataclass(frozen=True)
class Entry:
    """One file and its truth. `rejected` and `skipped` name lines by reason; `phones` and the like what is stored."""

    name: str
    content: bytes
    new: int
    country: str = "TW"
    kind: Kind | None = None
    unchanged: int = 0
    rejected: dict[int, str] = field(default_factory=dict[int, str])
    skipped: dict[str, int] = field(default_factory=dict[str, int])
    flagged: dict[int, str] = field(default_factory=dict[int, str])
    phones: tuple[str, ...] | None = None
    """The friends' phones, sorted."""
    names: tuple[str, ...] | None = None
    days: tuple[str, ...] | None = None
    """When friends joined, or orders were placed, as local days, sorted."""
    totals: tuple[int, ...] | None = None
    """Counted orders' totals in whole units, sorted."""
    tags: dict[str, int] | None = None
    """How many friends carry each tag."""
    refused: int = 0
    friends: int | None = None


def text(*lines: str, end: str = "\r\n") -> str:
    """Return lines as the text of a file."""
    return end.join(lines) + end


def csv(name: str, *lines: str, new: int, encoding: str = "utf-8", **truth: object) -> Entry:
    """Return an entry of a text file."""
    return Entry(f"{name}.csv", text(*lines).encode(encoding), new, **truth)  # pyright: ignore[reportArgumentType]


def workbook(*rows: Sequence[object]) -> bytes:
    """Return an xlsx file."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


MEMBERS = ("會員編號,姓名,手機", "1001,王小明,0912345678", "1002,陳雅婷,0922333444", "1003,游錫坤,0933555777")
JAPANESE = ("会員番号,名前,電話番号", "1001,髙橋花子,090-1234-5678", "1002,渡邊ハルカ,080-1111-2222")
THAI = ("รหัสสมาชิก,ชื่อ,เบอร์โทร", "1001,สมชาย ใจดี,081-234-5678", "1002,พลอย แสงทอง,082-345-6789")
TAIWAN_PHONES = ("+886912345678", "+886922333444", "+886933555777")


def encodings() -> Iterator[Entry]:
    """Every way to write the same few members."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp950"):
        truth = {"phones": TAIWAN_PHONES, "names": ("游錫坤", "王小明", "陳雅婷")}
        yield csv(f"members_{encoding}", *MEMBERS, new=3, encoding=encoding, **truth)
    yield Entry("members_gb18030.csv", text(*MEMBERS).encode("gb18030"), 3, phones=TAIWAN_PHONES)
    for encoding in ("cp932", "euc_jp"):
        lines = [line.replace("髙", "高") if encoding == "euc_jp" else line for line in JAPANESE]
        phones = ("+818011112222", "+819012345678")
        yield csv(f"members_{encoding}", *lines, new=2, encoding=encoding, country="JP", phones=phones)
    yield csv("members_cp874", *THAI, new=2, encoding="cp874", country="TH", phones=("+66812345678", "+66823456789"))
    cut = text("member number,name", "1,Mei", "2,林").encode()[:-3]
    yield Entry("cut_inside_a_letter.csv", cut, 2)
    for name, end in (("cr", "\r"), ("lf", "\n")):
        yield Entry(f"line_end_{name}.csv", text(*MEMBERS, end=end).encode(), 3, phones=TAIWAN_PHONES)
    mixed = MEMBERS[0] + "\r\n" + MEMBERS[1] + "\n" + MEMBERS[2] + "\r" + MEMBERS[3]
    yield Entry("line_ends_mixed.csv", mixed.encode(), 3, phones=TAIWAN_PHONES)
    for name, mark in (("tab", "\t"), ("semicolon", ";"), ("bar", "|")):
        yield csv(f"split_by_{name}", *[line.replace(",", mark) for line in MEMBERS], new=3, phones=TAIWAN_PHONES)
    yield csv("sep_line", "sep=;", *[line.replace(",", ";") for line in MEMBERS], new=3, phones=TAIWAN_PHONES)


def quoting() -> Iterator[Entry]:
    """Cells with delimiters, line ends and quotation marks, also where they are written wrongly."""
    head = "member number,name,note"
    yield csv(
        "quoted", head, '1,"Lin, Mei","two\nlines"', '2,"He said ""hi""",x', new=2, names=('He said "hi"', "Lin, Mei")
    )
    yield csv("unclosed", head, '1,"Mei,x', "2,Lin,y", "3,Kai,z", new=3)
    yield csv("backslash", head, '1,"Mei \\"M\\" Lin",x', "2,Kai,y", new=2)
    yield csv("comma_at_the_end", "member number,name,", "1,Mei,", "2,Lin,", new=2)
    yield csv("too_many_cells", "member number,name", "1,Mei", "2,Lin,more", new=1, rejected={3: "cells"})


def layouts() -> Iterator[Entry]:
    """Rows around the table."""
    order = "訂單編號,訂單日期,會員編號,訂單金額"
    yield csv(
        *("titles_and_totals", "晨霧選物 訂單報表,,,", "期間：2026/10/01 ~ 2026/10/31,,,", ",,,", order),
        *("A1,2026/10/01,1001,680", "A2,2026/10/02,1002,320", "合計,,,1000", "共 2 筆,,,"),
        new=2,
        skipped={"above": 2, "blank": 1, "total": 1, "note": 1},
        totals=(320, 680),
    )
    yield csv(
        *("names_again", order, "A1,2026/10/01,1001,680", order, "A2,2026/10/02,1002,320"),
        new=2,
        skipped={"names_again": 1},
    )
    yield csv(
        *("comments", "# Events", "# Start date: 20261001", "event,date,member number", "click,20261001,1"),
        new=1,
        skipped={"comment": 2},
    )
    rows = ("1001,王小明,0912345678,mei@example.tw", "1002,Lin,0922333444,lin@example.tw")
    yield csv("no_names", *rows, new=2, phones=("+886912345678", "+886922333444"))
    yield csv("line_audience", LINE(10), LINE(11), new=2, friends=2)
    yield csv("phones_alone", "0912345678", "0922333444", new=2, phones=("+886912345678", "+886922333444"))
    yield csv("same_names", "member number,name,name", "1,Mei,Lin", new=1, names=("Mei",))
    yield csv("blank_column", "member number,,name", "1,,Mei", ",,", "2,,Lin", new=2, skipped={"blank": 1})
    remarks = "Platform unique order ID.,Order status shown to the seller.,Time the order was created."
    yield csv(
        *("remarks", "order number,status,order date,member number", f"{remarks},The buyer."),
        *("576461413038785752,Completed,14/02/2026 09:30:00,7", "576461413038785753,Completed,02/03/2026 10:00:00,8"),
        new=2,
        skipped={"remarks": 1},
        days=("2026-02-14", "2026-03-02"),
    )


def people() -> Iterator[Entry]:
    """Phones, addresses, ids: what finds a person, and what does not."""
    head = "會員編號,手機"
    forms = (
        "0912345678",
        "0912-345-678",
        "+886912345678",
        "886912345678",
        "912345678",
        "'0912345678",
        "０９１２３４５６７８",
    )
    forms += ('="0912345678"', "00886912345678", "+886 912-345-678")
    rows = [f'{number},"{form.replace(chr(34), chr(34) * 2)}"' for number, form in enumerate(forms)]
    yield csv("phones", head, *rows, new=len(forms), phones=("+886912345678",) * len(forms))
    yield csv(
        *("phones_that_find_nobody", head, "1,0912***678", "2,9.12E+08", "3,0912", "4,"),
        new=3,
        rejected={4: "phone"},
        flagged={2: "masked", 3: "damaged"},
        phones=(),
    )
    yield csv(
        "phone_alone_is_damaged",
        "手機,姓名",
        "9.12346E+08,Mei",
        "09********,Lin",
        new=0,
        rejected={2: "damaged", 3: "masked"},
    )
    wrong = (LINE(0xABCDEF).upper(), LINE(3)[:-1], "U123")
    yield csv(
        *("line_ids", "line user id,name", f"{LINE(1)},Mei", *[f"{ident},Lin" for ident in wrong]),
        new=1,
        rejected={3: "line_id", 4: "line_id", 5: "line_id"},
    )
    yield csv("family", "member number,name,phone", "1,Mei,0912345678", "2,Lin,0912345678", new=2, friends=2)
    yield csv(
        *("twice", "member number,name,marketing", "1,Mei,no", "1,Mei Lin,yes"),
        new=1,
        rejected={2: "twice"},
        names=("Mei Lin",),
        refused=1,
    )
    yield csv(
        *("answers", "member number,marketing", "1,拒收", "2,受け取らない", "3,ไม่รับ", "4,no", "5,", "6,接受", "7,はい"),
        new=7,
        refused=4,
    )
    yield csv("relay", "member number,e-mail", "1,abc@pc.fw.rakuten.ne.jp", new=1, flagged={2: "relay"})
    yield csv("nobody", "name,phone,note", "Mei,,x", "Lin,0912345678,y", new=1, rejected={2: "nobody"})


def dates() -> Iterator[Entry]:
    """The years of four calendars, clocks of three languages, and what stands for no date."""
    taiwan = ("113/05/01", "113.5.1", "1130501", "民國113年5月1日", "2024/5/1 下午 03:20:15", "45413", "20240501")
    yield _joined("dates_taiwan", "TW", taiwan, "2024-05-01")
    japan = ("2024年5月1日", "令和6年5月1日", "R6.5.1", "2024/5/1(水) 10:00", "2024/5/1 午前 0:05")
    yield _joined("dates_japan", "JP", japan, "2024-05-01")
    yield _joined("dates_thailand", "TH", ("01/05/2567", "1 พ.ค. 2567", "1 พฤษภาคม 2567 10:00 น."), "2024-05-01")
    nothing = ("1900/1/0", "0000-00-00", "9999-12-31", "-")
    rows = [f"{number},{cell}" for number, cell in enumerate(nothing)]
    flags = {2: "no_date", 3: "no_date", 4: "no_date"}
    yield csv("no_dates", "member number,joined on", *rows, new=4, flagged=flags, days=())
    yield csv(
        "day_or_month",
        "member number,joined on",
        "1,05/01/2026",
        "2,06/02/2026",
        new=0,
        rejected={2: "date", 3: "date"},
    )


def _joined(name: str, country: str, cells: Sequence[str], day: str) -> Entry:
    rows = [f'{number},"{cell}"' for number, cell in enumerate(cells)]
    days = (day,) * len(cells)
    return csv(name, "member number,joined on", *rows, new=len(cells), country=country, days=days)


def money() -> Iterator[Entry]:
    """Amounts with signs, marks and the four ways to write minus."""
    forms = ("1280", '"1,280"', '"NT$1,280"', '"1,280元"', "１２８０", "1280.00")
    rows = [f"A{number},2026-05-01,1,{form}" for number, form in enumerate(forms)]
    yield csv("amounts", "order number,order date,member number,total", *rows, new=6, totals=(1280,) * 6)
    minus = ("(500)", "-500", "500-", "▲500")
    rows = [f"A{number},2026-05-01,1,{form}" for number, form in enumerate(minus)]
    yield csv("minus", "order number,order date,member number,total", *rows, new=4, totals=(-500,) * 4)
    yield csv(
        *("states", "order number,order date,member number,total,status", "A1,2026-05-01,1,100,已取消"),
        *("A2,2026-05-01,1,200,已退款", "A3,2026-05-01,1,300,已完成"),
        new=3,
        totals=(300,),
    )


def tags() -> Iterator[Entry]:
    """Tags in one cell, and one column a tag."""
    cells = ('"VIP, 高消費"', "VIP|高消費", "VIP、高消費", "VIP；高消費")
    rows = [f"{number},{cell}" for number, cell in enumerate(cells)]
    yield csv("tags_in_one_cell", "會員編號,標籤", *rows, new=4, tags={"VIP": 4, "高消費": 4})
    for name, yes, no in (("ones", "1", "0"), ("circles", "○", "×"), ("letters", "Y", "N")):
        lines = (f"1,{yes},{no}", f"2,{yes},{yes}", "3,,")
        yield csv(f"tag_columns_{name}", "會員編號,老客,敏感肌", *lines, new=3, tags={"老客": 2, "敏感肌": 1})


def files() -> Iterator[Entry]:
    """Workbooks under any name, and pages that call themselves workbooks."""
    rows = (
        ("會員編號", "姓名", "手機", "加入日期"),
        (1001, "王小明", "0912345678", "2024-05-01"),
        ("1002", "Lin", "", ""),
    )
    for name in ("book.xlsx", "book.csv", "book.xls"):
        yield Entry(name, workbook(*rows), 2, phones=("+886912345678",), days=("2024-05-01",))
    rows_of_page = "<tr><th>會員編號</th><th>姓名</th></tr><tr><td>1</td><td>王小明</td></tr>"
    yield Entry("page.xls", f"<html><body><table>{rows_of_page}</table></body></html>".encode(), 1, names=("王小明",))


_CELLS = {
    Target.ORDER: "A{n}",
    Target.AT: "2026-05-0{n} 10:00:00",
    Target.JOINED: "2026-05-0{n} 10:00:00",
    Target.EMAIL: "friend{n}@example.tw",
    Target.MEMBER: "m{n}",
    Target.LINE_ID: "U0000000000000000000000000000000{n}",
    Target.NAME: "Friend",
    Target.PRODUCT: "Tea",
    Target.QUANTITY: "1",
    Target.AMOUNT: "500",
    Target.TOTAL: "500",
    Target.EVENT: "click",
}
_PHONES = {"TW": "091234567{n}", "JP": "0901234567{n}", "TH": "081234567{n}"}
_JAPANESE = ("base", "colorme", "eccube", "rakuten", "makeshop", "lstep", "repro")
_NO_KEY = {"woocommerce_orders", "makeshop_orders", "lazada_orders"}
"""Exports that name nobody; the program says so before anything is read."""


def platforms() -> Iterator[Entry]:
    """Two rows in the columns of every shipped preset."""
    for preset in presets.all_presets():
        if preset.id not in _NO_KEY and not preset.id.startswith("line_"):
            country = "JP" if preset.id.startswith(_JAPANESE) else "TH" if "_th_" in preset.id else "TW"
            encoding = "cp932" if country == "JP" else "utf-8-sig"
            rows = [list(preset.columns), *([*_row(preset, country, number)] for number in (1, 2))]
            lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
            yield csv(f"platform_{preset.id}", *lines, new=2, encoding=encoding, country=country, friends=2)


def _row(preset: Preset, country: str, number: int) -> Iterator[str]:
    targets = [Target(target) for target in preset.columns.values()]
    for place, target in enumerate(targets):
        nth, count = targets[:place].count(target), targets.count(target)
        cell = _PHONES[country] if target is Target.PHONE else _CELLS.get(target, "")
        cell = cell.format(n=number)
        if target is Target.PHONE and count > 1:
            cell = (cell[:3], cell[3:7], cell[7:])[nth] if nth < 3 else ""
        elif target in (Target.AT, Target.JOINED) and count > 1:
            cell = cell.split()[nth]
        yield cell


def entries() -> list[Entry]:
    """Return the whole corpus."""
    makers = (encodings, quoting, layouts, people, dates, money, tags, files, platforms)
    return [entry for make in makers for entry in make()]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for one in entries():
        (folder / one.name).write_bytes(one.content)
