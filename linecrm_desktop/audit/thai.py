"""How a Thai word sounds, as far as shops write one loan word in several ways: บล็อก and บล็อค, อีเวนต์ and อีเว้นท์.

Tone marks and silent letters fall away, and letters with one sound become one letter. Short words are told apart by
their tones (ขาว is white, ข้าว is rice), so only long ones are compared by sound.
"""

import re
from functools import lru_cache

LONG_FROM = 5
"""A shorter word is written one way only."""
_SILENT = re.compile("[ก-ฮ][ิุ]?์")
_TONES = re.compile("[็-๋]")
_NIKHAHIT = re.compile("ํ([่-๋])(?=า)")
_ONE_SOUND = str.maketrans("ศษฎฏฐฑฒธณญฬภฆใฌ", "สสดตททททนยลพคไช")
_ENDS = {**dict.fromkeys("คข", "ก"), **dict.fromkeys("ปพฟ", "บ"), **dict.fromkeys("ตทจชซส", "ด")}
_END = re.compile("(?<=[ะ-ูอว])([คขปพฟตทจชซส])(?=$|[ก-ฮเ-ไ])")


def tones_in_order(text: str) -> str:
    """Return a text with each tone mark before the sign of "am", as a keyboard writes it: ซํ้า becomes ซ้ํา."""
    return _NIKHAHIT.sub("\\1\u0e4d", text)


@lru_cache(20_000)
def sound(word: str) -> str:
    """Return the letters that are heard, or the word itself if it is short."""
    if len(word) < LONG_FROM:
        return word
    heard = _TONES.sub("", _SILENT.sub("", word)).translate(_ONE_SOUND)
    heard = _END.sub(lambda end: _ENDS[end[1]], heard)
    return heard if len(heard) >= LONG_FROM - 1 else word
