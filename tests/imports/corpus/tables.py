"""What stands around a table: titles, remarks, second names, names again, totals, notes, blank rows and columns."""

from collections.abc import Iterator

from tests.imports.corpus.truth import LINE, Entry, csv, new

ORDERS = "訂單編號,訂單日期,會員編號,訂單金額"
TWO = {"A1": {"total": 680, "of": "1001"}, "A2": {"total": 320, "of": "1002"}}


def above() -> Iterator[Entry]:
    """Lines before the column names."""
    titles = ("晨霧選物 訂單報表,,,", "期間：2026/10/01 ~ 2026/10/31,,,", ",,,", ORDERS)
    rows = ("A1,2026/10/01,1001,680", "A2,2026/10/02,1002,320")
    told = {"above": 2, "blank": 1, "total": 1, "note": 1}
    yield csv(
        "titles_and_totals", *titles, *rows, "合計,,,1000", "共 2 筆,,,", rows=new(5, 6), skipped=told, orders=TWO
    )
    short = ("晨霧選物 訂單報表", "", ORDERS, *rows, '總計,,,"1,000"', "", "匯出時間：2026/11/01 10:00")
    told = {"above": 1, "blank": 2, "total": 1, "note": 1}
    yield csv("titles_of_one_cell", *short, rows=new(4, 5), skipped=told, orders=TWO)
    comments = ("# ---------", "# Events of October", "# Start date: 20261001", "# ---------", "")
    events = ("Date,Event,Member number,Link", "20261001,click,1,/tea", "20261002,click,2,/tea", "20261002,menu,1,")
    told = {"comment": 4, "blank": 1}
    yield csv("comments_above_events", *comments, *events, rows=new(7, 9), skipped=told, events=3)
    remarks = "Platform unique order ID.,Order status shown to the seller.,Time the order was created.,The buyer."
    orders = (
        "576461413038785752,Completed,14/02/2026 09:30:00,7",
        "576461413038785753,Completed,02/03/2026 10:00:00,8",
    )
    truth = {
        "576461413038785752": {"at": "2026-02-14 09:30:00", "of": "7"},
        "576461413038785753": {"at": "2026-03-02 10:00:00", "of": "8"},
    }
    head = "order number,status,order date,member number"
    yield csv("remarks_below_the_names", head, remarks, *orders, rows=new(3, 4), skipped={"remarks": 1}, orders=truth)


def among() -> Iterator[Entry]:
    """Lines between and below the rows."""
    rows = ("A1,2026/10/01,1001,680", "A2,2026/10/02,1002,320")
    again = (ORDERS, rows[0], ORDERS, rows[1])
    yield csv("names_again", *again, rows={2: "new", 4: "new"}, skipped={"names_again": 1}, orders=TWO)
    gaps = (ORDERS, "", rows[0], ",,,", "  , ,　,", rows[1], "", "")
    yield csv("blank_rows", *gaps, rows={3: "new", 6: "new"}, skipped={"blank": 5}, orders=TWO)
    sums = (ORDERS, rows[0], "小計,,,680", rows[1], "小計,,,320", "總計,,,1000")
    yield csv("sums_between", *sums, rows={2: "new", 4: "new"}, skipped={"total": 3}, orders=TWO)
    called = (
        "Name,Member number,Phone,E-mail",
        "Total Chen,1001,0912345678,t@example.tw",
        "合計太郎,1002,,",
        "Summer,1003,,",
    )
    truth = {"1001": {"name": "Total Chen"}, "1002": {"name": "合計太郎"}, "1003": {"name": "Summer"}}
    yield csv("friends_called_total", *called, friends=truth)
    japan = ("注文番号,受注日,会員番号,合計", "A1,2026/10/01,1001,680", "A2,2026/10/02,1002,320", "合計,,,1000", "以上")
    yield csv("totals_in_japanese", *japan, rows=new(2, 3), country="JP", skipped={"total": 1, "note": 1}, orders=TWO)


def names() -> Iterator[Entry]:
    """Column names that come twice, are blank, hold line ends, or are not there."""
    yield csv("same_names", "member number,name,name", "1,Mei,Lin", friends={"1": {"name": "Mei"}})
    blank = ("member number,,name,", "1,,Mei,", ",,,", "2,,Lin,")
    two = {"1": {"name": "Mei"}, "2": {"name": "Lin"}}
    yield csv("blank_columns", *blank, rows={2: "new", 4: "new"}, skipped={"blank": 1}, friends=two)
    left = (",,", ",member number,name", ",1,Mei", ",2,Lin")
    yield csv("table_not_in_the_corner", *left, rows=new(3, 4), skipped={"blank": 1}, friends=two)
    filled = ("member number,,name", "1,x,Mei", "2,y,Lin")
    yield csv("a_column_without_a_name", *filled, friends=two)
    wide = ("會員編號　,姓名\u3000,　手機（行動）　,電　郵", "1,王小明,0912345678,mei@example.tw")
    truth = {"1": {"name": "王小明", "email": "mei@example.tw"}}
    yield csv("names_with_wide_blanks", *wide, friends=truth)
    broken = ('"會員\n編號","Ｅ－ＭＡＩＬ"', "1,mei@example.tw")
    yield csv("names_with_line_ends", *broken, rows={3: "new"}, friends={"1": {"email": "mei@example.tw"}})
    apostrophes = ("'member number,'name", "1,Mei", "2,Lin")
    yield csv("names_with_apostrophes", *apostrophes, friends=two)
    bare = ("1001,王小明,0912345678,mei@example.tw", "1002,Lin,0922333444,lin@example.tw")
    people = {"mei@example.tw": {"phone": "+886912345678"}, "lin@example.tw": {"phone": "+886922333444"}}
    yield csv("no_names", *bare, rows=new(1, 2), friends=people)
    yield csv("line_ids_alone", *map(LINE, range(10, 13)), rows=new(1, 3), friends={LINE(n): {} for n in range(10, 13)})
    phones = {"+886912345678": {}, "+886922333444": {}}
    yield csv("phones_alone", "0912345678", "0922333444", rows=new(1, 2), friends=phones)
    mails = {"mei@example.tw": {}, "lin@example.tw": {}}
    yield csv("e-mails_alone", "mei@example.tw", "lin@example.tw", rows=new(1, 2), friends=mails)
    log = ("member number,date", "1001,2026-05-01", "1002,2026-05-03", "1001,2026-06-01")
    yield csv("log_of_purchases", *log, friends={"1001": {}, "1002": {}})
