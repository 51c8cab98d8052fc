"""The whole made-up world of the sample shop: the same on every computer, moving along with the day it is seen on."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from linecrm_desktop.sample import answers, buying, carried, doing, names, people, sends, sharing
from linecrm_desktop.sample.people import Person
from linecrm_desktop.sample.sends import Sends

SEED = 20261112
_TINAS_NUMBER = 20418
_TINAS_PHONE = "0912-345-678"


@dataclass(frozen=True, slots=True)
class World:
    """All friends in the order of the shop system's file, and who got which send. Days are counted back from today."""

    people: tuple[Person, ...]
    sends: Sends


@lru_cache(maxsize=1)
def world() -> World:
    """Return the world; nobody may change it."""
    rng = Random(SEED)
    everybody = people.everybody(rng)
    drawn = sends.draw(rng, everybody)
    buying.invent(rng, everybody, drawn)
    often = doing.invent(rng, everybody)
    carried.invent(rng, everybody, drawn, often)
    answers.invent(rng, everybody)
    sharing.arrange(everybody)
    return World(tuple(_identify(rng, everybody)), drawn)


def _identify(rng: Random, everybody: list[Person]) -> list[Person]:
    """Give names and keys, and number the members in the order in which they joined."""
    ordered = sorted(everybody, key=lambda person: (-person.joined, person.place))
    tina = next(place for place, person in enumerate(ordered) if person.known is people.KNOWN[0])
    for place, (person, phone) in enumerate(zip(ordered, names.phones(rng, len(ordered), _TINAS_PHONE), strict=True)):
        person.member = f"M-{_TINAS_NUMBER + place - tina}"
        person.line_id = names.line_id(rng)
        name, nick = names.person(rng)
        person.name = person.known.name if person.known else name
        person.phone = _TINAS_PHONE if place == tina else phone
        person.email = "tina@example.tw" if place == tina else f"{nick}{person.member[2:]}@example.tw"
    return ordered
