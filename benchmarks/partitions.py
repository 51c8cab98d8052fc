"""What becomes of the counts when a shop's largest tables lie in partitions by friend, on one PostgreSQL server?

Takes a shared shop that benchmarks/segments.py --postgresql left behind (its file leads to the server), and works on a
database that is there for nothing else: tag links, events and order lines are rebuilt as tables that are partitioned
by a hash of the friend, with the same indexes. All twelve questions are counted before and after, by both of our ways,
and must give the same. What had to be left away is printed: a unique key has to hold the friend, too.

    python benchmarks/partitions.py --shop /tmp/segments/100000/on-server.tagwell --friends 100000 --parts 8
"""

import argparse
from pathlib import Path

from segment_ours import Ours
from segment_questions import questions
from segments import timed
from sqlalchemy import Index, Table, UniqueConstraint, text
from sqlalchemy.engine import Connection

from linecrm_desktop.models.all import METADATA
from linecrm_desktop.store import address, sharing

TABLES = ("friend_tag", "event", "order_line")


def partition(connection: Connection, table: Table, parts: int) -> list[str]:
    """Rebuild a table in partitions; return the statements that were run."""
    name = table.name
    keys = dict.fromkeys([*(column.name for column in table.primary_key.columns), "friend_id"])
    statements = [
        f"ALTER TABLE {name} RENAME TO {name}_whole",
        f"CREATE TABLE {name} (LIKE {name}_whole INCLUDING DEFAULTS) PARTITION BY HASH (friend_id)",
        *(
            f"CREATE TABLE {name}_{part} PARTITION OF {name} FOR VALUES WITH (MODULUS {parts}, REMAINDER {part})"
            for part in range(parts)
        ),
        f"INSERT INTO {name} SELECT * FROM {name}_whole",
        *([f"ALTER SEQUENCE {name}_id_seq OWNED BY {name}.id"] if "id" in table.columns else []),
        f"DROP TABLE {name}_whole",
        f"ALTER TABLE {name} ADD PRIMARY KEY ({', '.join(keys)})",
        *(
            f"CREATE INDEX ON {name} ({columns(index)})"
            for index in sorted(table.indexes, key=lambda one: str(one.name))
        ),
        f"ANALYZE {name}",
    ]
    for statement in statements:
        connection.execute(text(statement))
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            print(f"  left away: UNIQUE ({', '.join(column.name for column in constraint.columns)}) of {name}")
    return statements


def columns(index: Index) -> str:
    return ", ".join(column.name for column in index.columns)


def count(shop: Path, friends: int, repeats: int) -> dict[str, tuple[float, float, int]]:
    """Return for each question the seconds of both ways, and the count on which they agree."""
    ours = Ours(shop)
    found: dict[str, tuple[float, float, int]] = {}
    for question in questions(friends):
        sets, counted = timed(ours.count, question, repeats)
        select, selected = timed(ours.by_select, question, repeats)
        assert counted is not None and counted == selected, (question.name, counted, selected)
        found[question.name] = (sets, select, counted)
    ours.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shop", type=Path, required=True, help="the file that leads to the server")
    parser.add_argument("--friends", type=int, required=True)
    parser.add_argument("--parts", type=int, default=8)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    where = address.read(options.shop)
    assert where is not None, "this shop lies in a file"
    before = count(options.shop, options.friends, options.repeats)
    engine = sharing.engine(where, None)
    with engine.begin() as connection:
        for name in TABLES:
            for statement in partition(connection, METADATA.tables[name], options.parts):
                print(f"  {statement}")
    engine.dispose()
    after = count(options.shop, options.friends, options.repeats)
    assert [one[2] for one in before.values()] == [one[2] for one in after.values()]
    print(f"\n{'milliseconds':<48}{'friends':>9}{'sets':>9}{'parted':>9}{'SELECT':>9}{'parted':>9}")
    for name, (sets, select, people) in before.items():
        cells = (sets, after[name][0], select, after[name][1])
        print(f"{name:<48}{people:>9,}" + "".join(f"{seconds * 1000:>9,.0f}" for seconds in cells))
    for way, title in enumerate(("sets", "one SELECT")):
        whole, parted = (sum(one[way] for one in counts.values()) for counts in (before, after))
        print(f"{title}: in partitions {parted / whole:.2f} times as long")


if __name__ == "__main__":
    main()
