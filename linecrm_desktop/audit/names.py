"""Whether two names of tags say the same, and why two that look alike may not: digits, negation, opposites, type.

Names are read once (`read`), then compared in pairs. A guard wins over every likeness: 男裝 and 女裝, 已購 and 未購,
30日 and 90日 are one character apart and must never be proposed.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import pairwise

from linecrm_desktop.audit.composing import composed, is_letter
from linecrm_desktop.audit.folding import folded, is_kana, is_thai
from linecrm_desktop.audit.vocabulary import NOT, Token, english, stem, tokens, vocabulary
from linecrm_desktop.models.tag import TagType

NEAR_FROM = 4
"""Shorter names are never near one another, only equal."""
_HAN = re.compile("[\u4e00-\u9fff]")
_INFLECTION = re.compile("(?<=[\u4e00-\u9fff])[ぁ-ゖ]{1,3}(?![ぁ-ゖ])")
_VERB_ENDING = re.compile("(?<=[a-z]{3})(?:ing|ed|e)$")
_PREFIX = re.compile(
    r"^\s*[\[【(（〔「<＜]?\s*([^\[\]【】()（）:：_/|\-\d]{2,24}?)\s*[\]】)）〕」>＞:：_/|\-・]+\s*(\S.*)$"
)


class Reason(StrEnum):
    """Why two names say the same, the surest first."""

    SAME = "same"
    """Equal after folding."""
    SYNONYM = "synonym"
    """Words that mean the same."""
    FILLER = "filler"
    """Equal but for words that add nothing, or for their order."""
    TYPO = "typo"
    """One or two letters apart."""


class Guard(StrEnum):
    """Why two names that look alike are kept apart."""

    NUMBERS = "numbers"
    LETTERS = "letters"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    TYPE = "type"


@dataclass(frozen=True)
class Name:
    """A tag's name, read."""

    written: str
    said: str
    """As written, without its type in front."""
    plain: str
    """Folded, without its type in front and without blanks."""
    words: tuple[Token, ...]
    type: TagType = TagType.NONE

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """What the words mean, in order, without those that add nothing."""
        known = vocabulary()
        kept = [one for one in self.words if one.sign not in known.fillers]
        whole = [one for one in kept if one.sign not in known.half_fillers]
        own = any(one.kind != "number" and one.sign not in known.whole_with for one in whole)
        said = (whole if own else kept) or self.words
        again = Counter(one.sign for one in said if one.kind == "number")
        return (*dict.fromkeys(one.sign for one in said), *sorted((again - Counter(set(again))).elements()))

    @cached_property
    def meaning(self) -> tuple[str, ...]:
        """What the words mean, in no order."""
        return tuple(sorted(self.signs))

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """What two or more words mean, without the endings of English verbs: "request" is "requested" beside others."""
        if len(self.meaning) < 2:
            return ()
        return tuple(sorted(_VERB_ENDING.sub("", one) if one.isascii() else one for one in self.meaning))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers and dates in it."""
        return tuple(sorted(one.sign for one in self.words if one.kind == "number"))

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """Single letters, sizes and the plus sign: A and B are different groups."""
        return tuple(sorted(one.sign for one in self.words if is_letter(one)))

    @cached_property
    def is_negated(self) -> bool:
        """Whether it says "not" an odd number of times, beside words that are negative as a whole."""
        return sum(one.sign == NOT for one in self.words) % 2 == 1

    @cached_property
    def known(self) -> frozenset[str]:
        """The signs of all known words."""
        return frozenset(one.sign for one in self.words if one.kind in ("known", "mended"))

    @cached_property
    def skeleton(self) -> str:
        """A Japanese name without its inflections, so that 申込 is 申し込み; empty for one that has none."""
        said = unicodedata.normalize("NFKC", self.said)
        bare = _INFLECTION.sub("", said)
        if len(_HAN.findall(bare)) < 2:
            return ""
        return self.plain if bare == said else folded(bare).replace(" ", "")

    @cached_property
    def opposed(self) -> frozenset[str]:
        """Its known words that have an opposite."""
        return self.known & _grouped()

    @cached_property
    def core(self) -> str:
        """The words as written, without those that add nothing."""
        known = vocabulary()
        return "".join(one.written for one in self.words if one.sign not in known.fillers) or self.plain

    @cached_property
    def can_have_typos(self) -> bool:
        """Whether letters that are wrong can be told from other words: Latin, Thai and kana, if it is long enough."""
        return len(self.core) >= 5 and any(one.isascii() or is_thai(one) or is_kana(one) for one in self.core)


def read(written: str, type: TagType = TagType.NONE) -> Name:
    """Read a tag's name."""
    prefix, rest = parted(written)
    said = rest if prefix and prefix is not TagType.CONSENT else written
    text = folded(said)
    plain = text.replace(" ", "") or written.strip().casefold()
    if prefix and type is TagType.NONE:
        type = prefix
    return Name(written, said, plain, composed(tokens(text)), type)


def parted(written: str) -> tuple[TagType | None, str]:
    """Part a name into the type that stands in front of it, as in "來源_IG" or "[Stage] New", and the rest."""
    found = _PREFIX.match(written)
    kind = vocabulary().prefixes.get(folded(found[1])) if found else None
    return (TagType(kind), found[2]) if found and kind else (None, written)


def guard(one: Name, other: Name) -> Guard | None:
    """Return what speaks against taking two tags for the same, by what their names say; None: nothing does."""
    if one.type is not other.type and TagType.NONE not in (one.type, other.type):
        return Guard.TYPE
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return Guard.NUMBERS
    if one.letters and other.letters and one.letters != other.letters:
        return Guard.LETTERS
    if one.plain == other.plain:
        return None
    if one.is_negated != other.is_negated or _negates(one, other) or _negates(other, one):
        return Guard.NEGATION
    if one.opposed and other.opposed and one.opposed != other.opposed:
        for group in vocabulary().exclusive:
            mine, theirs = one.opposed & group, other.opposed & group
            if mine and theirs and mine != theirs:
                return Guard.OPPOSITE
    return None


def likeness(one: Name, other: Name) -> Reason | None:
    """Return why two names say the same; None: they do not, or a guard keeps them apart."""
    if one.numbers != other.numbers or one.letters != other.letters or guard(one, other):
        return None
    if one.plain == other.plain:
        return Reason.SAME
    if one.meaning == other.meaning or "".join(one.signs) == "".join(other.signs):
        return _by_words(one, other)
    if one.roots and one.roots == other.roots:
        return Reason.FILLER
    if one.skeleton and one.skeleton == other.skeleton:
        return Reason.FILLER
    if sorted(one.plain) == sorted(other.plain) and dice(one.plain, other.plain) >= 0.6 and len(one.plain) >= NEAR_FROM:
        return Reason.FILLER if not _only_letters(one.plain) else None
    return Reason.TYPO if _is_typo(one, other) else None


def dice(one: str, other: str) -> float:
    """Return how many pairs of neighbouring characters two texts share, from 0 to 1."""
    mine, theirs = Counter(pairwise(one)), Counter(pairwise(other))
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


def is_near(one: Name, other: Name, limit: float) -> bool:
    """Say whether names also look alike: both of 4 characters or more, and so much in common."""
    return min(len(one.plain), len(other.plain)) >= NEAR_FROM and dice(one.plain, other.plain) >= limit


def _by_words(one: Name, other: Name) -> Reason:
    """Tell names of equal meaning apart: by other words, or by words that add nothing."""
    if any(token.kind == "mended" for token in (*one.words, *other.words)):
        return Reason.TYPO
    all_signs = Counter(token.sign for token in one.words), Counter(token.sign for token in other.words)
    return Reason.SYNONYM if all_signs[0] == all_signs[1] else Reason.FILLER


def _negates(one: Name, other: Name) -> bool:
    """Say whether a word of one is a word of the other with "un" or the like in front."""
    prefixes = vocabulary().negating_prefixes
    bare = {
        stem(token.written.removeprefix(prefix))
        for token in one.words
        if token.written.startswith(prefixes)
        for prefix in prefixes
        if token.written.startswith(prefix) and len(token.written) >= len(prefix) + 3
    }
    return bool(bare) and any(token.written in bare or stem(token.written) in bare for token in other.words)


def _is_typo(one: Name, other: Name) -> bool:
    """Say whether names differ by wrong letters only."""
    mine, theirs = _only_in(one, other), _only_in(other, one)
    if min(len(one.plain), len(other.plain)) < NEAR_FROM or all(token.kind == "known" for token in (*mine, *theirs)):
        return False  # words that are all known are two things
    if any(NOT in (token.sign, token.written) or token.kind == "number" for token in (*mine, *theirs)):
        return False
    if any(token.sign in _grouped() for token in mine) and any(token.sign in _grouped() for token in theirs):
        return False
    first, second = ("".join(token.written for token in some) for some in (mine, theirs))
    if _only_letters(first + second):
        ends = first.startswith(second) or second.startswith(first)  # a letter more in the end makes another word
        are_words = stem(first) in english() and stem(second) in english()
        return len(mine) == len(theirs) == 1 and not ends and not are_words and _few_letters(first, second, 6, 10)
    if all(map(is_thai, first + second)):
        return _few_letters(one.plain, other.plain, 6, 12)
    if all(map(is_kana, first + second)):
        ends = one.plain.startswith(other.plain) or other.plain.startswith(one.plain)
        return not ends and _few_letters(one.plain, other.plain, 5, 99)
    return _is_one_more(one, other, first, second)


def _is_one_more(one: Name, other: Name, first: str, second: str) -> bool:
    """Say whether one character more, in the end of a long name, is all that tells two names apart."""
    more, longer = (first, one) if first else (second, other)
    if bool(first) == bool(second) or len(more) != 1 or not longer.plain.endswith(more):
        return False
    return min(len(one.plain), len(other.plain)) > NEAR_FROM and dice(one.plain, other.plain) >= 0.8


def _few_letters(one: str, other: str, least: int, two_from: int) -> bool:
    """Say whether words are one letter apart, or two if they are long; the first letter is seldom the wrong one."""
    from rapidfuzz.distance import OSA  # loaded only when names are compared

    longer = max(len(one), len(other))
    if longer < least or one[:1] != other[:1]:
        return False
    return OSA.distance(one, other) <= (2 if longer >= two_from else 1)


def _only_in(one: Name, other: Name) -> list[Token]:
    """Return the words of one name that the other has not, but for those that add nothing."""
    left = Counter(token.sign for token in other.words)
    found: list[Token] = []
    for token in one.words:
        if left[token.sign] > 0:
            left[token.sign] -= 1
        elif token.sign not in vocabulary().fillers:
            found.append(token)
    return found


def _only_letters(text: str) -> bool:
    return text.isascii() and text.isalpha()


@cache
def _grouped() -> frozenset[str]:
    """Return the signs that have an opposite."""
    return frozenset(sign for group in vocabulary().exclusive for sign in group)
