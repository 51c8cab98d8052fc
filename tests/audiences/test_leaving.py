"""Who leaves is one answer for the builder, the checks and the lists; the lists are what LINE Ads takes."""

import hashlib
import random

from sqlalchemy.orm import Session

from linecrm_desktop.audiences.checks import Check, Offer, Tone, Wish, offer
from linecrm_desktop.audiences.contents import contents, hashed
from linecrm_desktop.audiences.leaving import Identifier, Person, Stays, leaving
from linecrm_desktop.audiences.share import share
from linecrm_desktop.consent import ledger
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.share import Way
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.rules import AllOf, HasTag, Rule
from linecrm_desktop.settings.limits import LIMITS, Limits
from linecrm_desktop.store.database import Database
from tests.audiences.conftest import FEW, RULE
from tests.maker import Maker

PURPOSE = "Find people who like serums"
ALL = frozenset(Identifier)


def _offer(session: Session, day: ShopDay, rule: Rule = RULE, limits: Limits = FEW, **wished: object) -> Offer:
    return offer(session, Wish(rule, **({"way": Way.ADS, "purpose": PURPOSE} | wished)), day, limits)  # type: ignore[arg-type]


def _check(found: Offer, key: str) -> Check:
    return next(check for check in found.checks if check.key == key)


def test_the_builder_and_the_list_count_the_same_friends(database: Database, make: Maker, day: ShopDay) -> None:
    chance = random.Random(7)
    with database.write() as session:
        tag, skin = make.tag(session, "Serum", TagType.INTEREST), make.tag(session, "Skin", is_sensitive=True)
        for _n in range(120):
            friend = make.friend(
                session,
                marketing=chance.choice(list(Marketing)),
                informed=chance.choice([Answer.YES, Answer.YES, Answer.NO, Answer.UNKNOWN]),
                **({} if chance.random() < 0.8 else {"line_user_id": None}),
            )
            make.give(session, tag, friend)
            if chance.random() < 0.3:
                make.give(session, skin, friend)
    with database.read() as session:
        found = leaving(session, RULE, day, {Identifier.LINE_ID})
        counted = share(session, Counting(session, day), RULE, LIMITS)
    stays = [found.stays[why] for why in Stays]
    assert stays == [counted.refused, counted.uninformed, counted.sensitive, counted.no_line_id]
    assert (len(found.people), found.match) == (counted.shared, 120)
    assert all(stays)


def test_one_id_of_a_wrong_form_stays_here_and_the_others_leave(
    database: Database, make: Maker, fans: list[int], day: ShopDay
) -> None:
    with database.write() as session:
        make.give(session, 1, make.friend(session, informed=Answer.YES, line_user_id="U123"))
    with database.read() as session:
        found = leaving(session, RULE, day, {Identifier.LINE_ID})
    assert (found.stays[Stays.NO_IDENTIFIER], len(found.people)) == (1, 6)


def test_phones_and_emails_leave_as_lower_case_sha256_sorted_and_once() -> None:
    people = [
        Person(1, phone="+818000001234", email="mei@example.tw"),
        Person(2, phone="+818000001234"),
        Person(3, email="a@example.tw"),
    ]
    phones, emails = contents(people, [Identifier.EMAIL, Identifier.PHONE])
    # The example of LINE's technical specifications for notification messages.
    assert phones.lines == ("d41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c",)
    assert emails.lines == tuple(sorted(hashed(address) for address in ("mei@example.tw", "a@example.tw")))
    assert emails.data == "".join(f"{line}\n" for line in emails.lines).encode()
    assert emails.sha256 == hashlib.sha256(emails.data).hexdigest()


def test_five_checks_pass_and_say_what_they_found(database: Database, fans: list[int], day: ShopDay) -> None:
    with database.read() as session:
        found = _offer(session, day, identifiers=ALL)
    assert [check.key for check in found.checks] == ["large", "purpose", "refused", "sensitive", "narrow"]
    assert {check.tone for check in found.checks} == {Tone.PASSED}
    assert dict(found.lines) == dict.fromkeys(Identifier, 6)


def test_a_list_below_the_limit_is_not_shared_and_the_smallest_identifier_decides(
    database: Database, make: Maker, fans: list[int], day: ShopDay
) -> None:
    with database.write() as session:
        make.give(session, 1, make.friend(session, informed=Answer.YES))
    limits = Limits(share=7, share_tag=2)
    with database.read() as session:
        assert _offer(session, day, limits=limits).blocking == []
        found = _check(_offer(session, day, limits=limits, identifiers=ALL), "large")
        alone = _check(_offer(session, day, limits=LIMITS), "large")
    assert found.tone is Tone.BLOCKED
    assert found.sentence.startswith("6 people; needs 7. The smallest of the lists decides.")
    assert alone.sentence == "7 people; needs 100. Widen the segment or do not share it."


def test_nothing_leaves_without_a_purpose_or_without_a_receiver(
    database: Database, fans: list[int], day: ShopDay
) -> None:
    with database.read() as session:
        assert _check(_offer(session, day, purpose="ads"), "purpose").tone is Tone.BLOCKED
        assert _check(_offer(session, day, way=Way.CSV), "purpose").tone is Tone.BLOCKED
        assert _check(_offer(session, day, way=Way.CSV, to_whom="A shop tool"), "purpose").tone is Tone.PASSED


def test_carriers_of_a_sensitive_tag_are_taken_out_and_a_segment_built_from_one_is_not_shared(
    database: Database, make: Maker, fans: list[int], day: ShopDay
) -> None:
    with database.write() as session:
        skin = make.tag(session, "Sensitive skin", is_sensitive=True)
        for friend in fans[:2]:
            make.give(session, skin, friend)
    with database.read() as session:
        found = _offer(session, day)
        built = _offer(session, day, AllOf((HasTag((skin,)),)))
    assert (_check(found, "sensitive").tone, found.people) == (Tone.HANDLED, 4)
    assert "“Sensitive skin”" in _check(found, "sensitive").sentence
    assert _check(built, "sensitive").tone is Tone.BLOCKED


def test_who_refuses_is_taken_out_at_once(database: Database, make: Maker, fans: list[int], day: ShopDay) -> None:
    with database.write() as session:
        ledger.refuse(session, fans[:1], "chat", make.now)
    with database.read() as session:
        found = _offer(session, day)
    assert fans[0] not in {person.id for person in found.leaving.people}
    assert _check(found, "refused").sentence == "1 friend who refused was taken out."
