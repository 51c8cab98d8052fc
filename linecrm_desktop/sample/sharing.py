"""Who of the 398 warm friends could be shared for ads: without 12 who refused, 57 untold, 26 sensitive, 9 with no ID.

Friends change answers and a tag with others, so that every sum of the shop stays as it is. No chance is drawn.
"""

from collections.abc import Iterator

from linecrm_desktop.sample.people import CORE_WARM, Cell, Fate, Person, of

UNTOLD, SENSITIVE, FORGOTTEN = 57, 26, 9
TAG = "Sensitive skin"


def arrange(people: list[Person]) -> None:
    """Bring the numbers about."""
    warm = [person for person in of(people, *CORE_WARM) if person.fate is not Fate.REFUSED]
    others = [
        person
        for person in people
        if person.cell not in (*CORE_WARM, Cell.SERUM) and person.fate is not Fate.REFUSED and person.known is None
    ]
    _tell(warm, others)
    told = [person for person in warm if person.informed]
    _mark(told, others)
    blocked = (person for person in told if person.fate is Fate.BLOCKED and TAG not in person.tags)
    for person, _seat in zip(blocked, range(FORGOTTEN), strict=False):
        person.has_line = False


def _tell(warm: list[Person], others: list[Person]) -> None:
    untold = [person for person in warm if not person.informed]
    told: dict[str, Iterator[Person]] = {
        source: iter([one for one in others if one.informed and one.source == source])
        for source in {person.source for person in untold}
    }
    left = len(untold) - UNTOLD
    for person in untold:
        other = next(told[person.source], None) if left > 0 else None
        if other is not None:
            left -= 1
            answers = person.informed, person.can_opt_out, person.allows
            person.informed, person.can_opt_out, person.allows = other.informed, other.can_opt_out, other.allows
            other.informed, other.can_opt_out, other.allows = answers


def _mark(told: list[Person], others: list[Person]) -> None:
    carriers = [person for person in told if TAG in person.tags]
    may = [person for person in told if TAG not in person.tags and person.joined > 30]
    givers = [person for person in others if person.tags.get(TAG, 0) > 30]
    for person, giver, _seat in zip(may, givers, range(SENSITIVE - len(carriers)), strict=False):
        person.tags[TAG] = min(giver.tags.pop(TAG), person.joined)
