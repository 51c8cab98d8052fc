"""Every file of the corpus comes in as its truth says; a second time nothing changes."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.cli.main import main
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports.plan import Report
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order, OrderLine
from linecrm_desktop.models.tag import FriendTag, Tag
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.opening import COUNTRIES
from linecrm_desktop.text import to_minor
from tests.conftest import NOW
from tests.imports.conftest import contents, counts
from tests.imports.corpus.desk import Desk
from tests.imports.corpus.everything import entries
from tests.imports.corpus.truth import Entry

Desks = Callable[[str], Desk]
GOOD = [entry for entry in entries() if not entry.refusal]
BAD = [entry for entry in entries() if entry.refusal]


@pytest.fixture(scope="module")
def all_desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    folder = tmp_path_factory.mktemp("desks")
    made = {country: Desk.set_up(folder, country, NOW) for country in COUNTRIES}
    yield made
    for desk in made.values():
        desk.database.close()


@pytest.fixture
def desks(all_desks: dict[str, Desk]) -> Desks:
    def give(country: str) -> Desk:
        all_desks[country].clear()
        return all_desks[country]

    return give


def put(folder: Path, entry: Entry) -> Path:
    path = folder / entry.name
    path.write_bytes(entry.content)
    return path


def verdicts(report: Report) -> dict[int, str]:
    """Return what became of each row, by its line: the verdict, or the reason of a rejected one."""
    return {sample.line: sample.why or sample.verdict for sample in report.samples}


@pytest.mark.parametrize("entry", GOOD, ids=lambda entry: entry.name)
def test_each_file_comes_in_as_its_truth_says(desks: Desks, tmp_path: Path, entry: Entry) -> None:
    desk = desks(entry.country)
    for place, earlier in enumerate(entry.before):
        before = tmp_path / f"before {place}.csv"
        before.write_bytes(earlier)
        desk.bring_in(desk.plan(before))
    plan = desk.plan(put(tmp_path, entry), entry.kind)
    tried = desk.try_out(plan)
    done = desk.bring_in(plan)
    assert verdicts(tried) == entry.rows
    assert (counts(done), done.rows, plan.found.rows) == (entry.counts, len(entry.rows), len(entry.rows))
    assert {row.line: row.why for row in done.rejected_rows} == entry.rejected
    assert (counts(tried), tried.reasons, tried.flagged) == (counts(done), done.reasons, done.flagged)
    assert {row.line: row.why for row in done.flagged_rows} == entry.flagged
    assert {str(why): count for why, count in plan.found.skip_counts} == entry.skipped
    assert plan.preset == entry.preset
    stored(desk, entry)
    nothing_changes(desk, plan, entry)


def nothing_changes(desk: Desk, plan: Any, entry: Entry) -> None:
    before = contents(desk.database)
    again = desk.bring_in(plan)
    new, updated, unchanged, rejected = entry.counts
    assert counts(again) == (0, 0, new + updated + unchanged, rejected)
    assert (again.new_friends, again.tags_given, again.refused) == (0, 0, 0)
    assert contents(desk.database) == before


def stored(desk: Desk, entry: Entry) -> None:
    currency, zone = COUNTRIES[entry.country]
    with desk.database.read() as session:
        friends = list(session.scalars(select(Friend)))
        orders = list(session.scalars(select(Order)))
        if entry.friends is not None:
            assert len(friends) == len(entry.friends)
            for key, facts in entry.friends.items():
                told = about(session, the(friends, key), zone)
                assert {
                    name: told[name][: len(facts[name])] if name == "joined" and facts[name] else told[name]
                    for name in facts
                } == facts
        if entry.orders is not None:
            assert {order.number for order in orders} == set(entry.orders)
            for order in orders:
                facts = dict(entry.orders[order.number])
                if "of" in facts:
                    assert the(friends, facts.pop("of")).id == order.friend_id
                told = about_order(session, order, zone)
                if "total" in facts:
                    facts["total"] = to_minor(Decimal(str(facts["total"])), currency)
                assert {name: told[name][: len(facts[name])] if name == "at" else told[name] for name in facts} == facts
        if entry.events is not None:
            assert session.scalar(select(func.count()).select_from(Event)) == entry.events


def the(friends: list[Friend], key: str) -> Friend:
    """Return the one friend who has this key, or else this name."""
    keys = [one for one in friends if key in (one.member_number, one.line_user_id, one.email, one.phone)]
    (found,) = keys or [one for one in friends if one.name == key]
    return found


def local(moment: datetime | None, zone: str) -> str | None:
    return None if moment is None else f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"


def about(session: Session, friend: Friend, zone: str) -> dict[str, Any]:
    carried = select(Tag.name).join(FriendTag, FriendTag.tag_id == Tag.id).where(FriendTag.friend_id == friend.id)
    return {
        "name": friend.name,
        "phone": friend.phone,
        "email": friend.email,
        "member": friend.member_number,
        "line": friend.line_user_id,
        "joined": local(friend.joined_at, zone),
        "marketing": str(friend.marketing),
        "informed": str(friend.informed),
        "can_opt_out": str(friend.can_opt_out),
        "blocked": friend.is_blocked,
        "tags": set(session.scalars(carried)),
    }


def about_order(session: Session, order: Order, zone: str) -> dict[str, Any]:
    lines = session.scalar(select(func.count()).where(OrderLine.order_id == order.id))
    return {"total": order.total, "state": str(order.state), "at": local(order.at, zone), "lines": lines}


@pytest.mark.parametrize("entry", [entry for entry in GOOD if entry.preset], ids=lambda entry: entry.name)
def test_the_command_line_gives_the_same_counts_for_every_platform(
    desks: Desks, tmp_path: Path, capsys: pytest.CaptureFixture[str], entry: Entry
) -> None:
    shop = tmp_path / "shop.tagwell"
    shutil.copy(desks(entry.country).empty, shop)
    command = ["--lang", "en", "--shop", str(shop), "--json", "import", str(put(tmp_path, entry))]
    origin = ["--source", "counter", "--purpose", "membership"]
    for last, expected in ((["--dry-run"], entry.counts), (origin, entry.counts)):
        assert main([*command, *last], World(lambda: NOW, SessionTokens())) == 0
        said = json.loads(capsys.readouterr().out)
        assert tuple(said[name] for name in ("new", "updated", "unchanged", "rejected")) == expected
        assert (said["preset"], said["rows"], said["skipped"]) == (entry.preset, len(entry.rows), entry.skipped)
        assert {row["line"]: row["why"] for row in said["rejected_rows"]} == entry.rejected


@pytest.mark.parametrize("entry", BAD, ids=lambda entry: entry.name)
def test_what_is_no_table_is_refused_in_one_sentence(desks: Desks, tmp_path: Path, entry: Entry) -> None:
    desk = desks(entry.country)
    before = contents(desk.database)
    with pytest.raises(ShopError, match=entry.refusal) as caught:
        desk.bring_in(desk.plan(put(tmp_path, entry)))
    assert "\n" not in caught.value.sentence()
    assert contents(desk.database) == before
