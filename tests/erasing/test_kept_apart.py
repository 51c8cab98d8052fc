"""Refusals and erasures that are newer than a copy of the shop hold in that copy, whatever way it comes back."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import erased as register
from linecrm_desktop.consent import ledger, uses
from linecrm_desktop.erasing import kept_apart
from linecrm_desktop.friends import editing
from linecrm_desktop.models.campaign import Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind, Use
from linecrm_desktop.models.erasure import Erasure
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.settings.places import apart_folder
from linecrm_desktop.store.backup import copy_beside
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.store.wiping import wipe
from tests.erasing.conftest import WORDS, Shop, erased
from tests.maker import Maker

Older = Callable[[], Path]


@pytest.fixture
def older(database: Database) -> Older:
    """Make a copy of the shop as it is at this moment."""
    return lambda: copy_beside(database.path, "older")


def word(shop: Database, friend: int) -> Marketing:
    with shop.read() as session:
        return session.get_one(Friend, friend).marketing


def chunk_of(session: Session, campaign: int) -> Chunk:
    return session.scalars(select(Chunk).where(Chunk.campaign_id == campaign)).one()


def kept_lines() -> list[str]:
    return [line for path in apart_folder().iterdir() for line in path.read_text().splitlines() if line]


def test_a_refusal_newer_than_a_copy_holds_in_the_copy(
    database: Database, older: Older, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        tina, bo = make.friend(session), make.friend(session)
        campaign = make.campaign(session)
        make.delivery(session, campaign, tina, DeliveryState.WAITING)
    kept_apart.watch(database, now)
    path = older()
    with database.write() as session:
        ledger.refuse(session, [tina], "chat", now)

    with closing(open_shop(path)) as copy:
        told = kept_apart.watch(copy, now + timedelta(days=1))

        assert told == ["1 friend refused after this copy was made. The refusal was kept apart and holds again."]
        assert (word(copy, tina), word(copy, bo)) == (Marketing.REFUSED, Marketing.UNKNOWN)
        with copy.read() as session:
            [line] = ledger.entries(session, tina)
            assert session.get_one(Delivery, (campaign, tina)).state is DeliveryState.LEFT_OUT
        assert "kept apart from an older copy" in line.evidence and "12 Nov 2026" in line.evidence
        assert kept_apart.watch(copy, now + timedelta(days=1)) == []


@pytest.mark.parametrize("use", [Use.ADS, Use.PROFILING, Use.SERVICE])
def test_a_refused_use_newer_than_a_copy_holds_in_the_copy_until_it_is_allowed_again(
    use: Use, database: Database, older: Older, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        tina = make.friend(session)
    kept_apart.watch(database, now)
    path = older()
    with database.write() as session:
        uses.refuse(session, [tina], [use], "chat", now)

    with closing(open_shop(path)) as copy:
        told = kept_apart.watch(copy, now + timedelta(days=1))
        assert told == ["1 friend refused after this copy was made. The refusal was kept apart and holds again."]
        with copy.read() as session:
            held = {one.use: one.answer for one in uses.standing(session, tina)}
        all_of_them = [*Use] if use is Use.SERVICE else [use]
        assert [one for one in Use if held[one] is Marketing.REFUSED] == all_of_them

    with database.write() as session:
        for one in all_of_them:
            uses.allow_again(session, [tina], one, "chat", now + timedelta(minutes=1))
    assert kept_apart.watch(database, now + timedelta(days=1)) == []


def test_service_stays_refused_in_an_older_copy_where_marketing_was_allowed_again(
    database: Database, older: Older, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        tina = make.friend(session)
    kept_apart.watch(database, now)
    path = older()
    with database.write() as session:
        uses.refuse(session, [tina], [Use.SERVICE], "letter", now)
    with database.write() as session:
        uses.allow_again(session, [tina], Use.MARKETING, "chat", now + timedelta(minutes=1))

    with closing(open_shop(path)) as copy:
        kept_apart.watch(copy, now + timedelta(days=1))
        with copy.read() as session:
            held = {one.use: one.answer for one in uses.standing(session, tina)}
        assert [one for one in Use if held[one] is Marketing.REFUSED] == [Use.ADS, Use.PROFILING, Use.SERVICE]


def test_who_agreed_again_is_not_made_to_refuse_after_a_crash(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        tina = make.friend(session)
    kept_apart.watch(database, now)
    with database.write() as session:
        uses.refuse(session, [tina], [Use.MARKETING, Use.ADS], "chat", now)
    database.after_commit = None
    with database.write() as session:
        for use in (Use.MARKETING, Use.ADS):
            uses.allow_again(session, [tina], use, "chat", now + timedelta(minutes=1))

    assert kept_apart.watch(database, now) == []
    assert word(database, tina) is Marketing.ALLOWED


def test_a_refusal_that_a_crash_kept_out_is_caught_up(
    database: Database, older: Older, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        tina = make.friend(session)
    path = older()
    with database.write() as session:  # nobody watches: the program died before it wrote it apart
        ledger.refuse(session, [tina], "chat", now)
    kept_apart.watch(database, now)

    with closing(open_shop(path)) as copy:
        kept_apart.watch(copy, now)
        assert word(copy, tina) is Marketing.REFUSED


def test_a_corrected_refusal_stays_corrected_also_after_a_crash(
    database: Database, older: Older, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        tina, bo = make.friend(session), make.friend(session)
    kept_apart.watch(database, now)
    path = older()
    with database.write() as session:
        ledger.refuse(session, [tina, bo], "chat", now)
    with database.write() as session:
        ledger.correct_refusal(session, tina, "wrong row", now + timedelta(minutes=1))
    database.after_commit = None
    with database.write() as session:
        ledger.correct_refusal(session, bo, "wrong row", now + timedelta(minutes=1))

    assert kept_apart.watch(database, now) == []
    assert word(database, bo) is Marketing.UNKNOWN
    with closing(open_shop(path)) as copy:
        assert kept_apart.watch(copy, now) == []
        assert word(copy, tina) is Marketing.UNKNOWN


def test_who_is_not_in_the_copy_comes_in_refusing(database: Database, older: Older, make: Maker, now: datetime) -> None:
    kept_apart.watch(database, now)
    path = older()
    with database.write() as session:
        tina = make.friend(session, line_user_id=None, email="tina@example.org")
        family = make.friend(session, line_user_id=None, phone="+886911111111", member_number="7")
        make.friend(session, line_user_id=None, phone="+886911111111", member_number="8")
    with database.write() as session:
        ledger.refuse(session, [tina, family], "chat", now)

    later = now + timedelta(days=1)
    with closing(open_shop(path)) as copy:
        assert kept_apart.watch(copy, later) == []
        with copy.write() as session:
            other = make.friend(session, line_user_id="U9", created_at=later)
            again = make.friend(session, line_user_id=None, email="tina@example.org", created_at=later)
            eight = make.friend(session, phone="+886911111111", member_number="8", created_at=later)
            seven = make.friend(session, member_number="7", created_at=later)
        words = [word(copy, friend) for friend in (other, again, eight, seven)]
    assert words == [Marketing.UNKNOWN, Marketing.REFUSED, Marketing.UNKNOWN, Marketing.REFUSED]


def test_a_key_that_came_after_the_refusal_is_known_too(
    database: Database, older: Older, make: Maker, now: datetime
) -> None:
    kept_apart.watch(database, now)
    path = older()
    with database.write() as session:
        tina = make.friend(session, line_user_id=None, email="tina@example.org")
        ledger.refuse(session, [tina], "chat", now)
    with database.write() as session:
        session.get_one(Friend, tina).line_user_id = "Utina"

    with closing(open_shop(path)) as copy:
        kept_apart.watch(copy, now)
        with copy.write() as session:
            again = make.friend(session, line_user_id="Utina", created_at=now + timedelta(days=1))
        assert word(copy, again) is Marketing.REFUSED


def test_nothing_readable_is_kept_apart(database: Database, shop: Shop, now: datetime) -> None:
    kept_apart.watch(database, now)
    with database.write() as session:
        key = session.scalar(select(register.Shop.key))
        ledger.refuse(session, [shop.zelda], WORDS["evidence"], now)
    erased(database, shop.zelda, now)

    [path] = apart_folder().iterdir()
    whole = path.read_bytes()
    assert len(kept_lines()) == 2
    with database.read() as session:
        salt = session.scalars(select(register.Shop.erasure_salt)).one()
    secrets = [*WORDS.values(), str(key)]
    assert not [one for one in secrets for how in ("utf-8", "utf-16-le", "utf-16-be") if one.encode(how) in whole]
    assert salt is not None and salt.hex() not in whole.decode()
    assert str(key) not in path.name


def test_an_erasing_right_after_an_import_was_taken_back_withdraws_no_refusal(
    database: Database, shop: Shop, now: datetime
) -> None:
    kept_apart.watch(database, now)
    with database.write() as session:
        ledger.refuse(session, [shop.zelda], "chat", now)
    with database.write() as session:
        session.get_one(ImportBatch, shop.batch).undone_at = now
    erased(database, shop.zelda, now)
    assert [line for line in kept_lines() if "withdrawn" in line] == []


def test_taking_an_import_back_withdraws_no_refusal_of_whom_another_computer_erased_meanwhile(
    database: Database, shop: Shop, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        tina = make.friend(session)
    kept_apart.watch(database, now)
    with database.write() as session:
        ledger.refuse(session, [shop.zelda, tina], "chat", now)
    of_this_computer = database.before_commit, database.after_commit
    database.before_commit = database.after_commit = None
    with database.write() as session:
        ledger.correct_refusal(session, tina, "a slip", now)
    erased(database, shop.zelda, now)
    database.before_commit, database.after_commit = of_this_computer
    with database.write() as session:
        session.get_one(ImportBatch, shop.batch).undone_at = now
    marketing = [line for line in kept_lines() if '"marketing"' in line]
    assert len([line for line in marketing if "refused" in line]) == 2
    [withdrawn] = [line for line in marketing if "withdrawn" in line]
    [of_tina] = [line for line in marketing if f'"friend":{tina},' in line]
    assert json.loads(withdrawn)["row"] == json.loads(of_tina)["row"]


def test_a_line_cut_off_by_a_crash_costs_no_other(database: Database, older: Older, make: Maker, now: datetime) -> None:
    with database.write() as session:
        tina, bo = make.friend(session), make.friend(session)
    kept_apart.watch(database, now)
    path = older()
    with database.write() as session:
        ledger.refuse(session, [tina], "chat", now)
    [file] = apart_folder().iterdir()
    with file.open("ab") as torn:
        torn.write(b'{"what":"refused","at":"20')
    with database.write() as session:
        ledger.refuse(session, [bo], "chat", now)

    with closing(open_shop(path)) as copy:
        kept_apart.watch(copy, now)
        assert (word(copy, tina), word(copy, bo)) == (Marketing.REFUSED, Marketing.REFUSED)


def test_where_nothing_can_be_kept_apart_the_refusal_holds_all_the_same(
    database: Database, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        tina = make.friend(session)
    kept_apart.watch(database, now)
    apart_folder().parent.mkdir(parents=True, exist_ok=True)
    apart_folder().write_text("a file where the folder should be")
    with database.write() as session:
        ledger.refuse(session, [tina], "chat", now)
    assert word(database, tina) is Marketing.REFUSED
    apart_folder().unlink()
    kept_apart.watch(database, now)
    assert len(kept_lines()) == 1


def test_an_erased_person_in_an_older_copy_is_erased_again(
    database: Database, shop: Shop, older: Older, now: datetime
) -> None:
    kept_apart.watch(database, now)
    path = older()
    erased(database, shop.zelda, now)

    with closing(open_shop(path)) as copy:
        told = kept_apart.watch(copy, now + timedelta(days=1))

        assert told == ["1 person in this copy was erased after it was made, and is erased again."]
        with copy.read() as session:
            assert session.get(Friend, shop.zelda) is None
            assert register.register(session).barring({register.KeyKind.EMAIL: WORDS["email"]})
        wipe(copy)
        assert kept_apart.watch(copy, now + timedelta(days=2)) == []
    whole = path.read_bytes()
    assert not [one for one in WORDS.values() for how in ("utf-8", "utf-16-le") if one.encode(how) in whole]


def test_who_was_taken_back_is_not_erased_again(database: Database, shop: Shop, older: Older, now: datetime) -> None:
    kept_apart.watch(database, now)
    path = older()
    gone = erased(database, shop.zelda, now)
    with database.write() as session:
        register.let_back(session, [gone.erasure], now)

    with closing(open_shop(path)) as copy:
        assert kept_apart.watch(copy, now + timedelta(days=1)) == []
        with copy.read() as session:
            assert session.get(Friend, shop.zelda) is not None


def test_whose_message_is_on_its_way_refuses_until_they_can_be_erased(
    database: Database, shop: Shop, older: Older, now: datetime
) -> None:
    with database.write() as session:
        chunk_of(session, shop.campaign).state = ChunkState.HANDED_OVER
    kept_apart.watch(database, now)
    path = older()
    with database.write() as session:
        chunk_of(session, shop.campaign).state = ChunkState.ACCEPTED
    erased(database, shop.zelda, now)

    with closing(open_shop(path)) as copy:
        [told] = kept_apart.watch(copy, now)
        assert "A message to them is on its way" in told
        assert word(copy, shop.zelda) is Marketing.REFUSED
        with copy.write() as session:
            chunk_of(session, shop.campaign).state = ChunkState.ACCEPTED
        [told] = kept_apart.watch(copy, now)
        assert "is erased again" in told
        with copy.read() as session:
            assert session.get(Friend, shop.zelda) is None
            assert session.scalars(select(Erasure.at)).all()


def test_a_shop_without_refusals_keeps_no_file(database: Database, now: datetime) -> None:
    assert kept_apart.watch(database, now) == []
    assert not apart_folder().exists()


def test_a_ledger_whose_lines_were_taken_out_gets_the_refusal_back(
    database: Database, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        tina = make.friend(session)
    kept_apart.watch(database, now)
    with database.write() as session:
        ledger.refuse(session, [tina], "chat", now)
    database.after_commit = None
    with database.write() as session:
        session.execute(delete(ConsentEntry).where(ConsentEntry.kind == ConsentKind.REFUSED))
        session.get_one(Friend, tina).marketing = Marketing.ALLOWED
    kept_apart.watch(database, now)
    assert word(database, tina) is Marketing.REFUSED


def test_a_friend_taken_out_and_added_again_still_refuses(database: Database, make: Maker, now: datetime) -> None:
    kept_apart.watch(database, now)
    with database.write() as session:
        tina = make.friend(session, line_user_id="Utina")
        ledger.refuse(session, [tina], "chat", now)
    with database.write() as session:
        editing.take_back(session, tina, now)
    with database.write() as session:
        again = make.friend(session, line_user_id="Utina", created_at=now + timedelta(days=1))
    assert word(database, again) is Marketing.REFUSED
