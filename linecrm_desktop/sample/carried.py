"""Which made-up friend carries which tag, since when, and what each was asked about consent."""

from collections.abc import Iterable
from random import Random

from linecrm_desktop.sample.goods import HOME
from linecrm_desktop.sample.people import (
    CORE_NEW,
    CORE_WARM,
    NEVER_ORDERED,
    RIPE,
    SERUM_BUYERS,
    Cell,
    Fate,
    Person,
    of,
    pick,
)
from linecrm_desktop.sample.sends import Sends
from linecrm_desktop.sample.tag_table import TAGS

SOURCES = {
    "Instagram ads": 1104,
    "Store QR code": 962,
    "Package card": 611,
    "Website": 548,
    "Referral": 217,
    "Livestream": 133,
    "松菸市集": 72,
}
"""The one source that a friend truly came from; the other source tags repeat one of these."""
_LOOK_ALIKES = {"IG廣告": ("Instagram ads", 96), "門市QR": ("Store QR code", 58), "好友推薦": ("Referral", 74)}
_NEWEST = {tag.name: tag.newest for tag in TAGS}


def invent(rng: Random, people: list[Person], sends: Sends, often: list[Person]) -> None:
    """Give tags to everybody. Those that segments ask for come first, the others anywhere."""
    for person in people:
        if person.known:
            _give(rng, [person], *person.known.tags)
    serum = _interests(rng, people, often)
    _market(rng, people, serum)
    _sources(rng, people)
    _stages(rng, people, sends, often)
    _linen(rng, people, sends)
    for tag in TAGS:
        if tag.count:
            may = [one for one in (of(people, *tag.among) if tag.among else people) if one.joined > tag.newest]
            _give(rng, rng.sample(may, tag.count), tag.name)
    _touch_newest(people)


def _give(rng: Random, people: Iterable[Person], *names: str) -> None:
    for person in people:
        for name in names:
            newest = min(_NEWEST[name], person.joined)
            person.tags[name] = rng.randint(newest, min(person.joined, newest + 120))


def _interests(rng: Random, people: list[Person], often: list[Person]) -> list[Person]:
    """Anti-ageing 1,386 with all its serum buyers; Serum 1,204, 655 of whom click often; 精華液 388, 353 with both."""
    buyers = of(people, *SERUM_BUYERS)
    others = [*of(people, *NEVER_ORDERED), *of(people, Cell.LAPSED)]
    _give(rng, [*buyers, *rng.sample(others, 468)], "Anti-ageing")
    warm = of(people, *CORE_WARM)
    reached = pick(rng, warm, 259, lambda one: one.fate is Fate.REACHED)
    serum = [*often, *reached, *[one for one in warm if one.fate is not Fate.REACHED]]
    have = {person.place for person in serum}
    known = [person for person in buyers if person.known and person.place not in have]
    have |= {person.place for person in known}
    serum += [*known, *pick(rng, buyers, 549 - len(known), lambda one: one.place not in have)]
    have = {person.place for person in serum}
    _give(rng, serum, "Serum")
    _give(rng, rng.sample(serum, 353), "精華液")
    _give(rng, pick(rng, people, 35, lambda one: one.place not in have and one.joined > 9), "精華液")
    _give(rng, [*often, *warm], "Clicks often")
    return serum


def _market(rng: Random, people: list[Person], serum: list[Person]) -> None:
    """Of the 72 friends of the market, 17 are VIP and interested in serum; 14 of them can be reached."""
    may = [person for person in of(serum, *SERUM_BUYERS) if person.known is None and person.joined > 39]
    both = [
        *pick(rng, may, 14, lambda one: one.fate is Fate.REACHED),
        *pick(rng, may, 3, lambda one: one.fate is not Fate.REACHED),
    ]
    have = {person.place for person in serum}
    rest = pick(rng, people, 55, lambda one: one.place not in have and one.joined > 39)
    for person in (*both, *rest):
        person.source = "松菸市集"
    _give(rng, both, "VIP")
    taken = {person.place for person in (*both, *rest)}
    buyers = [person for person in people if person.orders and person.place not in taken]
    _give(rng, pick(rng, buyers, 240 - 17 - 2, lambda one: one.known is None), "VIP")


def _sources(rng: Random, people: list[Person]) -> None:
    """Give everybody the source they came from, or none, and some a second spelling of it."""
    for person in people:
        if person.known:
            person.source = person.known.source
    never = [person for person in of(people, *NEVER_ORDERED) if not person.source]
    dressed = [
        *pick(rng, never, 214, lambda one: one.fate is Fate.REACHED),
        *pick(rng, never, 54, lambda one: one.fate is not Fate.REACHED),
    ]
    for person in dressed:
        person.source = "Instagram ads"
    bare = [person for person in people if not person.source]
    ripe = [person for person in bare if person.cell is Cell.SERUM]
    others = [person for person in bare if person.cell is not Cell.SERUM]
    nowhere = [*rng.sample(ripe, 40), *rng.sample(others, 1215 - 40)]
    none = {person.place for person in nowhere}
    have = [person.source for person in people if person.source]
    left = [name for name, count in SOURCES.items() for _seat in range(count - have.count(name))]
    rng.shuffle(left)
    for person, name in zip((one for one in bare if one.place not in none), left, strict=True):
        person.source = name
    _give(rng, dressed, "Dresses")
    _give(rng, rng.sample([person for person in people if person.orders], 741 - 268), "Dresses")
    sourced = [person for person in people if person.source]
    _give(rng, pick(rng, sourced, 640, lambda one: one.joined > 41), "FB")
    for name, (source, count) in _LOOK_ALIKES.items():
        mine = pick(rng, sourced, count, lambda one, wanted=source: one.source == wanted and one.joined > 131)
        _give(rng, mine, name)
    for person in sourced:
        person.tags[person.source] = person.joined


def _stages(rng: Random, people: list[Person], sends: Sends, often: list[Person]) -> None:
    for person in people:
        counted = [order for order in person.orders if order.status == "已完成"]
        if person.cell in CORE_NEW:
            person.tags["New friend"] = person.joined
        elif len(counted) == 1:
            person.tags["First purchase"] = counted[0].day
        elif counted:
            person.tags["Repeat buyer"] = sorted(order.day for order in counted)[-2]
    early = sends.early
    season = [*early.accepted, *early.kept, *early.left_out]
    _give(rng, season, "Active this season")
    for person in sends.late:
        person.tags["Active this season"] = 1
    inside = {person.place for person in (*season, *sends.late)}
    waiting = [one for one in people if one.place not in inside and "Waits for discount" not in one.tags]
    drawn = rng.sample(waiting, 517 - 1)
    _give(rng, drawn, "Waits for discount")
    _give(rng, drawn[:300], "Active this season")
    returns = of(people, Cell.RETURNS)
    _give(rng, returns, "Often returns")
    _give(
        rng,
        pick(rng, people, 96 - len(returns), lambda one: one.cell not in RIPE and bool(one.orders)),
        "Often returns",
    )
    _give(rng, pick(rng, people, 130, lambda one: one.known is None), "Free-shipping close")


def _linen(rng: Random, people: list[Person], sends: Sends) -> None:
    """611 love linen: 540 the clothes, 140 the house, 69 both."""
    lovers = [*sends.linen.accepted, *sends.linen.kept, *sends.linen.left_out]
    rng.shuffle(lovers)
    _give(rng, lovers[:540], "Linen")
    _give(rng, lovers[471:], HOME)


def _touch_newest(people: list[Person]) -> None:
    """Let one friend have got each tag on the very day that it was last used."""
    for tag in TAGS:
        carriers = [person for person in people if tag.name in person.tags and person.joined >= tag.newest]
        if carriers and all(person.tags[tag.name] > tag.newest for person in carriers):
            carriers[-1].tags[tag.name] = tag.newest
