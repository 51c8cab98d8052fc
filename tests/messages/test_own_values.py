"""Tier, points and the shop's own fields as a message says them."""

from datetime import datetime

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from linecrm_desktop.messages import people
from linecrm_desktop.messages.blocks import TextBubble, to_line
from linecrm_desktop.messages.variables import fill, label, used
from linecrm_desktop.models.field import Field, FieldKind, FriendField
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import set_language
from tests.maker import Maker


def field(session: Session, now: datetime, name: str, kind: FieldKind, friend: int, *entries: str) -> None:
    row = Field(name=name, name_key=name.lower(), kind=kind, created_at=now)
    session.add(row)
    session.flush()
    for place, text in enumerate(entries):
        value = float(text) if kind is FieldKind.NUMBER else None
        session.add(FriendField(field_id=row.id, friend_id=friend, place=place, text=text, number=value, since=now))
    session.flush()


def test_the_tier_is_the_value_tag_of_a_group_that_was_put_on_last(database: Database, make: Maker) -> None:
    with database.write() as session:
        mei, bo = make.friend(session), make.friend(session)
        silver = make.tag(session, "Silver", TagType.VALUE, exclusive_group="tier")
        club = make.tag(session, "Club", TagType.VALUE, exclusive_group="club")
        loose = make.tag(session, "Big spender", TagType.VALUE)
        stage = make.tag(session, "Buyer", TagType.STAGE, exclusive_group="stage")
        for tag, days in ((silver, 2), (club, 9), (loose, 1), (stage, 1)):
            make.give(session, tag, mei, since=make.ago(days))
        make.give(session, loose, bo)
        assert people.values_of(session, [mei, bo], ["tier"]) == {mei: {"tier": "Silver"}, bo: {}}


def test_points_are_the_field_of_numbers_that_is_called_so(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        mei = make.friend(session)
        field(session, now, "Points", FieldKind.TEXT, mei, "many")
        assert people.values_of(session, [mei], ["points"]) == {mei: {}}
        field(session, now, "紅利", FieldKind.NUMBER, mei, "1280")
        assert people.values_of(session, [mei], ["points"]) == {mei: {"points": "1,280"}}


@pytest.mark.parametrize(
    ("country", "day", "skin"),
    [("TW", "2026/11/5", "dry、red"), ("JP", "2026/11/5", "dry、red"), ("TH", "5 พ.ย. 2569", "dry, red")],
)
def test_own_fields_are_written_as_the_shops_country_does_whatever_the_screen_speaks(
    database: Database, make: Maker, now: datetime, country: str, day: str, skin: str
) -> None:
    with database.write() as session:
        session.execute(update(Shop).values(country=country))
        mei = make.friend(session, name="Mei")
        field(session, now, "Birthday", FieldKind.DATE, mei, "2026-11-05")
        field(session, now, "Skin type", FieldKind.LIST, mei, "dry", "red")
        field(session, now, "Height", FieldKind.NUMBER, mei, "1.5")
        for language in ("en", "th", "ja"):
            set_language(language)
            try:
                values = people.values_of(session, [mei])[mei]
            finally:
                set_language("en")
            told = {"field:birthday": day, "field:skin type": skin, "field:height": "1.5"}
            assert values == {"name": "Mei", **told}
    text = TextBubble("{field:skin type|any skin} {field:shoe size|your size}")
    assert to_line([text], values) == [{"type": "text", "text": f"{skin} your size"}]


def test_the_shops_fields_are_offered_by_their_names(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        mei = make.friend(session)
        field(session, now, "Skin type", FieldKind.TEXT, mei, "dry")
        field(session, now, "a|b", FieldKind.TEXT, mei, "x")
        offered = people.offered(session)
    assert list(offered) == ["name", "last_product", "tier", "points", "field:skin type"]
    assert offered["field:skin type"] == "Skin type"
    assert label("field:skin type") == "skin type"


def test_a_field_may_be_called_in_any_script() -> None:
    assert used([TextBubble("{field:膚質|x} {field:} {field:a}")]) == {"field:膚質", "field:a"}
    assert fill("{field:膚質|任何膚質}", {}) == "任何膚質"


def test_the_value_of_most_signs_is_found_beside_the_longest_one(database: Database, make: Maker) -> None:
    with database.write() as session:
        ids = [make.friend(session, name=name) for name in ("👩‍👩‍👧‍👦", "Tina")]
        filling = people.filling(session, ids, ["name"])
    assert (filling.longest["name"], filling.most_signs["name"]) == ("👩‍👩‍👧‍👦", "Tina")
