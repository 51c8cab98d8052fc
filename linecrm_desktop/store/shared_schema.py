"""The tables of a shared shop: made at the newest schema at once, brought up to date by the same migrations as files.

Numbers of rows go on from the largest there is, as in a file, so that a shop counts alike on both; that is safe because
one computer at a time writes.
"""

from typing import Any

from sqlalchemy import Connection, text

from linecrm_desktop.models.all import METADATA

_STATE = """
CREATE TABLE IF NOT EXISTS tagwell_state (writes bigint NOT NULL);
CREATE TABLE IF NOT EXISTS tagwell_written (name text PRIMARY KEY, writes bigint NOT NULL, by text NOT NULL);
INSERT INTO tagwell_state SELECT 0 WHERE NOT EXISTS (SELECT FROM tagwell_state);
"""
_NEXT = """
CREATE OR REPLACE FUNCTION tagwell_next_number() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE largest bigint;
BEGIN
    EXECUTE format('SELECT max(id) FROM %I', TG_TABLE_NAME) INTO largest;
    PERFORM setval(pg_get_serial_sequence(quote_ident(TG_TABLE_NAME), 'id'), coalesce(largest, 0) + 1, false);
    RETURN NULL;
END $$
"""
_NUMBERED = """
SELECT c.table_name FROM information_schema.columns c
WHERE c.table_schema = 'public' AND c.column_name = 'id' AND c.column_default LIKE 'nextval(%'
AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgname = 'tagwell_number' AND t.tgrelid = c.table_name::regclass)
"""


def create(connection: Connection, head: str) -> None:
    """Make all tables of an empty database, at the newest version."""
    METADATA.create_all(connection)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head})
    settle(connection)


def settle(connection: Connection) -> None:
    """Make what a shared shop has beside its tables; call it again after each migration."""
    direct: Any = connection.connection.driver_connection  # as written: a percent sign names no parameter
    direct.execute(_STATE)
    direct.execute(_NEXT)
    for (table,) in direct.execute(_NUMBERED).fetchall():
        direct.execute(
            f'CREATE TRIGGER tagwell_number BEFORE INSERT ON "{table}" FOR EACH STATEMENT'
            " EXECUTE FUNCTION tagwell_next_number()"
        )
