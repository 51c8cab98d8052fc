"""A shop in which everything that can bring a refusal to nought happens in random order; seeded.

Imports and their undoing, merged tags, paths, sends now and later, lists for ads, backups put back, programs that die
before a refusal is kept apart. What people said last is remembered here, outside of the shop, and whatever leaves is
compared with it at once.
"""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.audiences import at_line, register, saving
from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.checks import Wish
from linecrm_desktop.audiences.contents import hashed
from linecrm_desktop.audiences.leaving import Identifier
from linecrm_desktop.campaigns import freezing, gate
from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.erasing import kept_apart
from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.undo import undo
from linecrm_desktop.jobs import Task
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.bubbles import TextBubble
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.share import ShareState, Way
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.settings.limits import Limits
from linecrm_desktop.store.backup import put_back
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.store.wiping import wipe
from linecrm_desktop.tagging import merging
from tests.imports.conftest import plan_for
from tests.journeys.path_life import READ, Life

FEW = Limits(share=2, share_tag=2)
HEADER = "LINE user ID,member number,e-mail,phone,name,marketing,tags"
PEOPLE = 120
ORIGIN = Origin("shop checkout", "orders and news", Answer.YES, can_opt_out=Answer.YES)


@dataclass
class StormyLife(Life):
    """One shop, step by step."""

    folder: Path = field(default_factory=Path)
    refusing: dict[int, datetime] = field(default_factory=dict[int, datetime])
    """People, by their own number, whose newest answer is a refusal."""
    by_import: dict[int, set[int]] = field(default_factory=dict[int, set[int]])
    left: int = 0
    """Copies, ids and hashes that left."""
    wrong: list[str] = field(default_factory=list[str])
    _copies: list[Path] = field(default_factory=list[Path])
    _known: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    _delivered: int = 0

    def prepare(self) -> None:
        """Take the first people in and make what sends and lists begin with."""
        kept_apart.watch(self.database, self.clock())
        self._import(range(60), answers=("", "yes"))
        with self.database.write() as session:
            shop = session.scalars(select(Shop)).one()
            shop.quiet_from = shop.quiet_to = 0
            for tag in session.scalars(select(Tag.id)).all():
                rule = AllOf((HasTag((tag,)),))
                segments.save(session, SegmentDraft(f"Fans {tag}", "Who likes it", rule), self.clock())
        self._read_friends()
        self.begin(buyers=0, warm=0)

    def step(self) -> None:
        """Do one thing of chance."""
        steps: list[tuple[int, Callable[[], None]]] = [
            *((20, self.import_some), (6, self.undo_newest), (16, self.refuse), (4, self.correct), (4, self.backup)),
            *((4, self.restore), (3, self.crash), (2, self.merge_tags), (12, self.send), (6, self.upload)),
            *((8, self.save_list), (8, self.again), (10, self.work_on_paths), (6, self.buy)),
        ]
        act = self.rng.choices([one for _often, one in steps], [often for often, _one in steps])[0]
        self.step_as(act)

    def step_as(self, act: Callable[[], None]) -> None:
        """Do this some minutes later, then look at all that left."""
        self.clock.forward(minutes=self.rng.randint(1, 40))
        try:
            act()
        except ShopError as error:
            self.seen[re.sub(r"[\d:]+", "#", f"no {act.__name__}: {error.title[:44]}")] += 1
        self.seen[act.__name__] += 1
        self._look_out(act.__name__)
        self._look_in(act.__name__)

    def import_some(self) -> None:
        """Bring people in, old and new ones, some with an answer of theirs."""
        some = self.rng.sample(range(PEOPLE), self.rng.randint(1, 25))
        self._import(some, answers=("", "", "yes", "no") if self.rng.random() < 0.5 else ("", "yes"))

    def undo_newest(self) -> None:
        """Take an import back, now and then with its refusals because a person says so."""
        also = self.rng.random() < 0.3
        with self.database.write() as session:
            batches = session.scalars(select(ImportBatch.id).where(ImportBatch.undone_at.is_(None)))
            batch = max(batches, default=0)
            before = self._refusing_here(session)
            undo(session, batch, self.clock(), also_refusals=also)
            gone = before - self._refusing_here(session)
            if not also and gone:
                self.wrong.append(f"undo took refusals of {len(gone)} away")
            for person in gone if also else ():
                self.refusing.pop(person, None)

    def refuse(self) -> None:
        """Let somebody of the shop say no, by hand."""
        with self.database.write() as session:
            friend = self._anybody(session)
            ledger.refuse(session, [friend.id], "chat", self.clock())
            self._said_no(friend)

    def correct(self) -> None:
        """Refuse for the wrong one and correct it."""
        with self.database.write() as session:
            friend = self._anybody(session)
            fresh = friend.marketing is not Marketing.REFUSED
            ledger.refuse(session, [friend.id], "chat", self.clock())
            self._said_no(friend)
            number, person = friend.id, _person(friend)
        if fresh:
            with self.database.write() as session:
                ledger.correct_refusal(session, number, "wrong friend", self.clock() + timedelta(minutes=1))
                self.refusing.pop(person, None)

    def backup(self) -> None:
        """Copy the shop."""
        wipe(self.database)
        self._copies.append(Path(shutil.copy(self.database.path, self.folder / f"copy {len(self._copies)}.tagwell")))

    def restore(self) -> None:
        """Put any older copy in the shop's place."""
        if self._copies:
            copy = shutil.copy(self.rng.choice(self._copies), self.folder / "back.tagwell")
            path = self.database.path
            self.database.close()
            put_back(Path(copy), path, "replaced").unlink()
            self._open(path)

    def crash(self) -> None:
        """Refuse in a program that dies before it is kept apart, and open the shop again."""
        self.database.after_commit = None
        self.refuse()
        path = self.database.path
        self.database.close()
        self._open(path)

    def merge_tags(self) -> None:
        """Merge two tags, and give the segments something new to ask for."""
        with self.database.write() as session:
            tags = session.scalars(select(Tag.id).where(Tag.retired_at.is_(None))).all()
            if len(tags) > 3:
                keep, drop = self.rng.sample(list(tags), 2)
                merging.merge(session, keep, drop, self.clock())

    def send(self) -> None:
        """Send to a segment, sometimes broken off with refusals before it goes on; or plan it for later."""
        with self.database.write() as session:
            segment = self.rng.choice(session.scalars(select(Segment.id)).all())
            later = self.clock() + timedelta(hours=1) if self.rng.random() < 0.4 else None
            brief = Brief(segment, "Because it is today", "An offer of the day", keep_back=0, send_at=later)
            message = messages.save(
                session, MessageDraft("Offer", brief, (TextBubble(f"{self.clock()}"),)), self.clock()
            )
            quota = self.line.quota()
            number = gate.inspect(session, message, self.day, self.clock(), quota).recipients
            chunk = self.rng.choice((1, 5, 500))
            read = READ | {"brief", "consent", "content", "first_contact"}
            campaign = freezing.freeze(session, message, number, self.day, self.clock(), read, quota, chunk_size=chunk)
        if later is None:
            self._refuse_somebody()
            self._run(campaign)

    def upload(self) -> None:
        """Make a list at LINE."""
        rule, segment = self._rule()
        at_line.upload(
            self.database, self.line, Wish(rule, Way.UPLOAD, "Write to them again"), segment, self._at(), FEW
        )

    def save_list(self) -> None:
        """Write a list into files."""
        rule, segment = self._rule()
        wanted = frozenset(self.rng.sample(list(Identifier), self.rng.randint(1, 3)))
        wish = Wish(rule, self.rng.choice((Way.ADS, Way.CSV)), "Find similar people", wanted, "A tool")
        saving.save(self.database, wish, segment, self._lists, self._at(), FEW)

    def again(self) -> None:
        """Share a list again, or add to it."""
        with self.database.read() as session:
            lists = [one for one in register.history(session) if one.is_out(self.clock())]
        if lists:
            one = self.rng.choice(lists)
            if one.state is ShareState.SAVED:
                saving.again(self.database, one.id, self._lists, self._at(), FEW)
            elif self.rng.random() < 0.5:
                at_line.again(self.database, self.line, one.id, self._at(), FEW)
            else:
                at_line.add(self.database, self.line, one.id, self._at(), FEW)

    def work_on_paths(self) -> None:
        """Approve steps that are due and let them and planned sends leave."""
        self._read_friends()
        if len(self.friends) > 1:
            self._work()

    def buy(self) -> None:
        """Let people buy and tap, so that segments and paths have somebody to find."""
        with self.database.write() as session:
            for _one in range(5):
                friend = self._anybody(session).id
                self.make.order(session, friend, at=self.clock() - timedelta(days=self.rng.choice((1, 30, 70))))
                self.make.event(session, friend, EventKind.CLICK, at=self.clock() - timedelta(hours=1))

    @property
    def _lists(self) -> Path:
        folder = self.folder / "lists"
        folder.mkdir(exist_ok=True)
        return folder

    def _at(self) -> Moment:
        return Moment(self.day, self.clock())

    def _rule(self) -> tuple[AllOf, int]:
        with self.database.read() as session:
            tags = session.scalars(select(Tag.id).where(Tag.retired_at.is_(None))).all()
            return AllOf((HasTag((self.rng.choice(tags),)),)), 1

    def _open(self, path: Path) -> None:
        self.database = open_shop(path)
        self.seen["told at opening"] += bool(kept_apart.watch(self.database, self.clock()))
        self._read_friends()

    def _read_friends(self) -> None:
        with self.database.read() as session:
            self.friends = {
                friend: line or "" for friend, line in session.execute(select(Friend.id, Friend.line_user_id))
            }

    def _import(self, people: range | list[int], answers: tuple[str, ...]) -> None:
        path = self.folder / "people.csv"
        said = {person: self.rng.choice(answers) for person in people}
        lines = [f"{_row(person, self.rng.random)},{said[person]},tag{person % 5}" for person in people]
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        importing.run(self.database, plan_for(path, Kind.CUSTOMERS, ORIGIN), Task(), self.clock())
        for person, answer in said.items():
            if answer == "no":
                self.refusing.setdefault(person, self.clock())

    def _anybody(self, session: Session) -> Friend:
        friends = session.scalars(select(Friend).where(Friend.member_number.like("M%"))).all()
        if not friends:
            raise ShopError("nobody", "")
        return self.rng.choice(friends)

    def _said_no(self, friend: Friend) -> None:
        self._look_out("before a refusal")  # what left until now left before it was said
        self.refusing.setdefault(_person(friend), self.clock())

    def _refuse_somebody(self) -> None:
        if self.rng.random() < 0.5:
            self.refuse()

    def _do_something(self, session: Session, friend: int) -> None:
        row = session.get(Friend, friend)
        if row is not None and row.member_number and self.rng.random() < 0.2:
            ledger.refuse(session, [friend], "chat", self.clock())
            self._said_no(row)

    def _refusing_here(self, session: Session) -> set[int]:
        found = session.scalars(select(Friend).where(Friend.marketing == Marketing.REFUSED))
        return {_person(friend) for friend in found if friend.member_number}

    def _look_out(self, act: str) -> None:
        """Compare what left since the last look with what people said before it left."""
        fresh = [ident for ident, _request in self.world.delivered[self._delivered :]]
        self._delivered = len(self.world.delivered)
        now = {f"line {number}": set(one.ids) for number, one in self.world.audiences.items()}
        for file in self._lists.glob("audience_*"):
            if not file.name.endswith("_passport.json"):
                now[file.name] = set(file.read_text(encoding="utf-8-sig").replace(",", "\n").split())
        for name, values in now.items():
            fresh += values - self._known.get(name, set())
        self._known = now
        self.left += len(fresh)
        refused = {form for person in self.refusing for key in _keys(person) for form in (key, hashed(key))}
        out = refused.intersection(fresh)
        if out:
            self.wrong.append(f"{act} at {self.clock()}: {json.dumps(sorted(out))}")

    def _look_in(self, act: str) -> None:
        """Compare what the shop knows with what people said."""
        with self.database.read() as session:
            friends = session.scalars(select(Friend)).all()
            lost = [f for f in friends if f.member_number and _person(f) in self.refusing]
            lost = [f for f in lost if f.marketing is not Marketing.REFUSED]
            if lost:
                self.wrong.append(f"{act}: {[(f.id, f.member_number, str(f.marketing)) for f in lost]}")
                for friend in lost:
                    self.refusing.pop(_person(friend))


def _keys(person: int) -> tuple[str, ...]:
    return f"U{person:032x}", f"p{person}@example.tw", f"+88691{person:07}"


def _row(person: int, chance: Callable[[], float]) -> str:
    """Write a person with all keys, or with the member number and some of the others."""
    line, email, phone = _keys(person)
    told = [one if chance() < 0.7 else "" for one in (line, email, phone.replace("+886", "0"))]
    return f"{told[0]},M{person},{told[1]},{told[2]},Person {person}"


def _person(friend: Friend) -> int:
    return int((friend.member_number or "M-1")[1:])
