"""Puts the made-up shop into each engine's own store: a shop file, the layout of a peer, DuckDB's columns."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from segment_shop import ANSWERS, CATEGORIES, KINDS, NAMES, NOW, SOURCES, Columns, category, tag_count
from sqlalchemy import exists, func, select

from linecrm_desktop.models.all import METADATA
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.store.opening import create_shop, open_shop
from linecrm_desktop.store.packed import keep, unpacked
from linecrm_desktop.store.packing import PACKED

_STRETCH = 1_000_000
FAST = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA foreign_keys=OFF;"
FILLED = ("friend", "tag", "friend_tag", "event", "orders", "goods", "order_line")
PEER = """
CREATE TABLE friends (id INTEGER PRIMARY KEY, line_user_id TEXT UNIQUE, display_name TEXT, is_following INTEGER,
  ref_code TEXT, metadata TEXT, created_at TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE friend_tags (id INTEGER PRIMARY KEY, friend_id INTEGER, tag_id INTEGER, assigned_at TEXT);
CREATE TABLE events (id INTEGER PRIMARY KEY, friend_id INTEGER, event_type TEXT, event_data TEXT, created_at TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, order_id INTEGER, friend_id INTEGER, category TEXT, amount INTEGER,
  created_at TEXT);
"""
PEER_INDEXES = (
    "CREATE UNIQUE INDEX link_both ON friend_tags (friend_id, tag_id)",
    "CREATE INDEX link_tag ON friend_tags (tag_id)",
    "CREATE INDEX event_friend ON events (friend_id)",
    "CREATE INDEX event_type ON events (event_type)",
    "CREATE INDEX order_friend ON orders (friend_id)",
)


def shop_file(columns: Columns, path: Path) -> None:
    """Make a shop file; print how long each look-up index takes and how large it is: that is its part of an import."""
    if path.exists():
        return
    making = path.with_name("making.tagwell")
    making.unlink(missing_ok=True)
    create_shop(making, "Benchmark", "TW", NOW).close()
    indexes = {str(index.name): index for name in FILLED for index in METADATA.tables[name].indexes}
    with closing(sqlite3.connect(making, isolation_level=None)) as file:
        file.executescript(FAST)
        written = [sql for (sql,) in file.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")]
        mine = [sql for sql in written if sql.split()[2 if "UNIQUE" not in sql else 3].strip('"') in indexes]
        for sql in mine:
            file.execute(f"DROP INDEX {sql.split()[2]}")
        begun = time.perf_counter()
        file.execute("BEGIN")
        _fill(file, columns)
        file.execute("COMMIT")
        rows = time.perf_counter() - begun
        print(f"  a shop file's rows: {rows:.1f} s")
        for sql in mine:
            _timed(file, sql.split()[2], sql)
        _timed(file, "ANALYZE", "ANALYZE")
        file.execute("PRAGMA journal_mode=WAL")
    making.rename(path)


def packed_file(path: Path) -> None:
    """Bring a shop file up to date and pack its long tables; print what that takes after an import, and room."""
    database = open_shop(path)
    with database.read() as session:
        is_packed = session.scalar(select(exists().select_from(PACKED)))
    if not is_packed:
        begun = time.perf_counter()
        with database.write() as session:
            keep(session, list(unpacked(session)))
        print(f"  packed columns: {time.perf_counter() - begun:.1f} s")
    with database.read() as session:
        room = select(PACKED.c.source, func.sum(func.length(PACKED.c.data))).group_by(PACKED.c.source)
        told = ", ".join(f"{source} {size / 2**20:.1f} MiB" for source, size in session.execute(room))
        print(f"  packed: {told}, of a file of {path.stat().st_size / 2**20:,.0f} MiB")
    database.close()


def _timed(file: sqlite3.Connection, name: str, sql: str) -> None:
    before = file.execute("PRAGMA page_count").fetchone()[0]
    begun = time.perf_counter()
    file.execute(sql)
    seconds = time.perf_counter() - begun
    pages = file.execute("PRAGMA page_count").fetchone()[0] - before
    print(f"  {name:<52}{seconds:>7.1f} s{pages * 4 / 1024:>8.0f} MiB")


def _fill(file: sqlite3.Connection, columns: Columns) -> None:
    friends = len(columns["joined"])
    now, ids = int(NOW.timestamp()), range(1, friends + 1)
    tags = tag_count(friends)
    people = zip(
        *(ids, (f"U{n:032x}" for n in ids), (f"M{n:07d}" for n in ids)),
        *((NAMES[n] for n in columns["name"].tolist()), columns["joined"].tolist(), columns["blocked"].tolist()),
        (str(ANSWERS[n]) for n in columns["marketing"].tolist()),
        strict=True,
    )
    file.executemany(
        "INSERT INTO friend (id, line_user_id, member_number, name, joined_at, is_blocked, marketing, informed,"
        f" can_opt_out, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'yes', 'yes', {now})",
        people,
    )
    named = [(n, f"tag {n:05d}", str(TagType.INTEREST)) for n in range(1, tags + 1)]
    named += [(tags + n, f"source {n}", str(TagType.SOURCE)) for n in range(1, SOURCES + 1)]
    insert = "INSERT INTO tag (id, name, name_key, type, helps_decide, owner, is_sensitive, created_at) VALUES "
    file.executemany(f"{insert} (?, ?, ?, ?, '', '', 0, {now})", [(n, name, name, kind) for n, name, kind in named])
    insert = "INSERT INTO friend_tag (tag_id, friend_id, origin, since, evidence) VALUES "
    links = _rows(*(columns[name] for name in ("link_tag", "link_friend", "link_at")))
    file.executemany(f"{insert} (?, ?, '{TagOrigin.IMPORT}', ?, '')", links)
    came = sorted(
        zip((columns["source"].astype(np.int32) + tags + 1).tolist(), ids, columns["joined"].tolist(), strict=True)
    )
    file.executemany(f"{insert} (?, ?, '{TagOrigin.IMPORT}', ?, '')", came)
    _fill_history(file, columns)


def _fill_history(file: sqlite3.Connection, columns: Columns) -> None:
    kinds, categories = [str(kind) for kind in KINDS], [category(n) for n in range(CATEGORIES + 1)]
    happened = _rows(*(columns[f"event_{name}"] for name in ("friend", "kind", "at", "category")))
    file.executemany(
        "INSERT INTO event (friend_id, kind, at, category, detail) VALUES (?, ?, ?, ?, '')",
        ((friend, kinds[kind], at, categories[n]) for friend, kind, at, n in happened),
    )
    bought = _rows(*(columns[f"order_{name}"] for name in ("friend", "at", "total")))
    file.executemany(
        "INSERT INTO orders (id, number, friend_id, at, total, currency, state)"
        " VALUES (?, ?, ?, ?, ?, 'TWD', 'placed')",
        ((n, f"A{n:08d}", friend, at, total) for n, (friend, at, total) in enumerate(bought, 1)),
    )
    goods = ((n + 1, f"Product {n}", name) for n, name in enumerate(categories))
    file.executemany("INSERT INTO goods (id, product, category) VALUES (?, ?, ?)", goods)
    order = columns["line_order"] - 1
    of_order = (columns["order_friend"][order], columns["order_at"][order])
    lines = _rows(columns["line_order"], *of_order, columns["line_category"] + 1, columns["line_amount"])
    file.executemany(
        "INSERT INTO order_line (order_id, friend_id, at, is_counted, goods_id, quantity, amount)"
        " VALUES (?, ?, ?, 1, ?, 1, ?)",
        lines,
    )


def _rows(*columns: Any) -> Iterator[tuple[Any, ...]]:
    """Yield rows of plain numbers, made a stretch at a time: all at once they take twenty times the room."""
    for start in range(0, len(columns[0]), _STRETCH):
        yield from zip(*(column[start : start + _STRETCH].tolist() for column in columns), strict=True)


def _iso(moments: Any) -> list[str]:
    return np.datetime_as_string(moments.astype("datetime64[s]"), unit="s").tolist()


def peer_file(columns: Columns, path: Path) -> None:
    """Make the layout of a peer: a key of its own in each row, dates as text, answers and events as JSON."""
    if path.exists():
        return
    making = path.with_name("making.db")
    making.unlink(missing_ok=True)
    friends = len(columns["joined"])
    with closing(sqlite3.connect(making, isolation_level=None)) as file:
        file.executescript(FAST + PEER)
        file.execute("BEGIN")
        people = zip(
            *(range(1, friends + 1), (f"U{n:032x}" for n in range(1, friends + 1))),
            *((NAMES[n] for n in columns["name"].tolist()), (1 - columns["blocked"]).tolist()),
            (f"source {n + 1}" for n in columns["source"].tolist()),
            (json.dumps({"consent": str(ANSWERS[n]), "informed": "yes"}) for n in columns["marketing"].tolist()),
            _iso(columns["joined"]),
            strict=True,
        )
        file.executemany("INSERT INTO friends VALUES (?, ?, ?, ?, ?, ?, ?)", people)
        tags = ((n, f"tag {n:05d}") for n in range(1, tag_count(friends) + 1))
        file.executemany("INSERT INTO tags VALUES (?, ?)", tags)
        _fill_peer(file, columns)
        file.execute("COMMIT")
        for index in PEER_INDEXES:
            file.execute(index)
        file.execute("ANALYZE")
    making.rename(path)


def _fill_peer(file: sqlite3.Connection, columns: Columns) -> None:
    mixed = np.random.default_rng(1).permutation(len(columns["link_tag"]))  # links come in no order in a living shop
    links = zip(
        *(columns[name][mixed].tolist() for name in ("link_friend", "link_tag")),
        _iso(columns["link_at"][mixed]),
        strict=True,
    )
    file.executemany("INSERT INTO friend_tags (friend_id, tag_id, assigned_at) VALUES (?, ?, ?)", links)
    events: Iterable[Any] = zip(
        columns["event_friend"].tolist(),
        (str(KINDS[n]) for n in columns["event_kind"].tolist()),
        (json.dumps({"category": category(n)}) for n in columns["event_category"].tolist()),
        _iso(columns["event_at"]),
        strict=True,
    )
    insert = "INSERT INTO events (friend_id, event_type, event_data, created_at) VALUES (?, ?, ?, ?)"
    file.executemany(insert, events)
    order = columns["line_order"] - 1
    lines = zip(
        columns["line_order"].tolist(),
        columns["order_friend"][order].tolist(),
        (category(n) for n in columns["line_category"].tolist()),
        columns["line_amount"].tolist(),
        _iso(columns["order_at"][order]),
        strict=True,
    )
    insert = "INSERT INTO orders (order_id, friend_id, category, amount, created_at) VALUES (?, ?, ?, ?, ?)"
    file.executemany(insert, lines)


def duck_file(columns: Columns, path: Path, duckdb: Any) -> None:
    """Make DuckDB's own copy, each table in the order that its questions like, as columns of small numbers."""
    if path.exists():
        return
    order = columns["line_order"] - 1
    tables: dict[str, tuple[str, Columns]] = {
        "friend": ("id", {"id": np.arange(1, len(columns["joined"]) + 1, dtype=np.int32), **_who(columns)}),
        "friend_tag": ("tag_id, friend_id", {"tag_id": columns["link_tag"], "friend_id": columns["link_friend"]}),
        "event": (
            "kind, category, happened_at",
            {
                "friend_id": columns["event_friend"],
                "kind": columns["event_kind"],
                "category": columns["event_category"],
                "happened_at": columns["event_at"],
            },
        ),
        "orders": (
            "happened_at",
            {
                "friend_id": columns["order_friend"],
                "happened_at": columns["order_at"],
                "total": columns["order_total"],
            },
        ),
        "order_line": (
            "category, happened_at",
            {
                "friend_id": columns["order_friend"][order],
                "category": columns["line_category"],
                "happened_at": columns["order_at"][order],
            },
        ),
    }
    making = path.with_name("making.duck")
    making.unlink(missing_ok=True)
    begun = time.perf_counter()
    with closing(duckdb.connect(str(making))) as file:
        for name, (sorted_by, found) in tables.items():
            file.register("source", found)
            file.execute(f"CREATE TABLE {name} AS SELECT * FROM source ORDER BY {sorted_by}")
            file.unregister("source")
        file.execute("CHECKPOINT")
    making.rename(path)
    print(f"  DuckDB's copy: {time.perf_counter() - begun:.1f} s, {path.stat().st_size >> 20} MiB")


def _who(columns: Columns) -> Columns:
    return {
        "marketing": columns["marketing"],
        "blocked": columns["blocked"],
        "source": columns["source"],
        "joined_at": columns["joined"],
    }
