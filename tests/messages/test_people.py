from linecrm_desktop.messages import people
from linecrm_desktop.messages.blocks import TextBubble
from linecrm_desktop.messages.variables import used
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def test_the_last_product_is_of_the_newest_order_that_counts(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina = make.friend(session, name="Tina")
        make.order(session, tina, days_ago=30, lines=[("Serum", "serum", 1)])
        make.order(session, tina, days_ago=20, lines=[("Cream", "cream", 1)])
        make.order(session, tina, days_ago=5, lines=[("Soap", "soap", 1)], state=OrderState.CANCELLED)
        assert people.values_of(session, [tina]) == {tina: {"name": "Tina", "last_product": "Cream"}}


def test_what_the_shop_does_not_know_is_missing(database: Database, make: Maker) -> None:
    with database.write() as session:
        someone = make.friend(session, name=" ")
        assert people.values_of(session, [someone]) == {someone: {}}


def test_friends_who_get_a_fallback_are_counted_once(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina, nobody, bo = (make.friend(session, name=name) for name in ("Tina", "", "Bo"))
        make.order(session, tina, lines=[("Serum", "serum", 1)])
        ids = [tina, nobody, bo]
        assert people.getting_fallback(session, ids, used([TextBubble("{name|x}")])) == 1
        assert people.getting_fallback(session, ids, used([TextBubble("{name|x} {last_product|y}")])) == 2
        assert people.getting_fallback(session, ids, set()) == 0
        filling = people.filling(session, ids)
    assert filling.lacking == {"name": 1, "last_product": 2, "tier": 3, "points": 3}
    assert filling.longest == {"name": "Tina", "last_product": "Serum", "tier": "", "points": ""}


def test_samples_have_names_and_hold_the_longest_one(database: Database, make: Maker) -> None:
    with database.write() as session:
        names = ["", "Ann", "Bo", "Cy", "Di", "Ed", "Maximiliana the Longest"]
        ids = [make.friend(session, name=name) for name in names]
        shown = [sample.values["name"] for sample in people.samples(session, ids)]
    assert shown == ["Ann", "Bo", "Cy", "Di", "Maximiliana the Longest"]
