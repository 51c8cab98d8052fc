"""CSV files that leave the program: whole or not at all, and never run by a spreadsheet."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from linecrm_desktop import spreadsheet
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.spreadsheet import plain, safe, write_table


def read(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_cell_that_begins_a_formula_is_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    cells = ["=1+1", "+886912345678", "-5", "@x", "＝A1", "王小明", 'a "b", c\nd']
    assert write_table(path, ["=h"], [cells]) == 1
    assert read(path) == [["'=h"], ["'=1+1", "'+886912345678", "'-5", "'@x", "'＝A1", "王小明", 'a "b", c\nd']]


@pytest.mark.parametrize("name", ["", ".", "shop.tagwell", "shop", "folder"])
def test_a_list_never_takes_the_place_of_something_else(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    shop = tmp_path / "shop"
    shop.write_bytes(b"SQLite format 3\x00 and more")
    with pytest.raises(ShopError, match="cannot be written to"):
        write_table(Path(name) if name in ("", ".") else tmp_path / name, ["a"], [["b"]])
    assert shop.read_bytes().endswith(b"and more")


def test_a_list_that_breaks_off_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["one"]
        raise OSError(28, "No space left on device")

    path = tmp_path / "list.csv"
    write_table(path, ["Name"], [["before"]])
    with pytest.raises(OutsideError, match="cannot be written") as caught:
        write_table(path, ["Name"], rows())
    assert "No space left" in caught.value.details
    assert read(path) == [["Name"], ["before"]]
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["list.csv"]


CELLS = [
    "=1+1",
    "+886912345678",
    "-",
    "@x",
    "'=1",
    "'ohana",
    "＝A1",
    "0912345678",
    "00123456789012345678",
    "王小明",
    "a\nb",
]


def test_a_workbook_holds_texts_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert write_table(path, ["=h", *"bcdefghijk"], [CELLS, ["\x00x\x1f"] + [""] * 10]) == 2
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0] == ["=h", *"bcdefghijk"]
    assert [plain(str(cell)) for cell in rows[1]] == CELLS
    assert rows[2][0] == "x"


def test_our_own_protection_comes_off_again() -> None:
    assert [plain(safe(cell)) for cell in CELLS] == CELLS
    assert [safe(cell) for cell in ("=1", "'=1", "'ohana")] == ["'=1", "''=1", "'ohana"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".XLSX"])
def test_a_list_can_be_written_over_an_older_one(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list{ending}"
    write_table(path, ["Name"], [["before"]])
    assert write_table(path, ["Name"], [["after"], ["all"]]) == 2


def test_a_sheet_that_is_too_small_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "SHEET_ROWS", 3)
    with pytest.raises(ShopError, match="room for 2 rows"):
        write_table(tmp_path / "list.xlsx", ["Name"], [["1"], ["2"], ["3"]])
    assert list(tmp_path.iterdir()) == []
