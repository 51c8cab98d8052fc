"""The variants of a send: who gets which, under which name LINE counts each, and the bubbles of one.

Groups are drawn as hold-outs are: by a hash of the LINE id and the salt that the send keeps, so that they are the same
after everybody was imported anew, and on another computer.
"""

from collections.abc import Sequence
from typing import Any

from linecrm_desktop.campaigns.audience import Person, draw
from linecrm_desktop.models.campaign import Campaign

LETTERS = "abc"
UNIT_MAX = 30


def groups(people: Sequence[Person], salt: str, count: int) -> list[list[Person]]:
    """Part people into as many groups as there are variants, each in the order given.

    Sizes differ by one at most. Groups are stretches of one order of draws: somebody who comes or goes moves at most
    one other at each border.
    """
    if count == 1:
        return [list(people)]
    drawn = sorted(people, key=lambda person: draw(salt, person.line_user_id))
    borders = _borders(len(drawn), count)
    variant_of = {
        person.id: variant for variant in range(count) for person in drawn[borders[variant] : borders[variant + 1]]
    }
    return [[person for person in people if variant_of[person.id] == variant] for variant in range(count)]


def sizes(people: int, count: int) -> list[int]:
    """Return how many people each of so many variants goes to, as `groups` parts them."""
    borders = _borders(people, count)
    return [borders[variant + 1] - borders[variant] for variant in range(count)]


def _borders(people: int, count: int) -> list[int]:
    return [people * place // count for place in range(count + 1)]


def salt(shop_key: str, message_id: int) -> str:
    """Return what the groups of a message are drawn with."""
    return f"{shop_key}/{message_id}"


def unit(campaign: Campaign, variant: int) -> str:
    """Return the name under which LINE counts a variant; a send of one variant has the campaign's own."""
    if not campaign.others:
        return campaign.unit
    letter = f"_{LETTERS[variant]}"
    return campaign.unit[: UNIT_MAX - len(letter)] + letter


def bubbles(campaign: Campaign, variant: int) -> list[dict[str, Any]]:
    """Return the frozen bubbles of a variant."""
    return [campaign.bubbles, *campaign.others][variant]
