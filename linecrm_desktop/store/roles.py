"""Who may do what in a shared shop: three parts, kept by the server's own grants, which no program steps over.

An owner has all that the user has who owns the tables; staff read and write every row; readers only read.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from linecrm_desktop.errors import ShopError
from linecrm_desktop.store import sharing
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.driver import Key
from linecrm_desktop.text import _


class Part(StrEnum):
    """What somebody may do in a shop."""

    OWNER = "owner"
    STAFF = "staff"
    READER = "reader"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Member:
    """A user of the server, and the part in the shop."""

    user: str
    part: Part


_PART = """
CASE WHEN pg_has_role({who}, c.relowner, 'USAGE') THEN 'owner' WHEN has_table_privilege({who}, c.oid, 'INSERT')
THEN 'staff' WHEN has_table_privilege({who}, c.oid, 'SELECT') THEN 'reader' ELSE 'nobody' END
"""
_MINE = f"SELECT {_PART.format(who='current_user')} FROM pg_class c WHERE c.oid = 'public.friend'::regclass"
_ALL = f"""
SELECT r.rolname, {_PART.format(who="r.oid")} FROM pg_roles r, pg_class c
WHERE c.oid = 'public.friend'::regclass AND r.rolcanlogin AND (NOT r.rolsuper OR r.oid = c.relowner) ORDER BY 1
"""
_OWNER = "SELECT relowner::regrole::text FROM pg_class WHERE oid = 'public.friend'::regclass"
_IS_THERE = "SELECT count(*) FROM pg_roles WHERE rolname = %s"
_MAY_MAKE = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
_TABLES, _SEQUENCES = "ALL TABLES IN SCHEMA public", "ALL SEQUENCES IN SCHEMA public"
_GRANTS = {
    Part.STAFF: (
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_TABLES} TO {{user}}",
        f"GRANT USAGE, SELECT ON {_SEQUENCES} TO {{user}}",
        "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {user}",
    ),
    Part.READER: (f"GRANT SELECT ON {_TABLES} TO {{user}}",),
}


def mine(connection: Connection) -> Part:
    """Return the part of whoever is connected."""
    return Part(connection.exec_driver_sql(_MINE).scalar_one())


def members(where: Address, key: Key | None) -> list[Member]:
    """Return who has a part in a shop, by name. Raises ShopError and OutsideError."""
    with sharing.connected(where, key) as connection:
        return _members(connection)


def knows(where: Address, key: Key | None, user: str) -> bool:
    """Whether the server has such a user."""
    with sharing.connected(where, key) as connection:
        return bool(connection.exec_driver_sql(_IS_THERE, (user,)).scalar())


def give(where: Address, key: Key | None, user: str, part: Part, password: str = "") -> list[Member]:
    """Give a user a part in place of the one before, and return who has one now.

    A user whom the server does not know is made, with the password. Raises ShopError where one may not do that.
    """
    with sharing.connected(where, key) as connection:
        if mine(connection) is not Part.OWNER:
            raise ShopError(_("Only an owner gives others a part in the shop."), _("Nothing was changed."))
        owner = str(connection.exec_driver_sql(_OWNER).scalar_one())
        if user in (where.user, owner):
            raise ShopError(
                _("“{user}” owns the shop: nobody takes that away from themselves.").format(user=user),
                _("Nothing was changed. Let another owner do it."),
            )
        _make(connection, user, password)
        _take_all(connection, user, owner)
        name = _quoted(connection, user)
        if part is Part.OWNER:
            connection.exec_driver_sql(f"GRANT {owner} TO {name}")
        for statement in _GRANTS.get(part, ()):
            connection.exec_driver_sql(statement.format(user=name))
        connection.commit()
        return _members(connection)


def extend(connection: Connection) -> None:
    """Let everybody's part reach the tables that a migration made."""
    for member in _members(connection):
        for statement in _GRANTS.get(member.part, ()):
            connection.exec_driver_sql(statement.format(user=_quoted(connection, member.user)))


def _members(connection: Connection) -> list[Member]:
    found = connection.exec_driver_sql(_ALL.replace("%", "%%")).all()
    return [Member(str(user), Part(part)) for user, part in found if part != Part.NOBODY]


def _make(connection: Connection, user: str, password: str) -> None:
    if connection.exec_driver_sql(_IS_THERE, (user,)).scalar():
        return
    if not connection.exec_driver_sql(_MAY_MAKE).scalar():
        raise ShopError(
            _("The server knows no user “{user}”, and you may make none.").format(user=user),
            _("Nothing was changed. Ask whoever looks after the server to make one."),
        )
    if not password:
        raise ShopError(_("A new user needs a password."), _("Nothing was changed."))
    from psycopg import sql

    made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(user), sql.Literal(password))
    direct = connection.connection.driver_connection
    connection.exec_driver_sql(made.as_string(direct).replace("%", "%%"))  # pyright: ignore[reportArgumentType]


def _take_all(connection: Connection, user: str, owner: str) -> None:
    name = _quoted(connection, user)
    for what in (_TABLES, _SEQUENCES):
        connection.exec_driver_sql(f"REVOKE ALL ON {what} FROM {name}")
    connection.exec_driver_sql(f"REVOKE {owner} FROM {name}")


def _quoted(connection: Connection, user: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(user).replace("%", "%%")
