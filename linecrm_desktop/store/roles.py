"""Says who may do what in a shared shop, and gives somebody a part: kept by the server, which no program steps over."""

from sqlalchemy import Connection

from linecrm_desktop.errors import ShopError
from linecrm_desktop.store import parts, sharing
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.parts import Member, Part
from linecrm_desktop.text import _

_OWNER = "SELECT relowner::regrole::text FROM pg_class WHERE oid = 'public.friend'::regclass"
_IS_THERE = "SELECT count(*) FROM pg_roles WHERE rolname = %s"
_MAY_MAKE = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"


def members(where: Address, key: Key | None) -> list[Member]:
    """Return who has a part in a shop, by name. Raises ShopError and OutsideError."""
    with sharing.connected(where, key) as connection:
        return parts.members(connection)


def knows(where: Address, key: Key | None, user: str) -> bool:
    """Whether the server has such a user."""
    with sharing.connected(where, key) as connection:
        return bool(connection.exec_driver_sql(_IS_THERE, (user,)).scalar())


def give(where: Address, key: Key | None, user: str, part: Part, password: str = "") -> list[Member]:
    """Give a user a part in place of the one before, and return who has one now.

    A user whom the server does not know is made, with the password. Raises ShopError where one may not do that.
    """
    with sharing.connected(where, key) as connection:
        if parts.mine(connection) is not Part.OWNER:
            raise ShopError(_("Only an owner gives others a part in the shop."), _("Nothing was changed."))
        owner = str(connection.exec_driver_sql(_OWNER).scalar_one())
        if user in (where.user, owner):
            raise ShopError(
                _("“{user}” owns the shop: nobody takes that away from themselves.").format(user=user),
                _("Nothing was changed. Let another owner do it."),
            )
        _make(connection, user, password)
        _take_all(connection, user, owner)
        name = parts.quoted(connection, user)
        if part is Part.OWNER:
            connection.exec_driver_sql(f"GRANT {owner} TO {name}")
        for statement in parts.GRANTS.get(part, ()):
            connection.exec_driver_sql(statement.format(user=name))
        connection.commit()
        return parts.members(connection)


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
    name = parts.quoted(connection, user)
    for what in (parts.TABLES, parts.SEQUENCES):
        connection.exec_driver_sql(f"REVOKE ALL ON {what} FROM {name}")
    connection.exec_driver_sql(f"REVOKE {owner} FROM {name}")
