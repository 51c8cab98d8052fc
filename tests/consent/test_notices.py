from dataclasses import replace
from datetime import timedelta

import pytest

from linecrm_desktop.consent import ledger, notices
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.consent.notices import NoticeDraft
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.consent import Use
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.store.database import Database
from tests.maker import Maker

DRAFT = NoticeDraft("en", "We keep your name.", "Reply STOP.", frozenset({Use.SERVICE}))


def test_there_is_a_draft_in_each_language_that_names_the_shop_and_every_use() -> None:
    drafts = notices.drafts("Mei’s shop")
    assert set(drafts) == set(notices.LANGUAGES)
    for language, draft in drafts.items():
        assert draft.language == language
        assert "Mei’s shop" in draft.text
        assert "{" not in draft.text + draft.opt_out
        assert draft.uses == frozenset(Use)
        assert all(f"\n{n}." in draft.text for n in range(1, 5))


def test_a_version_can_be_had_in_several_languages(database: Database, make: Maker) -> None:
    with database.write() as session:
        first = notices.add(session, DRAFT, make.now, make.now)
        second = notices.add(session, replace(DRAFT, language="ja"), make.now, make.now, version=first.version)
        third = notices.add(session, DRAFT, make.now + timedelta(days=1), make.now)
        assert [(row.version, row.language) for row in notices.all_notices(session)] == [
            (2, "en"),
            (1, "ja"),
            (1, "en"),
        ]
        assert notices.find(session, 1, "ja") == second
        assert notices.current(session, "en", make.now) == first
        assert notices.current(session, "en", make.now + timedelta(days=2)) == third
        assert notices.current(session, "th", make.now) is None
        with pytest.raises(ShopError):
            notices.add(session, DRAFT, make.now, make.now, version=1)


def test_a_version_that_was_told_to_somebody_stays_as_it_is(database: Database, make: Maker) -> None:
    with database.write() as session:
        row = notices.add(session, DRAFT, make.now, make.now)
        assert notices.change(session, row.id, replace(DRAFT, text="Better."), make.now).text == "Better."
        told = Origin("stall", "", Answer.YES, notice_id=row.id)
        ledger.record_collected(session, [make.friend(session)], told, make.now)
        with pytest.raises(ShopError):
            notices.change(session, row.id, DRAFT, make.now)
        with pytest.raises(ShopError):
            notices.remove(session, row.id)
        assert (notices.notice(session, row.id).text, notices.notice(session, row.id).told) == ("Better.", 1)


def test_a_version_that_nobody_was_told_can_be_removed(database: Database, make: Maker) -> None:
    with database.write() as session:
        notices.remove(session, notices.add(session, DRAFT, make.now, make.now).id)
        assert notices.all_notices(session) == []


@pytest.mark.parametrize(
    "wrong",
    [
        replace(DRAFT, text=" "),
        replace(DRAFT, opt_out=""),
        replace(DRAFT, language="de"),
        replace(DRAFT, uses=frozenset()),
    ],
)
def test_a_notice_that_lacks_something_is_not_kept(database: Database, make: Maker, wrong: NoticeDraft) -> None:
    with database.write() as session, pytest.raises(ShopError):
        notices.add(session, wrong, make.now, make.now)
