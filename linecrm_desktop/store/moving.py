"""Moves a shop from its file to a server, and from a server to a file: all of it, proved, or nothing.

On the way to a server the file gives its place to a small one that names the server, so that whoever opens the shop as
ever opens the shared one. The old file stays beside it.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.store import address as addresses
from linecrm_desktop.store import carrying, fetching, file_ground, opening, sharing
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.backup import put_back
from linecrm_desktop.store.carrying import Carried
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.troubles import explained
from linecrm_desktop.text import _

_PART = ".part"


@dataclass(frozen=True, slots=True)
class Moved:
    """A shop that was moved."""

    path: Path
    """The file by which it is opened now."""
    before: Path | None
    """Where the file is that it was; None: it was on the server, and is still there."""
    tables: tuple[Carried, ...]

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables)


def to_server(shop: Path, key: Key | None, where: Address, password: Key | None, task: Task) -> Moved:
    """Move a shop from its file into an empty database. Nothing is in the database, and the file is as it was, when
    anything goes wrong. Raises ShopError and OutsideError."""
    if addresses.read(shop) is not None:
        raise ShopError(_("“{file}” lies on a server already.").format(file=shop.name), _("Nothing was changed."))
    opening.open_shop(shop, key).close()  # up to date, and whole
    naming = Path(f"{shop}{_PART}")
    try:
        with opening.held(shop):
            where.write(naming)
            tables = _fill_server(shop, key, where, password, task)
            kept = put_back(naming, shop, _("before it was shared"))
    finally:
        naming.unlink(missing_ok=True)
    return Moved(shop, kept, tables)


def _fill_server(shop: Path, key: Key | None, where: Address, password: Key | None, task: Task) -> tuple[Carried, ...]:
    from linecrm_desktop.store import shared_schema

    source, target = file_ground.make_engine(shop, key), sharing.engine(where, password)
    try:
        with explained(shop), source.connect() as reader, target.begin() as writer:
            sharing.check_empty(writer, where)
            shared_schema.create(writer, opening.HEAD)
            tables = carrying.carry(reader, writer, task)
        with target.connect() as connection:
            sharing.analyse(connection)
    finally:
        source.dispose()
        target.dispose()
    return tables


def to_file(where: Address, password: Key | None, shop: Path, task: Task) -> Moved:
    """Make a shop file of what is on a server, which stays as it is. Raises ShopError and OutsideError."""
    shop = opening.with_ending(shop)
    if shop.exists():
        raise ShopError(_("“{file}” is there already.").format(file=shop.name), _("Choose another name, or open it."))
    if sharing.version(where, password) != opening.HEAD:
        raise OutsideError(_("The shop on the server is of another version."), _("Open it once, then try again."))
    part = Path(f"{shop}{_PART}")
    try:
        tables = fetching.fetch(where, password, part, task)
        part.replace(shop)
    finally:
        opening.remove_shop(part)
    with closing(opening.open_shop(shop)) as database:
        database.optimise()
    return Moved(shop, None, tables)
