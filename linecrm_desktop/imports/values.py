"""Reads what people and shop systems write in a cell: dates, phones, amounts, yes and no, LINE ids.

Each reader returns None for an empty cell and raises Unreadable for one that it cannot read; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache

from linecrm_desktop.imports import dates
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.spreadsheet import plain
from linecrm_desktop.text import _

EMPTY = frozenset({"", "-", "--", "—", "n/a", "#n/a", "nan", "null", "(null)", "none"})
_NO_DAY = re.compile(
    r"(0000[-/]00[-/]00|0001[-/]0?1[-/]0?1|1900[-/]0?1[-/]0?[01]|9999[-/]12[-/]31)([T ][\d:.]+)?(Z|[+-]\d\d:?\d\d)?"
)
"""What shop systems write for "no date"."""
_MINUS = "(▲△-\u2212"
_HAN_NAME = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3005-\u3007\u3041-\u30ff\U00020000-\U0003ffff]+")
"""A name, or a part of one, in Han letters or kana."""
_AMOUNT_MAX = Decimal(10**12)
_YES = frozenset(
    {
        *{
            "y",
            "yes",
            "t",
            "true",
            "1",
            "○",
            "◯",
            "〇",
            "on",
            "✓",
            "✔",
            "v",
            "allowed",
            "subscribed",
            "opt in",
            "opt-in",
            "opted in",
        },
        *{
            "是",
            "有",
            "接受",
            "同意",
            "允許",
            "訂閱",
            "已訂閱",
            "はい",
            "受け取る",
            "希望する",
            "許可",
            "ใช่",
            "รับ",
            "ยินยอม",
        },
    }
)
_UNKNOWN = frozenset({"unknown", "not sure", "未知", "不明", "ไม่ทราบ"})
_NO = frozenset(
    {
        *{"n", "no", "f", "false", "0", "×", "x", "off", "refused", "unsubscribed", "opt out", "opt-out", "opted out"},
        *{
            "否",
            "無",
            "不接受",
            "不同意",
            "拒絕",
            "拒收",
            "退訂",
            "未訂閱",
            "いいえ",
            "受け取らない",
            "希望しない",
            "拒否",
        },
        *{"ไม่", "ไม่รับ", "ปฏิเสธ", "不允許"},
    }
)
_LINE_ID = re.compile(r"U[0-9a-f]{32}")
PLAIN_KEY = re.compile(r"[A-Za-z0-9_#-]*[0-9][A-Za-z_#-]*")
"""A key that is taken as it stands: with a digit it is none of the words for nothing."""
PLAIN_WORDS = re.compile(r"\w(?:.*\S)?", re.DOTALL)
"""Words that are taken as they stand."""
_PLAIN_EMAIL = re.compile(r"([a-z0-9]+(?:[._+-][a-z0-9]+)*)@([a-z0-9.-]{4,100})")
_AMOUNT = re.compile(r"[(▲△\u2212-]*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[)-]?")
_CURRENCIES = re.compile(r"NT\$|US\$|TWD|JPY|THB|USD|[$¥฿元円バ]|บาท", re.IGNORECASE)
_RELAY = re.compile(
    r"@(pc\.fw\.rakuten\.ne\.jp|privaterelay\.appleid\.com|marketplace\.amazon\.[a-z.]+|"
    r"(\w+\.)?mail\.(shopee|lazada)\.[a-z.]+)$",
    re.IGNORECASE,
)
"""Addresses that a marketplace makes for one order or one program: they find nobody again."""
_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
"""A long number as a spreadsheet shortens it."""
_LOCAL_MAX = 60
_MASK = re.compile(r"[*•○＊]{2,}|\*")
_TAG_COLUMN = re.compile(r"(?:tags?|標籤|タグ|แท็ก|流入経路|アンケート)\s*[:：_/-]\s*(?=\S)", re.IGNORECASE)
_SIGNS = {"nt$": "TWD", "元": "TWD", "¥": "JPY", "円": "JPY", "฿": "THB", "บาท": "THB", "us$": "USD"}


class Unreadable(ValueError):
    """A cell that cannot be read: a short code for counting and a sentence for the person."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class Doubtful(Unreadable):
    """A cell that is not used, while the row is taken without it: a masked phone, an id that a spreadsheet broke."""


def clean(cell: str) -> str:
    """Return a cell folded for reading: NFKC, outer blanks and one leading apostrophe or ="…" of spreadsheets gone."""
    text = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
    text = text.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    if text.startswith("'") and len(text) > 1 and (text[1].isdigit() or text[1] in "+-=@"):
        text = text[1:]
    return text


def is_empty(text: str) -> bool:
    """Say whether a cleaned cell holds nothing."""
    return text.lower() in EMPTY


def words(cell: str) -> str | None:
    """Read a text as it stands; only outer blanks go, and the apostrophe that keeps spreadsheets from computing it."""
    return plain(cell.strip()) or None


def line_id(cell: str) -> str | None:
    """Read a LINE user id: U and 32 hexadecimal digits."""
    text = clean(cell)
    if is_empty(text):
        return None
    if _LINE_ID.fullmatch(text) is None:
        raise Doubtful(
            "line_id", _("“{value}” is not a LINE user ID: U and 32 digits or letters a to f.").format(value=text)
        )
    return text


def key(cell: str) -> str | None:
    """Read a member or order number; raises Doubtful for a masked one and one that a spreadsheet rounded."""
    if PLAIN_KEY.fullmatch(cell):
        return cell
    text = clean(cell)
    if is_empty(text):
        return None
    if _MASK.search(text):
        raise Doubtful("masked", _("“{value}” is masked and finds nobody.").format(value=text))
    if _ROUNDED.fullmatch(text):
        raise Doubtful("damaged", _("“{value}” has lost digits in a spreadsheet.").format(value=text))
    return text


def phone(cell: str, country: str) -> str | None:
    """Read a phone number into E.164; raises Doubtful for one that is masked or has lost digits."""
    mobile = plain_mobile(country)
    if mobile is not None and mobile[0].fullmatch(cell):
        return mobile[1] + cell[1:]
    text = clean(cell)
    if is_empty(text):
        return None
    if _MASK.search(text):
        raise Doubtful("masked", _("“{value}” is masked and finds nobody.").format(value=text))
    return _phone(text, country)


@cache
def plain_mobile(country: str) -> tuple[re.Pattern[str], str] | None:
    """Return the pattern of a country's mobile numbers as people dial them, from 0 on, and its calling code.

    From the library's own table, so that the most usual form gets the library's answer without its long way.
    """
    from phonenumbers import PhoneMetadata

    told = PhoneMetadata.metadata_for_region(country)
    if told is None or told.national_prefix != "0" or told.mobile is None:
        return None
    return re.compile(f"0(?:{told.mobile.national_number_pattern})", re.ASCII), f"+{told.country_code}"


def _phone(text: str, country: str) -> str:
    import phonenumbers

    if _ROUNDED.fullmatch(text):
        raise Doubtful("damaged", _("“{value}” has lost digits in a spreadsheet.").format(value=text))
    digits = re.sub(r"\D", "", text)
    tries = [text, f"+{digits.removeprefix('00')}"] if len(digits) > 10 else [text, f"0{digits}"]
    for attempt in tries:
        try:
            number = phonenumbers.parse(attempt, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if 0 < len(digits) < 9:
        raise Unreadable("phone", _("Phone is too short: “{value}”.").format(value=text))
    raise Unreadable("phone", _("“{value}” is not a phone number.").format(value=text))


def email(cell: str) -> str | None:
    """Read an e-mail address in lower case; raises Doubtful for a masked one and for one of a marketplace."""
    plain = _PLAIN_EMAIL.fullmatch(cell)
    if plain and len(plain[1]) <= _LOCAL_MAX and _is_domain(plain[2]):
        return cell
    text = clean(cell)
    if is_empty(text):
        return None
    if _MASK.search(text):
        raise Doubtful("masked", _("“{value}” is masked and finds nobody.").format(value=text))
    if _RELAY.search(text):
        raise Doubtful(
            "relay", _("“{value}” is a marketplace’s own address and finds nobody again.").format(value=text)
        )
    checked = _email(text)
    if checked is None:
        raise Unreadable("email", _("“{value}” is not an e-mail address.").format(value=text))
    return checked


def _email(text: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        return None


@lru_cache(maxsize=10_000)
def _is_domain(name: str) -> bool:
    """Say whether addresses at this domain are taken as they stand; most members share a few domains."""
    address = f"a@{name}"
    return _RELAY.search(address) is None and _email(address) == address


def answer(cell: str) -> Answer:
    """Read yes or no; an empty cell is unknown, not no."""
    text = clean(cell).lower()
    if text in _YES:
        return Answer.YES
    if text in _NO:
        return Answer.NO
    if is_empty(text) or text in _UNKNOWN:
        return Answer.UNKNOWN
    raise Unreadable("answer", _("“{value}” is neither yes nor no.").format(value=text))


def amount(cell: str) -> Decimal | None:
    """Read an amount of money without its currency sign; brackets, ▲ and △ are minus."""
    text = clean(cell)
    if is_empty(text):
        return None
    bare = _CURRENCIES.sub("", text).replace(" ", "")
    if _AMOUNT.fullmatch(bare) is None:
        raise Unreadable("amount", _("“{value}” is not an amount.").format(value=text))
    digits = re.sub(r"[^\d.]", "", bare)
    try:
        value = Decimal(digits)
    except InvalidOperation:
        raise Unreadable("amount", _("“{value}” is not an amount.").format(value=text)) from None
    if value > _AMOUNT_MAX:
        raise Unreadable("amount", _("“{value}” is not an amount.").format(value=text))
    return -value if bare[0] in _MINUS or bare.endswith("-") else value


def whole(cell: str) -> int | None:
    """Read a whole number, such as a quantity."""
    try:
        value = amount(cell)
    except Unreadable:
        value = Decimal("0.5")
    if value is None:
        return None
    if value != value.to_integral_value():
        raise Unreadable("number", _("“{value}” is not a whole number.").format(value=clean(cell)))
    return int(value)


def moment(cell: str, zone: str, order: str) -> datetime | None:
    """Read a date, with or without a time, in the shop's time zone. order is ymd, dmy or mdy."""
    text = clean(cell)
    if is_empty(text):
        return None
    if _NO_DAY.fullmatch(text):
        raise Doubtful("no_date", _("“{value}” stands for no date.").format(value=text))
    found = dates.read(text, zone, order)
    if found is None and order == "ymd" and dates.is_open(text):
        sentence = _("“{value}” can be read with the day or the month first. Choose how dates are written.")
        raise Unreadable("date", sentence.format(value=text))
    if found is None:
        raise Unreadable("date", _("“{value}” is not a date.").format(value=text))
    return found


def currency(cell: str) -> str | None:
    """Read a currency by its code or its sign."""
    text = clean(cell)
    return None if is_empty(text) else _SIGNS.get(text.lower(), text.upper())


def mark(cell: str) -> bool | None:
    """Read a cell of a column that is one tag: True, False, or None when it holds something else, such as names."""
    text = clean(cell).lower()
    if is_empty(text) or text in _NO:
        return False
    return True if text in _YES else None


def tag_of_column(name: str) -> str:
    """Return the tag that a column of marks stands for: the column's name without what only says "tag"."""
    return _TAG_COLUMN.sub("", name.strip(), count=1) or name.strip()


def several(cell: str) -> list[str]:
    """Split a cell of tags at commas, ideographic commas, semicolons and bars."""
    parts = [part.strip() for part in re.split(r"[,，、;；|｜\n]", cell)]
    return list(dict.fromkeys(part for part in parts if not is_empty(clean(part))))


def full_name(parts: Sequence[str], country: str, *, given_first: bool) -> str:
    """Return a name whose family and given name stood in two cells.

    A name in Han letters has the family first, whatever the columns' order, and no blank between (in Japan one, as
    its shop systems write it); other names keep their order.
    """
    if len(parts) != 2 or not all(_HAN_NAME.fullmatch(part) for part in parts):
        return " ".join(parts)
    family_first = parts[::-1] if given_first else parts
    return (" " if country == "JP" else "").join(family_first)
