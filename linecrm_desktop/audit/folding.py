"""Writes a tag's name in the one form in which names are compared: what only looks different becomes equal.

In this order: full and half width (NFKC), case, accents of Latin letters, apostrophes, numbers, traditional and
simplified characters, katakana to hiragana, iteration marks and long vowels. What stands between words becomes a blank.
"""

import re
import unicodedata
from functools import cache

from linecrm_desktop.audit.thai import tones_in_order
from linecrm_desktop.resources import resource

_APOSTROPHES = re.compile("['’‘`´]")
_LONE_LETTER = re.compile(r"(?<![a-z])([a-z])-(?=[a-z]{3})")
_INITIALS = re.compile(r"(?<![a-z.])(?:[a-z]\.){2,}[a-z]?(?![a-z])")
_NOT_YET = re.compile("[尚还還]未|[還还][沒没]有?|[從从]未|未曾|不曾|[沒没]有?")
_NOT_YET_THAI = re.compile("ยังไม่(?:เคย|ได้)?|ไม่(?:เคย|ได้)")
_POLITE = re.compile("(?:(?<![ぁ-ゖ])|(?<=の))[おご](?=[\u4e00-\u9fff])")
_SMALL = str.maketrans("ぁぃぅぇぉ", "あいうえお")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)(?![a-z])")
_SCALED = re.compile(r"(\d+(?:\.\d+)?)(k(?![a-z])|千|万|仟)")
_SCALES = {"k": 1_000, "千": 1_000, "仟": 1_000, "万": 10_000}
_DATE = re.compile(r"(?<!\d)(20\d\d)[/.\-](0?[1-9]|1[0-2])(?:[/.\-](0?[1-9]|[12]\d|3[01]))?(?![\d/.\-])")
_THAI_YEAR = re.compile(r"(?<=ปี)\s*(25[4-9]\d)(?!\d)")
_SPELLED = re.compile("([一二两兩三四五六七八九十]+)(千|万|仟)|(?<=[滿満满破])(千|万)(?!\\d)")
_ITERATED = re.compile("(.)[々ゝゞヽヾ〻]")
_LONG = "ー"
_EI_OU = re.compile("(?<=[けげせぜてでねへべぺめれえぇ])い|(?<=[こごそぞとどのほぼぽもよろおょ])う")
_KANA = re.compile("[ぁ-ゖー]+")
_VU = (("ゔぁ", "ば"), ("ゔぃ", "び"), ("ゔぇ", "べ"), ("ゔぉ", "ぼ"), ("ゔ", "ぶ"))
_DIGITS = dict(zip("〇零一二两兩三四五六七八九", (0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNIT = "天日月年周週次件回个個岁歳元万折级級阶星楼号度人"
_NUMERAL = re.compile(
    rf"第([一二三四五六七八九十百两兩〇零]+)|([一二三四五六七八九十百两兩〇零]+)(?=[{_UNIT}]|[かゕゖ]月)|([一二三四五六七八九]?十[一二三四五六七八九]?)(?![足分全])"
)
_BUDDHIST = 543
"""Years by which the Thai calendar is ahead."""
_KEPT_SIGNS = "+"
"""A+ is another tag than A."""


def folded(text: str) -> str:
    """Return a text in the form of comparison; words and numbers stay apart by single blanks where they were apart."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("เเ", "แ")
    plain = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", _without_accents(plain)))
    plain = _INITIALS.sub(lambda found: found[0].replace(".", ""), tones_in_order(plain))
    plain = _NOT_YET_THAI.sub("ไม่", _NOT_YET.sub("未", plain))
    plain = _kana(_LONE_LETTER.sub(r"\1", plain.translate(_variants())))
    plain = _numbers(plain)
    return " ".join("".join(map(_kept, plain)).split())


def is_thai(character: str) -> bool:
    """Say whether a character is written in Thai."""
    return "\u0e00" <= character <= "\u0e7f"


def is_kana(character: str) -> bool:
    """Say whether a character is hiragana or katakana."""
    return "\u3041" <= character <= "\u30fc"


def _kept(character: str) -> str:
    """Keep letters, marks, digits and points; blanks stand for brackets and separators; pictures vanish."""
    kind = unicodedata.category(character)
    if character.isalnum() or character in _KEPT_SIGNS or kind == "Mc" or (kind == "Mn" and is_thai(character)):
        return "" if character == "ๆ" else character
    return character if character == _LONG else "" if kind in ("Cf", "Mn", "Me", "Cc", "Lm") else " "


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    parts = (unicodedata.normalize("NFKD", one) if "\u00c0" <= one <= "\u024f" else one for one in text)
    return "".join(part[0] if len(part) > 1 and part[0].isascii() else part for part in parts)


def _kana(text: str) -> str:
    text = "".join(chr(ord(one) - 0x60) if "\u30a1" <= one <= "\u30f6" else one for one in text)
    text = _ITERATED.sub(r"\1\1", text)
    for written, spoken in _VU:
        text = text.replace(written, spoken)
    text = _EI_OU.sub(_LONG, _POLITE.sub("", text.translate(_SMALL)))
    return _KANA.sub(lambda run: _short(run[0]), text)


def _short(run: str) -> str:
    """Leave long vowels out, but not of a word that they alone tell from another: ビール is not ビル."""
    bare, without_end = run.replace(_LONG, ""), run.rstrip(_LONG)
    return bare if len(bare) > 2 else without_end if len(without_end) > 2 else run


def shortened(text: str) -> str:
    """Return a folded text without any long vowel, as it stands inside a longer word."""
    return text.replace(_LONG, "")


def _numbers(text: str) -> str:
    digits = "".join(str(unicodedata.decimal(one)) if one.isdecimal() and not one.isascii() else one for one in text)
    digits = _ORDINAL.sub("", _THOUSANDS.sub("", digits))
    digits = _DATE.sub(_date, digits)
    digits = _THAI_YEAR.sub(lambda found: str(int(found[1]) - _BUDDHIST), digits)
    digits = _SCALED.sub(lambda found: str(int(float(found[1]) * _SCALES[found[2]])), digits)
    digits = _SPELLED.sub(lambda found: str(_value(found[1] or "一") * _SCALES[found[2] or found[3]]), digits)
    digits = _NUMERAL.sub(lambda found: str(_value(found[1] or found[2] or found[3])), digits)
    digits = re.sub(r"(?<=[\u0e00-\u0e7f])\.", "", digits)
    return re.sub(r"(?<!\d)\.|\.(?!\d)", " ", digits).replace(".", "\u00b7")


def _date(found: re.Match[str]) -> str:
    """Return 2025/01 as 2025年1月."""
    year, month, day = found.groups()
    return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")


def _value(numeral: str) -> int:
    """Return the number that a numeral of up to three digits stands for."""
    total, digit = 0, 0
    for one in numeral:
        if one in "十百":
            total += (digit or 1) * (10 if one == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[one] if digit else _DIGITS[one]
    return total + digit


@cache
def _variants() -> dict[int, str]:
    """Return which characters are written for others; the file says where that is from."""
    found: dict[int, str] = {}
    for line in resource("audit", "variants.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            standard, others = line.split(" ")
            found |= {ord(other): standard for other in others}
    return found
