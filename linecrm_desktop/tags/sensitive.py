"""Words that say something about health, religion, politics or debt: data that a shop should not keep without need."""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from linecrm_desktop.resources import resource
from linecrm_desktop.text import N_, _

_TOPICS = {
    "health": N_("health"),
    "religion": N_("religion"),
    "politics": N_("politics"),
    "debt": N_("debt"),
}


def topic(text: str) -> str | None:
    """Return what a text is about that is sensitive, as a code; None for all else."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return next((code for code, words in _patterns().items() if words.search(folded)), None)


def topic_of_column(name: str, values: Iterable[str]) -> str | None:
    """Return what a column is about, by its name or by a third of its different values."""
    told = [topic(value) for value in set(values) if value.strip()]
    found = [code for code in told if code]
    return topic(name) or (max(set(found), key=found.count) if found and 3 * len(found) >= len(told) else None)


def topic_name(code: str) -> str:
    """Return a topic in the person's language."""
    return _(_TOPICS[code])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words: dict[str, list[str]] = json.loads(resource("sensitive.json").read_text(encoding="utf-8"))
    return {code: re.compile("|".join(map(_pattern, listed))) for code, listed in words.items()}


def _pattern(word: str) -> str:
    """Return what finds a word: a Latin one whole, the others anywhere, since they have no blanks around them."""
    folded = re.escape(unicodedata.normalize("NFKC", word).casefold())
    return rf"\b{folded}\b" if word.isascii() else folded
