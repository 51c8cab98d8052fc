"""Encodings, delimiters, line ends and quotation marks: how the same few members can be written."""

from collections.abc import Iterator

from tests.imports.corpus.truth import Entry, Facts, csv, new, text

MEMBERS = ("會員編號,姓名,手機", "1001,王小明,0912345678", "1002,陳雅婷,0922333444", "1003,游錫坤,0933555777")
TAIWAN: Facts = {
    "1001": {"name": "王小明", "phone": "+886912345678"},
    "1002": {"name": "陳雅婷", "phone": "+886922333444"},
    "1003": {"name": "游錫坤", "phone": "+886933555777"},
}
JAPANESE = ("会員番号,名前,電話番号", "1001,高橋花子,090-1234-5678", "1002,渡辺ハルカ,080-1111-2222")
JAPAN: Facts = {
    "1001": {"name": "高橋花子", "phone": "+819012345678"},
    "1002": {"name": "渡辺ハルカ", "phone": "+818011112222"},
}
THAI = ("รหัสสมาชิก,ชื่อ,เบอร์โทร", "1001,สมชาย ใจดี,081-234-5678", "1002,พลอย แสงทอง,082-345-6789")
THAILAND: Facts = {
    "1001": {"name": "สมชาย ใจดี", "phone": "+66812345678"},
    "1002": {"name": "พลอย แสงทอง", "phone": "+66823456789"},
}
CHINESE = ("member number,姓名,phone,备注", "1001,王伟,0912345678,很满意", "1002,张丽娟,,请打电话", "1003,刘强,,")


def encodings() -> Iterator[Entry]:
    """Every way in which the computers of East Asia write text."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp950", "gb18030"):
        yield csv(f"taiwan_{encoding}", *MEMBERS, encoding=encoding, friends=TAIWAN)
    marked = b"\xfe\xff" + text(*MEMBERS).encode("utf-16-be")
    yield Entry("taiwan_utf-16-be_marked.csv", marked, new(2, 4), friends=TAIWAN)
    tabs = text(*MEMBERS).replace(",", "\t").encode("utf-16")  # "Unicode Text" of a spreadsheet program
    yield Entry("taiwan_unicode_text.txt", tabs, new(2, 4), friends=TAIWAN)
    bare = [line.rpartition(",")[0] for line in MEMBERS]
    yield csv("taiwan_in_japan", *bare, encoding="cp950", country="JP", friends=_kept(TAIWAN))
    for encoding in ("utf-8", "cp932", "euc_jp"):
        yield csv(f"japan_{encoding}", *JAPANESE, encoding=encoding, country="JP", friends=JAPAN)
    wide = ("会員番号,名前,電話番号", "1,髙橋①郎,090-1234-5678", "2,ﾊﾙｶ 﨑山,080-1111-2222", "3,表 予約,")
    truth = {"1": {"name": "髙橋①郎"}, "2": {"name": "ﾊﾙｶ 﨑山"}, "3": {"name": "表 予約"}}
    yield csv("japan_windows_letters", *wide, encoding="cp932", country="JP", friends=truth)
    for encoding in ("utf-8-sig", "cp874"):
        yield csv(f"thailand_{encoding}", *THAI, encoding=encoding, country="TH", friends=THAILAND)
    names = {"1001": {"name": "王伟"}, "1002": {"name": "张丽娟"}, "1003": {"name": "刘强"}}
    yield csv("china_gb18030", *CHINESE, encoding="gb18030", friends=names)
    cut = text("member number,name", "1,Mei", "2,林小").encode()[:-3]
    yield Entry("cut_inside_a_letter.csv", cut, new(2, 3), friends={"1": {"name": "Mei"}, "2": {}})
    cut = text(*MEMBERS, "1004,林").encode("cp950")[:-3]
    yield Entry("cut_inside_a_letter_cp950.csv", cut, new(2, 5), friends={**TAIWAN, "1004": {}})


def _kept(facts: Facts) -> Facts:
    return {key: {"name": one["name"]} for key, one in facts.items()}


def lines() -> Iterator[Entry]:
    """Line ends, delimiters, and the line in which a file names its own."""
    for name, end in (("cr", "\r"), ("lf", "\n")):
        yield Entry(f"line_end_{name}.csv", text(*MEMBERS, end=end).encode(), new(2, 4), friends=TAIWAN)
    mixed = MEMBERS[0] + "\r\n" + MEMBERS[1] + "\n" + MEMBERS[2] + "\r" + MEMBERS[3]
    yield Entry("line_ends_mixed.csv", mixed.encode(), new(2, 4), friends=TAIWAN)
    for name, mark in (("tab", "\t"), ("semicolon", ";"), ("bar", "|")):
        yield csv(f"split_by_{name}", *[line.replace(",", mark) for line in MEMBERS], friends=TAIWAN)
    semicolons = [line.replace(",", ";") for line in MEMBERS]
    yield csv("sep_line", "sep=;", *semicolons, rows=new(3, 5), friends=TAIWAN, skipped={"blank": 1})
    commas = ("會員編號;姓名;備註", "1001;王小明;a, b, c", "1002;陳雅婷;d, e, f", "1003;游錫坤;g, h, i")
    yield csv("commas_in_a_semicolon_file", *commas, friends=_kept(TAIWAN))
    many = [f"{number},Friend {number}" for number in range(2, 90)]
    facts = {"1": {}, **{str(number): {"name": f"Friend {number}"} for number in range(2, 90)}}
    yield csv("a_zero_byte", "member number,name", "1,Mei\x00", *many, friends=facts)


def quoting() -> Iterator[Entry]:
    """Cells with delimiters, line ends and quotation marks, also where they are written wrongly."""
    head = "member number,name,note"
    good = (head, '1,"Lin, Mei","two\nlines"', '2,"He said ""hi""",x', "3,Kai,")
    facts = {"1": {"name": "Lin, Mei"}, "2": {"name": 'He said "hi"'}, "3": {"name": "Kai"}}
    yield csv("quoted", *good, rows={2: "new", 4: "new", 5: "new"}, friends=facts)
    chat = (head, '1,Mei,"one\r\ntwo\r\n\r\nthree"', "2,Lin,x")
    yield csv("lines_in_a_cell", *chat, rows={2: "new", 6: "new"}, friends={"1": {"name": "Mei"}, "2": {"name": "Lin"}})
    three = {"1": {"name": "Mei"}, "2": {"name": "Lin"}, "3": {"name": "Kai"}}
    yield csv("quote_never_closed", head, '1,"Mei,x', "2,Lin,y", "3,Kai,z", friends=three)
    yield csv("quote_never_closed_in_the_last_line", head, "1,Mei,x", "2,Lin,y", '3,Kai,"z', friends=three)
    many = [f'{number},"Friend {number}","said ""hello"""' for number in range(4, 130)]
    facts = {**three, **{str(number): {"name": f"Friend {number}"} for number in range(4, 130)}}
    yield csv("quote_never_closed_among_quotes", head, "1,Mei,x", '2,Lin,"y', '3,"Kai",z', *many, friends=facts)
    facts = {"1": {"name": 'Mei "M" Lin'}, "2": {"name": "Kai"}}
    yield csv("backslash_before_quotes", head, '1,"Mei \\"M\\" Lin",x', "2,Kai,y", friends=facts)
    yield csv("quotes_not_doubled", head, '1,"Mei "M" Lin",x', "2,Kai,y", friends=facts)
    inches = {"1": {"name": '5" phone'}, "2": {"name": "Kai"}}
    yield csv("a_quote_inside_a_plain_cell", head, '1,5" phone,x', "2,Kai,y", friends=inches)
    yield csv("comma_at_the_end", "member number,name,", "1,Mei,", "2,Lin,", "3,Kai,", friends=three)
    more = {2: "new", 3: "cells", 4: "new"}
    yield csv("too_many_cells", "member number,name", "1,Mei", "2,Lin,more", "3,Kai,", rows=more)
    short = {"1": {"name": "Mei", "phone": None}, "2": {"name": "Lin", "phone": "+886912345678"}}
    yield csv("too_few_cells", "member number,name,phone", "1,Mei", "2,Lin,0912345678", friends=short)
