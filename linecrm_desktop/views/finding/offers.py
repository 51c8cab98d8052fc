"""What can be found, and which of it comes first: no Qt, no database."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from linecrm_desktop.text import N_
from linecrm_desktop.views.desk import Page, Place

MOST = 40
"""So many are shown; who needs more types another letter."""


class Kind(IntEnum):
    """What an offer is, in the order in which equally good ones stand."""

    PAGE = 0
    COMMAND = 1
    SETTING = 2
    SEGMENT = 3
    TAG = 4
    MESSAGE = 5
    PATH = 6
    FRIEND = 7


KIND_NAMES = {
    Kind.PAGE: N_("Page"),
    Kind.COMMAND: N_("Command"),
    Kind.SETTING: N_("Setting"),
    Kind.SEGMENT: N_("Segment"),
    Kind.TAG: N_("Tag"),
    Kind.MESSAGE: N_("Message"),
    Kind.PATH: N_("Path"),
    Kind.FRIEND: N_("Friend"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to go to: a place, or an action of the menus by its name."""

    kind: Kind
    name: str
    target: Place | str
    key: str = field(default="", compare=False)
    """The shortcut that does the same."""


PARTS = (
    (N_("Reachable friends"), Kind.PAGE, Place(Page.FRIENDS, part="reachable")),
    (N_("Where friends come from"), Kind.PAGE, Place(Page.SOURCES, part="coverage")),
    (N_("Tag review"), Kind.PAGE, Place(Page.RESULTS, part="review")),
    (N_("Over time"), Kind.PAGE, Place(Page.RESULTS, part="months")),
    (N_("Coverage"), Kind.PAGE, Place(Page.CONSENT, part="coverage")),
    (N_("Requests"), Kind.PAGE, Place(Page.CONSENT, part="requests")),
    (N_("Share an audience"), Kind.PAGE, Place(Page.CONSENT, part="share")),
    (N_("Ledger"), Kind.PAGE, Place(Page.CONSENT, part="ledger")),
    (N_("Who looked"), Kind.PAGE, Place(Page.CONSENT, part="looked")),
    (N_("LINE channels"), Kind.SETTING, Place(Page.SETTINGS, part="line")),
    (N_("Plan and prices"), Kind.SETTING, Place(Page.SETTINGS, part="plan")),
    (N_("Extra messages"), Kind.SETTING, Place(Page.SETTINGS, part="budget")),
    (N_("Quiet hours and caps"), Kind.SETTING, Place(Page.SETTINGS, part="quiet")),
    (N_("Frequency cap"), Kind.SETTING, Place(Page.SETTINGS, part="cap")),
    (N_("Who works here"), Kind.SETTING, Place(Page.SETTINGS, part="people")),
    (N_("People and testers"), Kind.SETTING, Place(Page.SETTINGS, part="testers")),
    (N_("Consent and notices"), Kind.SETTING, Place(Page.SETTINGS, part="notices")),
    (N_("Requests about data"), Kind.SETTING, Place(Page.SETTINGS, part="requests")),
    (N_("Sizes and limits"), Kind.SETTING, Place(Page.SETTINGS, part="sizes")),
    (N_("Backup and encryption"), Kind.SETTING, Place(Page.SETTINGS, part="safety")),
    (N_("Language and formats"), Kind.SETTING, Place(Page.SETTINGS, part="language")),
    (N_("Appearance"), Kind.SETTING, Place(Page.SETTINGS, part="look")),
    (N_("Shortcuts"), Kind.SETTING, Place(Page.SETTINGS, part="keys")),
    (N_("About"), Kind.SETTING, Place(Page.SETTINGS, part="about")),
)
"""Parts of pages that no menu names."""


def plain(text: str) -> str:
    """Return a text as it is compared: no matter how wide or large its letters are."""
    return unicodedata.normalize("NFKC", text).casefold()


def rank(words: str, name: str) -> int | None:
    """Say how well a name fits what was typed: 0 is best; None when one of the words is nowhere in it.

    A name that is the words comes before one that begins with them, then one with a word that does, then any other.
    """
    wanted, at = plain(words).strip(), plain(name)
    if not all(word in at for word in wanted.split()):
        return None
    if at == wanted:
        return 0
    if at.startswith(wanted):
        return 1
    return 2 if any(part.startswith(wanted) for part in at.split()) else 3


def found(words: str, offers: Iterable[Offer], recent: Sequence[Offer]) -> list[Offer]:
    """Return what fits, best first; of equally good ones those chosen lately come first.

    With nothing typed: what was chosen lately, then pages and commands.
    """
    if not words.strip():
        others = [one for one in offers if one.kind <= Kind.COMMAND and one not in recent]
        return [*recent, *sorted(others, key=lambda one: one.kind)][:MOST]
    lately = {one: place for place, one in enumerate(recent)}
    fitting = [(fit, one) for one in offers if (fit := rank(words, one.name)) is not None]
    fitting.sort(key=lambda pair: (pair[0], lately.get(pair[1], len(recent)), pair[1].kind, pair[1].name))
    return [one for _fit, one in fitting][:MOST]
