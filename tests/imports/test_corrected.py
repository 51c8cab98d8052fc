"""What was corrected by hand stays: a file that still says the wrong thing is not believed, a newer one is."""

from datetime import datetime

import pytest
from sqlalchemy import select

from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import correcting, origins, own_fields
from linecrm_desktop.friends.correcting import Edit
from linecrm_desktop.imports.undo import undo
from linecrm_desktop.models.field import Field
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from tests.imports.conftest import BringIn, counts
from tests.imports.test_fields import Keep, keep

__all__ = ["keep"]
HEAD = "member number,name,phone,email"
OLD = "M-1,Mai,0912-345-678,mei@old.example"


def correct(database: Database, edit: Edit, now: datetime) -> None:
    with database.write() as session:
        friend = session.scalars(select(Friend.id).where(Friend.member_number == "M-1")).one()
        correcting.correct(session, friend, edit, now)


def mei(database: Database) -> tuple[str, str | None, str | None]:
    with database.read() as session:
        row = session.scalars(select(Friend).where(Friend.member_number == "M-1")).one()
        return row.name, row.phone, row.email


def test_the_same_file_again_does_not_put_the_wrong_values_back(
    database: Database, bring_in: BringIn, now: datetime
) -> None:
    bring_in(HEAD, OLD)
    correct(database, Edit(name="Mei", phone="0987-654-321"), now)
    assert counts(bring_in(HEAD, OLD)) == (0, 0, 1, 0)
    assert mei(database) == ("Mei", "+886987654321", "mei@old.example")


def test_a_value_that_is_new_is_taken_and_says_its_file(database: Database, bring_in: BringIn, now: datetime) -> None:
    bring_in(HEAD, OLD)
    correct(database, Edit(name="Mei", email="mei@new.example"), now)
    assert counts(bring_in(HEAD, "M-1,Mei Lin,0912-345-678,mei@old.example")) == (0, 1, 0, 0)
    assert mei(database) == ("Mei Lin", "+886912345678", "mei@new.example")
    with database.read() as session:
        friend = session.scalars(select(Friend)).one()
        told = {name: came.file for name, came in origins.of(session, friend).items()}
    assert told == {"name": "export.csv", "phone": "export.csv", "email": "", "member_number": "export.csv"}


def test_an_import_is_not_undone_over_what_was_corrected_since(database: Database, keep: Keep, now: datetime) -> None:
    keep("member number,name,skin", "M-1,Mai,dry")
    second = keep("member number,name,skin", "M-1,May,oily")
    with database.read() as session:
        field = session.scalars(select(Field.id)).one()
    correct(database, Edit(name="Mei", fields={field: "normal"}), now)
    assert second.batch_id is not None
    with pytest.raises(ShopError), database.write() as session:
        undo(session, second.batch_id, now)
    assert mei(database)[0] == "Mei"
    with database.read() as session:
        ((told,),) = own_fields.of(session, [session.scalars(select(Friend.id)).one()]).values()
    assert told.entries == ("normal",)


def test_a_wrong_entry_of_a_field_is_not_put_back(database: Database, keep: Keep, now: datetime) -> None:
    keep("member number,name,skin", "M-1,Mai,dry")
    with database.read() as session:
        field = session.scalars(select(Field.id)).one()
    correct(database, Edit(fields={field: "oily"}), now)
    assert counts(keep("member number,name,skin", "M-1,Mai,dry")) == (0, 0, 1, 0)
    assert counts(keep("member number,name,skin", "M-1,Mai,normal")) == (0, 1, 0, 0)
