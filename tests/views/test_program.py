import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.app import build_shop_window, line_door
from linecrm_desktop.consent import ledger
from linecrm_desktop.erasing import kept_apart
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import preferences
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import create_shop, open_shop
from linecrm_desktop.store.wiping import wipe
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.program import Program
from linecrm_desktop.views.single_instance import Doorbell, ring
from linecrm_desktop.views.welcome import Way
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs

WAIT = 20_000
SLOW = ("pandas", "linebot", "alembic", "aiohttp", "numpy", "keyring", "qtawesome", "phonenumbers")


@pytest.fixture
def shop(tmp_path: Path, now: datetime) -> Path:
    return a_shop(tmp_path / "one.tagwell", "One", now)


def a_shop(path: Path, name: str, now: datetime) -> Path:
    create_shop(path, name, "TW", now).close()
    return path


def window_of(program: Program) -> MainWindow:
    assert program.window is not None
    return program.window


def test_the_first_start_shows_the_welcome(program: Program) -> None:
    assert program.start(None)
    assert program.welcome is not None
    assert program.welcome.isVisible()
    assert program.window is None


def test_the_next_start_opens_the_last_shop(program: Program, shop: Path, choices: Choices) -> None:
    choices.choose(recent=(str(shop),))
    assert program.start(None)
    assert window_of(program).windowTitle() == "One[*] — Tagwell"


def test_a_shop_that_cannot_be_opened_says_why_and_shows_the_welcome(
    program: Program, tmp_path: Path, dialogs: RecordingDialogs
) -> None:
    broken = tmp_path / "broken.tagwell"
    broken.write_text("not a shop")
    assert program.start(broken)
    assert "is not a Tagwell shop" in str(dialogs.errors[0])
    assert program.welcome is not None


def test_opening_another_shop_closes_the_first_and_remembers_both(
    program: Program, shop: Path, tmp_path: Path, now: datetime
) -> None:
    other = a_shop(tmp_path / "two.tagwell", "Two", now)
    program.open(shop)
    first = window_of(program)
    program.open(other)
    assert window_of(program).windowTitle().startswith("Two")
    assert not first.isVisible()
    assert preferences.load().recent == (str(other), str(shop))
    assert program.open(shop), "the first shop's file was let go"


def test_a_file_that_cannot_be_opened_leaves_the_open_shop_alone(
    program: Program, shop: Path, tmp_path: Path, dialogs: RecordingDialogs
) -> None:
    program.open(shop)
    assert not program.open(tmp_path / "gone.tagwell")
    assert len(dialogs.errors) == 1
    assert window_of(program).isVisible()


def test_a_shop_that_is_open_elsewhere_says_so(program: Program, shop: Path, dialogs: RecordingDialogs) -> None:
    from linecrm_desktop.store.opening import open_shop

    held = open_shop(shop)
    assert not program.open(shop)
    assert "open in another window" in str(dialogs.errors[0])
    held.close()


def test_a_second_start_rings_and_the_window_comes_forward(shop: Path, qtbot: QtBot) -> None:
    assert not ring(shop)
    bell = Doorbell(shop)
    with qtbot.waitSignal(bell.rung):
        assert ring(shop)
    bell.close()
    assert not ring(shop)


def test_a_shop_that_another_window_has_is_not_opened_twice(program: Program, shop: Path) -> None:
    bell = Doorbell(shop)
    assert not program.start(shop)
    assert program.window is None
    assert program.welcome is None
    bell.close()


def test_the_sample_shop_is_made_once_and_opened(program: Program, qtbot: QtBot, home: Path) -> None:
    program.start(None)
    welcome = program.welcome
    assert welcome is not None
    welcome.way_chosen.emit(Way.SAMPLE)
    assert not welcome.go.isEnabled()
    qtbot.waitUntil(lambda: program.window is not None, timeout=WAIT)
    assert window_of(program).windowTitle().startswith("Morning Mist")
    assert (home / "shops" / "morning-mist.tagwell").exists()
    assert not welcome.isVisible()


def test_a_sample_that_cannot_be_made_gives_the_buttons_back(
    choices: Choices, dialogs: RecordingDialogs, now: datetime, qtbot: QtBot
) -> None:
    def no_room(_path: Path, _now: datetime, _task: Task) -> Path:
        raise OutsideError("The disk is full. Nothing was changed.")

    program = Program(choices, build_shop_window, no_room, lambda: now, dialogs)
    program.start(None)
    assert program.welcome is not None
    qtbot.addWidget(program.welcome)
    program.welcome.way_chosen.emit(Way.SAMPLE)
    qtbot.waitUntil(lambda: bool(dialogs.errors))
    assert program.welcome.go.isEnabled()
    program.finish()


def test_a_new_shop_asks_name_and_country_and_opens(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    program.start(None)
    assert program.welcome is not None
    program.welcome.folder = tmp_path
    program.ask_and_make()
    dialog = program.welcome.findChild(QDialog, "shopDialog")
    assert dialog is not None
    make = part(dialog, QPushButton, "makeShop")
    assert not make.isEnabled()
    part(dialog, QLineEdit, "shopName").setText("朝/霧")
    part(dialog, QComboBox, "shopCountry").setCurrentIndex(1)
    assert part(dialog, QLabel, "shopFile").text().endswith("朝 霧.tagwell")
    make.click()
    qtbot.waitUntil(lambda: program.window is not None, timeout=WAIT)
    assert window_of(program).windowTitle().startswith("朝/霧")
    desk = window_of(program)._desk  # pyright: ignore[reportPrivateUsage]
    assert (desk.shop.country, desk.shop.currency, desk.shop.zone) == ("JP", "JPY", "Asia/Tokyo")


def part(dialog: QDialog, kind: Callable[..., object], name: str):
    found = dialog.findChild(kind, name)  # pyright: ignore[reportArgumentType, reportCallIssue]
    assert found is not None, name
    return found


def test_connecting_line_first_makes_a_shop_and_then_asks_for_the_token(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    program.start(None)
    assert program.welcome is not None
    program.welcome.folder = tmp_path
    program.welcome.way_chosen.emit(Way.CONNECT)
    dialog = program.welcome.findChild(QDialog, "shopDialog")
    assert dialog is not None
    part(dialog, QLineEdit, "shopName").setText("Mist")
    part(dialog, QPushButton, "makeShop").click()
    qtbot.waitUntil(lambda: program.window is not None, timeout=WAIT)
    asked = window_of(program).findChild(QDialog, "connectDialog")
    assert asked is not None
    assert asked.isVisible()
    asked.close()


def test_a_practice_shop_speaks_to_its_own_line_and_a_real_one_to_the_real(database: Database) -> None:
    assert line_door(database).is_practice
    with database.write() as session:
        shop = session.get_one(Shop, 1)
        shop.is_practice, shop.line_host = False, "https://line.example.com"
    assert not line_door(database).is_practice
    assert line_door(database).host == "https://line.example.com"


def test_the_window_is_painted_before_any_slow_library_is_loaded(shop: Path, tmp_path: Path) -> None:
    ask = f"""
import sys
from pathlib import Path
from linecrm_desktop import app
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.store.opening import open_shop
qt = app.application()
database = open_shop(Path({str(shop)!r}))
window = app.build_shop_window(database, Choices(qt))
from linecrm_desktop.views.desk import Page, Place
window.start(Place(Page.HOME))
window.show()
window.grab()
print(" ".join(name for name in {SLOW!r} if name in sys.modules))
window.let_go()
"""
    environ = os.environ | {"TAGWELL_HOME": str(tmp_path / "fresh")}
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False, env=environ)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_a_restored_shop_says_which_refusals_hold_again_until_it_was_read(
    program: Program, shop: Path, make: Maker, now: datetime, tmp_path: Path, qtbot: QtBot
) -> None:
    database = open_shop(shop)
    with database.write() as session:
        tina = make.friend(session)
    wipe(database)
    older = Path(shutil.copy(shop, tmp_path / "older.tagwell"))
    kept_apart.watch(database, now)
    with database.write() as session:
        ledger.refuse(session, [tina], "chat", now)
    database.close()

    program.open(shop)
    assert window_of(program).news.isHidden()
    program.open(older)

    news = window_of(program).news
    assert news.words.text() == "1 friend refused after this copy was made. The refusal was kept apart and holds again."
    assert news.isVisible()
    qtbot.mouseClick(news.action, Qt.MouseButton.LeftButton)
    assert news.isHidden()
