"""Links in bulk: tags and links in one go, what is there is used, and all of it can be undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.source import Arrival, EntryLink, LinkKind
from linecrm_desktop.models.tag import Tag, TagType
from linecrm_desktop.sources import links, places
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import changing, history, linking, planning, undoing
from linecrm_desktop.tagging.linking import LinksDraft
from linecrm_desktop.tagging.references import Where
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft
from tests.maker import Maker
from tests.tagging.dump import dump

DRAFT = LinksDraft(
    ("Poster 1", "Poster 2"), helps_decide="Where to print more", account="@123abcde", text="My code: {code}"
)


def tags(session: Session) -> dict[str, TagDraft]:
    return {row.name: row.draft for row in library.all_tags(session)}


def test_each_place_gets_a_source_tag_and_a_link_of_its_own(database: Database, now: datetime) -> None:
    with database.write() as session:
        made = linking.make(session, DRAFT, now)
        assert (made.places, made.new_tags) == (DRAFT.places, DRAFT.places)
        assert (made.reused_tags, made.kept) == ((), ())
        assert tags(session) == {
            name: TagDraft(name, TagType.SOURCE, "Where to print more") for name in ("Poster 1", "Poster 2")
        }
        rows = links.all_links(session)
        assert links.known_account(session) == "@123abcde"
    assert [row.id for row in rows] == list(made.links)
    assert [(row.place, row.tag.name, row.text) for row in rows] == [
        (place, place, f"My code: {row.code}") for place, row in zip(DRAFT.places, rows, strict=True)
    ]
    assert len({row.code for row in rows}) == 2
    assert all(row.url.startswith("https://line.me/R/oaMessage/%40123abcde/?My%20code%3A%20") for row in rows)


def test_a_look_says_what_making_does_and_does_nothing(database: Database, now: datetime) -> None:
    with database.write() as session:
        before = dump(session)
        seen = linking.look(session, DRAFT)
        assert dump(session) == before
        made = linking.make(session, DRAFT, now)
    assert replace(made, links=(), operation=None) == seen


def test_many_places_can_share_one_tag(database: Database, now: datetime) -> None:
    with database.write() as session:
        draft = replace(DRAFT, places=places.read("Poster 1..20"), one_tag="Posters")
        made = linking.make(session, draft, now)
        assert (len(made.links), made.new_tags) == (20, ("Posters",))
        assert {row.tag.name for row in links.all_links(session)} == {"Posters"}


def test_made_again_with_one_place_more_only_that_one_is_made(database: Database, now: datetime) -> None:
    with database.write() as session:
        linking.make(session, DRAFT, now)
        made = linking.make(session, replace(DRAFT, places=("poster 1", "Poster 2", "Counter")), now)
        assert (made.places, made.kept) == (("Counter",), ("poster 1", "Poster 2"))
        again = linking.make(session, DRAFT, now)
        assert (again.operation, again.kept) == (None, DRAFT.places)
        assert len(links.all_links(session)) == 3


def test_tags_that_are_there_are_used_brought_back_and_named(database: Database, now: datetime, make: Maker) -> None:
    with database.write() as session:
        make.tag(session, "Counter", TagType.SOURCE, helps_decide="Whom to greet")
        make.tag(session, "Fair", TagType.NONE)
        make.tag(session, "Parcel", TagType.SOURCE, retired_at=now)
        before = dump(session)
        made = linking.make(session, replace(DRAFT, places=("counter", "Fair", "Parcel", "Ad")), now)
        assert (made.new_tags, made.reused_tags) == (("Ad",), ("Counter", "Fair", "Parcel"))
        assert {name: (row.type, row.helps_decide) for name, row in tags(session).items()} == {
            "Counter": (TagType.SOURCE, "Whom to greet"),
            "Fair": (TagType.SOURCE, "Where to print more"),
            "Parcel": (TagType.SOURCE, "Where to print more"),
            "Ad": (TagType.SOURCE, "Where to print more"),
        }
        assert made.operation is not None
        undoing.undo(session, made.operation, now)
        assert dump(session) == before


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (replace(DRAFT, places=()), "No place is named"),
        (replace(DRAFT, places=("x" * 21,)), "21 characters"),
        (replace(DRAFT, one_tag="x" * 21), "21 characters"),
        (replace(DRAFT, places=("VIP",)), "of the type Customer value already"),
        (replace(DRAFT, helps_decide=" "), "help no decision"),
        (replace(DRAFT, account=""), "is not the ID"),
        (replace(DRAFT, text="Hello"), "no place for the code"),
        (replace(DRAFT, kind=LinkKind.OWN, own_link="lin.ee/a"), "is not a link"),
    ],
)
def test_what_is_not_complete_is_refused_and_nothing_is_made(
    database: Database, now: datetime, make: Maker, draft: LinksDraft, sentence: str
) -> None:
    with database.write() as session:
        make.tag(session, "VIP", TagType.VALUE)
        before = dump(session)
        for work in (lambda: linking.look(session, draft), lambda: linking.make(session, draft, now)):
            with pytest.raises(ShopError, match=sentence):
                work()
        assert dump(session) == before


def test_links_of_other_kinds_need_no_text(database: Database, now: datetime) -> None:
    with database.write() as session:
        linking.make(session, replace(DRAFT, places=("Ad",), kind=LinkKind.ADD, text=""), now)
        own = replace(DRAFT, places=("Fair",), kind=LinkKind.OWN, account="", own_link="https://lin.ee/a?c={code}")
        linking.make(session, own, now)
        ad, fair = links.all_links(session)
    assert (ad.text, ad.url) == ("", "https://line.me/R/ti/p/%40123abcde")
    assert (fair.text, fair.url) == ("", f"https://lin.ee/a?c={fair.code}")


def test_a_link_that_was_stopped_can_be_undone_and_its_place_gets_a_new_code(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = linking.make(session, DRAFT, now).links[0]
        operation = linking.stop(session, [first], now)
        rows = links.all_links(session)
        assert [(row.place, row.is_stopped) for row in rows] == [("Poster 2", False), ("Poster 1", True)]
        with pytest.raises(ShopError, match="not in use"):
            linking.stop(session, [first], now)
        undoing.undo(session, operation, now)
        assert not any(row.is_stopped for row in links.all_links(session))
        linking.stop(session, [first], now)
        again = linking.make(session, DRAFT, now)
        codes = {row.code for row in links.all_links(session) if row.place == "Poster 1"}
    assert (again.places, len(codes)) == (("Poster 1",), 2)


def test_a_dry_run_names_the_links_that_give_a_tag(database: Database, now: datetime, day: ShopDay) -> None:
    with database.write() as session:
        made = linking.make(session, replace(DRAFT, one_tag="Posters"), now)
        linking.stop(session, made.links[1:], now)
        tag = links.all_links(session)[0].tag.id
        found = planning.plan(session, {tag}, lambda inner: changing.retire(inner, tag, now), day)
    assert [(one.kind, one.name) for one in found.references] == [(Where.LINK, "Poster 1")]


def test_history_says_what_was_made_and_stopped(database: Database, now: datetime) -> None:
    with database.write() as session:
        made = linking.make(session, DRAFT, now)
        linking.stop(session, made.links, now)
        linking.make(session, replace(DRAFT, places=("Ad",)), now)
        titles = [row.title for row in history.operations(session)]
    assert titles == ["Made an entry link for “Ad”", "Stopped using 2 entry links", "Made 2 entry links"]


Later = Callable[[Session, linking.Made, datetime], object]


def _came(session: Session, made: linking.Made, now: datetime) -> None:
    friend = Maker(now).friend(session)
    session.add(Arrival(link_id=made.links[0], friend_id=friend, at=now))
    session.flush()


def _linked(session: Session, _made: linking.Made, now: datetime) -> None:
    linking.make(session, replace(DRAFT, places=("Ad",), one_tag="Poster 1"), now)


def _carried(session: Session, _made: linking.Made, now: datetime) -> None:
    maker = Maker(now)
    tag = session.scalars(select(Tag.id).where(Tag.name == "Poster 1")).one()
    maker.give(session, tag, maker.friend(session))


@pytest.mark.parametrize(
    ("later", "sentence"),
    [
        (_came, "1 friend came by the link of “Poster 1” since"),
        (_linked, "The link of “Ad” gives this tag too"),
        (_carried, "1 friend got “Poster 1” since"),
        (lambda session, made, now: linking.stop(session, made.links[:1], now), "Undo this first: Stopped using"),
    ],
)
def test_making_is_not_undone_while_something_stands_on_it(
    database: Database, now: datetime, later: Later, sentence: str
) -> None:
    with database.write() as session:
        made = linking.make(session, DRAFT, now)
        later(session, made, now + timedelta(minutes=1))
        before = dump(session)
        assert made.operation is not None
        assert sentence in str(undoing.why_not(session, made.operation, now))
        with pytest.raises(ShopError, match="cannot be undone"):
            undoing.undo(session, made.operation, now)
        assert dump(session) == before


def test_a_link_lives_on_after_its_tag_was_renamed_and_retired(database: Database, now: datetime) -> None:
    with database.write() as session:
        linking.make(session, replace(DRAFT, places=("Ad",)), now)
        tag = session.scalars(select(EntryLink.tag_id)).one()
        changing.rename(session, tag, "Ad in June", now)
        changing.retire(session, tag, now)
        (row,) = links.all_links(session)
    assert (row.place, row.tag.name, row.is_tag_retired) == ("Ad", "Ad in June", True)
