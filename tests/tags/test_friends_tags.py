from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.change import Change
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import FriendTag, TagOrigin
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import friends_tags
from tests.maker import Maker


def carried(session: Session) -> list[tuple[object, ...]]:
    columns = FriendTag.metadata.tables["friend_tag"].c
    told = [column for column in columns if column.name != "renewed_at"]
    return [tuple(row) for row in session.execute(select(*told).order_by(columns.tag_id, columns.friend_id))]


def test_only_friends_without_the_tag_newly_get_it(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag, tina, bo = make.tag(session, "VIP"), make.friend(session), make.friend(session)
        make.give(session, tag, tina, TagOrigin.IMPORT, since=make.ago(9), evidence="customers.csv")
        assert friends_tags.add(session, tag, [bo, tina, bo], TagOrigin.HAND, make.now, "asked") == [bo]
        assert friends_tags.add(session, tag, [bo, tina], TagOrigin.HAND, make.now) == []
        assert carried(session) == [
            (tag, tina, TagOrigin.IMPORT, make.ago(9), "customers.csv", None),
            (tag, bo, TagOrigin.HAND, make.now, "asked", None),
        ]


def test_taking_a_tag_away_and_putting_it_back_leaves_everything_as_it_was(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag, other = make.tag(session, "VIP"), make.tag(session, "Serum")
        friends = [make.friend(session) for _ in range(3)]
        make.give(session, tag, friends[0], TagOrigin.IMPORT, since=make.ago(9), evidence="customers.csv", batch_id=4)
        make.give(session, tag, friends[1], TagOrigin.RULE, since=make.ago(30), evidence="2 or more orders")
        make.give(session, other, friends[1])
        before = carried(session)
        gone = friends_tags.remove(session, tag, friends, make.now)
        assert [one.friend_id for one in gone] == friends[:2]
        assert [row[0] for row in carried(session)] == [other]
        assert friends_tags.put_back(session, gone, make.now) == friends[:2]
        assert carried(session) == before


def test_putting_back_leaves_alone_who_has_the_tag_again_or_is_gone(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag, tina, bo = make.tag(session, "VIP"), make.friend(session), make.friend(session)
        for friend in (tina, bo):
            make.give(session, tag, friend, since=make.ago(20))
        gone = friends_tags.remove(session, tag, [tina, bo])
        friends_tags.add(session, tag, [tina], TagOrigin.RULE, make.now, "new")
        session.delete(session.get_one(Friend, bo))
        assert friends_tags.put_back(session, gone) == []
        assert carried(session) == [(tag, tina, TagOrigin.RULE, make.now, "new", None)]


def test_one_act_is_one_action_in_the_journal(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag, friends = make.tag(session, "VIP"), [make.friend(session) for _ in range(3)]
        friends_tags.add(session, tag, friends, TagOrigin.HAND, make.now, "asked")
        later = make.now + timedelta(minutes=1)
        friends_tags.remove(session, tag, friends[:1], later)
        lines = list(session.scalars(select(Change).order_by(Change.id)))
        assert [(line.entity, line.entity_id, line.at) for line in lines] == [
            *(("friend_tag", friend, make.now) for friend in friends),
            ("friend_tag", friends[0], later),
        ]
        assert len({line.action for line in lines[:3]}) == 1
        assert lines[3].action != lines[0].action
        held = {"tag_id": tag, "friend_id": friends[0], "origin": "hand", "evidence": "asked", "batch_id": None}
        held |= {"renewed_at": None}
        assert lines[0].before is None
        assert lines[0].after == lines[3].before == {**held, "since": int(make.now.timestamp())}
        assert lines[3].after is None


def test_an_act_that_changes_nothing_leaves_no_line(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag, tina = make.tag(session, "VIP"), make.friend(session)
        assert friends_tags.remove(session, tag, [tina], make.now) == []
        assert friends_tags.add(session, tag, [], TagOrigin.HAND, make.now) == []
        assert list(session.scalars(select(Change))) == []


def test_an_imports_tags_are_found_by_their_batch(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag, tina = make.tag(session, "VIP"), make.friend(session)
        friends_tags.add(session, tag, [tina], TagOrigin.IMPORT, make.now, "a.csv", batch_id=7)
        assert carried(session) == [(tag, tina, TagOrigin.IMPORT, make.now, "a.csv", 7)]
        assert list(session.scalars(select(Change))) == []


def test_more_friends_than_a_query_can_name_are_no_problem(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag = make.tag(session, "VIP")
        session.add_all(Friend(name=f"F{n}", created_at=make.now) for n in range(1200))
        session.flush()
        friends = list(session.scalars(select(Friend.id)))
        given = friends_tags.add(session, tag, friends[:-1], TagOrigin.HAND, make.now)
        assert len(given) == 1199
        gone = friends_tags.remove(session, tag, friends, make.now)
        assert len(gone) == 1199
        assert len(friends_tags.put_back(session, gone, make.now)) == 1199


def test_the_tags_of_some_friends_are_counted(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag, other = make.tag(session, "VIP"), make.tag(session, "Serum")
        tina, bo, amy = (make.friend(session) for _ in range(3))
        for friend in (tina, bo, amy):
            make.give(session, tag, friend)
        make.give(session, other, tina)
        assert friends_tags.tags_on(session, [tina, bo]) == {tag: 2, other: 1}
        assert friends_tags.tags_on(session, []) == {}


def test_a_tag_that_runs_out_is_renewed_by_giving_it_again(database: Database, make: Maker) -> None:
    with database.write() as session:
        short, lasting = make.tag(session, "Quiet", runs_out_days=30), make.tag(session, "VIP")
        tina = make.friend(session)
        for tag in (short, lasting):
            make.give(session, tag, tina, since=make.ago(20))
            assert friends_tags.add(session, tag, [tina], TagOrigin.HAND, make.now) == []
        rows = {row.tag_id: (row.since, row.renewed_at) for row in session.scalars(select(FriendTag))}
        assert rows == {short: (make.ago(20), make.now), lasting: (make.ago(20), None)}
        gone = friends_tags.remove(session, short, [tina], make.now)
        friends_tags.put_back(session, gone, make.now)
        assert session.scalars(select(FriendTag.renewed_at).where(FriendTag.tag_id == short)).one() == make.now
