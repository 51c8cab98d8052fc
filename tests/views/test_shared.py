"""A shared shop in the window: opened on a real server, and every way in which that can fail has its sentence."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.jobs import ALL_WORDS
from linecrm_desktop.settings import file_keys
from linecrm_desktop.store import roles
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import create_shared_shop, create_shop, open_shop
from linecrm_desktop.store.parts import Part
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.friends.view import FriendsView
from linecrm_desktop.views.looking_only import reason
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.program import Program
from linecrm_desktop.views.shared_dialog import SharedShopDialog
from linecrm_desktop.views.unlock_dialog import UnlockDialog
from linecrm_desktop.views.widgets.writing import writes
from tests import postgres
from tests.conftest import NOW
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.friends.screen import names

WAIT = 20_000


@pytest.fixture
def where(server: postgres.Server, empty: str, tmp_path: Path) -> Address:
    """A shared shop that was made on another computer."""
    address = server.address(empty)
    path = tmp_path / "elsewhere.tagwell"
    with closing(create_shared_shop(path, address, "Tea", "TW", NOW, practice=True, key=key_of(address))):
        return address


def key_of(address: Address) -> Key:
    return Key.of_server(postgres.PASSWORD, address.salt)


def asking(program: Program, tmp_path: Path) -> SharedShopDialog:
    program.start(None)
    assert program.welcome is not None
    program.welcome.folder = tmp_path
    program.welcome.shared.click()
    return program.shared.dialog  # pyright: ignore[reportReturnType]


def fill(dialog: SharedShopDialog, where: Address, password: str = postgres.PASSWORD) -> None:
    dialog.server.setText(where.server)
    dialog.port.setValue(where.port)
    dialog.database.setText(where.database)
    dialog.user.setText(where.user)
    dialog.password.setText(password)


def refused(dialog: SharedShopDialog, qtbot: QtBot) -> str:
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.said.text()), timeout=WAIT)
    return dialog.said.text()


def opened(program: Program, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: program.window is not None, timeout=WAIT)
    assert program.window is not None
    return program.window


def test_a_shared_shop_is_opened_and_says_where_it_lies(
    program: Program, where: Address, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = asking(program, tmp_path)
    fill(dialog, where)
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    window = opened(program, qtbot)
    assert window.windowTitle().startswith("Tea")
    assert window.status.data.text() == "Shared on 127.0.0.1"
    assert program.choices.kept.recent == (str(tmp_path / "Tea.tagwell"),)
    qtbot.waitUntil(lambda: file_kept(program, where) is not None, timeout=WAIT)


def file_kept(program: Program, where: Address) -> str | None:
    return file_keys.kept(program.tokens, where.salt)


def test_the_next_start_opens_it_with_the_password_that_this_computer_keeps(
    program: Program, where: Address, tmp_path: Path, choices: Choices, qtbot: QtBot
) -> None:
    path = tmp_path / "Tea.tagwell"
    where.write(path)
    choices.choose(recent=(str(path),))
    file_keys.keep(program.tokens, where.salt, key_of(where).words)
    assert program.start(None)
    assert opened(program, qtbot).windowTitle().startswith("Tea")


def test_a_password_that_is_not_kept_is_asked_for(
    program: Program, where: Address, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "Tea.tagwell"
    where.write(path)
    program.open(path)
    qtbot.waitUntil(lambda: isinstance(getattr(program.shared, "dialog", None), UnlockDialog), timeout=WAIT)
    dialog = program.shared.dialog
    assert isinstance(dialog, UnlockDialog)
    assert dialog.said.text() == "The shared shop needs a password."
    dialog.password.setText(postgres.PASSWORD)
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert opened(program, qtbot).lock is not None


def test_a_file_that_leads_there_already_is_used_again(
    program: Program, where: Address, tmp_path: Path, choices: Choices, qtbot: QtBot
) -> None:
    known, gone = tmp_path / "known.tagwell", tmp_path / "gone.tagwell"
    where.write(known)
    choices.choose(recent=(str(gone), str(known)))
    file_keys.keep(program.tokens, where.salt, key_of(where).words)
    program.show_welcome()
    program.shared.ask_and_open()
    dialog = program.shared.dialog
    assert isinstance(dialog, SharedShopDialog)
    fill(dialog, where)
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    opened(program, qtbot)
    assert program.shop() is not None
    assert choices.kept.recent[0] == str(known)


def test_the_list_of_recent_shops_says_on_which_server_one_lies(
    program: Program, where: Address, tmp_path: Path, now: datetime
) -> None:
    tea, plain = tmp_path / "Tea.tagwell", tmp_path / "plain.tagwell"
    where.write(tea)
    create_shop(plain, "Plain", "TW", now).close()
    program.choices.choose(recent=(str(plain), str(tea)))
    program.open(plain)
    assert program.window is not None
    assert [action.text() for action in program.window.menus.recent.actions()] == ["Tea on 127.0.0.1"]


def test_a_wrong_password_is_said_beside_the_field(
    program: Program, where: Address, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = asking(program, tmp_path)
    fill(dialog, where, "guess")
    assert "does not know this user with this password" in refused(dialog, qtbot)
    assert dialog.open_button.isEnabled()
    assert not list(tmp_path.glob("Tea*"))


def test_a_server_that_does_not_answer_is_said_so(
    program: Program, where: Address, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = asking(program, tmp_path)
    fill(dialog, where)
    dialog.port.setValue(1)
    assert "does not answer" in refused(dialog, qtbot)


def test_a_database_that_is_not_there_or_holds_no_shop_is_said_so(
    program: Program, server: postgres.Server, where: Address, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = asking(program, tmp_path)
    fill(dialog, where)
    dialog.database.setText("nothing")
    assert "no database of this name" in refused(dialog, qtbot)
    dialog.database.setText("postgres")
    assert "holds no Tagwell shop" in refused(dialog, qtbot)


def test_a_server_that_cannot_prove_itself_gets_no_password(
    program: Program, where: Address, tmp_path: Path, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    dialog = asking(program, tmp_path)
    fill(dialog, where)
    assert "crosses" in dialog.proof.text()
    dialogs.path = tmp_path / "authority.pem"
    dialogs.path.write_text("")
    dialog.choose.click()
    assert "must prove who it is" in dialog.proof.text()
    assert "does not prove who it is" in refused(dialog, qtbot)


def test_a_shop_of_a_newer_program_is_refused(
    program: Program, server: postgres.Server, where: Address, tmp_path: Path, qtbot: QtBot
) -> None:
    server.run("UPDATE alembic_version SET version_num = '9999'", database=where.database)
    dialog = asking(program, tmp_path)
    fill(dialog, where)
    assert "newer Tagwell" in refused(dialog, qtbot)


def test_a_shop_of_an_older_program_is_left_alone_until_a_person_agrees(
    program: Program, server: postgres.Server, where: Address, tmp_path: Path, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    server.run("UPDATE alembic_version SET version_num = '0022'", database=where.database)
    dialog = asking(program, tmp_path)
    fill(dialog, where)
    dialogs.yes = False
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialogs.asked), timeout=WAIT)
    assert "older Tagwell" in dialogs.asked[0][1]
    version = server.run("SELECT version_num FROM alembic_version", database=where.database)
    assert version == [("0022",)]
    assert program.window is None


def test_whoever_has_no_right_to_the_shop_is_told_so(
    program: Program, server: postgres.Server, where: Address, tmp_path: Path, qtbot: QtBot
) -> None:
    server.run(f"CREATE ROLE stranger LOGIN PASSWORD '{postgres.PASSWORD}'")
    dialog = asking(program, tmp_path)
    fill(dialog, where)
    dialog.user.setText("stranger")
    said = refused(dialog, qtbot)
    server.run("DROP ROLE stranger")
    assert "no right to open this shop" in said


def test_an_address_that_is_pasted_whole_fills_the_fields(program: Program, tmp_path: Path) -> None:
    dialog = asking(program, tmp_path)
    dialog.server.setText("postgresql://mei@shop.example:6543/tea")
    assert dialog.where() == Address("shop.example", "tea", "mei", 6543)
    assert dialog.command.text() == "tagwell move SHOP postgresql://mei@shop.example:6543/tea"
    dialog.reject()


def test_a_backup_is_not_put_in_the_place_of_a_shared_shop(
    program: Program, where: Address, tmp_path: Path, now: datetime, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    path, backup = tmp_path / "Tea.tagwell", tmp_path / "backup.tagwell"
    where.write(path)
    create_shop(backup, "Old tea", "TW", now).close()
    file_keys.keep(program.tokens, where.salt, key_of(where).words)
    program.open(path)
    window = opened(program, qtbot)
    window.ask_program("put_back", str(backup))
    assert "lies on a server" in str(dialogs.errors[0])
    assert window.isVisible()


def test_the_window_loads_what_every_page_of_a_shared_shop_shows(
    program: Program, where: Address, tmp_path: Path, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    path = tmp_path / "Tea.tagwell"
    where.write(path)
    file_keys.keep(program.tokens, where.salt, key_of(where).words)
    program.open(path)
    window = opened(program, qtbot)
    for page in Page:
        window.go(Place(page))
        qtbot.waitUntil(lambda: window.desk.jobs.is_quiet, timeout=WAIT)
    assert dialogs.errors == []
    assert set(Page) == set(window.views)


@pytest.fixture
def window(program: Program, where: Address, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window of the shared shop on this computer."""
    path = tmp_path / "Tea.tagwell"
    where.write(path)
    file_keys.keep(program.tokens, where.salt, key_of(where).words)
    program.open(path)
    return opened(program, qtbot)


@pytest.fixture
def elsewhere(where: Address, tmp_path: Path) -> Iterator[Database]:
    """The same shop, open on another computer."""
    path = tmp_path / "another.tagwell"
    where.write(path)
    with closing(open_shop(path, key_of(where))) as database:
        yield database


def test_what_another_computer_writes_appears_in_the_window(
    window: MainWindow, elsewhere: Database, make: Maker, qtbot: QtBot
) -> None:
    window.go(Place(Page.FRIENDS))
    view = window.current_view()
    assert isinstance(view, FriendsView)
    qtbot.waitUntil(lambda: window.desk.jobs.is_quiet, timeout=WAIT)
    with elsewhere.write() as session:
        make.friend(session, name="Mei")
    qtbot.waitUntil(lambda: names(view) == ["Mei"], timeout=WAIT)


def test_a_server_that_is_gone_is_said_at_the_bottom_until_it_is_back(
    window: MainWindow, server: postgres.Server, where: Address, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.desk.jobs.is_quiet, timeout=WAIT)
    server.run(f"ALTER DATABASE {where.database} ALLOW_CONNECTIONS false", f"{_CUT} '{where.database}'")
    qtbot.waitUntil(lambda: window.status.data.text() == "127.0.0.1 does not answer", timeout=WAIT)
    server.run(f"ALTER DATABASE {where.database} ALLOW_CONNECTIONS true")
    qtbot.waitUntil(lambda: window.status.data.text() == "Shared on 127.0.0.1", timeout=WAIT)


def test_while_a_server_is_away_nothing_pops_up_and_all_goes_on_when_it_is_back(
    window: MainWindow, server: postgres.Server, where: Address, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.desk.jobs.is_quiet, timeout=WAIT)
    server.run(f"ALTER DATABASE {where.database} ALLOW_CONNECTIONS false", f"{_CUT} '{where.database}'")
    qtbot.waitUntil(lambda: window.status.data.text() == "127.0.0.1 does not answer", timeout=WAIT)
    for one in (window.due, window.recounter, window.run_sheet):
        one.look()
    qtbot.waitUntil(lambda: window.desk.jobs.is_quiet, timeout=WAIT)
    server.run(f"ALTER DATABASE {where.database} ALLOW_CONNECTIONS true")
    with qtbot.waitSignal(window.desk.jobs.changed, timeout=WAIT) as told:
        window.others.look()
    assert told.args == [ALL_WORDS]
    assert dialogs.errors == []
    assert all(one.is_looking for one in (window.due, window.recounter, window.run_sheet))


_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="


@pytest.fixture
def readers(
    program: Program, server: postgres.Server, where: Address, tmp_path: Path, qtbot: QtBot
) -> Iterator[MainWindow]:
    """The window of somebody who may only read the shared shop."""
    roles.give(where, key_of(where), "looker", Part.READER, postgres.PASSWORD)
    theirs, path = server.address(where.database, "looker"), tmp_path / "looker.tagwell"
    theirs.write(path)
    file_keys.keep(program.tokens, theirs.salt, key_of(theirs).words)
    program.open(path)
    yield opened(program, qtbot)
    program.finish()
    server.run("DROP OWNED BY looker", database=where.database)
    server.run("DROP ROLE looker")


def test_a_reader_sees_greyed_buttons_and_why(readers: MainWindow, dialogs: RecordingDialogs, qtbot: QtBot) -> None:
    for page in (page for page in Page if not Place(page).writes):
        readers.go(Place(page))
        qtbot.waitUntil(lambda: readers.desk.jobs.is_quiet, timeout=WAIT)
        buttons = [one for one in readers.current_view().findChildren(QPushButton) if one.isVisible() and writes(one)]
        assert {one.isEnabled() for one in buttons} <= {False}, page
        assert {one.toolTip() for one in buttons} <= {reason()}, page
    assert "change nothing in it" in readers.looking.words.text()
    assert readers.looking.isVisible()
    assert not any(readers.menus.action(name).isEnabled() for name in ("go:import", "back_up"))
    assert not readers.status.backup.isVisible()
    assert dialogs.errors == []


def test_a_reader_is_not_led_to_where_something_begins(readers: MainWindow) -> None:
    before = readers.place
    for place in (Place(Page.AUDIT), Place(Page.TAGS, part="new"), Place(Page.IMPORTS, part="new")):
        readers.go(place)
        assert readers.place == before
        assert readers.status.jobs.words.text() == reason()
    assert not readers.acceptDrops()


def test_a_reader_takes_no_list_of_people_out_and_is_told_why(
    readers: MainWindow, dialogs: RecordingDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    dialogs.path = tmp_path / "friends.csv"
    readers.go(Place(Page.FRIENDS))
    qtbot.waitUntil(lambda: readers.desk.jobs.is_quiet, timeout=WAIT)
    assert not readers.menus.action("save_list").isEnabled()
    readers.acts.save_list()
    qtbot.waitUntil(lambda: readers.desk.jobs.is_quiet, timeout=WAIT)
    assert "leaves a line about who took it" in readers.status.jobs.words.text()
    assert not dialogs.path.exists()
    readers.go(Place(Page.TAGS))
    assert readers.menus.action("save_list").isEnabled()


def test_a_reader_tries_a_segment_out_and_is_not_asked_to_save_it(
    readers: MainWindow, server: postgres.Server, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    refused = len(server.refusals())
    readers.go(Place(Page.SEGMENTS, part="new"))
    name = readers.current_view().findChild(QLineEdit, "segmentName")
    assert isinstance(name, QLineEdit)
    qtbot.keyClicks(name, "Tea")
    readers.go(Place(Page.HOME))
    qtbot.waitUntil(lambda: readers.desk.jobs.is_quiet, timeout=WAIT)
    assert readers.place.page is Page.HOME
    assert (dialogs.asked, dialogs.errors, len(server.refusals())) == ([], [], refused)
