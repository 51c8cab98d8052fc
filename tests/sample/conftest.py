from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.days import ShopDay
from linecrm_desktop.imports import columns, detect, presets
from linecrm_desktop.imports.columns import Matching
from linecrm_desktop.imports.plan import ImportPlan, Report
from linecrm_desktop.imports.run import dry_run
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.sample.shop import make_sample_shop
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.text import set_language

NOW = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)
ZONE = "Asia/Taipei"


@pytest.fixture(scope="package")
def shop_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop as it looks on 12 November 2026, made once."""
    set_language("en")
    return make_sample_shop(tmp_path_factory.mktemp("sample") / "Morning Mist.tagwell", NOW, Task())


@pytest.fixture
def sample(shop_file: Path) -> Iterator[Database]:
    database = open_shop(shop_file)
    yield database
    database.close()


@pytest.fixture
def sample_day() -> ShopDay:
    return ShopDay.of(NOW, ZONE)


def tried(database: Database, path: Path) -> Report:
    """Return what importing a file would do, matched as the program proposes."""
    found = detect.look(path)
    preset = presets.best(found.header)
    kind = preset.kind if preset else columns.guess_kind(found.header)
    matching: Matching = columns.guess(kind, found.header, found.first_rows, preset.columns if preset else None)
    origin = Origin("Web shop", "Orders and offers", Answer.YES)
    plan = ImportPlan(path, found, kind, matching, origin, "TW", ZONE, "TWD", preset=preset.id if preset else "")
    return dry_run(database, plan, Task(), NOW)
