"""Random work on tags, then undo of each piece, the newest first: the shop is the same to the byte at every step.

A few sequences in the suite; TAGWELL_SEQUENCES=1000 runs as many as one likes, TAGWELL_SEED=7 others.
"""

import os
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.segment import Segment, UnsavedSegment
from linecrm_desktop.models.source import EntryLink, LinkKind
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin, TagRelation, TagType, TagWord
from linecrm_desktop.models.tagging import TagRule
from linecrm_desktop.segments import codec, library, unsaved
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.rules import AllOf, InSegment, Joined, RandomShare
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import changing, contracts, linking, undoing
from linecrm_desktop.tagging.linking import LinksDraft
from linecrm_desktop.tagging.merging import merge
from linecrm_desktop.tagging.settling import settle
from linecrm_desktop.tagging.splitting import Part, split
from linecrm_desktop.tags import friends_tags, relations
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tags.names import fold
from linecrm_desktop.tags.uses import tags_in
from tests.maker import Maker
from tests.tagging.dump import dump
from tests.tagging.test_rewriting import tree

SEQUENCES = int(os.environ.get("TAGWELL_SEQUENCES", "60"))
SEED = int(os.environ.get("TAGWELL_SEED", "20261112"))
STEPS = 8
WORK = (
    "merge",
    "merge",
    "split",
    "rename",
    "retire",
    "restore",
    "edit",
    "settle",
    "nest",
    "link",
    "stop_link",
    "tag",
    "untag",
)
WORDS = [f"{word}{end}" for word in ("Serum", "ＶＩＰ", "精華液", "ครีม", "t") for end in ("", " 1", " ２", "3")]
TakeBack = Callable[[], object]


class Play:
    """One shop and one source of chance; every step returns what takes it back."""

    def __init__(self, session: Session, r: random.Random, day: ShopDay, now: datetime) -> None:
        self.session, self.r, self.day, self.now = session, r, day, now

    def merge(self) -> TakeBack:
        keep, drop = self._tag(), self._tag()
        name = self.r.choice((None, None, self._word(), self.session.get_one(Tag, drop).name))
        return self._undo(merge(self.session, keep, drop, self.now, name=name, as_word=self.r.random() < 0.7))

    def split(self) -> TakeBack:
        tag = self._tag()
        type = self.session.get_one(Tag, tag).type
        rules = [RandomShare(60, 0, "x"), Joined(30), None]
        parts = [Part(TagDraft(self._word(), type), rule) for rule in self.r.sample(rules, self.r.randint(1, 3))]
        return self._undo(split(self.session, tag, parts, self.day, self.now))

    def rename(self) -> TakeBack:
        return self._undo(changing.rename(self.session, self._tag(), self._word(), self.now))

    def retire(self) -> TakeBack:
        return self._undo(changing.retire(self.session, self._tag(), self.now))

    def restore(self) -> TakeBack:
        return self._undo(changing.restore(self.session, self._retired(), self.now))

    def edit(self) -> TakeBack:
        drafts = {
            self._tag(): TagDraft(self._word(), self.r.choice(list(TagType)), self.r.choice(("", "Why")), "Amy")
            for _number in range(2)
        }
        return self._undo(changing.edit(self.session, drafts, self.now))

    def link(self) -> TakeBack:
        told = LinksDraft(self.r.sample(WORDS, 3), LinkKind.ADD, "Where from", "@123abcde")
        operation = linking.make(
            self.session, replace(told, one_tag=self.r.choice(("", self._word()))), self.now
        ).operation
        return (lambda: None) if operation is None else self._undo(operation)

    def stop_link(self) -> TakeBack:
        in_use = self.session.scalars(select(EntryLink.id).where(EntryLink.stopped_at.is_(None))).all()
        return self._undo(linking.stop(self.session, self.r.sample(in_use or [0], 1), self.now))

    def settle(self) -> TakeBack:
        one, other = self._tag(), self._tag()
        return self._undo(settle(self.session, one, other, self.r.choice((None, one, other)), self.now))

    def nest(self) -> TakeBack:
        return self._undo(contracts.nest(self.session, self._tag(), self._tag(), self.now))

    def tag(self) -> TakeBack:
        tag = self._tag()
        given = friends_tags.add(self.session, tag, self._friends(), TagOrigin.HAND, self.now, "asked")
        return lambda: friends_tags.remove(self.session, tag, given, self.now)

    def untag(self) -> TakeBack:
        gone = friends_tags.remove(self.session, self._tag(), self._friends(), self.now)
        return lambda: friends_tags.put_back(self.session, gone, self.now)

    def _undo(self, operation: int) -> TakeBack:
        def undo() -> None:
            assert undoing.why_not(self.session, operation, self.now) is None
            undoing.undo(self.session, operation, self.now)

        return undo

    def _tag(self) -> int:
        """Return any tag, but mostly one in use."""
        query = select(Tag.id) if self.r.random() < 0.2 else select(Tag.id).where(Tag.retired_at.is_(None))
        return self.r.choice(self.session.scalars(query).all())

    def _retired(self) -> int:
        query = select(Tag.id).where(Tag.retired_at.is_not(None), Tag.merged_into.is_(None))
        return self.r.choice(self.session.scalars(query).all() or [self._tag()])

    def _friends(self) -> list[int]:
        return self.r.sample(list(self.session.scalars(select(Friend.id))), 5)

    def _word(self) -> str:
        return self.r.choice(WORDS)


def fill(session: Session, make: Maker, r: random.Random) -> None:
    """Friends with tags, rules of every kind that name them, old names, relations and sends."""
    tags = [make.tag(session, f"T{n}", TagType.SOURCE if n < 3 else TagType.INTEREST) for n in range(7)]
    for _number in range(20):
        friend = make.friend(session, joined_at=make.ago(r.randrange(60)))
        for tag in r.sample(tags, r.randrange(5)):
            told = {"since": make.ago(r.randrange(90)), "evidence": r.choice(("", "a.csv", "asked"))}
            make.give(session, tag, friend, r.choice(list(TagOrigin)), batch_id=r.choice((None, 4, 7)), **told)
    session.add(Segment(name="Leaf", rule=codec.to_json(Joined(9)), created_at=make.now, changed_at=make.now))
    for number in range(8):
        kept = {"created_at": make.now, "changed_at": make.now, "rule": codec.to_json(tree(r, tags))}
        session.add(Segment(name=f"S{number}", **kept))
        kept["rule"] = codec.to_json(tree(r, tags))
        session.add(TagRule(tag_id=r.choice(tags), name=f"R{number}", is_active=r.random() < 0.5, **kept))
    above = {"created_at": make.now, "changed_at": make.now, "rule": codec.to_json(AllOf((InSegment(2),)))}
    session.add(Segment(name="Above", **above))
    unsaved.keep(session, SegmentDraft("Half", "", tree(r, tags)), None, make.now)
    unsaved.keep(session, SegmentDraft("Changed", "", tree(r, tags)), 2, make.now)
    for state in (CampaignState.DONE, CampaignState.READY, CampaignState.PAUSED):
        make.campaign(session, segment_rule=codec.to_json(tree(r, tags)), state=state)
    relations.declare_opposites(session, tags[3], tags[4])
    relations.declare_parent(session, tags[5], tags[6])
    session.add(TagWord(tag_id=tags[5], key="old", word="Old"))
    session.flush()


def dangling(session: Session) -> list[str]:
    """Return what names a tag that is not there, or a saved rule that names one that was merged."""
    there = {tag: into for tag, into in session.execute(select(Tag.id, Tag.merged_into))}
    found: list[str] = []
    for row in (Segment, TagRule):
        for number, rule in session.execute(select(row.id, row.rule)):
            found += [f"{row.__name__} {number}: {tag}" for tag in tags_in(rule) if there.get(tag, -1) is not None]
    for draft in session.scalars(select(UnsavedSegment.draft)):
        found += [f"draft: {tag}" for tag in tags_in(draft["rule"]) if there.get(tag, -1) is not None]
    for rule in session.scalars(select(Campaign.segment_rule)):
        found += [f"send: {tag}" for tag in tags_in(rule) if tag not in there]
    carrying = (FriendTag, FriendTag.tag_id), (TagRule, TagRule.tag_id), (EntryLink, EntryLink.tag_id)
    for row, column in (*carrying, (TagRelation, TagRelation.other_id)):
        found += [f"{row.__name__}: {tag}" for tag in session.scalars(select(column)) if tag not in there]
    return found


def test_whatever_is_done_to_tags_is_taken_back_to_the_byte(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    done, refused = Counter[str](), 0
    r = random.Random(SEED)
    with database.write() as session:
        fill(session, make, r)
        play = Play(session, r, day, now)
        for sequence in range(SEQUENCES):
            back: list[tuple[str, TakeBack]] = []
            for _step in range(STEPS):
                before = dump(session)
                name = r.choice(WORK)
                try:
                    back.append((before, getattr(play, name)()))
                    done[name] += 1
                except ShopError:
                    assert dump(session) == before
                    refused += 1
                assert dangling(session) == []
                keys = [fold(name) for name in session.scalars(select(Tag.name))]
                assert sorted(keys) == sorted(session.scalars(select(Tag.name_key)))
            for before, take_back in reversed(back):
                take_back()
                assert dump(session) == before, sequence
                assert dangling(session) == []
    assert all(done[name] for name in WORK)
    sys.stdout.write(
        f"{SEQUENCES} sequences: {done.total()} steps done and taken back, {refused} refused; {dict(done)}\n"
    )


def test_a_split_changes_no_segments_size(database: Database, make: Maker, day: ShopDay, now: datetime) -> None:
    r = random.Random(3)
    with database.write() as session:
        fill(session, make, r)
        play = Play(session, r, day, now)
        for _number in range(40):
            known = library.rules(session)
            before = {
                one: library.members(session, known[one], day) for one in known if not problems(known[one], known)
            }
            nested = session.begin_nested()
            try:
                play.split()
                known = library.rules(session)
                assert {one: library.members(session, known[one], day) for one in before} == before
            except ShopError:
                pass
            nested.rollback()
            session.expire_all()
