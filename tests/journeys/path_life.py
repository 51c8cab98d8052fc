"""A made-up shop that lives for some months with three paths, and a laptop that is off at random; seeded.

Friends come, buy, refuse, block and tap; a person looks at what is due on some days only, approves all, some or
nothing, sends it at once, later or too late, sends other messages beside, and edits, pauses and resumes the paths.
What the practice LINE took is compared afterwards with every rule that was promised.
"""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import freezing, gate, scheduling, sending
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.journeys import approving, due, library, templates
from linecrm_desktop.journeys.draft import StepDraft
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.bubbles import TextBubble
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.journey import JourneyState, JourneyStep
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.segments.core import CORE
from linecrm_desktop.store.database import Database
from tests.clock import Clock
from tests.maker import Maker

READ = frozenset({"informed", "quota", "quiet", "cap", "size", "tested", "kept_back", "again"})
ZONE = "Asia/Taipei"
AT_ONCE = (0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass
class Life:
    """One shop, day by day."""

    database: Database
    world: PracticeWorld
    line: Line
    clock: Clock
    make: Maker
    rng: Random
    newcomers: int = 6
    friends: dict[int, str] = field(default_factory=dict[int, str])
    refused_at: dict[int, datetime] = field(default_factory=dict[int, datetime])
    orders: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict[int, dict[int, tuple[int, int]]])
    """By send: place and wait of every step of its path when it was approved."""
    seen: Counter[str] = field(default_factory=Counter[str])
    _spare: list[int] = field(default_factory=list[int])

    @property
    def day(self) -> ShopDay:
        return ShopDay.of(self.clock(), ZONE)

    def begin(self, buyers: int, warm: int) -> None:
        """Make friends with a past, and start the three paths."""
        with self.database.write() as session:
            for number in range(buyers):
                friend = self._join(session, days_ago=self.rng.randint(100, 400))
                self.make.order(
                    session, friend, at=self.clock() - timedelta(days=self.rng.randint(61, 150) + number % 3)
                )
            for _number in range(warm):
                friend = self._join(session, days_ago=self.rng.randint(40, 90))
                for _tap in range(2):
                    self.make.event(session, friend, EventKind.CLICK, at=self.clock() - timedelta(days=2))
            for core in CORE:
                path = templates.make(session, core.key, "en", self.day, self.clock())
                library.start(session, path, self.day, self.clock())
            self._spare = [self._message(session, f"Extra step {number}") for number in range(6)]

    def live(self, days: int) -> None:
        """Let days go by; a streak of days on which the computer is off comes now and then."""
        off = 0
        for _day in range(days):
            self._morning()
            self._world_turns()
            if off:
                off -= 1
                self.seen["days off"] += 1
            elif self.rng.random() < 0.2:
                off = self.rng.choice((0, 0, 1, 3, 9))
                self.seen["days off"] += 1
            else:
                self._work()

    def _morning(self) -> None:
        local = self.day.local(self.clock()).replace(hour=7, minute=0) + timedelta(days=1)
        self.clock.now = local.astimezone(self.clock.now.tzinfo)

    def _join(self, session: Session, days_ago: int = 0) -> int:
        self.make.now = self.clock()
        answers = {"informed": self.rng.choice((Answer.YES, Answer.UNKNOWN)), "can_opt_out": Answer.UNKNOWN}
        joined = self.clock() - timedelta(days=days_ago)
        line_id = None if self.rng.random() < 0.03 else f"U{self.rng.getrandbits(128):032x}"
        friend = self.make.friend(session, joined_at=joined, line_user_id=line_id, **answers)
        self.friends[friend] = line_id or ""
        return friend

    def _world_turns(self) -> None:
        """Let friends do what friends do; files tell it at once."""
        with self.database.write() as session:
            for _new in range(self.rng.randint(0, 2 * self.newcomers)):
                self._join(session)
            everybody = sorted(self.friends)
            for friend in self.rng.sample(everybody, len(everybody) // 25):
                self._do_something(session, friend)
            session.flush()

    def _do_something(self, session: Session, friend: int) -> None:
        row, chance = session.get_one(Friend, friend), self.rng.random()
        if chance < 0.05:
            row.marketing = Marketing.REFUSED
            self.refused_at.setdefault(friend, self.clock())
        elif chance < 0.1:
            row.is_blocked = not row.is_blocked
        elif chance < 0.13:
            row.line_user_id = f"U{self.rng.getrandbits(128):032x}"
            self.friends[friend] = row.line_user_id or ""
        elif chance < 0.3:
            self.make.order(session, friend, at=self.clock() - timedelta(hours=self.rng.randint(0, 20)))
        else:
            self.make.event(session, friend, EventKind.CLICK, at=self.clock() - timedelta(hours=1))

    def _work(self) -> None:
        """One day at the computer."""
        self.clock.forward(hours=self.rng.choice((0, 1, 3, 5, 10, 14.5)), minutes=self.rng.randint(0, 59))
        self._edit()
        if self.rng.random() < 0.3:
            self._send_another()
        with self.database.write() as session:
            due.prepare(session, self.day, self.clock())
            rows = due.sheet(session, self.day, self.clock())
        chosen = [row.step_id for row in rows if self.rng.random() < 0.8]
        self.seen["looked"] += 1
        if chosen and self.rng.random() < 0.1:
            with self.database.write() as session:
                due.skip_today(session, chosen, self.day)
            self.seen["skipped a day"] += 1
        elif chosen and self.rng.random() < 0.9:
            self._approve(chosen)
        self._send_due(late=self.rng.random() < 0.15)

    def _approve(self, chosen: list[int]) -> None:
        try:
            with self.database.write() as session:
                day, now = self.day, self.clock()
                due.prepare(session, day, now)
                number = approving.inspect(session, chosen, day, now, {None: self.line.quota()}).recipients
                made = approving.approve(session, chosen, number, day, now, READ, {None: self.line.quota()})
                steps = session.scalars(select(JourneyStep)).all()
                self.orders |= {campaign: {one.id: (one.place, one.wait_days) for one in steps} for campaign in made}
                self.seen["approved steps"] += len(made)
        except ShopError:
            self.seen["gate said no"] += 1

    def _send_due(self, *, late: bool) -> None:
        """Let pass what is left of the day; the computer looks, or sleeps over the moment."""
        for _look in range(4):
            self.clock.forward(minutes=self.rng.randint(40, 200) if late else self.rng.randint(1, 25))
            with self.database.write() as session:
                due.prepare(session, self.day, self.clock())
            with self.database.read() as session:
                waiting = scheduling.due(session, self.clock())
            for one in waiting:
                self._run(one.id)
            self._leave_between()

    def _run(self, campaign: int) -> None:
        @contextmanager
        def connect() -> Generator[Line]:
            yield self.line

        task = Task(lambda done, *_rest: task.stop() if self.rng.random() < 0.05 and done else None)
        try:
            scheduling.run_due(self.database, campaign, connect, task, self.clock, AT_ONCE)
        except Stopped:
            self.seen["broken off"] += 1
            with self.database.write() as session:
                state = session.get_one(Campaign, campaign).state
            if state is CampaignState.SENDING:
                sending.send(self.database, campaign, self.line, Task(), self.clock, AT_ONCE)
        except ShopError:
            self.seen["send said no"] += 1

    def _leave_between(self) -> None:
        """Somebody refuses or buys between approval and sending."""
        with self.database.write() as session:
            for friend in self.rng.sample(sorted(self.friends), 2):
                self._do_something(session, friend)

    def _send_another(self) -> None:
        """Send a message to a segment, so that the frequency cap has something to do."""
        with self.database.write() as session:
            segment = self.rng.choice(session.scalars(select(Segment.id)).all())
            draft = MessageDraft(
                "Offer",
                Brief(segment, "Because it is today", "An offer of the day", keep_back=0),
                (TextBubble(f"Offer {self.clock()}"), *_stop()),
            )
            message = messages.save(session, draft, self.clock())
            try:
                number = gate.inspect(session, message, self.day, self.clock(), self.line.quota()).recipients
                quota = self.line.quota()
                campaign = freezing.freeze(session, message, number, self.day, self.clock(), READ, quota)
            except ShopError:
                return
        sending.send(self.database, campaign, self.line, Task(), self.clock, AT_ONCE)
        self.seen["other sends"] += 1

    def _edit(self) -> None:
        """Change a path now and then: move, add, take out, put back, pause, resume."""
        if self.rng.random() > 0.25:
            return
        with self.database.write() as session:
            path = self.rng.choice(library.all_paths(session))
            if path.state is JourneyState.PAUSED:
                library.start(session, path.id, self.day, self.clock())
            elif self.rng.random() < 0.2:
                library.pause(session, path.id, self.day, self.clock())
            else:
                self._edit_steps(session, path.id)
        self.seen["edits"] += 1

    def _edit_steps(self, session: Session, path: int) -> None:
        draft = library.load(session, path)
        last = len(draft.steps) - 1
        match self.rng.randint(0, 3):
            case 0 if last > 0:
                draft = draft.moved(self.rng.randint(0, last), self.rng.randint(0, last))
            case 1 if last > 0:
                draft = draft.without(self.rng.randint(0, last))
            case 2:
                step = StepDraft(self.rng.choice(self._spare), self.rng.randint(1, 5))
                draft = draft.with_added(step).moved(last + 1, self.rng.randint(0, last + 1))
            case _:
                draft = draft.with_step(self.rng.randint(0, last), wait_days=self.rng.randint(1, 9))
        draft = draft.with_step(0, only_segment_id=None)
        if len(draft.steps) > 1:
            draft = draft.with_step(1, wait_days=max(1, draft.steps[1].wait_days))
        try:
            library.save(session, draft, self.day, self.clock(), path)
        except ShopError:
            self.seen["edits refused"] += 1

    def _message(self, session: Session, name: str) -> int:
        segment = session.scalars(select(Segment.id)).first()
        brief = Brief(segment, "Because it fits here", "One more useful thing")
        return messages.save(session, MessageDraft(name, brief, (TextBubble(name), *_stop())), self.clock())


def _stop() -> tuple[Any, ...]:
    return templates.steps_of("new_friends", "en")[0].draft.bubbles[-1:]
