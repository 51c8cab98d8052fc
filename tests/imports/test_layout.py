"""The table of a file is found among titles, remarks, totals and notes, and what is left out is named."""

from pathlib import Path

import pytest

from linecrm_desktop.imports import detect, pieces
from linecrm_desktop.imports.detect import Found
from linecrm_desktop.imports.layout import Skip


def look(folder: Path, *rows: str) -> tuple[Found, list[list[str]]]:
    path = folder / "export.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
    found = detect.look(path)
    lines = [line.cells for line in detect.rows(path, found)]
    assert found.rows == len(lines)
    return found, lines


def test_title_lines_above_and_totals_below(tmp_path: Path) -> None:
    found, lines = look(
        tmp_path,
        "晨霧選物 訂單報表,,,",
        "期間：2026/10/01 ~ 2026/10/31,,,",
        ",,,",
        "訂單編號,訂單日期,會員編號,訂單金額",
        "A1,2026/10/01,1001,680",
        "A2,2026/10/02,1002,320",
        "合計,,,1000",
        "共 2 筆,,,",
    )
    assert found.header == ("訂單編號", "訂單日期", "會員編號", "訂單金額")
    assert [row[0] for row in lines] == ["A1", "A2"]
    assert dict(found.skip_counts) == {Skip.BLANK: 1, Skip.ABOVE: 2, Skip.TOTAL: 1, Skip.NOTE: 1}
    assert [(row.line, row.why) for row in found.skipped] == [
        (1, Skip.ABOVE),
        (2, Skip.ABOVE),
        (7, Skip.TOTAL),
        (8, Skip.NOTE),
    ]


def test_two_rows_of_names(tmp_path: Path) -> None:
    found, lines = look(
        tmp_path,
        "登録ID,表示名,タグ_9874470,友だち情報_77",
        "ID,表示名,VIP,流入経路:広告",
        "12,花子,1,Instagram",
        "13,太郎,,店頭",
    )
    assert found.header == ("ID", "表示名", "VIP", "流入経路:広告")
    assert (len(lines), dict(found.skip_counts)) == (2, {Skip.SECOND_NAMES: 1})


def test_a_row_of_remarks_below_the_names(tmp_path: Path) -> None:
    found, lines = look(
        tmp_path,
        "Order ID,Order Status,Created Time,Quantity,Order Amount",
        "Platform unique order ID.,Current status.,Time the order was placed.,Number of units.,Amount paid.",
        "577000000000000001,Completed,14/02/2026 09:30:00,1,680",
        "577000000000000002,Completed,15/02/2026 09:30:00,2,320",
        "577000000000000003,Cancelled,15/02/2026 10:30:00,1,90",
    )
    assert [row[0][-1] for row in lines] == ["1", "2", "3"]
    assert dict(found.skip_counts) == {Skip.REMARKS: 1}


def test_comment_lines_before_the_names(tmp_path: Path) -> None:
    found, lines = look(
        tmp_path,
        "# ----------------------------------------",
        "# Start date: 20260101",
        "",
        "Date,Member number,Event",
        "20260101,1001,click",
        "20260102,1002,click",
    )
    assert found.header == ("Date", "Member number", "Event")
    assert (len(lines), dict(found.skip_counts)[Skip.COMMENT]) == (2, 2)


def test_only_the_first_of_several_tables_is_read(tmp_path: Path) -> None:
    report = ("# Events", "# Start date: 20261001", "event,date,member number", "click,20261001,1", "view,20261002,2")
    found, lines = look(tmp_path, *report, "", "# Pages", "page,views", "/tea,12", "/serum,7")
    assert [row[0] for row in lines] == ["click", "view"]
    assert dict(found.skip_counts) == {Skip.BLANK: 1, Skip.COMMENT: 3, Skip.OTHER_TABLE: 3}


def test_names_that_come_again(tmp_path: Path) -> None:
    found, lines = look(
        tmp_path, "Member number,Name", "1001,Mei", "Member number,Name", "1002,Lin", "Member number,Name", "1003,Wu"
    )
    assert (len(lines), dict(found.skip_counts)) == (3, {Skip.NAMES_AGAIN: 2})


def test_names_twice_missing_names_and_blank_columns(tmp_path: Path) -> None:
    found, lines = look(tmp_path, "注文番号,送料,,送料,,", "A1,100,,200,note,", "A2,100,,200,,")
    assert found.header == ("注文番号", "送料", "送料 (2)", "Column 5")
    assert lines == [["A1", "100", "200", "note"], ["A2", "100", "200", ""]]


def test_names_with_line_ends_in_them_are_one_line(tmp_path: Path) -> None:
    found, _lines = look(tmp_path, '訂單編號,"收件者電話\n(若您是自行配送請使用後方)"', "A1,0912345678")
    assert found.header == ("訂單編號", "收件者電話 (若您是自行配送請使用後方)")


@pytest.mark.parametrize(
    "rows",
    [
        (f"U{1:032x}", f"U{2:032x}", f"U{3:032x}"),
        ("1001,Mei,0912345678,mei@example.tw", "1002,Lin,0922333444,lin@example.tw"),
    ],
)
def test_a_file_without_names_has_all_its_rows(tmp_path: Path, rows: tuple[str, ...]) -> None:
    found, lines = look(tmp_path, *rows)
    assert len(lines) == len(rows)
    assert found.header[0] == "Column 1"


def test_a_friend_who_is_called_total_is_no_total(tmp_path: Path) -> None:
    _found, lines = look(
        tmp_path, "Name,Member number,Phone,E-mail", "Total Chen,1001,0912345678,t@example.tw", "Tina,1002,,"
    )
    assert [row[0] for row in lines] == ["Total Chen", "Tina"]


def test_surplus_cells_are_kept_behind_the_last_name(tmp_path: Path) -> None:
    _found, lines = look(tmp_path, "Member number,Name", "1001,Mei,surplus", "1002,Lin,")
    assert lines == [["1001", "Mei", "surplus"], ["1002", "Lin"]]


SECOND = ("商品,庫存", "茶,12", "杯,7")


@pytest.mark.parametrize(
    ("between", "skipped"),
    [
        (("",), {Skip.BLANK: 1, Skip.OTHER_TABLE: 3}),
        ((",,", ",,"), {Skip.BLANK: 2, Skip.OTHER_TABLE: 3}),
        (("", "表二　商品,,"), {Skip.BLANK: 1, Skip.OTHER_TABLE: 4}),
        (("", "表二　商品", ""), {Skip.BLANK: 2, Skip.OTHER_TABLE: 4}),
        (("合計,,2", "", "表二"), {Skip.BLANK: 1, Skip.TOTAL: 1, Skip.OTHER_TABLE: 4}),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 5_000])
def test_another_table_below_a_blank_row_is_no_part_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, between: tuple[str, ...], skipped: dict[Skip, int], size: int
) -> None:
    monkeypatch.setattr(pieces, "ROWS", size)
    rows = ("會員編號,姓名,手機", "1001,王小明,0912345678", "1002,陳雅婷,0922333444")
    found, lines = look(tmp_path, *rows, *between, *SECOND)
    assert [row[0] for row in lines] == ["1001", "1002"]
    assert dict(found.skip_counts) == skipped


def test_the_first_table_goes_on_where_its_names_come_again(tmp_path: Path) -> None:
    rows = ("會員編號,姓名,手機", "1001,王小明,0912345678")
    found, lines = look(tmp_path, *rows, "", *SECOND, "", *rows)
    assert [row[0] for row in lines] == ["1001", "1001"]
    assert dict(found.skip_counts) == {Skip.BLANK: 2, Skip.NAMES_AGAIN: 1, Skip.OTHER_TABLE: 3}


def test_rows_after_a_blank_row_are_rows(tmp_path: Path) -> None:
    rows = ("會員編號,姓名,標籤", "M甲,王小明,VIP", "", "M乙,林美,會員", ",,", "北區", "M2,陳雅婷,新客", "", "備用")
    _found, lines = look(tmp_path, *rows)
    assert [row[0] for row in lines] == ["M甲", "M乙", "北區", "M2", "備用"]


def test_the_names_of_a_later_table_are_not_taken_for_those_of_the_first(tmp_path: Path) -> None:
    rows = (
        "會員編號,姓名,喜歡什麼,備註一下",
        "1001,王小明,茶,",
        "1002,陳雅婷,,",
        "",
        "訂單編號,訂單日期,訂單金額,訂單狀態",
        "A1,2026/5/1,100,完成",
    )
    found, lines = look(tmp_path, *rows)
    assert found.header[:2] == ("會員編號", "姓名")
    assert [row[0] for row in lines] == ["1001", "1002"]
    assert dict(found.skip_counts) == {Skip.BLANK: 1, Skip.OTHER_TABLE: 2}
