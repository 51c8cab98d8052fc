from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linecrm_desktop.days import ShopDay
from linecrm_desktop.jobs import Task
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
