"""What the made-up friends were told and asked: the three questions of consent, in sums that add up by source."""

from random import Random

from linecrm_desktop.sample.people import Cell, Fate, Person, pick
from linecrm_desktop.text import N_

_INFORMED = {
    "Instagram ads": 817,
    "Store QR code": 837,
    "Package card": 562,
    "Website": 510,
    "Referral": 154,
    "Livestream": 88,
    "松菸市集": 47,
    "": 194,
}
_NO_WAY_OUT = {
    "Instagram ads": (8, 14),
    "Store QR code": (4, 6),
    "Package card": (2, 4),
    "Website": (4, 7),
    "Referral": (5, 8),
    "Livestream": (3, 6),
    "松菸市集": (2, 3),
    "": (0, 381),
}
"""Friends who cannot opt out: informed ones, and ones who were not."""
_RIPE_UNINFORMED = 41
THROUGH = {
    "Instagram ads": N_("Instagram form"),
    "Store QR code": N_("QR code at the counter"),
    "Package card": N_("Card in the package"),
    "Website": N_("Checkout of the website"),
    "Referral": N_("A friend's link"),
    "Livestream": N_("Livestream, written by hand"),
    "松菸市集": N_("Market stall, written by hand"),
}
"""The first answer, by source."""


def invent(rng: Random, people: list[Person]) -> None:
    """Answer the questions. Almost all ripe serum buyers were informed, so that the sample message can be sent."""
    ripe = [person for person in people if person.cell is Cell.SERUM and person.fate is Fate.REACHED]
    known = [person for person in ripe if person.known and person.known.answers < 3]
    untold = [*known, *pick(rng, ripe, _RIPE_UNINFORMED - len(known), lambda one: one.known is None)]
    never = {person.place for person in untold}
    first = {person.place for person in ripe} - never
    first |= {person.place for person in people if person.known} - never
    for source, count in _INFORMED.items():
        mine = [person for person in people if person.source == source]
        rng.shuffle(mine)
        mine.sort(key=lambda person: (person.place in never) - (person.place in first))
        for person in mine[:count]:
            person.informed = True
        told, rest = _NO_WAY_OUT[source]
        for informed, stuck in ((True, told), (False, rest)):
            may = [one for one in mine if one.informed is informed and one.cell is not Cell.SERUM]
            for person in rng.sample(may, stuck):
                person.can_opt_out = False
    for person in people:
        person.allows = person.fate is not Fate.REFUSED and person.can_opt_out and rng.random() < 0.8
