"""What clerks make of exports by hand: their own column names, tags in columns, cells that were merged, two tables."""

from collections.abc import Iterator
from typing import Any

from tests.imports.corpus.truth import Entry, csv, new, text
from tests.imports.corpus.written import xlsx


def masked() -> Iterator[Entry]:
    """Names with hidden letters beside those that the shop knows in full."""
    known = text("會員編號,姓名,手機", "1,王小明,0912345678", "2,,0922333444", "3,林美,").encode()
    lines = ("會員編號,姓名,手機", "1,王○明,0912345678", "2,陳＊婷,", "3,林美華,", "4,山○太郎,")
    people = {"1": {"name": "王小明"}, "2": {"name": "陳＊婷"}, "3": {"name": "林美華"}, "4": {"name": "山○太郎"}}
    rows = {2: "unchanged", 3: "updated", 4: "updated", 5: "new"}
    yield csv("masked_names", *lines, before=(known,), rows=rows, flagged={2: "masked_name"}, friends=people)


def columns() -> Iterator[Entry]:
    """Columns that count or answer, several columns of tags, two columns of one name."""
    lines = ("會員編號,姓名,訂單數,會員,老客,已驗證", "1,王小明,1,1,1,Y", "2,陳雅婷,0,0,,N", "3,林美,1,1,,Y")
    people: dict[str, dict[str, Any]] = {"1": {"tags": {"老客"}}, "2": {"tags": set()}, "3": {"tags": set()}}
    yield csv("counts_and_answers_beside_a_tag", *lines, friends=people)
    begun = [f"{n},{n % 2}" for n in range(1, 13)]
    people = {str(n): {"tags": set()} for n in range(1, 14)}
    yield csv("a_count_that_begins_with_ones", "member number,cups", *begun, "13,4", friends=people)
    lines = ("會員編號,標籤1,標籤2,標籤3", "1,VIP,茶,", "2,,,杯", "3,茶,1,")
    people = {"1": {"tags": {"VIP", "茶"}}, "2": {"tags": {"杯"}}, "3": {"tags": {"茶"}}}
    yield csv("numbered_columns_of_tags", *lines, flagged={4: "no_tag"}, friends=people)
    lines = ("會員編號,姓名,手機,手機", "1,王小明,,0912345678", "2,陳雅婷,0922333444,0912345678", "3,林美,-,-")
    people = {"1": {"phone": "+886912345678"}, "2": {"phone": "+886922333444"}, "3": {"phone": None}}
    yield csv("two_columns_of_phones_of_one_name", *lines, friends=people)


def headings() -> Iterator[Entry]:
    """Lists and order books with the column names that clerks give them."""
    lines = (
        "ID,會員ID,會員姓名,連絡電話,電子信箱,入會日期,客戶來源,VIP等級,是否訂閱電子報,訂單數",
        "1,M001,王小明,0912-345-678,ming@example.tw,113/05/01,市集,金卡,是,1",
        "2,M002,陳雅婷,,,,,,否,0",
    )
    facts = {"name": "王小明", "phone": "+886912345678", "joined": "2024-05-01", "tags": {"市集", "金卡"}}
    people: dict[str, dict[str, Any]] = {"M001": {**facts, "marketing": "allowed"}, "M002": {"marketing": "refused"}}
    yield csv("members_of_a_clerk_TW", *lines, friends=people)
    lines = (
        "顧客番号,お客様名,お電話番号,お客様メールアドレス,会員登録日,タグ1,タグ2",
        "K1,髙橋 花子,090-1234-5678,,R6.5.1,お茶,VIP",
    )
    facts = {"name": "髙橋 花子", "phone": "+819012345678", "joined": "2024-05-01", "tags": {"お茶", "VIP"}}
    yield csv("members_of_a_clerk_JP", *lines, country="JP", friends={"K1": facts})
    lines = ("รหัสลูกค้า,ชื่อ-นามสกุล,เบอร์มือถือ,อีเมล์,วันที่สมัคร,แท็ก 1", "T-7,สมชาย ใจดี,081-234-5678,,1/5/2567,ชา")
    facts = {"name": "สมชาย ใจดี", "phone": "+66812345678", "joined": "2024-05-01", "tags": {"ชา"}}
    yield csv("members_of_a_clerk_TH", *lines, country="TH", friends={"T-7": facts})
    lines = (
        "單號,訂購日期,訂購時間,客編,品名,數量,實付金額",
        "A1,2024/5/1,10:20,7,茶,2,680",
        "A2,2024/5/2,9:05,7,杯,1,90",
    )
    orders = {"A1": {"at": "2024-05-01 10:20:00", "total": 680, "of": "7"}, "A2": {"at": "2024-05-02 09:05:00"}}
    yield csv("orders_of_a_clerk_TW", *lines, orders=orders)
    lines = ("受注番号,購入日時,お客様番号,アイテム名,購入数,お支払い金額", "A1,2024/5/1 10:20,7,お茶,2,680円")
    orders = {"A1": {"at": "2024-05-01 10:20:00", "total": 680, "of": "7"}}
    yield csv("orders_of_a_clerk_JP", *lines, country="JP", orders=orders)
    lines = ("เลขที่ออเดอร์,วันที่ซื้อ,เบอร์มือถือ,รายการสินค้า,จำนวนชิ้น,ยอดสุทธิ", "A1,1/5/2567 10:20,0812345678,ชา,2,680")
    orders = {"A1": {"at": "2024-05-01 10:20:00", "total": 680, "of": "+66812345678"}}
    yield csv("orders_of_a_clerk_TH", *lines, country="TH", orders=orders)


def people() -> Iterator[Entry]:
    """Keys that are two friends', and families with nothing but one phone."""
    known = text(
        "會員編號,姓名,電子信箱", "1,王小明,", ",ming 訂閱,ming@example.tw", "2,陳雅婷,chen@example.tw"
    ).encode()
    lines = ("會員編號,姓名,電子信箱", "1,王小明,ming@example.tw", "3,陳先生,chen@example.tw")
    people: dict[str, dict[str, Any]] = {"1": {"email": None}, "2": {}, "3": {}, "ming@example.tw": {"member": None}}
    rows = {2: "conflict", 3: "new"}
    yield csv("a_number_and_the_e-mail_of_somebody_else", *lines, before=(known,), rows=rows, friends=people)
    lines = ("姓名,手機", "王媽媽,0912345678", "王小明,0912345678", "林美,0922333444", "林美,0922333444")
    rows = {2: "conflict", 3: "conflict", 4: "twice", 5: "new"}
    yield csv("a_family_with_nothing_but_one_phone", *lines, rows=rows, friends={"林美": {}})


def merged() -> Iterator[Entry]:
    """Orders whose number, day and buyer stand in cells that reach over several rows."""
    head = ("訂單編號", "訂單日期", "會員編號", "品名", "數量", "小計")
    book = (
        head,
        ("A1", "2024/5/1", "7", "茶", "1", "100"),
        ("", "", "", "杯", "2", "50"),
        ("A2", "2024/5/2", "8", "茶", "1", "100"),
        ("", "", "", "盤", "1", "30"),
        ("", "", "", "匙", "1", "20"),
    )
    orders = {"A1": {"total": 150, "lines": 2, "of": "7"}, "A2": {"total": 150, "lines": 3, "of": "8"}}
    yield csv("merged_cells", *map(",".join, book), orders=orders)
    yield Entry("merged_cells.xlsx", xlsx(*[[cell or None for cell in row] for row in book]), new(2, 6), orders=orders)
    lines = (",".join(head), ",,,杯,2,50", "A1,2024/5/1,7,茶,1,100", ",,,,,10")
    rows = {2: "merged", 3: "new", 4: "merged"}
    yield csv("rows_that_hang_on_nothing", *lines, rows=rows, orders={"A1": {"total": 100}})


def tables() -> Iterator[Entry]:
    """Two tables in one sheet."""
    first = ("會員編號,姓名,手機", "1001,王小明,0912345678", "1002,陳雅婷,0922333444")
    people: dict[str, dict[str, Any]] = {"1001": {"name": "王小明"}, "1002": {"name": "陳雅婷"}}
    second = ("訂單編號,訂單日期,訂單金額", "A1,2026/5/1,100", "A2,2026/5/2,50")
    told = {"skipped": {"blank": 1, "other_table": 3}, "friends": people}
    yield csv("a_second_table_below_a_blank_row", *first, "", *second, rows=new(2, 3), **told)
    book = [line.split(",") for line in (*first, "", "訂單", *second)]
    told = {"skipped": {"blank": 1, "other_table": 4}, "friends": people}
    yield Entry("a_second_table_with_a_title.xlsx", xlsx(*book), new(2, 3), **told)


def names() -> Iterator[Entry]:
    """Orders whose buyers have nothing but a name."""
    known = text("會員編號,姓名", "1,王小明", "2,陳雅婷", "3,陳雅婷").encode()
    cells = ("王小明", "陳雅婷", "訪客", "林○美", "張三")
    lines = [f"A{n},2026/5/{n},{name},100" for n, name in enumerate(cells, start=1)]
    rows = {2: "new", 3: "conflict", 4: "nobody", 5: "masked", 6: "new"}
    orders = {"A1": {"total": 100, "of": "1"}, "A5": {"of": "張三"}}
    head = "訂單編號,訂購日期,訂購人姓名,訂單金額"
    yield csv("orders_of_names_alone", head, *lines, before=(known,), rows=rows, orders=orders)
