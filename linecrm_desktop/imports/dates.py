"""Reads dates as shops in Taiwan, Japan and Thailand write them: our years, ROC, Japanese eras, Buddhist, serials.

By hand, because the general libraries know neither the ROC years nor the eras and guess where a date is ambiguous.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

EARLIEST, LATEST = 1900, 2199
_ERAS = {"R": 2018, "令和": 2018, "H": 1988, "平成": 1988, "S": 1925, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before an era's first."""
_ROC_YEARS = range(80, 200)
_BUDDHIST = 543
_SERIALS = range(20_000, 80_000)
"""Days since 30 December 1899, as spreadsheets count them: 1954 to 2119."""
_SECONDS = range(946_684_800, 4_102_444_800)
"""Seconds since 1970 from 2000 to 2099."""
_MONTHS = (
    ("jan", "january", "ม.ค.", "มกราคม"),
    ("feb", "february", "ก.พ.", "กุมภาพันธ์"),
    ("mar", "march", "มี.ค.", "มีนาคม"),
    ("apr", "april", "เม.ย.", "เมษายน"),
    ("may", "may", "พ.ค.", "พฤษภาคม"),
    ("jun", "june", "มิ.ย.", "มิถุนายน"),
    ("jul", "july", "ก.ค.", "กรกฎาคม"),
    ("aug", "august", "ส.ค.", "สิงหาคม"),
    ("sep", "september", "ก.ย.", "กันยายน"),
    ("oct", "october", "ต.ค.", "ตุลาคม"),
    ("nov", "november", "พ.ย.", "พฤศจิกายน"),
    ("dec", "december", "ธ.ค.", "ธันวาคม"),
)
_AFTERNOON = ("下午", "午後", "晚上", "PM")
_CLOCK = (
    r"(?P<noon>上午|下午|午前|午後|晚上|中午|凌晨|AM|PM)?\s*(?P<h>\d{1,2})[:時时点點.](?P<min>\d{2})分?"
    r"(?:[:.]?(?P<s>\d{2})秒?(?:[.,]\d+)?)?\s*(?P<noon2>AM|PM|น\.)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_DAY = re.compile(
    r"(?P<era>令和|平成|昭和|民國|民国|[RHS](?=\d))?\s*(?P<a>\d{1,4}|元)\s*[-/.年]\s*(?P<b>\d{1,2})\s*[-/.月]\s*(?P<c>\d{1,4})(?:\s*日)?"
    rf"(?:\s*[(（]\S{{1,4}}[)）])?(?:[T,\s]*(?:เวลา\s*)?{_CLOCK})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(rf"(?P<a>\d{{3,4}})(?P<b>\d{{2}})(?P<c>\d{{2}})(?:[T\s]*{_CLOCK})?", re.IGNORECASE)
_STAMP = re.compile(r"(?P<a>[12]\d{3})(?P<b>\d{2})(?P<c>\d{2})(?P<h>\d{2})(?P<min>\d{2})(?P<s>\d{2})?")
_DAY_FIRST = re.compile(
    rf"(?:วันที่)?\s*(?P<c>\d{{1,2}})[\s-]+(?P<word>[^\W\d_][^\d\s,-]*)[\s,-]+(?:พ\.ศ\.\s*)?(?P<a>\d{{2,4}})(?:[\s,]+(?:เวลา\s*)?{_CLOCK})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?P<word>[a-z]{{3,9}})\.?\s+(?P<c>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<a>\d{{4}})(?:[\s,]+(?:at\s+)?{_CLOCK})?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?|\d{10}(?:\d{3})?")

Parts = dict[str, str | None]


def read(text: str, zone: str, order: str) -> datetime | None:
    """Return the moment (UTC) that a folded text names, None when it is no date. order is ymd, dmy or mdy."""
    if _NUMBER.fullmatch(text):
        return _counted(text, zone)
    found = _by_numbers(text, order) or _by_month_name(text)
    if found is None:
        return None
    (year, month, day), rest = found
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return datetime(year, month, day, *_clock(rest), tzinfo=_zone(rest.get("zone"), zone)).astimezone(UTC)
    except ValueError:
        return None


def _by_numbers(text: str, order: str) -> tuple[tuple[int, int, int], Parts] | None:
    digits = _DIGITS.fullmatch(text) or _STAMP.fullmatch(text)
    if digits:
        return (_year(int(digits["a"])), int(digits["b"]), int(digits["c"])), digits.groupdict()
    found = _DAY.fullmatch(text)
    if found is None or (found["a"] == "元" and not found["era"]):
        return None
    a, b, c = 1 if found["a"] == "元" else int(found["a"]), int(found["b"]), int(found["c"])
    if found["era"]:
        return (a + _ERAS[found["era"].upper()], b, c), found.groupdict()
    if len(found["a"]) >= 3 or (order == "ymd" and len(found["c"]) <= 2):
        return (_year(a), b, c), found.groupdict()
    told = order_of([text]) or order
    return None if told == "ymd" else ((_year(c), *((a, b) if told == "mdy" else (b, a))), found.groupdict())


def order_of(texts: Iterable[str]) -> str:
    """Return dmy or mdy as dates with the year at the end show it, "" when none of them does.

    A Buddhist year is written in Thailand, day first; a day and month that are the same number read both ways alike.
    """
    for text in texts:
        found = _DAY.fullmatch(text)
        if found and len(found["c"]) >= 3 and len(found["a"]) <= 2 and found["a"] != "元":
            a, b, year = int(found["a"]), int(found["b"]), int(found["c"])
            if a > 12 or a == b or year > 2400:
                return "dmy"
            if b > 12:
                return "mdy"
    return ""


def is_open(text: str) -> bool:
    """Say whether a date can be read in two ways: day first or month first."""
    found = _DAY.fullmatch(text)
    return bool(found and len(found["c"]) >= 3 and len(found["a"]) <= 2 and not order_of([text]))


def _by_month_name(text: str) -> tuple[tuple[int, int, int], Parts] | None:
    found = _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    month = _months().get(found["word"].lower().rstrip(".")) if found else None
    if found is None or month is None:
        return None
    year = int(found["a"])
    if len(found["a"]) == 2:
        year += 2500 if "ก" <= found["word"][0] <= "๛" else 2000
    return (_year(year), month, int(found["c"])), found.groupdict()


@cache
def _months() -> dict[str, int]:
    return {name.rstrip("."): place for place, names in enumerate(_MONTHS, start=1) for name in names}


def _counted(text: str, zone: str) -> datetime | None:
    """Read a day as spreadsheets count them, or seconds or milliseconds since 1970."""
    if len(text.partition(".")[0]) == 5:
        days = float(text)
        if int(days) not in _SERIALS:
            return None
        local = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))
        return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    seconds = int(text[:10])
    return datetime.fromtimestamp(seconds, UTC) if seconds in _SECONDS else None


def _year(year: int) -> int:
    if year in _ROC_YEARS:
        return year + 1911
    return year - _BUDDHIST if year > 2400 else year


def _clock(rest: Parts) -> tuple[int, int, int]:
    if not rest.get("h"):
        return 0, 0, 0
    hour = int(rest["h"] or 0)
    noon = (rest.get("noon") or rest.get("noon2") or "").upper()
    if noon == "中午" and hour != 12:
        hour += 12 if hour < 3 else 0
    elif noon and noon not in ("中午", "น."):
        hour = hour % 12 + (12 if noon in _AFTERNOON else 0)
    return hour, int(rest["min"] or 0), int(rest.get("s") or 0)


def _zone(written: str | None, shop: str) -> tzinfo | None:
    if not written:
        return ZoneInfo(shop)
    return datetime.fromisoformat(f"2000-01-01T00:00:00{_offset(written)}").tzinfo


def _offset(written: str) -> str:
    if written.upper() in ("Z", "UTC", "GMT"):
        return "+00:00"
    return written if ":" in written else f"{written[:3]}:{written[3:]}"
