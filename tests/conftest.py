"""What all tests share: a fresh real shop file, one fixed moment, and short ways to put friends and orders into it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linecrm_desktop.days import ShopDay
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import create_shared_shop, create_shop, open_shop
from linecrm_desktop.text import set_language
from tests import postgres
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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="what the shops lie on")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database") == "postgresql":
        for item in items:
            if item.get_closest_marker("files"):
                item.add_marker(pytest.mark.skip(reason="it is about shop files"))


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


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest) -> Iterator[postgres.Server | None]:
    """The server that asks for no password, where the tests are run on PostgreSQL; None: they are run on files."""
    if request.config.getoption("--database") != "postgresql":
        yield None
        return
    postgres.need()
    with postgres.running(trusts=True) as server:
        yield server


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A server that asks for passwords, for what is about shared shops, whatever the tests are run on."""
    postgres.need()
    with postgres.running(trusts=False) as server:
        yield server


@pytest.fixture
def empty(server: postgres.Server) -> Iterator[str]:
    """The name of an empty database."""
    name = server.new()
    yield name
    server.drop(name)


@pytest.fixture(scope="session")
def shared_template(shared: postgres.Server | None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same empty practice shop as a database."""
    if shared is None:
        return ""
    name = shared.new()
    address = shared.address(name)
    create_shared_shop(
        tmp_path_factory.mktemp("shared") / "Morning Mist.tagwell", address, "Morning Mist", "TW", NOW, practice=True
    ).close()
    return name


@pytest.fixture
def put_shop(template: Path, shared: postgres.Server | None, shared_template: str) -> Iterator[Callable[[Path], Path]]:
    """Put an empty practice shop at a path."""
    made: list[str] = []

    def put(path: Path) -> Path:
        if shared is None:
            return Path(shutil.copy(template, path))
        made.append(shared.new(shared_template))
        shared.address(made[-1]).write(path)
        return path

    yield put
    for name in made:
        assert shared is not None
        shared.drop(name)


@pytest.fixture
def database(put_shop: Callable[[Path], Path], tmp_path: Path) -> Iterator[Database]:
    """A fresh practice shop in Taiwan."""
    shop = open_shop(put_shop(tmp_path / "shop.tagwell"))
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
