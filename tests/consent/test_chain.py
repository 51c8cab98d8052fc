"""Every change of the ledger that did not come from the program is found, and what the program does keeps it whole."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.consent import chain, ledger
from linecrm_desktop.consent.chain import Break, Broken
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.friends import editing
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.models.consent import ConsentEntry, Use
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.store.database import Database
from tests.maker import Maker

ORIGIN = Origin("stall", "news", Answer.YES, "form 7", uses=frozenset({Use.MARKETING, Use.ADS}), collected="phone")
LINES = 8


@pytest.fixture
def written(database: Database, make: Maker) -> Database:
    """Return a shop with eight lines, of all kinds of columns, the second friend's emptied."""
    with database.write() as session:
        friends = [make.friend(session) for _ in range(4)]
        ledger.record_collected(session, friends, ORIGIN, make.now, batch_id=1)
        ledger.refuse(session, friends[:2], "said so in the chat", make.now)
    with database.write() as session:
        chain.forget(session, [friends[1]])
        ledger.allow(session, friends[2:], "signed up", make.now)
    return database


def check(database: Database) -> chain.LedgerCheck:
    with database.read() as session:
        return chain.check(session)


def by_hand(database: Database, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(database.path)) as file, file:
        file.execute(statement, values)


def test_a_ledger_that_the_program_wrote_is_whole(written: Database) -> None:
    found = check(written)
    assert (found.lines, found.emptied, found.broken, len(found.head)) == (LINES, 2, None, 64)


def test_an_empty_ledger_is_whole(database: Database) -> None:
    assert check(database).is_whole


def cells(database: Database) -> list[tuple[int, str, Any]]:
    with closing(sqlite3.connect(database.path)) as file:
        file.text_factory = bytes
        names = [row[1].decode() for row in file.execute("PRAGMA table_info(consent_entry)")]
        rows = file.execute("SELECT * FROM consent_entry ORDER BY id").fetchall()
    return [(row[0], name, value) for row in rows for name, value in zip(names, row, strict=True)]


def kinds(database: Database) -> dict[tuple[int, str], str]:
    with closing(sqlite3.connect(database.path)) as file:
        names = [row[1] for row in file.execute("PRAGMA table_info(consent_entry)")]
        typed = ", ".join(f"typeof({name})" for name in names)
        rows = file.execute(f"SELECT id, {typed} FROM consent_entry").fetchall()
    return {(row[0], name): kind for row in rows for name, kind in zip(names, row[1:], strict=True)}


def put(database: Database, line: int, column: str, value: Any, kind: str) -> None:
    form = "CAST(? AS TEXT)" if kind == "text" else "?"
    with closing(sqlite3.connect(database.path)) as file, file:
        file.execute("PRAGMA foreign_keys=OFF")
        file.execute(f"UPDATE consent_entry SET {column} = {form} WHERE id = ?", (value, line))


@pytest.mark.files
def test_any_changed_byte_of_any_column_of_any_line_is_found(written: Database) -> None:
    chance, of_kind, tried = random.Random(8), kinds(written), 0
    for line, column, value in cells(written):
        kind = of_kind[line, column]
        others: list[Any] = [1, b"x"] if value is None else []
        if isinstance(value, int):
            others = [value ^ 1 << bit for bit in (0, 7, 20)] + [None] * (column == "friend_id")
        elif isinstance(value, bytes):
            places = range(len(value)) if len(value) <= 80 else chance.sample(range(len(value)), 40)
            changed = [value[:at] + bytes([value[at] ^ 1 << chance.randrange(8)]) + value[at + 1 :] for at in places]
            others = [*changed, value + b"\0", value + b"a", *([value[:-1], b""] if value else [])]
        for other in others:
            if column == "id":
                by_hand(written, "UPDATE consent_entry SET id = ? WHERE id = ?", other + 1000, line)
            else:
                put(written, line, column, other, kind)
            found = check(written)
            assert found.broken is not None, (line, column, value, other)
            assert found.broken.line in (line, line + 1) or column == "id", (line, column, value, other)
            if column == "id":
                by_hand(written, "UPDATE consent_entry SET id = ? WHERE id = ?", line, other + 1000)
            else:
                put(written, line, column, value, kind)
            tried += 1
    assert check(written).is_whole
    assert tried > 500


@pytest.mark.files
def test_the_same_letters_kept_as_another_kind_of_value_are_found(written: Database) -> None:
    by_hand(written, "UPDATE consent_entry SET evidence = CAST(evidence AS BLOB) WHERE id = 3")
    assert check(written).broken == Broken(3, Break.CHANGED)


@pytest.mark.files
def test_a_line_taken_out_is_found(written: Database) -> None:
    for line in range(1, LINES + 1):
        with closing(sqlite3.connect(written.path)) as file, file:
            row = file.execute("SELECT * FROM consent_entry WHERE id = ?", (line,)).fetchone()
            file.execute("DELETE FROM consent_entry WHERE id = ?", (line,))
        last = line == LINES
        assert check(written).broken == Broken(line if last else line + 1, Break.MISSING if last else Break.CHANGED)
        by_hand(written, f"INSERT INTO consent_entry VALUES ({', '.join('?' * len(row))})", *row)
    assert check(written).is_whole


@pytest.mark.files
def test_swapped_lines_are_found(written: Database) -> None:
    for one, other in ((1, 2), (3, 7), (LINES - 1, LINES)):
        for before, after in ((one, 900), (other, one), (900, other)):
            by_hand(written, "UPDATE consent_entry SET id = ? WHERE id = ?", after, before)
        assert check(written).broken == Broken(one, Break.CHANGED)
        for before, after in ((one, 900), (other, one), (900, other)):
            by_hand(written, "UPDATE consent_entry SET id = ? WHERE id = ?", after, before)


@pytest.mark.files
def test_a_line_put_in_is_found(written: Database) -> None:
    columns = "friend_id, at, kind, through, purpose, informed, evidence, uses, collected, proof"
    copy = f"INSERT INTO consent_entry (id, {columns}) SELECT ?, {columns} FROM consent_entry WHERE id = 7"
    by_hand(written, copy, LINES + 1)
    assert check(written).broken == Broken(LINES + 1, Break.ADDED)


@pytest.mark.files
def test_emptying_a_line_by_hand_without_its_salt_is_found(written: Database) -> None:
    by_hand(
        written, "UPDATE consent_entry SET friend_id = NULL, through = '', purpose = '', evidence = '' WHERE id = 1"
    )
    assert check(written).broken == Broken(1, Break.CHANGED)


@pytest.mark.files
def test_words_put_into_an_emptied_line_are_found(written: Database) -> None:
    by_hand(written, "UPDATE consent_entry SET evidence = 'she agreed' WHERE id = 2")
    assert check(written).broken == Broken(2, Break.CHANGED)


def test_a_friend_who_is_taken_back_leaves_lines_that_name_nobody(database: Database, make: Maker) -> None:
    with database.write() as session:
        friend = editing.add_friend(session, editing.FriendDraft("Mei", came_through="stall"), make.now)
    with database.write() as session:
        editing.take_back(session, friend, make.now)
        left = session.get_one(ConsentEntry, 1)
        assert (left.friend_id, left.through, left.evidence) == (None, "", "")
        ledger.record_collected(session, [make.friend(session)], ORIGIN, make.now)
    found = check(database)
    assert (found.lines, found.emptied, found.broken) == (2, 1, None)


def test_a_transaction_that_fails_leaves_the_chain_as_it_was(written: Database, make: Maker) -> None:
    before = check(written)
    with pytest.raises(ZeroDivisionError), written.write() as session:
        ledger.refuse(session, [make.friend(session)], "chat", make.now)
        raise ZeroDivisionError
    assert check(written) == before


def test_lines_that_anything_else_in_the_program_adds_are_in_the_chain(written: Database, make: Maker) -> None:
    with written.write() as session:
        session.add(ConsentEntry(friend_id=make.friend(session), at=make.now, kind="allowed"))
    assert check(written).lines == LINES + 1
    assert check(written).is_whole


@pytest.mark.files
def test_the_digest_of_an_emptied_line_cannot_be_tried_out(written: Database) -> None:
    """Without the salt even whoever knows a friend's whole line cannot tell whether it was theirs."""
    with closing(sqlite3.connect(written.path)) as file:
        lengths = file.execute("SELECT length(proof) FROM consent_entry WHERE friend_id IS NULL").fetchall()
    assert lengths == [(64,), (64,)]


def test_a_check_can_be_stopped_and_tells_how_far_it_is(written: Database) -> None:
    told: list[tuple[int, int]] = []
    task = Task(lambda done, total, _what: told.append((done, total)))
    with written.read() as session:
        chain.check(session, task)
        assert told == [(0, LINES), (LINES, LINES)]
        task.stop()
        with pytest.raises(Stopped):
            chain.check(session, task)


def test_more_lines_than_one_part_are_chained(database: Database, make: Maker) -> None:
    with database.write() as session:
        friends = [make.friend(session) for _ in range(50)]
        for turn in range(450):
            ledger.record_collected(session, friends, Origin(f"stall {turn}", "", Answer.YES), make.now)
    found = check(database)
    assert (found.lines, found.broken) == (22_500, None)


@pytest.mark.files
def test_a_copy_of_the_file_is_as_whole(written: Database, tmp_path: Path) -> None:
    copy = tmp_path / "copy.tagwell"
    with closing(sqlite3.connect(written.path)) as file, closing(sqlite3.connect(copy)) as other:
        file.backup(other)
    again = Database(copy)
    assert check(again) == check(written)
    again.close()
