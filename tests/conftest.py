"""What all tests share: a fresh real shop file, one fixed moment, and short ways to put friends and orders into it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import shutil
import sys
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


@pytest.fixture(autouse=True)
def no_window_stays() -> Iterator[None]:
    """Delete every window after its test.

    What a test closed is only deleted when an event loop comes round, which none does between tests. Windows that stay
    are styled anew with every look, so that each test would be slower than the one before.
    """
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is not None:
        for window in QApplication.topLevelWidgets():
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # pyright: ignore[reportArgumentType]


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
