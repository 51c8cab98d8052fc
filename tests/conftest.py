"""What all tests share: a fresh real shop file, one fixed moment, and short ways to put friends and orders into it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linecrm_desktop.days import ShopDay
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import create_shop, open_shop
from linecrm_desktop.text import set_language
from tests.maker import Maker

NOW = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)
"""Thu 12 Nov 2026, 10:31 in Taipei."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep preferences, logs and new shops of a test inside its own folder, and speak English."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TAGWELL_HOME", str(folder))
    set_language("en")
    return folder


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One migrated, empty practice shop that every test copies."""
    path = tmp_path_factory.mktemp("template") / "Morning Mist.tagwell"
    create_shop(path, "Morning Mist", "TW", NOW, practice=True).close()
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh practice shop in Taiwan."""
    path = tmp_path / "shop.tagwell"
    shutil.copy(template, path)
    shop = open_shop(path)
    yield shop
    shop.close()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def day(now: datetime) -> ShopDay:
    return ShopDay.of(now, "Asia/Taipei")


@pytest.fixture
def make(now: datetime) -> Maker:
    return Maker(now)
