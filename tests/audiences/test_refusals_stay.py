"""Whatever is shared in whatever order: at the moment a list leaves, nobody who refused is in it."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.audiences import at_line, register, saving
from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.checks import Wish
from linecrm_desktop.audiences.contents import hashed
from linecrm_desktop.audiences.leaving import Identifier
from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.share import ShareState, Way
from linecrm_desktop.store.database import Database
from tests.audiences.conftest import FEW, RULE
from tests.clock import Clock
from tests.maker import Maker

ORIGIN = Origin("checkout", "orders", Answer.YES)


def refused(database: Database) -> set[str]:
    """Return every identifier of those who refuse now, as it is and as a hash."""
    with database.read() as session:
        found = [(f.marketing, (f.line_user_id, f.phone, f.email)) for f in session.scalars(select(Friend))]
    theirs = {value for word, values in found if word is Marketing.REFUSED for value in values if value}
    return {form for value in theirs for form in (value, hashed(value))}


def left(world: PracticeWorld, folder: Path, before: dict[str, set[str]]) -> set[str]:
    """Return what left since the last look: in LINE's audiences, and in files."""
    now = {f"line {number}": one.ids for number, one in world.audiences.items()}
    for file in folder.glob("audience_*"):
        if not file.name.endswith("_passport.json"):
            now[file.name] = set(file.read_text(encoding="utf-8-sig").replace(",", "\n").split())
    fresh = {value for name, values in now.items() for value in values - before.get(name, set())}
    before.clear()
    before.update({name: set(values) for name, values in now.items()})
    return fresh


@pytest.mark.parametrize("seed", range(6))
def test_nobody_who_refused_is_in_any_file_or_upload(
    seed: int,
    database: Database,
    line: SdkLine,
    world: PracticeWorld,
    clock: Clock,
    make: Maker,
    fans: list[int],
    at: Moment,
    tmp_path: Path,
) -> None:
    chance, folder, seen, outs = random.Random(seed), tmp_path / "lists", dict[str, set[str]](), 0
    folder.mkdir()
    for _turn in range(40):
        clock.forward(minutes=2)
        moment = replace(at, now=at.now + timedelta(seconds=clock().timestamp() - at.now.timestamp()))
        with database.read() as session:
            friends = list(session.scalars(select(Friend.id)))
            lists = [one for one in register.history(session) if one.is_out(moment.now)]
        act = chance.choice(["join", "join", "refuse", "collect", "allow", "upload", "save", "again", "add"])
        wanted = frozenset(chance.sample(list(Identifier), chance.randint(1, 3)))
        some = chance.sample(friends, min(2, len(friends)))
        try:
            with database.write() as session:
                if act == "join":
                    phone, email = f"+88691200000{chance.randint(0, 9)}", f"e{chance.randint(0, 20)}@example.tw"
                    friend = make.friend(session, informed=Answer.YES, phone=phone, email=email)
                    make.give(session, 1, friend)
                elif act == "refuse":
                    ledger.refuse(session, some[:1], "chat", moment.now)
                elif act == "collect":
                    ledger.record_collected(session, some, ORIGIN, moment.now)
                elif act == "allow":
                    ledger.allow(session, some, "form", moment.now)
            if act == "upload":
                at_line.upload(database, line, Wish(RULE, Way.UPLOAD, "Write to them again"), 1, moment, FEW)
            elif act == "save":
                way = chance.choice([Way.ADS, Way.CSV])
                saving.save(database, Wish(RULE, way, "Find similar people", wanted, "A tool"), 1, folder, moment, FEW)
            elif act in ("again", "add") and lists:
                one = chance.choice(lists)
                if one.state is ShareState.SAVED:
                    saving.again(database, one.id, folder, moment, FEW)
                elif act == "again":
                    at_line.again(database, line, one.id, moment, FEW)
                else:
                    at_line.add(database, line, one.id, moment, FEW)
        except ShopError:
            pass  # too few are left, or somebody refused since: nothing leaves
        fresh = left(world, folder, seen)
        outs += bool(fresh)
        assert not fresh & refused(database), act
    assert outs > 3
