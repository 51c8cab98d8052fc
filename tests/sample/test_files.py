from datetime import date
from pathlib import Path

import pytest

from linecrm_desktop.imports import columns, detect, presets
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.resources import resource
from linecrm_desktop.sample.files import write_sample
from linecrm_desktop.sample.newer_files import write_newer
from linecrm_desktop.sample.week_after import write_week_after
from linecrm_desktop.sample.world import world
from linecrm_desktop.store.database import Database
from tests.sample.conftest import tried

TODAY = date(2026, 11, 12)


@pytest.fixture
def written(tmp_path: Path) -> list[Path]:
    return [*write_sample(tmp_path, TODAY), *write_newer(tmp_path, TODAY), *write_week_after(tmp_path, TODAY)]


def test_the_shipped_files_are_what_the_generator_writes(written: list[Path]) -> None:
    shipped = {file.name: file.read_text(encoding="utf-8") for file in resource("sample").glob("*.csv")}
    assert shipped == {file.name: file.read_text(encoding="utf-8") for file in written}
    assert sum(len(text.encode()) for text in shipped.values()) < 4_000_000


def test_the_world_is_the_same_when_it_is_made_again(tmp_path: Path, written: list[Path]) -> None:
    world.cache_clear()
    again = tmp_path / "again"
    again.mkdir()
    for file in (*write_sample(again, TODAY), *write_newer(again, TODAY), *write_week_after(again, TODAY)):
        assert file.read_bytes() == (tmp_path / file.name).read_bytes()


def test_another_day_moves_the_dates_and_nothing_else(tmp_path: Path, written: list[Path]) -> None:
    later = tmp_path / "later"
    later.mkdir()
    today, tomorrow = written[0], write_sample(later, date(2026, 11, 13))[0]
    rows = zip(today.read_text("utf-8").splitlines(), tomorrow.read_text("utf-8").splitlines(), strict=True)
    next(rows)
    for one, other in rows:
        before, after = one.split(","), other.split(",")
        assert (before.pop(5), before) != (after.pop(5), after)
        assert before == after


def test_the_newer_customers_have_every_verdict(sample: Database, written: list[Path]) -> None:
    report = tried(sample, written[3])
    assert written[3].name == "shopline_customers_20261110.csv"
    assert (report.rows, report.new, report.updated, report.unchanged, report.rejected) == (1284, 212, 638, 397, 37)
    assert report.reasons == {"phone": 14, "nobody": 11, "twice": 8, "date": 4}
    assert (report.refused, report.allowed, len(report.new_tags), report.tags_given) == (19, 0, 2, 1073)


def test_the_newer_customers_are_recognised_by_the_preset(written: list[Path]) -> None:
    preset = presets.best(detect.look(written[3]).header)
    assert preset is not None
    assert preset.id == "shopline_customers"


def test_the_newer_orders_are_all_new_and_from_known_friends(sample: Database, written: list[Path]) -> None:
    report = tried(sample, written[4])
    assert written[4].name == "shopline_orders_20261109.csv"
    assert columns.guess_kind(detect.look(written[4]).header) is Kind.ORDERS
    assert 90 <= report.rows <= 110
    assert (report.new, report.new_friends, report.rejected) == (report.rows, 0, 0)
