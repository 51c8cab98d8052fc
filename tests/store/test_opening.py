"""What happens when a file is opened: each kind of wrong file gets its own sentence and stays as it was."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, func, select

from linecrm_desktop.consent import uses
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.models.all import METADATA
from linecrm_desktop.models.consent import Use
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Goods, OrderLine
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store import backup, opening
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.file_ground import make_engine
from linecrm_desktop.store.migrating import configuration
from tests.maker import Maker

OLD_SHOPS = Path(__file__).parent.parent / "old_shops"


def test_a_new_shop_opens_again_with_its_name(tmp_path: Path, now: datetime) -> None:
    opening.create_shop(tmp_path / "Morning Mist", "晨霧選物", "TW", now).close()

    shop = opening.open_shop(tmp_path / "Morning Mist.tagwell")

    with shop.read() as session:
        row = session.get_one(Shop, 1)
        assert (row.name, row.currency, row.zone, row.is_practice) == ("晨霧選物", "TWD", "Asia/Taipei", False)
    shop.close()


def test_a_new_shop_never_replaces_a_file(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "a.tagwell").write_text("dear diary")

    with pytest.raises(ShopError, match="is there already"):
        opening.create_shop(tmp_path / "a", "A", "TW", now)

    assert (tmp_path / "a.tagwell").read_text() == "dear diary"


def test_an_unknown_country_makes_no_file(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(ShopError, match="country"):
        opening.create_shop(tmp_path / "a", "A", "XX", now)
    assert not (tmp_path / "a.tagwell").exists()


def test_a_file_that_is_no_shop_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "list.tagwell"
    path.write_text("name,phone\n")

    with pytest.raises(ShopError, match="is not a Tagwell shop"):
        opening.open_shop(path)

    assert path.read_text() == "name,phone\n"
    assert [file.name for file in tmp_path.glob("list*")] == ["list.tagwell"]


def test_another_programs_database_is_no_shop(tmp_path: Path) -> None:
    path = tmp_path / "music.tagwell"
    with closing(sqlite3.connect(path)) as music:
        music.execute("CREATE TABLE song (id)")
    with pytest.raises(ShopError, match="is not a Tagwell shop"):
        opening.open_shop(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ShopError, match="There is no shop file"):
        opening.open_shop(tmp_path / "gone.tagwell")


@pytest.mark.files
def test_an_open_shop_is_not_opened_twice_but_can_be_read(database: Database) -> None:
    with pytest.raises(ShopError, match="open in another window"):
        opening.open_shop(database.path)

    other = opening.read_shop(database.path)
    with other.read() as session:
        assert session.get_one(Shop, 1).name == "Morning Mist"
    other.close()


def test_a_closed_shop_can_be_opened_by_the_next(database: Database) -> None:
    database.close()
    opening.open_shop(database.path).close()


@pytest.mark.files
def test_a_newer_versions_file_is_not_touched(database: Database) -> None:
    database.close()
    with closing(sqlite3.connect(database.path)) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
        plain.commit()
    before = database.path.read_bytes()

    with pytest.raises(OutsideError, match="newer Tagwell"):
        opening.open_shop(database.path)

    assert database.path.read_bytes() == before


@pytest.mark.files
def test_a_damaged_file_has_its_own_sentence(database: Database) -> None:
    database.close()
    whole = database.path.read_bytes()
    database.path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    with pytest.raises(OutsideError, match="damaged"):
        opening.open_shop(database.path)


@pytest.mark.files
def test_a_file_cut_short_has_its_own_sentence(database: Database) -> None:
    database.close()
    database.path.write_bytes(database.path.read_bytes()[:3000])
    with pytest.raises(OutsideError, match="damaged"):
        opening.open_shop(database.path)


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutsideError, match="cannot be written"):
        opening.create_shop(tmp_path / "file" / "a", "A", "TW", now)


def test_the_head_written_in_the_code_is_the_newest_migration() -> None:
    scripts = ScriptDirectory.from_config(configuration())
    assert scripts.get_heads() == [opening.HEAD]
    assert {script.revision for script in scripts.walk_revisions()} == opening.KNOWN


@pytest.mark.files
def test_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    engine = make_engine(database.path)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


@pytest.mark.parametrize("old", sorted(OLD_SHOPS.glob("*.tagwell")), ids=lambda path: path.stem)
def test_every_schema_that_has_landed_still_opens(old: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.tagwell"
    shutil.copy(old, path)
    shop = opening.open_shop(path)
    with shop.read() as session:
        assert session.get_one(Shop, 1).name == "Old shop"
    shop.close()


@pytest.mark.parametrize("old", sorted(OLD_SHOPS.glob("*.tagwell")), ids=lambda path: path.stem)
def test_what_an_old_shop_holds_is_there_after_the_upgrade(old: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.tagwell"
    shutil.copy(old, path)
    before = rows(path)
    opening.open_shop(path).close()
    after = rows(path)
    assert {table: after.get(table) for table in before} == before


@pytest.mark.files
def test_who_refused_service_before_stands_beside_the_name_after_the_upgrade(database: Database, make: Maker) -> None:
    with database.write() as session:
        mei, bo, other = (make.friend(session) for _ in range(3))
        uses.refuse(session, [mei, bo], [Use.SERVICE], "letter", make.now)
        uses.allow_again(session, [bo], Use.SERVICE, "letter", make.now)
    path = database.path
    database.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        for name in ("refuses_ads", "refuses_profiling", "refuses_service"):
            plain.execute(f"DROP INDEX ix_friend_{name}")
        plain.execute("ALTER TABLE friend DROP COLUMN refuses_service")
        for column in ("cap_wait_days", "people"):
            plain.execute(f"ALTER TABLE shop DROP COLUMN {column}")
        plain.execute("DROP TABLE refusal_effect")
        plain.execute("UPDATE alembic_version SET version_num = '0024'")
    with closing(opening.open_shop(path)) as shop, shop.read() as session:
        answers = {friend: session.get_one(Friend, friend).refuses_service for friend in (mei, bo, other)}
    assert answers == {mei: True, bo: False, other: False}


def rows(path: Path) -> dict[str, int]:
    """Count the rows of each table of a shop, but for the version and the counts of the query planner."""
    with closing(sqlite3.connect(path)) as plain:
        tables = [name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [name for name in tables if not name.startswith(("sqlite_", "alembic_"))]
        return {name: plain.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in ours}


def test_a_copy_is_a_whole_shop_and_an_older_copy_stays(database: Database) -> None:
    one, other = (backup.copy_beside(database.path, "before an audit") for _copy in range(2))
    assert one != other
    assert opening.check(one) == opening.check(other) == opening.HEAD


@pytest.mark.parametrize("name", ["my%20shop", "a?mode=ro", "#1", "50 % off & more", "店铺"])
def test_any_name_of_a_file_opens_that_file_and_no_other(tmp_path: Path, now: datetime, name: str) -> None:
    for other in ("my shop", name):
        opening.create_shop(tmp_path / other, other, "TW", now).close()
    with closing(opening.open_shop(tmp_path / f"{name}.tagwell")) as shop, shop.read() as session:
        assert session.scalars(select(Shop.name)).one() == name


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_shop_needs_a_name(name: str, now: datetime) -> None:
    with pytest.raises(ShopError, match="needs a name"):
        opening.create_shop(Path(name), "A", "TW", now)


def test_order_lines_keep_their_goods_and_go_with_their_friend(tmp_path: Path) -> None:
    path = tmp_path / "old.tagwell"
    shutil.copy(OLD_SHOPS / "0004.tagwell", path)
    lines = [("Serum", "Care", 1), ("Serum", "", 2), ("", "", 3), ("Serum", "Care", 4)]
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        plain.execute(
            "INSERT INTO friend (id, name, is_blocked, informed, can_opt_out, marketing, created_at)"
            " VALUES (901, 'Mei', 0, 'yes', 'yes', 'unknown', 1)"
        )
        plain.execute(
            "INSERT INTO orders (id, number, friend_id, at, total, currency, state)"
            " VALUES (902, 'A902', 901, 5, 10, 'TWD', 'placed')"
        )
        plain.executemany(
            "INSERT INTO order_line (order_id, friend_id, at, is_counted, product, category, quantity, amount)"
            " VALUES (902, 901, 5, 1, ?, ?, 1, ?)",
            lines,
        )
    shop = opening.open_shop(path)
    kept = select(Goods.product, Goods.category, OrderLine.amount).join(OrderLine).order_by(OrderLine.amount)
    with shop.read() as session:
        assert [tuple(row) for row in session.execute(kept.where(OrderLine.order_id == 902))] == lines
    with shop.write() as session:
        session.execute(delete(Friend).where(Friend.id == 901))
        assert session.scalar(select(func.count()).where(OrderLine.friend_id == 901)) == 0
    shop.close()
