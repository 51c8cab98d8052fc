"""Every text a person reads: gettext in four languages, and numbers, money, dates and phones as each writes them.

Standard library only, because the rules and the command line speak too and know no Qt.
"""

import gettext as _gettext
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cmp_to_key
from typing import Any
from unicodedata import normalize

from linecrm_desktop.resources import resource

LANGUAGES = {"zh_TW": "繁體中文", "en": "English", "ja": "日本語", "th": "ไทย"}
"""Language codes and their own names, which are never translated."""

FORMATS = ("", "zh_TW", "ja", "en", "th", "th_CE")
"""How dates can be written; empty: as the language does. th_CE is Thai with years of the common era."""

CURRENCY_DIGITS = {"TWD": 2, "JPY": 0, "THB": 2, "USD": 2}
"""How many decimal digits the smallest unit has (ISO 4217)."""

_SYMBOLS = {"TWD": "NT$", "JPY": "¥", "THB": "฿", "USD": "US$"}
_MINUS = "\u2212"


class _Speaker:
    """The language in use; kept in one place so that it can be changed while running."""

    language = "en"
    formats = ""
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
    compare: Callable[[str, str], int] | None = None


def set_language(language: str) -> None:
    """Speak this language from now on; an unknown one falls back to English."""
    _Speaker.language = language if language in LANGUAGES else "en"
    _Speaker.catalogue = _gettext.translation(
        "tagwell", resource("locales"), languages=[_Speaker.language], fallback=True
    )


def set_formats(formats: str) -> None:
    """Write dates like this from now on, whatever the language; one of FORMATS."""
    _Speaker.formats = formats if formats in FORMATS else ""


def set_name_order(compare: Callable[[str, str], int] | None) -> None:
    """Sort names by this comparison from now on; None: by their letters, whatever the language."""
    _Speaker.compare = compare


def name_key(name: str) -> Any:
    """Return what a name is sorted by: strokes in Chinese, kana in Japanese, Thai order, where a window told how.

    Names that count as equal there stand by their letters, so that every list is the same again.
    """
    letters = normalize("NFKC", name).casefold()
    compare = _Speaker.compare
    return letters if compare is None else (cmp_to_key(compare)(name), letters)


def format_names() -> dict[str, str]:
    """Name the formats that can be chosen, in the person's language."""
    return {
        "zh_TW": _("Taiwan"),
        "ja": _("Japan"),
        "en": _("English"),
        "th": _("Thailand"),
        "th_CE": _("Thailand, Western years"),
    }


def language() -> str:
    """Return the code of the language in use."""
    return _Speaker.language


def _(message: str) -> str:
    """Return the message in the person's language. Fill placeholders afterwards: _("…{n}…").format(n=…)."""
    return _Speaker.catalogue.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """Return the right plural form of a message for the number n (still to be formatted)."""
    return _Speaker.catalogue.ngettext(one, many, n)


def N_(message: str) -> str:
    """Mark a message for translation where it is written down but not yet shown."""
    return message


def number(value: float, digits: int = 0) -> str:
    """Write a number with thousands commas and a true minus sign, the same in all four languages."""
    return f"{value:,.{digits}f}".replace("-", _MINUS)


def percent(share: float, digits: int = 1) -> str:
    """Write a share (0 to 1) as a percentage."""
    return f"{number(share * 100, digits)}%"


def to_minor(amount: Decimal, currency: str) -> int:
    """Turn an amount as people write it into whole smallest units of its currency (half up)."""
    scale = Decimal(10) ** CURRENCY_DIGITS.get(currency, 2)
    return int((amount * scale).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def money(minor: int, currency: str, *, digits: int | None = None) -> str:
    """Write an amount in smallest units with its symbol; decimals only where there are any (or `digits` says so)."""
    scale = 10 ** CURRENCY_DIGITS.get(currency, 2)
    value = Decimal(minor) / scale
    places = digits if digits is not None else (0 if minor % scale == 0 else CURRENCY_DIGITS.get(currency, 2))
    sign = _MINUS if value < 0 else ""
    return f"{sign}{symbol(currency)}{abs(value):,.{places}f}"


def symbol(currency: str) -> str:
    """Return what stands before an amount of a currency."""
    return _SYMBOLS.get(currency, currency + " ")


def price(amount: Decimal, currency: str) -> str:
    """Write the price of one message, which has more digits than the currency's coins: NT$0.20, ¥2.8."""
    fewest = 1 if CURRENCY_DIGITS.get(currency, 2) == 0 else 2
    digits = max(-int(amount.normalize().as_tuple().exponent), fewest)
    return f"{symbol(currency)}{amount:,.{digits}f}"


@dataclass(frozen=True, slots=True)
class _DateStyle:
    this_year: str
    other_year: str
    long: str
    today: str
    month: str


_EN_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_TH_MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
_EN_FULL = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_TH_FULL = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
_WEEKDAYS = {
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    "zh_TW": list("一二三四五六日"),
    "ja": list("月火水木金土日"),
    "th": ["จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."],
}
_DATE_STYLES = {
    "en": _DateStyle("{d} {month}", "{d} {month} {y}", "{weekday} {d} {month} {y}", "Today {time}", "{month} {y}"),
    "zh_TW": _DateStyle("{m}/{d}", "{y}/{m}/{d}", "{y}/{m}/{d}（{weekday}）", "今天 {time}", "{y}年{m}月"),
    "ja": _DateStyle("{m}/{d}", "{y}/{m}/{d}", "{y}/{m}/{d}({weekday})", "今日 {time}", "{y}年{m}月"),
    "th": _DateStyle("{d} {month}", "{d} {month} {y}", "{weekday} {d} {month} {y}", "วันนี้ {time}", "{month} {y}"),
}
_DATE_STYLES["th_CE"] = _DATE_STYLES["th"]
_THAI_ERA = 543


def formats_in_use() -> str:
    """Return the code of the formats in use: one of FORMATS."""
    return _Speaker.formats or _Speaker.language


def _date_parts(day: date, formats: str) -> dict[str, Any]:
    thai = formats.startswith("th")
    months = _TH_MONTHS if thai else _EN_MONTHS
    return {
        "d": day.day,
        "m": day.month,
        "y": day.year + (_THAI_ERA if formats == "th" else 0),
        "month": months[day.month - 1],
        "weekday": _WEEKDAYS[_Speaker.language][day.weekday()],
    }


def short_date(day: date, today: date) -> str:
    """Write a date for a table: without the year when it is this year's."""
    style = _DATE_STYLES[formats_in_use()]
    form = style.this_year if day.year == today.year else style.other_year
    return form.format(**_date_parts(day, formats_in_use()))


def long_date(day: date) -> str:
    """Write a date with weekday and year (Buddhist era in Thai)."""
    return _DATE_STYLES[formats_in_use()].long.format(**_date_parts(day, formats_in_use()))


def date_as(day: date, formats: str) -> str:
    """Write a date with its year as one of FORMATS does, to show what choosing it would come to."""
    return _DATE_STYLES[formats].other_year.format(**_date_parts(day, formats))


def full_date(day: date, language: str) -> str:
    """Write a date with its year in a language that need not be the one on the screen: for what a friend reads."""
    return _DATE_STYLES[language].other_year.format(**_date_parts(day, language))


def month(day: date) -> str:
    """Write the month in which a day lies, with its year."""
    return _DATE_STYLES[formats_in_use()].month.format(**_date_parts(day, formats_in_use()))


def month_name(day: date, *, short: bool = False) -> str:
    """Write the month in which a day lies without its year."""
    names = {"en": (_EN_MONTHS, _EN_FULL), "th": (_TH_MONTHS, _TH_FULL)}.get(formats_in_use()[:2])
    if names is None:
        return f"{day.month}月"
    return names[not short][day.month - 1]


def clock(moment: datetime) -> str:
    """Write the time of day of a moment that is already local."""
    return moment.strftime("%H:%M") + (" น." if formats_in_use().startswith("th") else "")


def when(moment: datetime, today: date) -> str:
    """Write a local moment for a list: the time today, else the short date and time."""
    if moment.date() == today:
        return _DATE_STYLES[_Speaker.language].today.format(time=clock(moment))
    return f"{short_date(moment.date(), today)} {clock(moment)}"


def masked_phone(national: str) -> str:
    """Hide the middle group of a phone number written in groups: 0912-345-678 becomes 0912-•••-678."""
    groups = national.replace(" ", "-").split("-")
    if len(groups) < 3:
        return national[:3] + "•" * max(0, len(national) - 6) + national[-3:]
    groups[1:-1] = ["•" * len(group) for group in groups[1:-1]]
    return "-".join(groups)


def masked_email(address: str) -> str:
    """Hide the name before the @ of an e-mail address: tina@example.tw becomes t•••@example.tw."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••{at}{host}"
