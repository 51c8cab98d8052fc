"""Checks of what a tag's name says: who looks after it, its length, its prefix, and what it must not tell."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check, Finding, Proposal
from linecrm_desktop.audit.names import parted, read
from linecrm_desktop.audit.vocabulary import listed
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.sensitive import topic

_FEWEST_NAMES = 10
"""In fewer tags nothing is a habit."""
_JOINED = re.compile(r"\s*[/／&＆+＋、]\s*|(?<=\S)[與和及](?=\S)|\s+and\s+|\s+และ\s*", re.IGNORECASE)
_PERSONAL = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    "line_id": re.compile(r"(?<![0-9A-Za-z])U[0-9a-f]{32}(?![0-9A-Za-z])"),
    "national_id": re.compile(
        r"(?<![0-9A-Za-z])[A-Z][1289]\d{8}(?!\d)"  # Taiwan: a letter, 1 or 2 (8 or 9 for residents), eight digits
        r"|(?<![\d-])\d[ -]?\d{4}[ -]?\d{5}[ -]?\d{2}[ -]?\d(?![\d-])"  # Thailand: 1 2345 67890 12 3
        r"|(?<![\d-])\d{4}[ -]?\d{4}[ -]?\d{4}(?![\d-])"  # Japan: twelve digits
    ),
    "phone": re.compile(
        r"(?<![\d.])(?:\+|00)[ -]?(?:886|81|66|1|852|65|60)[ -]?(?:\(0\))?(?:[ -]?\d){8,10}(?!\d)"
        r"|(?<![\d.,+])\(?0\d{1,3}\)?(?:[ -]?\d){6,9}(?![\d.])"
    ),
}
"""What tells who somebody is, the surest first."""


def no_owner(facts: Facts) -> Iterator[Finding]:
    """Find tags that nobody looks after."""
    for tag in facts.tags:
        if not tag.owner.strip():
            yield Finding(Check.NO_OWNER, (tag.id,), Proposal.ASSIGN, {"friends": tag.friends})


def bad_name(facts: Facts) -> Iterator[Finding]:
    """Find names that LINE would not take, that claim another type, or that lack the type where the shop writes it."""
    types = {tag.id: parted(tag.name)[0] for tag in facts.tags}
    written = sum(kind is not None for kind in types.values())
    is_habit = len(types) >= _FEWEST_NAMES and written >= facts.limits.prefixed * len(types)
    for tag in facts.tags:
        length, told = len(unicodedata.normalize("NFC", tag.name)), types[tag.id]
        numbers = {"length": length, "limit": facts.limits.name_max}
        if length > facts.limits.name_max:
            yield Finding(Check.BAD_NAME, (tag.id,), Proposal.RENAME, numbers, "too_long")
        if told is not None and tag.type is not TagType.NONE and told is not tag.type:
            yield Finding(Check.BAD_NAME, (tag.id,), Proposal.RENAME, {"says": str(told)}, "wrong_prefix")
        elif told is None and is_habit:
            habit = {"with_prefix": written, "of": len(types)}
            yield Finding(Check.BAD_NAME, (tag.id,), Proposal.RENAME, habit, "no_prefix")


def two_types(facts: Facts) -> Iterator[Finding]:
    """Find names that join words of two types, such as "VIP & IG": each half helps another decision."""
    for tag in facts.tags:
        parts = [part for part in _JOINED.split(tag.name) if part.strip()]
        types = [kind for kind in map(_type_of, parts) if kind]
        if len(parts) > 1 and len(set(types)) > 1 and tag.friends >= 2 * facts.limits.part:
            told = {
                "friends": tag.friends,
                "type": types[0],
                "type_other": next(one for one in types if one != types[0]),
            }
            yield Finding(Check.MIXED, (tag.id,), Proposal.SPLIT, told, "types")


def personal(facts: Facts) -> Iterator[Finding]:
    """Find names with a phone, an address or an id in them: a tag is seen by more people than a friend's card."""
    for tag in facts.tags:
        what = personal_part(tag.name)
        if what and tag.id not in facts.declared.reviewed:
            yield Finding(Check.PERSONAL, (tag.id,), Proposal.RETIRE, {"friends": tag.friends}, what)


def sensitive(facts: Facts) -> Iterator[Finding]:
    """Find names about health, religion, politics or debt that are not kept out of exports and ads."""
    for tag in facts.tags:
        about = topic(tag.name)
        if about and not tag.is_sensitive and tag.id not in facts.declared.reviewed:
            yield Finding(Check.SENSITIVE, (tag.id,), Proposal.RESTRICT, {"friends": tag.friends}, about)


def _type_of(part: str) -> str:
    """Return the type that the words of a name are of; empty where they tell none, or more than one."""
    told = {_types()[sign] for sign in read(part).signs if sign in _types()}
    return told.pop() if len(told) == 1 else ""


@cache
def _types() -> dict[str, str]:
    return {sign: kind for kind, signs in listed("types.json").items() for sign in signs}


def personal_part(name: str) -> str | None:
    """Return what in a name tells who somebody is: "email", "line_id", "national_id" or "phone"."""
    plain = _plain(name)
    return next((kind for kind, pattern in _PERSONAL.items() if pattern.search(plain)), None)


def without_personal(name: str) -> str:
    """Return a name without what in it tells who somebody is."""
    plain = _plain(name)
    for pattern in _PERSONAL.values():
        plain = pattern.sub(" ", plain)
    return " ".join(plain.split()).strip(" -_:：/()[]（）,，、")


def _plain(name: str) -> str:
    return re.sub(r"[‐-―−]", "-", unicodedata.normalize("NFKC", name))
