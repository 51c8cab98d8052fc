import pytest
from sqlalchemy import func, select

from linecrm_desktop.consent import ledger
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import keys
from linecrm_desktop.friends.editing import FriendDraft, add_friend, take_back
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def test_a_friend_is_kept_with_clean_keys_and_where_they_came_from(database: Database, make: Maker) -> None:
    draft = FriendDraft(
        name=" 林雅婷  Tina ",
        phone="0912-345-678",
        email="Tina@Example.COM",
        member_number=" M-1 ",
        came_through="Market stall",
        informed=Answer.YES,
    )
    with database.write() as session:
        friend = session.get_one(Friend, add_friend(session, draft, make.now))
        assert (friend.name, friend.phone, friend.email) == ("林雅婷 Tina", "+886912345678", "tina@example.com")
        assert (friend.member_number, friend.line_user_id, friend.marketing) == ("M-1", None, Marketing.UNKNOWN)
        assert (friend.collected_through, friend.informed) == ("Market stall", Answer.YES)
        assert [line.through for line in ledger.entries(session, friend.id)] == ["Market stall"]


@pytest.mark.parametrize(
    "draft",
    [
        FriendDraft(" "),
        FriendDraft("Tina", phone="12"),
        FriendDraft("Tina", phone="hello"),
        FriendDraft("Tina", email="tina@"),
        FriendDraft("Tina", line_user_id="tina"),
        FriendDraft("Tina", member_number="M-1"),
        FriendDraft("Tina", line_user_id="U" + "a" * 32),
    ],
)
def test_a_wrong_field_or_a_person_already_there_is_refused(
    database: Database, make: Maker, draft: FriendDraft
) -> None:
    with database.write() as session:
        make.friend(session, member_number="M-1", line_user_id="U" + "a" * 32)
        with pytest.raises(ShopError) as caught:
            add_friend(session, draft, make.now)
        assert caught.value.advice
        assert session.scalar(select(func.count()).select_from(Friend)) == 1


def test_a_friend_added_by_mistake_is_gone_with_all_that_hangs_on_them(database: Database, make: Maker) -> None:
    with database.write() as session:
        friend = add_friend(session, FriendDraft("Tina", came_through="Stall"), make.now)
        make.give(session, make.tag(session, "VIP"), friend)
        take_back(session, friend, make.now)
        assert session.scalar(select(func.count()).select_from(Friend)) == 0
        assert ledger.entries(session, friend) == []
        assert [(line.before, line.after) for line in session.scalars(select(Change).order_by(Change.id))] == [
            (None, "hand"),
            ("hand", None),
        ]


@pytest.mark.parametrize(
    ("e164", "country", "written"),
    [
        ("+886912345678", "TW", "0912-345-678"),
        ("+819012345678", "JP", "090-1234-5678"),
        ("+66812345678", "TH", "081-234-5678"),
        ("+819012345678", "TW", "+81 90-1234-5678"),
        ("?", "TW", "?"),
    ],
)
def test_phones_are_written_as_people_dial_them(e164: str, country: str, written: str) -> None:
    assert keys.national(e164, country) == written
