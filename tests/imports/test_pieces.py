"""Rows that are read by the thousand are the rows that are read one by one, whatever stands in the file."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linecrm_desktop.imports import detect, pieces
from linecrm_desktop.imports.pieces import Plain

CELLS = st.sampled_from(
    [
        "1",
        "M-2",
        "王小明",
        " ",
        "",
        "合計",
        "total: 5",
        "#x",
        "a b",
        "name",
        "-",
        "x\x85y",
        "\u3000z",
        "\u3000",
        "\xa0",
        "#1001",
        "average",
    ]
)
ODD = st.sampled_from(['a "quoted" one', "one, two", "two\nlines", "cr\rhere"])
ROWS = st.lists(
    st.one_of(st.lists(CELLS, min_size=3, max_size=3), st.lists(st.one_of(CELLS, ODD), max_size=5)), max_size=30
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, end=st.sampled_from(["\n", "\r\n", "\r"]), size=st.sampled_from([1, 2, 7, 5_000]))
def test_plain_rows_are_the_csv_readers_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[list[str]], end: str, size: int
) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator=end).writerows([["member number", "name", "note"], ["1", "Mei", "x"], *rows])
    monkeypatch.setattr(pieces, "ROWS", size)
    quick = detect.look(path)
    cut = list(detect.rows(path, quick))
    monkeypatch.setattr(pieces, "_plain", lambda *_told: None)
    slow = detect.look(path)
    assert (quick, cut) == (slow, list(detect.rows(path, slow)))


def test_lines_without_quotation_marks_are_not_looked_at_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [f"{n},Friend {n},09{n:08d}" for n in range(12_000)]
    path.write_text(
        "\n".join(["member number,name,phone", *rows[:6_000], '6000,"Lin, A",1', *rows[6_001:]]), encoding="utf-8"
    )
    found = detect.look(path)
    read = list(detect.pieces(path, found))
    assert [isinstance(piece, Plain) for piece in read] == [True, False, True]
    assert sum(map(len, read)) == found.rows == 12_000
