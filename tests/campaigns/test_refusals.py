"""In any shop, at any moment: who refused or blocked before a request is handed over is never in it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linecrm_desktop.jobs import Task
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.campaign import CampaignState, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.shop import Shop
from tests.campaigns.shopkeeper import Shopkeeper

PEOPLE = st.lists(
    st.tuples(st.sampled_from(Marketing), st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=12
)
"""Marketing, has blocked, has a LINE id, has a LINE id that LINE does not know."""
CHANGES = st.lists(st.tuples(st.integers(0, 11), st.booleans()), max_size=4)
"""Who changes their mind while the message is being sent, and whether by refusing or by blocking."""
SAFE = st.lists(st.sampled_from([Fault.BUSY]), max_size=3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=PEOPLE,
    changes=CHANGES,
    faults=SAFE,
    chunk=st.integers(1, 4),
    personal=st.booleans(),
    keep_back=st.sampled_from([0, 20]),
)
def test_nobody_who_refused_or_blocked_is_in_a_request(
    shop: Shopkeeper,
    server: PracticeServer,
    people: list[tuple[Marketing, bool, bool, bool]],
    changes: list[tuple[int, bool]],
    faults: list[Fault],
    chunk: int,
    personal: bool,
    keep_back: int,
) -> None:
    world = server.world
    for memory in (world.faults, world.heard, world.delivered):
        memory.clear()
    friends = fresh_people(shop, people)
    message = shop.message("Hi {name|there}" if personal else "Hi", keep_back=keep_back)
    report = shop.look(message)
    if report.recipients == 0:
        return
    campaign = shop.freeze(message, chunk=chunk)
    world.faults.extend(faults)
    left = list(changes)
    barred: list[tuple[int, str]] = []

    def change(_done: int, _total: int, _what: str) -> None:
        if left:
            who, refuses = left.pop()
            barred.append((len(world.heard), bar(shop, friends[who % len(friends)], refuses=refuses)))

    line = SdkLine(server.host, PRACTICE_TOKEN)
    assert shop.send(campaign, line, Task(change)).state is CampaignState.DONE
    line.close()
    standing = shop.standing(campaign)
    assert standing.accepted == sum(world.copies.values()) == len(world.copies)
    assert report.reach.match == (standing.accepted + standing.refused + standing.kept_back + standing.left_out)
    known = zip(ids_of(shop, friends), people, strict=True)
    never = {who for who, (marketing, blocked, *_rest) in known if blocked or marketing is Marketing.REFUSED}
    for place, heard in enumerate(world.heard):
        assert never.isdisjoint(heard.to)
        assert {who for since, who in barred if since <= place}.isdisjoint(heard.to)
    kept = [friend for friend, (state, _why) in shop.states(campaign).items() if state is DeliveryState.KEPT_BACK]
    assert set(ids_of(shop, kept)).isdisjoint(world.copies)


def fresh_people(shop: Shopkeeper, people: list[tuple[Marketing, bool, bool, bool]]) -> list[int]:
    """Make this example's friends the only ones of the segment."""
    with shop.database.write() as session:
        session.get_one(Shop, 1).cap_messages = 0
        for friend in session.query(Friend):
            session.delete(friend)
    found: list[int] = []
    for marketing, blocked, has_id, is_unknown in people:
        columns = {} if has_id else {"line_user_id": None}
        if has_id and is_unknown:
            columns = {"line_user_id": f"bad-{len(found)}"}
        found += shop.friends(1, marketing=marketing, is_blocked=blocked, **columns)
    return found


def bar(shop: Shopkeeper, friend: int, *, refuses: bool) -> str:
    with shop.database.write() as session:
        row = session.get_one(Friend, friend)
        if refuses:
            row.marketing = Marketing.REFUSED
        else:
            row.is_blocked = True
        return row.line_user_id or ""


def ids_of(shop: Shopkeeper, friends: list[int]) -> list[str]:
    with shop.database.read() as session:
        return [session.get_one(Friend, friend).line_user_id or "" for friend in friends]
