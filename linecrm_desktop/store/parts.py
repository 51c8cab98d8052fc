"""The parts that people have in a shared shop, as the server's grants say. `roles` gives them.

An owner has all that the user has who owns the tables; staff read and write every row; readers only read.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection


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
TABLES, SEQUENCES = "ALL TABLES IN SCHEMA public", "ALL SEQUENCES IN SCHEMA public"
GRANTS = {
    Part.STAFF: (
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLES} TO {{user}}",
        f"GRANT USAGE, SELECT ON {SEQUENCES} TO {{user}}",
        "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {user}",
    ),
    Part.READER: (f"GRANT SELECT ON {TABLES} TO {{user}}",),
}


def mine(connection: Connection) -> Part:
    """Return the part of whoever is connected."""
    return Part(connection.exec_driver_sql(_MINE).scalar_one())


def extend(connection: Connection) -> None:
    """Let everybody's part reach the tables that a migration made."""
    for member in members(connection):
        for statement in GRANTS.get(member.part, ()):
            connection.exec_driver_sql(statement.format(user=quoted(connection, member.user)))


def members(connection: Connection) -> list[Member]:
    """Return who has a part, by name."""
    found = connection.exec_driver_sql(_ALL.replace("%", "%%")).all()
    return [Member(str(user), Part(part)) for user, part in found if part != Part.NOBODY]


def quoted(connection: Connection, user: str) -> str:
    """Write a user's name into a statement."""
    return connection.dialect.identifier_preparer.quote_identifier(user).replace("%", "%%")
