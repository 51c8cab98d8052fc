"""The words of shops in four languages: which mean the same, which only fill, which exclude one another.

A word that is known becomes one sign, so that "精華液", "serum" and "เซรั่ม" are equal. The lists are plain files in
resources/audit, made to be added to.
"""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from linecrm_desktop.audit.folding import folded, is_kana, shortened
from linecrm_desktop.resources import resource

MOST_WORDS = 4
"""Longest known phrase of Latin words."""
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
    """number, latin, sign, thai, other or known."""


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
            sign = known.phrases.get(tuple(map(stem, words)))
            if sign is None and size == 1 and found and found[-1].kind == "number":
                sign = known.units.get(words[0])
            if sign is not None:
                found += [Token(one, "".join(words), _kind(one)) for one in sign.split(" ")]
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
            if sign is not None and not _is_cut_out(run, at, at + size, sign):
                break
            sign = None
        if sign is None:
            rest, at = rest + run[at], at + 1
            continue
        if rest:
            found, rest = [*found, Token(rest, rest, kind)], ""
        written = run[at : at + size]
        found += [Token(one, written, _kind(one)) for one in sign.split(" ")]
        at += size
    return [*found, Token(rest, rest, kind)] if rest else found


def _is_cut_out(run: str, start: int, end: int, sign: str) -> bool:
    """Say whether two kana of a longer word only look like a word; a particle or "not" may stand at its end."""
    if end - start > 2 or not all(map(is_kana, run[start:end])):
        return False
    ends = end == len(run) or not is_kana(run[end])
    begins = start == 0 or not is_kana(run[start - 1])
    if sign in vocabulary().fillers:
        return not (begins or ends)
    return not (ends and (begins or sign == NOT))


def _kind(sign: str) -> str:
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
        {folded(one): kind for kind, written in guards["prefixes"].items() for one in written},
        max(map(len, words)),
    )


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
        for written in (word.replace(" ", ""), shortened(word.replace(" ", ""))):
            words.setdefault(written, sign)


@cache
def english() -> frozenset[str]:
    """Return the English words that are one or two letters from another word; the file says where they are from."""
    lines = resource("audit", "english.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def listed(file: str) -> dict[str, Any]:
    """Return one of the plain lists."""
    return json.loads(resource("audit", file).read_text(encoding="utf-8"))
