"""How a file is written is found over the whole file, and what is no table is refused in a sentence."""

import os
from pathlib import Path

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import detect


def write(folder: Path, content: bytes | str) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", detect.DELIMITERS)
def test_delimiter_and_byte_order_mark(tmp_path: Path, mark: bytes, delimiter: str) -> None:
    rows = [["會員編號", "Name"], ["1001", "王小明"], ["1002", "Lin, A; B | C\tD"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = detect.look(write(tmp_path, mark + text.encode()))
    assert (found.header, found.rows, found.delimiter) == (("會員編號", "Name"), 2, delimiter)
    assert found.encoding == ("utf-8-sig" if mark else "utf-8")
    assert found.first_rows[1] == ("1002", "Lin, A; B | C\tD")


def test_line_ends_and_commas_inside_cells_and_blank_lines(tmp_path: Path) -> None:
    path = write(tmp_path, 'name,note\r\n\r\nMei,"two\nlines, and a ""word"""\r\n\r\nLin,\r\n')
    found = detect.look(path)
    assert found.rows == 2
    lines = list(detect.rows(path, found))
    assert [line.cells for line in lines] == [["Mei", 'two\nlines, and a "word"'], ["Lin", ""]]
    assert [line.number for line in lines] == [3, 6]


def test_one_broken_letter_on_the_last_line_is_found_before_anything_is_saved(tmp_path: Path) -> None:
    path = write(tmp_path, b"name\n" + b"Mei\n" * 30_000 + b"\xa4\xfd\n")
    with pytest.raises(ShopError, match="not written in UTF-8 \\(line 30002\\)"):
        detect.look(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"\xff\xd8\xff\xe0", "is a picture"),
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04....", "workbook or an archive"),
        (b"\xd0\xcf\x11\xe0....", "workbook or an archive"),
        ("name\nMei\n".encode("utf-16"), "not written in UTF-8"),
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
