"""Saving codes: names of files that every system takes, and a folder that is whole or says why not."""

import csv
from pathlib import Path

import pytest

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.sources import saving
from tests.sources.conftest import MakeLinks


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Poster 1", "poster-1_K7QX"),
        ("海報 1 號", "海報-1-號_K7QX"),
        ('Café / bar: "old" *?', "café-bar-old_K7QX"),
        ("../../etc", "etc_K7QX"),
        ("CON.", "con_K7QX"),
        ("・・・", "K7QX"),
    ],
)
def test_files_are_called_by_place_and_code_and_never_leave_the_folder(place: str, name: str) -> None:
    assert saving.stem(place, "K7QX") == name


def test_each_link_gets_both_pictures_and_the_list_names_them_all(make_links: MakeLinks, tmp_path: Path) -> None:
    rows = list(make_links("Poster 1", "=Counter").values())
    folder = tmp_path / "new" / "codes"
    written = saving.save(rows, folder, Task())
    names = sorted(path.name for path in written)
    assert names == sorted(
        [
            f"{stem}.{kind}"
            for stem in (f"poster-1_{rows[0].code}", f"counter_{rows[1].code}")
            for kind in ("png", "svg")
        ]
        + ["links.csv"]
    )
    assert all(path.stat().st_size for path in written)
    with (folder / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))
    assert told[0] == ["Place", "Tag", "Code", "Prepared text", "Link"]
    assert told[1] == ["Poster 1", "Poster 1", rows[0].code, f"Hello! My code is {rows[0].code}", rows[0].url]
    assert told[2][0] == "'=Counter"


def test_a_folder_that_cannot_be_written_says_so(make_links: MakeLinks, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutsideError, match="cannot be written"):
        saving.save(list(make_links("Poster").values()), tmp_path / "file", Task())


def test_saving_can_be_stopped(make_links: MakeLinks, tmp_path: Path) -> None:
    task = Task()
    task.stop()
    with pytest.raises(Stopped):
        saving.save(list(make_links("Poster").values()), tmp_path, task)
    assert list(tmp_path.glob("*.png")) == []
