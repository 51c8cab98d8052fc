"""Correcting by hand: checked, journaled, taken back as a whole, and not undone by the next file."""

from datetime import date

import pytest
from sqlalchemy import func, select

from linecrm_desktop.consent import erased
from linecrm_desktop.consent.erased import Key, KeyKind, WasErased
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import correcting, origins, own_fields
from linecrm_desktop.friends.correcting import Edit
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.correction import WrongValue
from linecrm_desktop.models.field import Field, FieldKind, FriendField
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def held(database: Database, friend: int) -> tuple[str, str | None, str | None, str | None]:
    with database.read() as session:
        row = session.get_one(Friend, friend)
        return row.name, row.phone, row.email, row.member_number


@pytest.fixture
def mei(database: Database, make: Maker) -> int:
    with database.write() as session:
        make.friend(session, name="Bo", member_number="M-2")
        return make.friend(session, name="Mai", phone="+886912345678", email="mei@old.example", member_number="M-1")


def test_what_is_corrected_is_cleaned_and_can_be_taken_back_as_a_whole(
    database: Database, make: Maker, mei: int
) -> None:
    before = held(database, mei)
    with database.write() as session:
        edit = Edit(name=" Mei  Lin ", phone="0987 654 321", email="Mei@New.example", member_number="M-9")
        action = correcting.correct(session, mei, edit, make.now)
    assert held(database, mei) == ("Mei Lin", "+886987654321", "mei@new.example", "M-9")
    with database.write() as session:
        correcting.take_back(session, action, make.now)
    assert held(database, mei) == before
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(WrongValue)) == 0
        assert session.scalar(select(func.count()).select_from(Change)) == 0


def test_fields_of_the_shop_are_corrected_as_what_they_are(database: Database, make: Maker, mei: int) -> None:
    with database.write() as session:
        ids: dict[FieldKind, int] = {}
        for kind in FieldKind:
            row = Field(name=str(kind), name_key=str(kind), kind=kind, created_at=make.now)
            session.add(row)
            session.flush()
            ids[kind] = row.id
        session.add(FriendField(field_id=ids[FieldKind.DATE], friend_id=mei, text="1990-01-02", since=make.now))
    typed = {
        ids[FieldKind.TEXT]: "dry",
        ids[FieldKind.NUMBER]: "1,200.5",
        ids[FieldKind.DATE]: "1990/05/31",
        ids[FieldKind.LIST]: "soap; tea ;soap",
    }
    with database.write() as session:
        action = correcting.correct(session, mei, Edit(fields=typed), make.now)
        told = {value.field: value.entries for value in own_fields.of(session, [mei])[mei]}
        assert told == {"date": ("1990-05-31",), "list": ("soap", "tea"), "number": ("1200.5",), "text": ("dry",)}
        assert date.fromisoformat(told["date"][0]).day == 31
        assert not origins.of(session, session.get_one(Friend, mei))["date"].file
    with database.write() as session:
        correcting.take_back(session, action, make.now)
        assert [value.entries for value in own_fields.of(session, [mei])[mei]] == [("1990-01-02",)]
        for kind, wrong in ((FieldKind.DATE, "31.5.1990"), (FieldKind.NUMBER, "many"), (FieldKind.NUMBER, "inf")):
            with pytest.raises(ShopError):
                correcting.correct(session, mei, Edit(fields={ids[kind]: wrong}), make.now)


@pytest.mark.parametrize(
    "edit", [Edit(name=" "), Edit(phone="12"), Edit(email="mei@"), Edit(member_number="M-2")], ids=str
)
def test_what_does_not_fit_changes_nothing(database: Database, make: Maker, mei: int, edit: Edit) -> None:
    before = held(database, mei)
    with pytest.raises(ShopError), database.write() as session:
        correcting.correct(session, mei, edit, make.now)
    assert held(database, mei) == before


def test_what_nobody_touched_is_not_judged_anew(database: Database, make: Maker) -> None:
    with database.write() as session:
        odd = make.friend(session, name="Odd", phone="12", email="no address")
        edit = Edit(name="Odd", phone="12", email="no address", member_number="")
        assert correcting.correct(session, odd, edit, make.now) == ""


def test_the_keys_of_somebody_who_was_erased_are_refused(database: Database, make: Maker, mei: int) -> None:
    with database.write() as session:
        erased.remember(session, [Key(KeyKind.MEMBER_NUMBER, "M-7")], make.now)
    with pytest.raises(WasErased), database.write() as session:
        correcting.correct(session, mei, Edit(member_number="M-7"), make.now)


def test_a_correction_that_was_corrected_again_is_not_taken_back(database: Database, make: Maker, mei: int) -> None:
    with database.write() as session:
        first = correcting.correct(session, mei, Edit(name="May"), make.now)
        correcting.correct(session, mei, Edit(name="Mei"), make.now)
    with pytest.raises(ShopError, match="changed again"), database.write() as session:
        correcting.take_back(session, first, make.now)
    assert held(database, mei)[0] == "Mei"
