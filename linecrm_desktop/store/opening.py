"""Makes a new shop file, and opens one: is it a shop, whose is it, is it ours to open, is it up to date?

Every refusal has its own sentence and changes nothing. A file of an older version is copied before it is upgraded.
"""

import uuid
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store import address, driver
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.backup import ENDING, copy_beside
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.driver import APPLICATION_ID, Key
from linecrm_desktop.store.server_troubles import PasswordWanted, WrongPassword
from linecrm_desktop.store.troubles import cannot_write, damaged, explained, in_use
from linecrm_desktop.store.wiping import wipe_if_due
from linecrm_desktop.text import _

if TYPE_CHECKING:
    from linecrm_desktop.store.sharing import Found

HEAD = "0025"
"""The newest migration; kept here so that opening an up-to-date shop need not load Alembic. A test compares."""
KNOWN = frozenset(f"{number:04}" for number in range(1, 26))

CHECKED_AT_ONCE = 64 * 2**20
"""Bytes of a shop file that is read whole each time it is opened; a larger one while it is in use."""

PRACTICE_MESSAGES = 6_000
"""Messages a month that the practice LINE allows a new practice shop: enough to rehearse a real list."""

COUNTRIES = {
    "TW": ("TWD", "Asia/Taipei"),
    "JP": ("JPY", "Asia/Tokyo"),
    "TH": ("THB", "Asia/Bangkok"),
}
"""Currency and time zone that a new shop starts with."""


def create_shop(
    path: Path, name: str, country: str, now: datetime, *, practice: bool = False, key: Key | None = None
) -> Database:
    """Make an empty shop file, encrypted when a key is given, and open it.

    Raises ShopError when something is there already.
    """
    path = with_ending(path)
    _check_new(path, country)
    lock = _hold(path)
    try:
        with explained(path):
            with closing(driver.connect(path, key)) as plain:
                plain.execute(f"PRAGMA application_id={APPLICATION_ID}")
            _upgrade(path, key)
        database = Database(path, lock, key)
        _name(database, name, country, now, practice=practice)
    except BaseException:
        lock.release()
        remove_shop(path)
        raise
    return database


def create_shared_shop(
    path: Path,
    where: Address,
    name: str,
    country: str,
    now: datetime,
    *,
    practice: bool = False,
    key: Key | None = None,
) -> Database:
    """Make an empty shop in an empty database, and the file by which it is opened. Raises ShopError."""
    from linecrm_desktop.store import sharing

    _check_new(path, country)
    where.write(path)
    try:
        sharing.make(path, where, key, HEAD)
        database = Database(path, key=key)
        _name(database, name, country, now, practice=practice)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return database


def _check_new(path: Path, country: str) -> None:
    if country not in COUNTRIES:
        raise ShopError(
            _("Tagwell does not know the country “{country}”.").format(country=country), _("Use TW, JP or TH.")
        )
    if path.exists():
        raise ShopError(_("“{file}” is there already.").format(file=path.name), _("Choose another name, or open it."))


def _name(database: Database, name: str, country: str, now: datetime, *, practice: bool) -> None:
    currency, zone = COUNTRIES[country]
    with database.write() as session:
        session.add(
            Shop(
                id=1,
                key=str(uuid.uuid4()),
                name=name,
                country=country,
                currency=currency,
                zone=zone,
                is_practice=practice,
                created_at=now,
                line_limit=PRACTICE_MESSAGES if practice else None,
                line_used=0 if practice else None,
                line_read_at=now if practice else None,
            )
        )


def open_shop(path: Path, key: Key | None = None) -> Database:
    """Open a shop to read and write; nobody else can open it until it is closed, unless it is shared."""
    version = check(path, key)
    if is_shared(path):
        return _open_shared(path, version, key)
    lock = _hold(path)
    try:
        if path.stat().st_size < CHECKED_AT_ONCE:
            check_whole(path, key)
        if version != HEAD:
            copy_beside(path, f"before update from {version}", key)
            with explained(path):
                _upgrade(path, key)
        database = Database(path, lock, key)
        wipe_if_due(database)
        return database
    except BaseException:
        lock.release()
        raise


def _open_shared(path: Path, version: str, key: Key | None) -> Database:
    if version != HEAD:
        with explained(path):
            _upgrade(path, key)
    database = Database(path, key=key)
    wipe_if_due(database)
    return database


def refuse_shared(path: Path) -> None:
    """Raise ShopError for a shop on a server: what is done to a file as a whole is not done to it."""
    if is_shared(path):
        raise ShopError(
            _("“{file}” lies on a server.").format(file=path.name),
            _("Nothing was changed. Move it to a file first: tagwell move postgresql://… FILE"),
        )


@contextmanager
def held(path: Path) -> Generator[None]:
    """Keep others from opening a shop while its file is changed as a whole.

    Raises ShopError when it is open, or lies on a server.
    """
    refuse_shared(path)
    lock = _hold(path)
    try:
        yield
    finally:
        lock.release()


def is_in_use(path: Path) -> bool:
    """Whether another program holds the shop at this moment; a path without a shop is in nobody's use."""
    if not path.is_file():
        return False
    try:
        _hold(path).release()
    except ShopError:
        return True
    return False


def read_shop(path: Path, key: Key | None = None) -> Database:
    """Open a shop only to look at it, also while another program has it open."""
    if check(path, key) != HEAD:
        open_shop(path, key).close()
    return Database(path, key=key)


def find_shared(where: Address, key: Key | None) -> "Found":
    """Return what a shop on a server says of itself. Raises the sentence that fits where it cannot be opened."""
    from linecrm_desktop.store import sharing

    found = sharing.find(where, key)
    if _known(found.version) != HEAD and not found.is_owner:
        raise ShopError(
            _("This shop is of an older Tagwell than this program."),
            _("Ask its owner to open it once with this program, or use the older one until then."),
        )
    return found


def check_whole(path: Path, key: Key | None = None) -> None:
    """Read every page of a shop file; raise DamagedFile where one makes no sense. A gigabyte takes seconds."""
    with explained(path), closing(driver.connect(path, key, read_only=True)) as file:
        found = str(file.execute("PRAGMA quick_check(1)").fetchone()[0])
    if found != "ok":
        raise damaged(path, found)


def is_shared(path: Path) -> bool:
    """Whether a file names a shop on a server; one that is not there or cannot be read does not."""
    try:
        return address.read(path) is not None
    except OSError:
        return False


def is_encrypted(path: Path) -> bool:
    """Whether a file has a password; one that is not there or cannot be read has none."""
    try:
        return driver.salt_of(path) is not None
    except OSError:
        return False


def key_for(path: Path, password: str) -> Key:
    """Make the key of an encrypted shop from its password. Slow on purpose; raises WrongPassword."""
    salt = driver.salt_of(path)
    if salt is None:
        raise _no_shop(path)
    key = Key.of_server(password, salt) if address.read(path) is not None else Key.of(password, salt)
    check(path, key)
    return key


def check(path: Path, key: Key | None = None) -> str:
    """Return the version of a shop file, or raise with the sentence that fits what the file is."""
    if not path.is_file():
        raise ShopError(
            _("There is no shop file “{file}”.").format(file=path.name), _("Check the name, or make a new shop.")
        )
    try:
        with path.open("rb") as file:
            header = file.read(len(driver.HEADER))
        shared = address.read(path)
        encrypted = driver.salt_of(path) is not None
    except PermissionError as error:
        raise OutsideError(
            _("“{file}” cannot be read.").format(file=path.name), _("You have no right to open it on this computer.")
        ) from error
    if shared is not None:
        return find_shared(shared, key).version
    if encrypted and key is None:
        raise PasswordWanted(
            _("“{file}” needs its password.").format(file=path.name), _("Without it nobody can open the file.")
        )
    if not encrypted and header != driver.HEADER:
        raise _no_shop(path)
    with explained(path):
        return _version(path, key if encrypted else None)


def _version(path: Path, key: Key | None) -> str:
    with closing(driver.connect(path, key, read_only=True)) as plain:
        if key is not None and not _fits(plain):
            raise WrongPassword(
                _("That password does not open this file."), _("Check the keyboard’s language and Caps Lock.")
            )
        tables = {row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"alembic_version", "shop", "friend"} <= tables:
            raise _no_shop(path)
        found = plain.execute("SELECT version_num FROM alembic_version").fetchone()
        if found is None or plain.execute("SELECT count(*) FROM shop").fetchone()[0] != 1:
            raise damaged(path)
    return _known(str(found[0]))


def _known(version: str) -> str:
    if version not in KNOWN:
        raise OutsideError(_("This shop was made by a newer Tagwell."), _("Update the app to open it."))
    return version


def _fits(connection: Any) -> bool:
    """Whether a key is the right one: with a wrong one the first page makes no sense."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.errors() as error:
        if "not a database" in str(error):
            return False
        raise
    return True


def _no_shop(path: Path) -> ShopError:
    return ShopError(
        _("“{file}” is not a Tagwell shop.").format(file=path.name),
        _("Nothing was changed. To bring in a list of customers or orders, use Import."),
    )


def remove_shop(path: Path) -> None:
    """Delete a shop file with what SQLite and the lock keep beside it."""
    for extra in ("", "-wal", "-shm", "-lock"):
        Path(f"{path}{extra}").unlink(missing_ok=True)


def with_ending(path: Path) -> Path:
    """Return the path ending in .tagwell. Raises ShopError for a path that names no file."""
    if not path.name or path.name == "..":
        raise ShopError(_("The shop file needs a name."), _("Write it like “My shop”."))
    return path if path.suffix == ENDING else path.with_name(path.name + ENDING)


def _hold(path: Path) -> FileLock:
    lock = FileLock(f"{path}-lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise in_use() from error
    except OSError as error:
        raise cannot_write(path, error) from error
    return lock


def _upgrade(path: Path, key: Key | None) -> None:
    from linecrm_desktop.store.migrating import upgrade  # Alembic is slow to load and rarely needed

    upgrade(path, key)
