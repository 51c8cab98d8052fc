"""What a search among friends finds: part of the name, phone, member number, e-mail, or a name that a tag has or had.

Plain LIKE on the columns, because an index by three characters silently loses Chinese names of two.
"""

import re
import unicodedata

from sqlalchemy import ColumnElement, or_, select

from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import FriendTag, Tag, TagWord
from linecrm_desktop.tags.library import fold

_PHONE = re.compile(r"\+?[\d\s()./-]*")
_FEWEST_DIGITS = 3
"""Fewer digits are not taken for a phone number: they would find half the shop."""
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def found(search: str, *, by_tag: bool = True) -> list[ColumnElement[bool]]:
    """Return the conditions of a search: each word must be found somewhere. Nothing to search gives none."""
    plain = unicodedata.normalize("NFKC", search).strip()
    if _digits(plain) and _PHONE.fullmatch(plain):
        return [_word(plain, by_tag=by_tag)]
    return [_word(word, by_tag=by_tag) for word in plain.split()]


def _word(word: str, *, by_tag: bool) -> ColumnElement[bool]:
    columns = (Friend.name, Friend.member_number, Friend.email)
    hits = [column.icontains(spelling, autoescape=True) for spelling in _spellings(word) for column in columns]
    hits += [Friend.phone.contains(digits) for digits in _digits(word)]
    if not by_tag:
        return or_(*hits)
    before = select(TagWord.tag_id).where(TagWord.key.contains(fold(word), autoescape=True))
    is_called = or_(Tag.name_key.contains(fold(word), autoescape=True), Tag.id.in_(before))
    named = select(Tag.id).where(is_called, Tag.retired_at.is_(None))
    hits.append(Friend.id.in_(select(FriendTag.friend_id).where(FriendTag.tag_id.in_(named))))
    return or_(*hits)


def _spellings(word: str) -> list[str]:
    """SQLite knows case and width of no letter but plain Latin ones, so the others are asked for as they may stand."""
    folded = word.casefold()
    wide = [word.translate(_WIDE), folded.translate(_WIDE), folded.upper().translate(_WIDE)] if word.isascii() else []
    return list(dict.fromkeys([word, folded, folded.upper(), folded.capitalize(), *wide]))


def _digits(word: str) -> list[str]:
    """Return the digits to look for in E.164 numbers: as typed, and without the zero of a national number."""
    if not _PHONE.fullmatch(word):
        return []
    digits = "".join(character for character in word if character in "0123456789")
    spellings = dict.fromkeys((digits, digits.lstrip("0")))
    return [spelling for spelling in spellings if len(spelling) >= _FEWEST_DIGITS]
