"""Workbooks under any name, pages that call themselves workbooks, and what is no table at all."""

from collections.abc import Iterator
from datetime import date, datetime, time

from tests.imports.corpus import headers
from tests.imports.corpus.truth import LINE, Entry, csv, new, text
from tests.imports.corpus.written import ods, packed, page, protected, xlsx

HEAD = ("會員編號", "姓名", "手機", "加入日期")
ROWS = (HEAD, ("1001", "王小明", "0912345678", "2024-05-01"), ("1002", "陳雅婷", "", ""))
TRUTH = {
    "1001": {"name": "王小明", "phone": "+886912345678", "joined": "2024-05-01"},
    "1002": {"name": "陳雅婷", "phone": None, "joined": None},
}


def workbooks() -> Iterator[Entry]:
    """What spreadsheet programs keep, whatever the file is called."""
    for name in ("book.xlsx", "book_of_another_name.csv", "book_of_an_old_name.xls"):
        yield Entry(name, xlsx(*ROWS), new(2, 3), friends=TRUTH)
    yield Entry("open_document.ods", ods(*ROWS), new(2, 3), friends=TRUTH)
    yield Entry("open_document_of_another_name.xlsx", ods(*ROWS), new(2, 3), friends=TRUTH)
    typed = (HEAD, (1001, "王小明", 912345678, date(2024, 5, 1)), (1002, "陳雅婷", None, datetime(2024, 5, 1, 15, 20)))
    told = {
        "1001": {"phone": "+886912345678", "joined": "2024-05-01"},
        "1002": {"phone": None, "joined": "2024-05-01 15:20:00"},
    }
    yield Entry("typed_cells.xlsx", xlsx(*typed), new(2, 3), friends=told)
    titled = (("晨霧選物 會員名單",), (), *ROWS, (), ("共 2 筆",))
    told_lines = {"above": 1, "blank": 2, "note": 1}
    yield Entry("titles.xlsx", xlsx(*titled), new(4, 5), skipped=told_lines, friends=TRUTH)
    yield Entry("two_sheets.xlsx", xlsx(*ROWS, second=(("說明",),)), new(2, 3), friends=TRUTH)
    money = (
        ("訂單編號", "訂單日期", "會員編號", "訂單金額"),
        ("A1", datetime(2026, 5, 1, 10), 7, 1280.0),
        ("A2", date(2026, 5, 2), 7, 99.5),
    )
    truth = {"A1": {"total": 1280, "at": "2026-05-01 10:00:00", "of": "7"}, "A2": {"total": 99.5, "at": "2026-05-02"}}
    yield Entry("typed_orders.xlsx", xlsx(*money), new(2, 3), orders=truth)
    flags = (("member number", "accepts marketing", "tags"), (1, True, "VIP"), (2, False, None))
    truth = {"1": {"marketing": "allowed", "tags": {"VIP"}}, "2": {"marketing": "refused", "tags": set()}}
    yield Entry("typed_answers.xlsx", xlsx(*flags), new(2, 3), friends=truth)
    for encoding in ("utf-8", "cp950"):
        content = page(*ROWS).replace("utf-8", "big5" if encoding == "cp950" else encoding)
        yield Entry(f"page_{encoding}.xls", content.encode(encoding), new(2, 3), friends=TRUTH)


def refused() -> Iterator[Entry]:
    """What is no table, and tables that name nobody: one sentence, and nothing is changed."""
    kinds = {
        "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(40), "is a picture"),
        "photo.xlsx": (b"\xff\xd8\xff\xe0" + bytes(40), "is a picture"),
        "paper.csv": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF"),
        "archive.csv": (b"\x1f\x8b\x08\x00" + bytes(40), "is an archive"),
        "packed.csv": (b"PK\x03\x04" + bytes(40), "no workbook"),
        "packed.xlsx": (packed(), "is an archive"),
        "taken_with_a_phone.csv": (bytes(4) + b"ftypheic" + bytes(40), "is a picture"),
        "empty.csv": (b"", "is empty"),
        "only_a_mark.csv": (b"\xef\xbb\xbf\r\n\r\n", "is empty"),
        "only_commas.csv": (b",,\r\n,,\r\n", "is empty"),
        "only_blanks.xlsx": (xlsx(), "is empty"),
        "program.csv": (b"\x7fELF\x02\x01\x01" + bytes(200), "no text and no workbook"),
        "behind_a_password.xlsx": (protected(), "protected with a password"),
    }
    for name, (content, said) in kinds.items():
        yield Entry(name, content, {}, refusal=said)
    nobody = "Match at least one of"
    chats = {
        "zh": (
            "帳號名稱,晨霧選物",
            "時區,'+08:00",
            "下載時間,2026/09/15 14:34",
            "User,王小明,2026/09/15,14:34:55,你好",
        ),
        "ja": (
            "アカウント名,晨霧",
            "タイムゾーン,'+09:00",
            "ダウンロード日時,2026/09/15 14:34",
            "User,花子,2026/09/15,14:34:55,はい",
        ),
        "th": ("ชื่อบัญชี,Mist", "ไทม์โซน,'+07:00", "วันดาวน์โหลด,2026/09/15 14:34", "User,พลอย,2026/09/15,14:34:55,ค่ะ"),
    }
    for language, lines in chats.items():
        head = ",".join(headers.of(f"line_oa_chat_{language}"))
        content = text(*lines[:3], head, lines[3], lines[3].replace("14:34:55", "14:35:10")).encode("utf-8-sig")
        yield Entry(f"line_chat_{language}.csv", content, {}, refusal=nobody)
    days = (",".join(headers.of("line_oa_friends")), "20260627,512,480,32", "20260628,515,483,32")
    yield csv("line_friends_a_day", *days, rows={}, refusal=nobody)
    yield csv("names_only", "姓名,備註", "王小明,x", rows={}, refusal=nobody)


def others() -> Iterator[Entry]:
    """Forms, contacts of another tool, and a form's answers as the language of the sheet writes them."""
    form = ("時間戳記,您的手機號碼,手機,想收到什麼消息？", '2026/4/10 下午 2:44:14,x,0912345678,"茶, 咖啡"')
    yield csv("google_form", *form, friends={"+886912345678": {}})
    omnichat = ("LINE UID,手機,姓名", f"{LINE(1)},886912345678,王小明", f"{LINE(2)},886922333444,陳雅婷")
    truth = {LINE(1): {"phone": "+886912345678"}, LINE(2): {"phone": "+886922333444"}}
    yield csv("contacts_of_omnichat", *omnichat, friends=truth)
    clock = (
        ("order number", "date", "member number", "total"),
        ("A1", datetime(2026, 5, 1, 23, 59), 1, 10),
        ("A2", time(10, 0), 1, 10),
    )
    yield Entry("a_clock_without_a_day.xlsx", xlsx(*clock), {2: "new", 3: "date"}, orders={"A1": {}})
