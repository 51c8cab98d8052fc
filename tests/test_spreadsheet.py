"""CSV files that leave the program: whole or not at all, and never run by a spreadsheet."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.spreadsheet import write_csv


def read(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_cell_that_begins_a_formula_is_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    cells = ["=1+1", "+886912345678", "-5", "@x", "＝A1", "王小明", 'a "b", c\nd']
    assert write_csv(path, ["=h"], [cells]) == 1
    assert read(path) == [["'=h"], ["'=1+1", "'+886912345678", "'-5", "'@x", "'＝A1", "王小明", 'a "b", c\nd']]


@pytest.mark.parametrize("name", ["", ".", "shop.tagwell", "shop", "folder"])
def test_a_list_never_takes_the_place_of_something_else(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    shop = tmp_path / "shop"
    shop.write_bytes(b"SQLite format 3\x00 and more")
    with pytest.raises(ShopError, match="cannot be written to"):
        write_csv(Path(name) if name in ("", ".") else tmp_path / name, ["a"], [["b"]])
    assert shop.read_bytes().endswith(b"and more")


def test_a_list_that_breaks_off_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["one"]
        raise OSError(28, "No space left on device")

    path = tmp_path / "list.csv"
    write_csv(path, ["Name"], [["before"]])
    with pytest.raises(OutsideError, match="cannot be written") as caught:
        write_csv(path, ["Name"], rows())
    assert "No space left" in caught.value.details
    assert read(path) == [["Name"], ["before"]]
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["list.csv"]
