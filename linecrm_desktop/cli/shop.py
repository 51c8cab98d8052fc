"""Which shop a command works on, opened to read or to write, and how things in it are named on the command line."""

from argparse import Namespace
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.cli.talk import tell
from linecrm_desktop.cli.world import read_password
from linecrm_desktop.days import ShopDay
from linecrm_desktop.erasing import kept_apart
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import file_keys, preferences
from linecrm_desktop.store import driver
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import check, is_shared, key_for, open_shop, read_shop, with_ending
from linecrm_desktop.store.server_troubles import PasswordWanted
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class Opened:
    """An open shop with what commands ask of it."""

    database: Database
    key: str
    name: str
    country: str
    currency: str
    zone: str
    is_practice: bool
    line_limit: int | None
    line_used: int | None

    @property
    def path(self) -> Path:
        return self.database.path

    def day(self, now: datetime) -> ShopDay:
        """Return the shop's calendar day."""
        return ShopDay.of(now, self.zone)

    def moment(self, at: datetime | None) -> str | None:
        """Write a moment for JSON: ISO 8601 with the shop's own offset."""
        return None if at is None else self.day(at).local(at).isoformat(timespec="seconds")


class Named(Protocol):
    """A row that a person names on the command line."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def name(self) -> str:
        """Its name."""
        ...


N = TypeVar("N", bound=Named)


@contextmanager
def reading(args: Namespace) -> Generator[Opened]:
    """Open the shop only to look at it; it may be open elsewhere."""
    path = shop_path(args)
    key = key_of(args, path)
    database = read_shop(path, key)
    try:
        is_behind = kept_apart.is_behind(database, args.now())
    except BaseException:
        database.close()
        raise
    if is_behind:
        database.close()
        with _opened(args, open_shop(path, key)):
            pass
        database = read_shop(path, key)
    with _opened(args, database, to_write=False) as shop:
        yield shop


@contextmanager
def writing(args: Namespace) -> Generator[Opened]:
    """Open the shop to change it; refused while another window has it."""
    path = shop_path(args)
    with _opened(args, open_shop(path, key_of(args, path))) as shop:
        yield shop


@contextmanager
def _opened(args: Namespace, database: Database, *, to_write: bool = True) -> Generator[Opened]:
    try:
        for sentence in kept_apart.watch(database, args.now()) if to_write else ():
            tell(sentence)
        if args.shop:
            with suppress(OSError):  # only remembered: a folder that cannot be written stops no work
                preferences.save(preferences.load().opened(database.path))
        yield facts(database)
    finally:
        database.close()


def facts(database: Database) -> Opened:
    """Read whose shop this is."""
    with database.read() as session:
        row = session.scalars(select(Shop)).one()
        return Opened(
            database=database,
            key=row.key,
            name=row.name,
            country=row.country,
            currency=row.currency,
            zone=row.zone,
            is_practice=row.is_practice,
            line_limit=row.line_limit,
            line_used=row.line_used,
        )


def key_of(args: Namespace, path: Path) -> Key | None:
    """Return what opens a shop file: kept by the computer, or made from the password that a person gives now."""
    salt = driver.salt_of(path) if path.is_file() else None
    if salt is None:
        return None
    if not args.password_stdin:
        with suppress(OutsideError):  # without a password store the person is asked
            kept = Key.from_words(file_keys.kept(args.tokens, salt))
            if kept is not None:
                return kept
        if is_shared(path):
            with suppress(PasswordWanted):  # a server may let this computer in without one
                check(path)
                return None
    password = read_password(_("Password of “{file}” (it stays hidden):").format(file=path.name))
    if not password:
        check(path)  # says that it needs one
    return key_for(path, password)


def shop_path(args: Namespace) -> Path:
    """Return the file that --shop names, or the shop opened last."""
    if args.shop is not None:
        path = Path(args.shop)
        return path if path.is_file() else with_ending(path)
    recent = preferences.load().recent
    if not recent:
        raise ShopError(_("No shop was opened on this computer yet."), _("Name one with --shop FILE."))
    return Path(recent[0])  # gone or not: another shop in its place would be a surprise


def friend_named(session: Session, wanted: str) -> Friend:
    """Return the friend with this member number or LINE ID, else with this number in the shop file."""
    keys = [Friend.member_number == wanted, Friend.line_user_id == wanted]
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19:
        keys.append(Friend.id == int(wanted))
    for key in keys:
        found = session.scalars(select(Friend).where(key)).first()
        if found is not None:
            return found
    raise ShopError(
        _("There is no friend “{wanted}”.").format(wanted=wanted), _("Give a member number or a LINE user ID.")
    )


def pick(rows: Sequence[N], wanted: str, missing: str) -> N:
    """Return the row with this number or name. `missing` is the sentence for none, with {wanted} in it."""
    found = [row for row in rows if str(row.id) == wanted]
    found = found or [row for row in rows if row.name == wanted]
    found = found or [row for row in rows if row.name.casefold() == wanted.casefold()]
    if len(found) > 1:
        raise ShopError(_("Several are called “{wanted}”.").format(wanted=wanted), _("Use the number."))
    if not found:
        known = ", ".join(row.name for row in rows[:8])
        advice = _("Known names: {names}").format(names=known) if known else ""
        raise ShopError(missing.format(wanted=wanted), advice)
    return found[0]
