"""How a file is written is found over the whole file, and what is no table is refused in a sentence."""

import os
from pathlib import Path

import openpyxl
import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import detect
from linecrm_desktop.imports.detect import Choice, Form, Found
from linecrm_desktop.imports.layout import Skip
from linecrm_desktop.imports.text_rows import DELIMITERS
from tests.imports.corpus.written import protected, xlsx

TAIWAN = "會員編號,姓名,手機\r\n1001,王小明,0912345678\r\n1002,陳雅婷,0922333444\r\n1003,游錫坤,0933555777\r\n"
JAPAN = "会員番号,名前,電話番号\r\n1001,髙橋花子,090-1234-5678\r\n1002,渡邊ハルカ,080-1111-2222\r\n"
THAILAND = "รหัสสมาชิก,ชื่อ,เบอร์โทร\r\n1001,สมชาย ใจดี,081-234-5678\r\n1002,พลอย แสงทอง,082-345-6789\r\n"
CHINA = "会员编号,姓名,手机\r\n1001,王伟,13800138000\r\n1002,张丽娟,13900139000\r\n"


def write(folder: Path, content: bytes | str) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(path: Path, found: Found) -> list[list[str]]:
    return [line.cells for line in detect.rows(path, found)]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_delimiter_and_byte_order_mark(tmp_path: Path, mark: bytes, delimiter: str) -> None:
    rows = [["會員編號", "Name"], ["1001", "王小明"], ["1002", "Lin, A; B | C\tD"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = detect.look(write(tmp_path, mark + text.encode()))
    assert (found.header, found.rows, found.delimiter) == (("會員編號", "Name"), 2, delimiter)
    assert found.encoding == ("utf-8-sig" if mark else "utf-8")
    assert found.first_rows[1] == ("1002", "Lin, A; B | C\tD")


@pytest.mark.parametrize(
    ("text", "encoding", "country", "read_as"),
    [
        (TAIWAN, "cp950", "TW", "cp950"),
        (TAIWAN, "cp950", "JP", "cp950"),
        (JAPAN, "cp932", "JP", "cp932"),
        (JAPAN, "cp932", "TW", "cp932"),
        (JAPAN.replace("髙", "高"), "euc_jp", "JP", "euc_jp"),
        (THAILAND, "cp874", "TH", "cp874"),
        (THAILAND, "cp874", "TW", "cp874"),
        (CHINA, "gb18030", "TW", "gb18030"),
        (TAIWAN, "utf-16", "TW", "utf-16"),
        (TAIWAN, "utf-16-le", "TW", "utf-16-le"),
        (JAPAN, "utf-16-be", "JP", "utf-16-be"),
        (THAILAND, "utf-8", "TH", "utf-8"),
    ],
)
def test_encodings_of_east_asia(tmp_path: Path, text: str, encoding: str, country: str, read_as: str) -> None:
    path = write(tmp_path, text.encode(encoding))
    found = detect.look(path, country)
    assert found.encoding == read_as
    assert [",".join(row) for row in cells(path, found)] == text.splitlines()[1:]


def test_a_file_that_ends_inside_a_letter_loses_only_that_letter(tmp_path: Path) -> None:
    path = write(tmp_path, TAIWAN.encode()[:-2] + "王".encode()[:2])
    found = detect.look(path)
    assert (found.encoding, found.is_cut, found.rows) == ("utf-8", True, 3)


def test_one_broken_letter_on_the_last_line_is_counted_before_anything_is_saved(tmp_path: Path) -> None:
    path = write(tmp_path, b"name,member number\n" + "王小明,1\n".encode() * 30_000 + b"\xa4\xfd,2\n")
    found = detect.look(path)
    assert (found.encoding, found.rows) == ("utf-8", 30_001)
    assert found.broken in (1, 2)


def test_what_a_person_chose_is_taken(tmp_path: Path) -> None:
    path = write(tmp_path, JAPAN.encode("cp932"))
    assert detect.look(path, choice=Choice(encoding="cp950")).encoding == "cp950"


def test_line_ends_and_commas_inside_cells_and_blank_lines(tmp_path: Path) -> None:
    path = write(tmp_path, 'name,note\r\n\r\nMei,"two\nlines, and a ""word"""\r\n\r\nLin,\r\n')
    found = detect.look(path)
    assert found.rows == 2
    lines = list(detect.rows(path, found))
    assert [line.cells for line in lines] == [["Mei", 'two\nlines, and a "word"'], ["Lin", ""]]
    assert [line.number for line in lines] == [3, 6]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(tmp_path: Path, end: str) -> None:
    path = write(tmp_path, end.join(["member number,name", "1001,Mei", "1002,Lin"]))
    assert cells(path, detect.look(path)) == [["1001", "Mei"], ["1002", "Lin"]]


def test_mixed_line_ends(tmp_path: Path) -> None:
    path = write(tmp_path, "member number,name\r\n1001,Mei\n1002,Lin\r1003,Wu\r\n")
    assert len(cells(path, detect.look(path))) == 3


def test_the_delimiter_that_a_file_names_itself(tmp_path: Path) -> None:
    path = write(tmp_path, "sep=;\r\nmember number;name\r\n1001;Mei, Ling\r\n")
    found = detect.look(path)
    assert (found.header, cells(path, found)) == (("member number", "name"), [["1001", "Mei, Ling"]])


def test_a_quotation_mark_that_is_never_closed_swallows_no_row(tmp_path: Path) -> None:
    rows = ["member number,name", '1001,"Mei', *(f'{n},"Friend {n}"' for n in range(1002, 1300))]
    path = write(tmp_path, "\n".join(rows) + "\n")
    found = detect.look(path)
    assert (found.rows, found.mended) == (299, ((2, "unclosed"),))
    assert cells(path, found)[:2] == [["1001", "Mei"], ["1002", "Friend 1002"]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r'"said \"hi\", left"', 'said "hi", left'),
        (r'"said \"hi\""', 'said "hi"'),
        ('"said "hi" twice"', 'said "hi" twice'),
        ('"表"x"', '表"x'),
    ],
)
def test_quotation_marks_inside_a_cell(tmp_path: Path, written: str, meant: str) -> None:
    path = write(tmp_path, f"member number,name\n1001,{written}\n1002,Lin\n")
    found = detect.look(path)
    assert cells(path, found) == [["1001", meant], ["1002", "Lin"]]
    assert found.mended == ((2, "inner_quote"),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b",,\r\n,,\r\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"\xff\xd8\xff\xe0", "is a picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "is a picture"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x1f\x8b\x08\x00", "is an archive"),
        (b"PK\x03\x04....", "no workbook"),
        (b"\xd0\xcf\x11\xe0....", "no workbook"),
        (b"\x01\x02\x00\x00\x00\x03" * 40, "no text and no workbook"),
    ],
)
def test_what_is_no_table_says_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(ShopError, match=said) as caught:
        detect.look(write(tmp_path, content))
    assert caught.value.advice


def test_a_file_that_is_gone_or_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ShopError, match="There is no file"):
        detect.look(tmp_path / "none.csv")
    with pytest.raises(ShopError, match="is not a file"):
        detect.look(tmp_path)


def test_a_file_that_changed_after_it_was_chosen_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, "name\nMei\n")
    found = detect.look(path)
    path.write_text("name\nLin\n", encoding="utf-8")
    os.utime(path, (1, 1))
    with pytest.raises(ShopError, match="was changed after"):
        list(detect.rows(path, found))
    path.unlink()
    with pytest.raises(ShopError, match="There is no file"):
        list(detect.rows(path, found))


def test_rows_with_another_number_of_cells_are_counted(tmp_path: Path) -> None:
    assert detect.look(write(tmp_path, "a,b\n1,2\n1\n1,2,3\n")).uneven == 2


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["客戶名單 2026"])
    sheet.append(["會員編號", "姓名", "累積金額"])
    sheet.append([1001, "王小明", 1680])
    sheet.append([1002, "陳雅婷", 99.5])
    book.create_sheet("說明").append(["x"])
    path = tmp_path / "customers.csv"
    book.save(path)
    found = detect.look(path)
    assert (found.form, found.sheet, found.sheets) == (Form.WORKBOOK, "Sheet", ("Sheet", "說明"))
    assert found.header == ("會員編號", "姓名", "累積金額")
    assert cells(path, found) == [["1001", "王小明", "1680"], ["1002", "陳雅婷", "99.5"]]
    assert found.skip_counts == ((Skip.ABOVE, 1),)
    assert detect.look(path, choice=Choice(sheet="說明")).sheet == "說明"


def test_a_workbook_behind_a_password_says_so_whatever_its_name(tmp_path: Path) -> None:
    for name in ("orders.xlsx", "orders.xls", "orders.csv"):
        path = tmp_path / name
        path.write_bytes(protected())
        with pytest.raises(ShopError, match="is protected with a password"):
            detect.look(path)


def test_a_workbook_that_is_broken_inside_says_so(tmp_path: Path) -> None:
    whole = xlsx(("member number", "name"), *((str(number), "Mei") for number in range(200)))
    sentences: set[str] = set()
    for place in range(len(whole) // 10, len(whole), 97):
        path = tmp_path / "broken.xlsx"
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            found = detect.look(path)
            assert len(cells(path, found)) == found.rows
        except ShopError as error:
            sentences.add(error.title)
    assert "“broken.xlsx” is no workbook that can be read." in sentences


def test_a_page_that_calls_itself_a_workbook(tmp_path: Path) -> None:
    names, row = "<tr><th>會員編號</th><th>姓名</th></tr>", "<tr><td>1001<td>王<br>小明</tr>"
    page = f"<html><body><table>{names}{row}</table></body></html>"
    path = tmp_path / "orders.xls"
    path.write_bytes(page.encode("cp950"))
    found = detect.look(path)
    assert (found.form, found.header) == (Form.PAGE, ("會員編號", "姓名"))
    assert cells(path, found) == [["1001", "王\n小明"]]


@pytest.mark.parametrize(
    ("encoding", "own", "letter"),
    [
        ("cp950", b"\xfa\x40", "\ue000"),
        ("cp950", b"\x8e\x40", "\ue311"),
        ("utf-8", b"\xee\x80\x80", "\ue000"),
        ("utf-8", b"\xef\x80\x80", "\uf000"),
    ],
)
def test_letters_that_people_made_themselves_are_counted_and_named(
    tmp_path: Path, encoding: str, own: bytes, letter: str
) -> None:
    path = tmp_path / "members.csv"
    rows = "會員編號,姓名,備註\r\n1,陳?,很好\r\n2,許功蓋,喜歡?茶?\r\n3,林美,茶\r\n".encode(encoding)
    path.write_bytes(rows.replace(b"?", own))
    found = detect.look(path)
    assert (found.encoding, found.broken) == (encoding, 3)
    assert found.unread == ((2, f"陳{letter}"), (3, f"喜歡{letter}茶{letter}"))


def test_broken_letters_are_named_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_bytes("會員編號,姓名\n1,王小明\n2,陳?\n".encode("cp950").replace(b"?", b"\xff"))
    found = detect.look(path)
    assert (found.broken, found.unread) == (1, ((3, "陳\ufffd"),))


def test_a_person_may_say_by_what_columns_are_split(tmp_path: Path) -> None:
    path = write(tmp_path, "name;city,phone\r\nLin;Taipei,0912345678\r\nWu;Tainan,0922333444\r\n")
    assert detect.look(path, choice=Choice(delimiter=";")).header == ("name", "city,phone")
    assert detect.look(path, choice=Choice(delimiter=",")).header == ("name;city", "phone")


def test_a_person_may_say_that_the_first_row_is_data(tmp_path: Path) -> None:
    path = write(tmp_path, "Lin,Taipei\r\nWu,Tainan\r\n")
    named, data = detect.look(path), detect.look(path, choice=Choice(names=False))
    assert (named.header, named.rows) == (("Lin", "Taipei"), 1)
    assert (data.rows, data.first_rows[0]) == (2, ("Lin", "Taipei"))


def test_a_person_may_say_that_the_first_row_holds_names(tmp_path: Path) -> None:
    path = write(tmp_path, "1001,0912345678\r\n1002,0922333444\r\n")
    assert detect.look(path).rows == 2
    assert detect.look(path, choice=Choice(names=True)).rows == 1


def test_a_later_choice_keeps_the_earlier_ones() -> None:
    assert Choice(encoding="cp950").then(Choice(delimiter=";")) == Choice("cp950", delimiter=";")
    assert Choice(names=True).then(Choice(names=False)).names is False
