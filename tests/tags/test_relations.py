import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import library, relations
from linecrm_desktop.tags.library import TagDraft
from tests.maker import Maker


def test_opposites_are_one_pair_whichever_is_named_first(database: Database, make: Maker) -> None:
    with database.write() as session:
        men, women, other = (make.tag(session, name) for name in ("男裝", "女裝", "童裝"))
        relations.declare_opposites(session, women, men)
        relations.declare_opposites(session, men, women)
        told = relations.relations(session)
        assert told.opposites == {(men, women)}
        assert told.are_opposites(women, men) and not told.are_opposites(men, other)
        relations.take_back(session, women, men)
        assert relations.relations(session) == relations.Relations()


def test_nothing_stands_above_itself(database: Database, make: Maker) -> None:
    with database.write() as session:
        vip, buyer, friend = (make.tag(session, name) for name in ("VIP", "Buyer", "Friend"))
        relations.declare_parent(session, vip, buyer)
        relations.declare_parent(session, buyer, friend)
        for tag, parent in ((friend, vip), (vip, vip)):
            with pytest.raises(ShopError):
                relations.declare_parent(session, tag, parent)
        assert relations.relations(session).parents == {(vip, buyer), (buyer, friend)}


def test_groups_hold_the_tags_in_use_whatever_the_spelling(database: Database, make: Maker) -> None:
    with database.write() as session:
        tags = [
            library.create(session, TagDraft(name, TagType.STAGE, exclusive_group=group), make.now)
            for name, group in (("New", "Stage"), ("Buyer", " ＳＴＡＧＥ"), ("Loyal", "stage"), ("VIP", ""))
        ]
        library.retire(session, tags[2], make.now)
        assert relations.groups(session) == {"stage": (tags[0], tags[1])}
