"""Files that nobody meant to make: each gives one sentence or a report whose rows add up, and never our own bug."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.imports import profile
from linecrm_desktop.imports.detect import Form, Found
from tests.conftest import NOW
from tests.imports.conftest import contents, counts
from tests.imports.corpus.desk import Desk
from tests.imports.corpus.everything import entries
from tests.imports.corpus.truth import LINE, Entry

DRAWN = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp950", "cp932", "euc_jp", "cp874", "gb18030")


@pytest.fixture(scope="module")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk.set_up(tmp_path_factory.mktemp("desk"), "TW", NOW)
    yield desk
    desk.database.close()


@pytest.fixture
def desk(open_desk: Desk) -> Desk:
    return open_desk


def bring_in(desk: Desk, path: Path, content: bytes) -> None:
    """Bring in a file twice: a sentence, or every line is accounted for and the second time changes nothing."""
    desk.clear()
    path.write_bytes(content)
    before = contents(desk.database)
    try:
        plan = desk.plan(path)
        profile.columns(path, plan.found)
        tried = desk.try_out(plan)
        assert contents(desk.database) == before
        report = desk.bring_in(plan)
    except (ShopError, OutsideError) as error:
        assert error.title and "\n" not in error.sentence()
        assert contents(desk.database) == before
        return
    assert sum(counts(report)) == report.rows == plan.found.rows
    assert (counts(tried), tried.reasons, tried.flagged) == (counts(report), report.reasons, report.flagged)
    assert sum(report.reasons.values()) == len(report.rejected_rows) == report.rejected
    every_line(plan.found, content)
    after = contents(desk.database)
    again = desk.bring_in(plan)
    assert (again.new, again.updated, again.rejected) == (0, 0, report.rejected)
    assert contents(desk.database) == after


def every_line(found: Found, content: bytes) -> None:
    """Count the lines of a text without quotation marks, and find all of them again as rows, names or skipped lines."""
    text = content.decode(found.encoding or "ascii", errors="replace")
    if found.form is not Form.TEXT or '"' in text:
        return
    lines = re.split(r"\r\n|\r|\n", text)
    lines = lines[:-1] if not lines[-1] else lines
    skipped = sum(count for _why, count in found.skip_counts)
    assert found.rows + skipped + (found.layout.names_line is not None) == len(lines)


_STARTS = (
    b"",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"<html><table>",
    b'{"events":[',
)


@DRAWN
@example(start=b"", rest=b"\x00")
@example(start=b"", rest=b'"')
@example(start=b"\xff\xfe", rest=b"a")
@given(start=st.sampled_from(_STARTS), rest=st.binary(max_size=400))
def test_any_bytes(desk: Desk, tmp_path: Path, start: bytes, rest: bytes) -> None:
    bring_in(desk, tmp_path / "any.csv", start + rest)


_KEYS = "member number|會員編號|会員番号|รหัสสมาชิก|LINE user ID|手機|電話番号|e-mail"
_OTHERS = (
    "name|姓名|joined on|加入日期|tags|標籤|accepts marketing|blocked|Note|備註||order number|訂單編號|注文番号|date"
)
_OTHERS += "|訂單日期|受注日|total|訂單金額|合計|status|product|quantity|小計|event|detail|currency"
_WORDS = (
    "|1|2|1001|0912345678|9.12E+08|0912***678|mei@example.tw|MEI@example.tw|x@pc.fw.rakuten.ne.jp|王小明|髙橋|สมชาย"
)
_WORDS += "|2026-05-01|113/05/01|令和6年5月1日|01/05/2567|05/01/2026|1900/1/0|soon|1,280|NT$1,280|(500)|▲500|1.680,50"
_WORDS += (
    '|VIP、茶|yes|no|拒收|○|×|perhaps|已取消|refunded|click|danced|TWD|USD|合計|=1+1|\'0042|="7"|𠮷|\u200b|\ufeff|\\|-'
)
_CELLS = st.one_of(
    st.sampled_from(_WORDS.split("|")), st.sampled_from([LINE(1), LINE(2), "\x1f\x1e"]), st.text(max_size=12)
)


def _rows_of(names: list[str]) -> st.SearchStrategy[tuple[list[str], list[list[str]], int]]:
    rows = st.lists(st.lists(_CELLS, max_size=len(names) + 1), max_size=8)
    return st.tuples(st.just(names), rows, st.integers(0, 9))


_NAMES = st.tuples(st.sampled_from(_KEYS.split("|")), st.lists(st.sampled_from(_OTHERS.split("|")), max_size=6))
_TABLES = _NAMES.map(lambda pair: [pair[0], *pair[1]]).flatmap(st.permutations).flatmap(_rows_of)


def written(cell: str, delimiter: str, *, all_quoted: bool) -> str:
    if all_quoted or any(sign in cell for sign in (delimiter, '"', "\r", "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@DRAWN
@given(
    table=_TABLES,
    delimiter=st.sampled_from(",\t;|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(ENCODINGS),
    all_quoted=st.booleans(),
)
def test_any_table(
    desk: Desk,
    tmp_path: Path,
    table: tuple[list[str], list[list[str]], int],
    delimiter: str,
    end: str,
    encoding: str,
    all_quoted: bool,
) -> None:
    names, rows, times = table
    lines = [[written(cell, delimiter, all_quoted=all_quoted) for cell in row] for row in (names, *rows, *rows[:times])]
    text = end.join(delimiter.join(line) for line in lines) + end
    bring_in(desk, tmp_path / "any.csv", text.encode(encoding, errors="replace"))


Harm = tuple[str, float, bytes]
_HARMS = st.lists(
    st.tuples(
        st.sampled_from(["flip", "drop a line", "cut short", "insert", "repeat", "other encoding"]),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(
            [b'"', b",", b"\r\n", b"\r", b"\x00", b"\xff", b"\t", b"\\", b"'", b"#", b"=", "合計".encode()]
        ),
    ),
    min_size=1,
    max_size=6,
)


def harmed(content: bytes, harm: Harm) -> bytes:
    """Return a file with one thing done to it, at a place between its beginning (0) and its end (1)."""
    what, where, put = harm
    place = int(where * len(content))
    match what:
        case "flip":
            return content[:place] + bytes([(content[place] ^ 0x55) & 0xFF] if content else b"") + content[place + 1 :]
        case "cut short":
            return content[:place]
        case "insert":
            return content[:place] + put + content[place:]
        case "repeat":
            return content[:place] + content[place // 2 :]
        case "drop a line":
            lines = content.splitlines(keepends=True)
            dropped = int(where * len(lines))
            return b"".join(lines[:dropped] + lines[dropped + 1 :])
        case _:
            begins = content.rfind(b"\n", 0, place) + 1
            encoding = ENCODINGS[(len(put) + place) % len(ENCODINGS)]
            return content[:begins] + content[begins:].decode("utf-8", "replace").encode(encoding, "replace")


@settings(DRAWN, max_examples=80)
@given(entry=st.sampled_from(entries()), harms=_HARMS)
def test_a_harmed_file_of_the_corpus(desk: Desk, tmp_path: Path, entry: Entry, harms: list[Harm]) -> None:
    content = entry.content
    for harm in harms:
        content = harmed(content, harm)
    bring_in(desk, tmp_path / entry.name, content)
