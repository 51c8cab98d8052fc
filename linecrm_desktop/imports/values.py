"""Reads what people and shop systems write in a cell: dates, phones, amounts, yes and no, LINE ids.

Each reader returns None for an empty cell and raises Unreadable for one that it cannot read; nothing is guessed.
"""

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from linecrm_desktop.models.friend import Answer
from linecrm_desktop.text import _

EMPTY = frozenset({"", "-", "--", "—", "n/a", "null", "none"})
_NO_DAY = re.compile(r"(0000-00-00|0001-01-01|1900[-/]0?1[-/]0?[01]|9999-12-31)([T ][\d:.]+)?(Z|[+-]\d\d:?\d\d)?")
"""What shop systems write for "no date"."""
_AMOUNT_MAX = Decimal(10**12)
_EARLIEST, _LATEST = 1900, 2199
_YES = frozenset(
    {
        *{"y", "yes", "t", "true", "1", "○", "on", "✓", "allowed", "subscribed", "opt in", "opt-in", "opted in"},
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
_DATE = re.compile(
    r"(?P<a>\d{1,4})\s*[-/.年]\s*(?P<b>\d{1,2})\s*[-/.月]\s*(?P<c>\d{1,4})日?"
    r"(?:[T\s]+(?P<noon>上午|下午|午前|午後|AM|PM)?\s*(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?)?"
    r"\s*(?P<noon2>AM|PM)?\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[(▲-]*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[)-]?")
_CURRENCIES = re.compile(r"NT\$|US\$|TWD|JPY|THB|USD|[$¥฿元円バ]|บาท", re.IGNORECASE)
_MASK = re.compile(r"[*•○＊]{2,}|\*")
_ROC_YEARS = range(80, 200)
_REIWA = 2018
_BUDDHIST = 543


class Unreadable(ValueError):
    """A cell that cannot be read: a short code for counting and a sentence for the person."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


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
    """Read a text as it stands; only outer blanks go."""
    return cell.strip() or None


def line_id(cell: str) -> str | None:
    """Read a LINE user id: U and 32 hexadecimal digits."""
    text = clean(cell)
    if is_empty(text):
        return None
    if _LINE_ID.fullmatch(text) is None:
        raise Unreadable(
            "line_id", _("“{value}” is not a LINE user ID: U and 32 digits or letters a to f.").format(value=text)
        )
    return text


def key(cell: str) -> str | None:
    """Read a member or order number; a masked one is no key."""
    text = clean(cell)
    return None if is_empty(text) or _MASK.search(text) else text


def phone(cell: str, country: str) -> str | None:
    """Read a phone number into E.164; masked ones are no key and give None."""
    text = clean(cell)
    if is_empty(text) or _MASK.search(text):
        return None
    return _phone(text, country)


@lru_cache(maxsize=50_000)
def _phone(text: str, country: str) -> str:
    import phonenumbers

    if re.fullmatch(r"\d(\.\d+)?E\+\d+", text, re.IGNORECASE):
        raise Unreadable("phone", _("“{value}” has lost digits in a spreadsheet.").format(value=text))
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
    """Read an e-mail address in lower case; masked and relay addresses are no key and give None."""
    text = clean(cell)
    if is_empty(text) or _MASK.search(text) or text.endswith("@pc.fw.rakuten.ne.jp"):
        return None
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Unreadable("email", _("“{value}” is not an e-mail address.").format(value=text)) from None
    return checked.normalized.lower()


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
    """Read an amount of money without its currency sign; brackets and ▲ are minus."""
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
    return -value if bare[0] in "(▲-" or bare.endswith("-") else value


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
    text = clean(cell).removeprefix("民國").replace("令和", "R")
    if is_empty(text) or _NO_DAY.fullmatch(text):
        return None
    found = _date_parts(text, order)
    if found is None:
        raise _no_date(text)
    (year, month, day), rest = found
    if not _EARLIEST <= year <= _LATEST:
        raise _no_date(clean(cell))
    try:
        local = datetime(year, month, day, *_clock(rest), tzinfo=_zone(rest.get("zone"), zone))
    except ValueError:
        raise _no_date(clean(cell)) from None
    return local.astimezone(UTC)


def _date_parts(text: str, order: str) -> tuple[tuple[int, int, int], dict[str, str | None]] | None:
    digits = re.fullmatch(r"(\d{3,4})(\d{2})(\d{2})", text)
    if digits:
        return (_year(int(digits[1])), int(digits[2]), int(digits[3])), {}
    reiwa = text[:1] in "Rr" and text[1:2].isdigit()
    found = _DATE.fullmatch(text[1:] if reiwa else text)
    if found is None:
        return None
    a, b, c = int(found["a"]), int(found["b"]), int(found["c"])
    if reiwa:
        return (a + _REIWA, b, c), found.groupdict()
    if len(found["a"]) >= 3 or order == "ymd":
        return (_year(a), b, c), found.groupdict()
    return ((_year(c), a, b) if order == "mdy" else (_year(c), b, a)), found.groupdict()


def _year(year: int) -> int:
    if year in _ROC_YEARS:
        return year + 1911
    return year - _BUDDHIST if year > 2400 else year


def _clock(rest: dict[str, str | None]) -> tuple[int, int, int]:
    if not rest.get("h"):
        return 0, 0, 0
    hour = int(rest["h"] or 0)
    noon = (rest.get("noon") or rest.get("noon2") or "").upper()
    if noon:
        hour = hour % 12 + (12 if noon in ("下午", "午後", "PM") else 0)
    return hour, int(rest["min"] or 0), int(rest["s"] or 0)


def _zone(written: str | None, shop: str) -> ZoneInfo | None:
    if not written:
        return ZoneInfo(shop)
    return datetime.fromisoformat(f"2000-01-01T00:00:00{_offset(written)}").tzinfo  # pyright: ignore[reportReturnType]


def _offset(written: str) -> str:
    if written.upper() in ("Z", "UTC"):
        return "+00:00"
    return written if ":" in written else f"{written[:3]}:{written[3:]}"


def _no_date(text: str) -> Unreadable:
    return Unreadable("date", _("“{value}” is not a date.").format(value=text))


def several(cell: str) -> list[str]:
    """Split a cell of tags at commas, ideographic commas, semicolons and bars."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[,，、;；|]", cell) if part.strip()))
