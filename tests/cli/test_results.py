"""`results` on the command line: the tables, one send, the months, and LINE's numbers."""

from csv import reader
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from linecrm_desktop.cli.results import with_verb
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store.opening import open_shop
from tests.cli.conftest import Tagwell
from tests.maker import Maker
from tests.results.sends import put_send


@pytest.fixture
def sent(shop: Path, make: Maker) -> Path:
    """A send of ten days ago that worked, with a variant, a block and a plan."""
    database = open_shop(shop)
    with database.write() as session:
        ids = [make.friend(session) for _ in range(140)]
        brief = {"ended_at": make.ago(10), "is_practice": True, "others": [[]], "reach_then": 6_500}
        put_send(session, make.ago(10), accepted=ids[:100], kept=ids[100:], name="Refill", **brief)
        for friend in (*ids[:40], *ids[100:104]):
            make.order(session, friend, days_ago=9, total=50_050)
        make.event(session, ids[0], EventKind.BLOCK, days_ago=8)
        session.scalars(select(Shop)).one().plan = "high"
    database.close()
    return shop


def test_all_sends_stand_in_one_table_with_their_sum(tagwell: Tagwell, sent: Path) -> None:
    said = tagwell("results", "--shop", sent).out
    assert "Refill" in said
    assert "27.1 (" not in said
    assert "30.0 (14.6 to 41.9)" in said
    assert "Worked" in said
    assert "All together" in said
    assert "counts once: for the last of them before it" in said
    data = tagwell("results", "--shop", sent, "--json").json
    assert (data["total"]["orders"], data["total"]["revenue"], data["total"]["blocked"]) == (40, 40 * 50_050, 1)
    assert data["campaigns"][0]["lift"]["verdict"] == "worked"


@pytest.mark.parametrize("words", [("Refill",), ("1",), ("show", "Refill")])
def test_one_send_is_shown_in_full(tagwell: Tagwell, sent: Path, words: tuple[str, ...]) -> None:
    said = tagwell("results", *words, "--shop", sent).out
    assert "40 of 100 ordered against 4 of 40 kept back." in said
    assert "Worked: 14.6 to 41.9 points more than without the message." in said
    assert "Variant A: 40 of 100, 40 orders" in said
    assert "LINE’s count: — opened, — clicked." in said
    assert "The shop’s files: 0 opened, 0 clicked, 1 blocked, 0 refused." in said
    assert "Cost: 100 inside the plan, 0 extra for NT$0; a broadcast would have cost NT$100 more." in said


def test_a_table_is_written_as_csv_and_as_a_workbook(tagwell: Tagwell, sent: Path, tmp_path: Path) -> None:
    csv, book = tmp_path / "results.csv", tmp_path / "send.xlsx"
    assert tagwell("results", "--shop", sent, "--out", csv, "--json").json["file"] == str(csv)
    with csv.open(encoding="utf-8-sig", newline="") as file:
        header, row, total = reader(file)
    told = dict(zip(header, row, strict=True))
    assert (told["Accepted"], told["Orders"], told["Revenue"], told["Per message"]) == (
        "100",
        "40",
        "20020.00",
        "200.20",
    )
    assert (told["Blocks"], told["Did it work?"], told["Not sent"], total[1]) == ("1", "Worked", "6400", "All together")
    tagwell("results", "show", "Refill", "--shop", sent, "--out", book)
    rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    assert rows[1][:4] == ["Got the message", "100", "40", "40.00"]
    assert [line[0] for line in rows[2:]] == ["Variant A", "Variant B", "Kept back"]


def test_months_stand_beside_each_other(tagwell: Tagwell, sent: Path, tmp_path: Path) -> None:
    (month,) = tagwell("results", "months", "--shop", sent, "--json").json["months"]
    assert (month["month"], month["accepted"], month["not_sent"], month["saved"]) == ("2026-11", 100, 6400, 10_000)
    tagwell("results", "months", "--shop", sent, "--out", tmp_path / "months.csv")
    assert "2026-11,1,100,6500,6400,100.00,40" in (tmp_path / "months.csv").read_text(encoding="utf-8-sig")


def test_line_is_asked_once_a_day(tagwell: Tagwell, sent: Path) -> None:
    assert tagwell("results", "fetch", "--shop", sent, "--json").json == {"asked": 1, "later": 0}
    assert tagwell("results", "fetch", "--shop", sent, "--json").json == {"asked": 0, "later": 0}
    assert "LINE was asked 1 time." in tagwell("results", "fetch", "Refill", "--shop", sent).out
    assert "LINE’s count: under 20 opened, under 20 clicked." in tagwell("results", "Refill", "--shop", sent).out


def test_a_name_after_results_needs_no_verb() -> None:
    assert with_verb(["--shop", "a", "results", "7"], ["results", "7"]) == ["--shop", "a", "results", "show", "7"]
    for said in (["results"], ["results", "months"], ["results", "--out", "x.csv"], ["friends", "results"]):
        assert with_verb(said, said) == said


def test_a_report_is_written_as_pdf(tagwell: Tagwell, sent: Path, tmp_path: Path) -> None:
    for words in ((), ("--send", "Refill"), ("--month", "2026-11")):
        file = tmp_path / "report.pdf"
        said = tagwell("results", "report", "--shop", sent, "--out", file, *words, "--json").json
        assert said["file"] == str(file)
        assert said["pages"] >= 1
        assert file.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--month", "2026-13"), "“2026-13” is no month."),
        (("--month", "2025-01"), "Nothing was sent in 2025-01."),
        (("--send", "Nobody"), "There is no send “Nobody”."),
    ],
)
def test_a_report_of_nothing_is_refused(
    tagwell: Tagwell, sent: Path, tmp_path: Path, words: tuple[str, str], said: str
) -> None:
    found = tagwell("results", "report", "--shop", sent, "--out", tmp_path / "report.pdf", *words)
    assert found.code == 2
    assert said in found.err
    assert not (tmp_path / "report.pdf").exists()


def test_every_friend_of_a_send_is_written_with_the_variant(tagwell: Tagwell, sent: Path, tmp_path: Path) -> None:
    file = tmp_path / "friends.csv"
    said = tagwell("results", "friends", "Refill", "--shop", sent, "--out", file, "--purpose", "x", "--json").json
    assert said == {"campaign": 1, "lines": 140, "file": str(file)}
    header, *lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert header == "Time,Friend,Variant,Result,Why"
    assert sum(",A,Accepted," in line for line in lines) == 100
    assert sum(",,Kept back," in line for line in lines) == 40
