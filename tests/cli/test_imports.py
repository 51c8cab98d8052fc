"""Bringing in files from the command line: counts that add up, questions about origin, rows that were not taken."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Tagwell

ORIGIN = ("--source", "shop checkout", "--purpose", "orders and news", "--informed", "yes")


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    """Two new customers, one who is there already, and one row that nobody can be found by."""
    file = tmp_path / "customers.csv"
    file.write_text(
        "Member number,Name,E-mail\n1001,Mei,mei@example.tw\n2001,山田花子,hana@example.jp\n2002,Nori,\n,Nobody,\n",
        encoding="utf-8-sig",
    )
    return file


def test_every_row_of_a_file_is_accounted_for(tagwell: Tagwell, shop: Path, customers: Path) -> None:
    said = tagwell("import", customers, "--shop", shop, "--json", *ORIGIN).json
    assert said["kind"] == "customers"
    assert (said["rows"], said["new"], said["rejected"]) == (4, 2, 1)
    assert said["new"] + said["updated"] + said["unchanged"] + said["rejected"] == said["rows"]
    assert tagwell("friends", "--search", "花子", "--json").json["total"] == 1


def test_a_dry_run_says_the_same_and_changes_nothing(tagwell: Tagwell, shop: Path, customers: Path) -> None:
    tried = tagwell("import", customers, "--shop", shop, "--dry-run", "--json", *ORIGIN).json
    assert tagwell("friends", "--json").json["total"] == 6
    done = tagwell("import", customers, "--json", *ORIGIN).json
    assert {**tried, "dry_run": False, "batch": done["batch"]} == done
    assert tagwell("friends", "--json").json["total"] == 8


def test_importing_the_same_file_again_changes_nothing(tagwell: Tagwell, shop: Path, customers: Path) -> None:
    tagwell("import", customers, "--shop", shop, *ORIGIN)
    again = tagwell("import", customers, "--json", *ORIGIN).json
    assert (again["new"], again["updated"], again["unchanged"], again["rejected"]) == (0, 0, 3, 1)


def test_peoples_data_needs_a_source_and_a_purpose(tagwell: Tagwell, shop: Path, customers: Path) -> None:
    said = tagwell("import", customers, "--shop", shop)
    assert said.code == 2 and "--source and --purpose" in said.err
    assert tagwell("friends", "--json").json["total"] == 6


def test_rows_that_were_not_taken_are_written_with_their_reason(
    tagwell: Tagwell, shop: Path, customers: Path, tmp_path: Path
) -> None:
    rejects = tmp_path / "rejects.csv"
    said = tagwell("import", customers, "--shop", shop, "--rejects", rejects, "--json", *ORIGIN).json
    assert said["rejects_file"] == str(rejects)
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        header, row = csv.reader(file)
    assert (header[-1], row[1]) == ("Why", "Nobody")


def test_columns_go_where_the_map_says(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    file, where = tmp_path / "club.csv", tmp_path / "map.json"
    file.write_text("Club card,Likes\n1001,Tea\n", encoding="utf-8")
    where.write_text(json.dumps({"Club card": "member", "Likes": "tag_interest"}), encoding="utf-8")
    said = tagwell("import", file, "--kind", "customers", "--map", where, "--shop", shop, "--json", *ORIGIN).json
    assert said["columns"] == {"Club card": "member", "Likes": "tag_interest"}
    assert said["new_tags"] == ["Tea"]


@pytest.mark.parametrize("written", [{"Nothing": "member"}, {"Name": "nowhere"}, {"Name": 3}])
def test_a_map_that_does_not_fit_is_refused(
    tagwell: Tagwell, shop: Path, customers: Path, tmp_path: Path, written: dict[str, object]
) -> None:
    where = tmp_path / "map.json"
    where.write_text(json.dumps(written), encoding="utf-8")
    said = tagwell("import", customers, "--map", where, "--shop", shop, *ORIGIN)
    assert said.code == 2 and said.err.count("\n") == 1


def test_what_is_no_table_is_refused_in_one_sentence(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    picture = tmp_path / "menu.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    for arguments in ((picture,), (tmp_path / "none.csv",), (picture, "--preset", "unheard")):
        said = tagwell("import", *arguments, "--shop", shop, *ORIGIN)
        assert said.code == 2 and said.err.count("\n") == 1


def test_a_file_without_a_key_says_which_columns_there_are(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("Name,City\nMei,Taipei\n", encoding="utf-8")
    said = tagwell("import", file, "--shop", shop, *ORIGIN)
    assert said.code == 2 and "--map where the columns go: Name, City" in said.err


def test_a_map_names_only_places_that_its_kind_has(
    tagwell: Tagwell, shop: Path, customers: Path, tmp_path: Path
) -> None:
    where = tmp_path / "map.json"
    where.write_text(json.dumps({"Name": "total"}), encoding="utf-8")
    said = tagwell("import", customers, "--kind", "customers", "--map", where, "--shop", shop, *ORIGIN)
    assert said.code == 2 and "“total” is no place" in said.err


def test_rejected_rows_never_go_over_the_file_or_the_shop(tagwell: Tagwell, shop: Path, customers: Path) -> None:
    before = customers.read_bytes()
    said = tagwell("import", customers, "--shop", shop, "--rejects", customers, *ORIGIN)
    assert said.code == 2 and customers.read_bytes() == before
    said = tagwell("import", customers, "--shop", shop, "--rejects", shop, *ORIGIN)
    assert said.code == 3 and "The import is done" in said.err
    assert tagwell("friends", "--shop", shop, "--json").json["total"] == 8


def test_a_file_as_a_clerks_excel_writes_it(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "名單.csv"
    file.write_bytes(
        "晨霧選物 會員名單,,\r\n會員編號,姓名,手機\r\n9001,王小明,0912345678\r\n合計,1,\r\n".encode("cp950")
    )
    said = tagwell("import", file, "--shop", shop, "--json", *ORIGIN).json
    assert (said["encoding"], said["delimiter"], said["first_line"]) == ("cp950", ",", 3)
    assert (said["rows"], said["new"], said["skipped"]) == (1, 1, {"above": 1, "total": 1})


CHAT = (
    "帳號名稱,晨霧選物",
    "時區,'+08:00",
    "下載時間,2026/09/15 14:34",
    "傳送者類型,傳送者名稱,傳送日期,傳送時間,內容",
    "User,Nobody Known,2026/09/15,14:34:55,Hello",
)


def test_a_chat_is_somebodys(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    path.write_text("\n".join(CHAT), encoding="utf-8-sig")
    said = tagwell("import", path, "--shop", shop)
    assert (said.code, "--friend" in said.err) == (2, True)
    wrong = tagwell("import", path, "--shop", shop, "--friend", "no such")
    assert (wrong.code, "No friend has" in wrong.err) == (2, True)
    report = tagwell("import", path, "--shop", shop, "--friend", "1001", "--json").json
    assert (report["new"], report["form"], report["preset"]) == (1, "chat", "line_chat")


def test_several_files_come_in_one_by_one(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.csv" for n in range(2)]
    for n, file in enumerate(files):
        file.write_text(f"Member number,Name\n300{n},Friend {n}\n", encoding="utf-8")
    told = ("--source", "counter", "--purpose", "membership")
    said = tagwell("import", *files, "--shop", shop, "--json", *told).json
    assert [report["new"] for report in said["files"]] == [1, 1]
    both = tagwell("import", *files, "--shop", shop, "--rejects", tmp_path / "r.csv", *told)
    assert (both.code, "one file" in both.err) == (2, True)


def test_a_person_says_how_a_file_is_written(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    file, where = tmp_path / "walk-in.txt", tmp_path / "map.json"
    file.write_text("S-7|Sato, Misaki|090-1234-5678\nS-8|Ito, Ren|090-8765-4321\n", encoding="utf-8")
    where.write_text('{"Column 1": "member", "Column 2": "name", "Column 3": "phone"}', encoding="utf-8")
    told = ("--delimiter", "bar", "--first-row", "data", "--phones", "JP")
    said = tagwell("import", file, "--shop", shop, *told, "--map", where, *ORIGIN, "--json").json
    assert (said["delimiter"], said["header_line"], said["new"]) == ("|", None, 2)
    found = tagwell("friends", "--shop", shop, "--search", "S-7", "--purpose", "a call", "--json").json["friends"]
    assert [(one["name"], one["phone"]) for one in found] == [("Sato, Misaki", "+819012345678")]
