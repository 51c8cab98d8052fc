"""The words of shops in four languages: which mean the same, which only fill, which exclude one another.

A word that is known becomes one sign, so that "精華液", "serum" and "เซรั่ม" are equal. The lists are plain files in
resources/audit, made to be added to.
"""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from linecrm_desktop.audit.folding import folded, is_kana, is_thai, shortened
from linecrm_desktop.audit.thai import LONG_FROM, sound
from linecrm_desktop.resources import resource

MOST_WORDS = 4
"""Longest known phrase of Latin words."""
_LONG_WORD = 7
"""In a shorter word a wrong letter makes another word."""
_PIECES = re.compile(
    r"(?P<number>\d+(?:\u00b7\d+)?)|(?P<latin>[a-z]+)|(?P<sign>\+)|(?P<thai>[\u0e00-\u0e7f]+)|(?P<other>[^\W\d_a-z]+)"
)
_ENDINGS = ((r"ies$", "y"), (r"(ch|sh|ss|x|z)es$", r"\1"), (r"(?<=[^su])s$", ""), (r"ies$", "y"))
_SPELLINGS = (
    (r"our$", "or"),
    (r"is(e|er|ing|ed)$", r"iz\1"),
    (r"^ageing$", "aging"),
    (r"^grey", "gray"),
    (r"tre$", "ter"),
    (r"amme$", "am"),
    (r"ll(er|ed|ing)$", r"l\1"),
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name: the sign it stands for ("serum", or the word itself), and how it was written."""

    sign: str
    written: str
    kind: str
    """number, latin, sign, thai, other, known, or mended: known but for a wrong letter."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All lists, folded and ready to be looked up."""

    phrases: dict[tuple[str, ...], str]
    """Known phrases of Latin words, as stems."""
    words: dict[str, str]
    """Known words in writings without blanks."""
    units: dict[str, str]
    """Words that are known only behind a number."""
    numbered: re.Pattern[str]
    """Known words with digits, or with letters of two kinds; each is a group of its own."""
    numbered_signs: tuple[str, ...]
    fillers: frozenset[str]
    half_fillers: frozenset[str]
    """Those that add nothing beside a word of weight: a gold member is gold."""
    whole_with: frozenset[str]
    """Words beside which half fillers count: a new member is no new customer."""
    negating_prefixes: tuple[str, ...]
    exclusive: tuple[frozenset[str], ...]
    sounds: dict[str, str]
    """Known Thai words by how they sound."""
    by_start: dict[str, tuple[str, ...]]
    """Long Latin words by their first letter: what a word with a wrong letter may stand for."""
    prefixes: dict[str, str]
    """What stands in front of names to tell the type, and the type."""
    longest: int


_MARK = 0xE000
"""From here on a private character stands for a known word with digits."""
NOT = "¬"
"""The sign of a negation."""


@lru_cache(20_000)
def stem(word: str) -> str:
    """Return an English word without its plural, in American spelling."""
    if len(word) > 3:
        for ending, instead in _ENDINGS:
            shorter = re.sub(ending, instead, word)
            if shorter != word:
                word = shorter
                break
    for spelling, instead in _SPELLINGS:
        word = re.sub(spelling, instead, word)
    return word


def tokens(text: str) -> list[Token]:
    """Take a folded name apart into words."""
    known = vocabulary()
    text = known.numbered.sub(lambda word: f" {chr(_MARK + int(word.lastindex or 0))} ", text)
    found: list[Token] = []
    latin: list[str] = []
    for part in text.split():
        if len(part) == 1 and _MARK < ord(part) <= _MARK + len(known.numbered_signs):
            _flush(latin, found)
            sign = known.numbered_signs[ord(part) - _MARK - 1]
            found.append(Token(sign, sign, "known"))
            continue
        for piece in _PIECES.finditer(part):
            kind = str(piece.lastgroup)
            if kind == "latin":
                latin.append(piece[0])
                continue
            _flush(latin, found)
            if kind in ("thai", "other"):
                found += _unspaced(piece[0], kind, after_number=bool(found) and found[-1].kind == "number")
            else:
                found.append(Token(_number(piece[0]) if kind == "number" else piece[0], piece[0], kind))
    _flush(latin, found)
    return found


def _number(written: str) -> str:
    whole, point, part = written.partition("\u00b7")
    return f"{int(whole)}{point}{part}"


def _flush(latin: list[str], found: list[Token]) -> None:
    """Look Latin words up, the longest phrase first."""
    known, at = vocabulary(), 0
    while at < len(latin):
        for size in range(min(MOST_WORDS, len(latin) - at), 0, -1):
            words = latin[at : at + size]
            meant = [mended(word) for word in words]
            sign = known.phrases.get(tuple(map(stem, meant)))
            if sign is None and size == 1 and found and found[-1].kind == "number":
                sign = known.units.get(words[0])
            if sign is not None:
                kind = None if meant == words else "mended"
                found += [Token(one, "".join(words), kind or kind_of(one)) for one in sign.split(" ")]
                break
        else:
            size = 1
            found.append(Token(stem(latin[at]), latin[at], "latin"))
        at += size
    latin.clear()


def _unspaced(run: str, kind: str, *, after_number: bool) -> list[Token]:
    """Look words up in a run of Chinese, Japanese or Thai, the longest first; what is not known stays as it is."""
    known, found, rest, at = vocabulary(), list[Token](), "", 0
    while at < len(run):
        sign, size = None, 0
        for size in range(min(known.longest, len(run) - at), 0, -1):
            part = run[at : at + size]
            sign = known.units.get(part) if after_number and at == 0 else None
            sign = sign or known.words.get(part)
            if sign is None and kind == "thai" and size >= LONG_FROM:
                sign = known.sounds.get(sound(part))
            if sign is not None and not _is_cut_out(run, at, at + size, sign):
                break
            sign = None
        if sign is None:
            rest, at = rest + run[at], at + 1
            continue
        if rest:
            found, rest = [*found, _unknown(rest, kind)], ""
        written = run[at : at + size]
        found += [Token(one, written, kind_of(one)) for one in sign.split(" ")]
        at += size
    return [*found, _unknown(rest, kind)] if rest else found


def _unknown(written: str, kind: str) -> Token:
    """Return a word that is in no list; a long Thai one stands for all that sound like it."""
    return Token(sound(written) if kind == "thai" and len(written) > LONG_FROM else written, written, kind)


@lru_cache(20_000)
def mended(word: str) -> str:
    """Return the known word that a long Latin word is with one wrong letter; the word itself if there is none."""
    from rapidfuzz.distance import OSA  # loaded only when names are compared

    known = vocabulary()
    if len(word) < _LONG_WORD or (stem(word),) in known.phrases or stem(word) in english():
        return word
    near = {one for one in known.by_start.get(word[0], ()) if OSA.distance(word, one, score_cutoff=1) <= 1}
    if word in near or len({stem(one) for one in near}) != 1:
        return word
    return near.pop()


def _is_cut_out(run: str, start: int, end: int, sign: str) -> bool:
    """Say whether two kana of a longer word only look like a word; a particle or "not" may stand at its end."""
    if end - start > 2 or not all(map(is_kana, run[start:end])):
        return False
    ends = end == len(run) or not is_kana(run[end])
    begins = start == 0 or not is_kana(run[start - 1])
    if sign in vocabulary().fillers:
        return not (begins or ends)
    return not (ends and (begins or sign == NOT))


def kind_of(sign: str) -> str:
    """Return the kind of a sign that words stand for."""
    return (
        "number" if sign.isdecimal() else "latin" if len(sign) == 1 and sign.isalpha() and sign.isascii() else "known"
    )


@cache
def vocabulary() -> Vocabulary:
    """Return the lists of resources/audit."""
    said, guards = listed("synonyms.json"), listed("guards.json")
    phrases: dict[tuple[str, ...], str] = {}
    words: dict[str, str] = {}
    numbered: list[tuple[str, str]] = []
    signs: dict[str, list[str]] = said["words"] | said["numbers"]
    for sign, written in signs.items():
        for one in written:
            _know(folded(one), sign, phrases, words, numbered)
    fillers = set(said["fillers"])
    for one in said["filler_words"]:
        fillers.add(f"~{folded(one)}")
        _know(folded(one), f"~{folded(one)}", phrases, words, numbered)
    for one in guards["negation"]:
        _know(folded(one), NOT, phrases, words, numbered)
    for one in guards["not_negated"]:
        _know(folded(one), folded(one), phrases, words, numbered)
    numbered.sort(key=lambda one: -len(one[0]))
    units = {folded(one): sign for sign, written in said["units"].items() for one in written}
    return Vocabulary(
        phrases,
        words,
        units,
        re.compile("|".join(f"({pattern})" for pattern, _sign in numbered)),
        tuple(sign for _pattern, sign in numbered),
        frozenset(fillers | {"money"}),
        frozenset(said["half_fillers"]),
        frozenset(said["whole_with"]),
        tuple(guards["negating_prefixes"]),
        tuple(map(frozenset, guards["exclusive"])),
        _by_sound(words),
        _by_start(phrases),
        {folded(one): kind for kind, written in guards["prefixes"].items() for one in written},
        max(map(len, words)),
    )


def _by_sound(words: dict[str, str]) -> dict[str, str]:
    """Return the signs of long Thai words by sound, but for sounds that two of them share."""
    signs: dict[str, set[str]] = {}
    for word, sign in words.items():
        if len(word) >= LONG_FROM and all(map(is_thai, word)):
            signs.setdefault(sound(word), set()).add(sign)
    return {heard: told.pop() for heard, told in signs.items() if len(told) == 1}


def _by_start(phrases: dict[tuple[str, ...], str]) -> dict[str, tuple[str, ...]]:
    starts: dict[str, tuple[str, ...]] = {}
    for word in sorted({word for phrase in phrases for word in phrase if len(word) >= _LONG_WORD}):
        starts[word[0]] = (*starts.get(word[0], ()), word)
    return starts


def _know(
    word: str,
    sign: str,
    phrases: dict[tuple[str, ...], str],
    words: dict[str, str],
    numbered: list[tuple[str, str]],
) -> None:
    """Enter one word where it will be looked for; the first meaning of a word stays."""
    if re.search(r"\d", word):
        bounded = rf"(?<!\d){re.escape(word)}(?!\d)"
        numbered.append((rf"(?<![a-z]){bounded}(?![a-z])" if word.isascii() else bounded, sign))
    elif word.replace(" ", "").isascii():
        phrases.setdefault(tuple(map(stem, word.split())), sign)
    elif re.search("[a-z]", word):
        numbered.append((rf"(?<![a-z]){re.escape(word)}(?![a-z])", sign))
    else:
        plain = word.replace(" ", "")
        words.setdefault(plain, sign)
        if len(shortened(plain)) > 2:  # a long vowel tells short words apart
            words.setdefault(shortened(plain), sign)


@cache
def english() -> frozenset[str]:
    """Return the English words that are one or two letters from another word; the file says where they are from."""
    lines = resource("audit", "english.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def listed(file: str) -> dict[str, Any]:
    """Return one of the plain lists."""
    return json.loads(resource("audit", file).read_text(encoding="utf-8"))
