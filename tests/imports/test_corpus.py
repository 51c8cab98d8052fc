"""Every file of the corpus comes in as its truth says; a second time nothing changes; a broken copy loses no row."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.plan import ImportPlan, Report
from linecrm_desktop.imports.proposal import look, propose
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.order import Order, OrderState
from linecrm_desktop.models.tag import FriendTag, Tag
from linecrm_desktop.store.database import Database
from tests.imports.conftest import ORIGIN, counts
from tests.imports.corpus import ZONES, Entry, entries

ENTRIES = entries()
DIGITS = {"TWD": 100, "JPY": 1, "THB": 100}


@dataclass
class Desk:
    database: Database
    folder: Path
    now: datetime

    def plan(self, entry: Entry, content: bytes) -> ImportPlan:
        path = self.folder / entry.name
        path.write_bytes(content)
        zone, currency = ZONES[entry.country]
        proposal = propose(path, look(path, entry.country), kind=entry.kind)
        return ImportPlan(
            *(path, proposal.found, proposal.kind, proposal.matching, ORIGIN, entry.country, zone, currency),
            *(proposal.date_order, proposal.preset),
        )

    def bring_in(self, entry: Entry) -> tuple[ImportPlan, Report]:
        plan = self.plan(entry, entry.content)
        tried = importing.dry_run(self.database, plan, Task(), self.now)
        report = importing.run(self.database, plan, Task(), self.now)
        assert (counts(tried), tried.reasons, tried.flagged) == (counts(report), report.reasons, report.flagged)
        assert sum(counts(report)) == report.rows == plan.found.rows
        return plan, report


@pytest.fixture
def desk(database: Database, tmp_path: Path, now: datetime) -> Desk:
    return Desk(database, tmp_path, now)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_each_file_comes_in_as_its_truth_says(desk: Desk, entry: Entry) -> None:
    plan, report = desk.bring_in(entry)
    assert {row.line: row.why for row in report.rejected_rows} == entry.rejected
    assert {row.line: row.why for row in report.flagged_rows} == entry.flagged
    assert counts(report) == (entry.new, 0, entry.unchanged, len(entry.rejected))
    if entry.skipped:
        assert {str(why): count for why, count in plan.found.skip_counts} == entry.skipped
    stored(desk, entry)
    again = importing.run(desk.database, plan, Task(), desk.now)
    assert counts(again) == (0, 0, entry.new + entry.unchanged, len(entry.rejected))


def stored(desk: Desk, entry: Entry) -> None:
    zone, currency = ZONES[entry.country]
    with desk.database.read() as session:
        friends = list(session.scalars(select(Friend)))
        orders = list(session.scalars(select(Order)))
        carried = select(Tag.name, func.count()).join(FriendTag, FriendTag.tag_id == Tag.id).group_by(Tag.name)
        tags = {name: count for name, count in session.execute(carried)}
        session.expunge_all()
    if entry.phones is not None:
        assert tuple(sorted(friend.phone for friend in friends if friend.phone)) == entry.phones
    if entry.names is not None:
        assert tuple(sorted(friend.name for friend in friends)) == entry.names
    if entry.days is not None:
        moments = [order.at for order in orders] or [friend.joined_at for friend in friends if friend.joined_at]
        assert tuple(sorted(f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d}" for moment in moments)) == entry.days
    if entry.totals is not None:
        placed = [order.total // DIGITS[currency] for order in orders if order.state is OrderState.PLACED]
        assert tuple(sorted(placed)) == entry.totals
    if entry.tags is not None:
        assert tags == entry.tags
    if entry.friends is not None:
        assert len(friends) == entry.friends
    assert sum(friend.marketing is Marketing.REFUSED for friend in friends) == entry.refused


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_copy_gives_a_sentence_or_a_report_that_adds_up(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    entry = chance.choice(ENTRIES)
    content = bytearray(entry.content)
    for _harm in range(chance.randint(1, 6)):
        place = chance.randrange(len(content)) if content else 0
        match chance.randrange(5):
            case 0:
                content[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del content[place : place + chance.randint(1, 40)]
            case 2:
                content[place:place] = chance.choice([b'"', b",", b"\r\n", b"\x00", b"\xff", b"\t"])
            case 3:
                content[place:place] = content[chance.randrange(len(content) or 1) :][:60]
            case _:
                content = content[: max(1, place)]
    try:
        plan = desk.plan(entry, bytes(content))
        report = importing.run(desk.database, plan, Task(), desk.now)
    except (ShopError, OutsideError) as error:
        assert error.title
        return
    assert sum(counts(report)) == report.rows == plan.found.rows
    assert sum(Counter(row.why for row in report.rejected_rows).values()) == report.rejected
