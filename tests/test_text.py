"""Numbers, money and dates as each language writes them (the table of formats)."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from linecrm_desktop import text


@pytest.mark.parametrize(
    ("language", "long", "this_year", "other_year", "today", "month"),
    [
        ("en", "Thu 12 Nov 2026", "12 Nov", "12 Nov 2025", "Today 10:31", "Nov 2026"),
        ("zh_TW", "2026/11/12（四）", "11/12", "2025/11/12", "今天 10:31", "2026年11月"),
        ("ja", "2026/11/12(木)", "11/12", "2025/11/12", "今日 10:31", "2026年11月"),
        ("th", "พฤ. 12 พ.ย. 2569", "12 พ.ย.", "12 พ.ย. 2568", "วันนี้ 10:31 น.", "พ.ย. 2569"),
    ],
)
def test_dates_follow_the_language(
    language: str, long: str, this_year: str, other_year: str, today: str, month: str
) -> None:
    text.set_language(language)
    day = date(2026, 11, 12)
    assert text.long_date(day) == long
    assert text.short_date(day, day) == this_year
    assert text.short_date(date(2025, 11, 12), day) == other_year
    assert text.when(datetime(2026, 11, 12, 10, 31), day) == today
    assert text.month(day) == month


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (168_000, "TWD", "NT$1,680"),
        (33_120, "TWD", "NT$331.20"),
        (-2300, "TWD", "\u2212NT$23"),
        (1680, "JPY", "¥1,680"),
        (168_050, "THB", "฿1,680.50"),
    ],
)
def test_money_shows_decimals_only_where_there_are_any(minor: int, currency: str, written: str) -> None:
    assert text.money(minor, currency) == written


def test_amounts_round_half_up_to_the_smallest_unit() -> None:
    assert text.to_minor(Decimal("1680"), "TWD") == 168_000
    assert text.to_minor(Decimal("0.005"), "TWD") == 1
    assert text.to_minor(Decimal("1680.5"), "JPY") == 1681


def test_phones_and_addresses_are_masked() -> None:
    assert text.masked_phone("0912-345-678") == "0912-•••-678"
    assert text.masked_phone("090-1234-5678") == "090-••••-5678"
    assert text.masked_phone("0912345678") == "091••••678"
    assert text.masked_email("tina@example.tw") == "t•••@example.tw"


def test_an_unknown_language_falls_back_to_english() -> None:
    text.set_language("tlh")
    assert text.language() == "en"


def test_numbers_have_commas_and_a_true_minus() -> None:
    assert text.number(-4862) == "\u22124,862"
    assert text.percent(0.657) == "65.7%"


@pytest.mark.parametrize(
    ("language", "days", "numbers"),
    [
        ("en", "Tue 13 Oct 2026 to Thu 12 Nov 2026", "2.2 to 9.4"),
        ("zh_TW", "2026/10/13（二）到 2026/11/12（四）", "2.2 到 9.4"),
        ("ja", "2026/10/13(火)〜2026/11/12(木)", "2.2〜9.4"),
        ("th", "อ. 13 ต.ค. 2569 ถึง พฤ. 12 พ.ย. 2569", "2.2 ถึง 9.4"),
    ],
)
def test_ranges_of_days_and_of_numbers_follow_the_language(language: str, days: str, numbers: str) -> None:
    text.set_language(language)
    first, last = text.long_date(date(2026, 10, 13)), text.long_date(date(2026, 11, 12))
    assert text._("{first} to {last}").format(first=first, last=last) == days
    assert text._("{low} to {high}").format(low=text.number(2.2, 1), high=text.number(9.4, 1)) == numbers


@pytest.mark.parametrize(
    ("formats", "today", "other_year"),
    [
        ("zh_TW", "11/12", "2025/11/12"),
        ("en", "12 Nov", "12 Nov 2025"),
        ("th", "12 พ.ย.", "12 พ.ย. 2568"),
        ("th_CE", "12 พ.ย.", "12 พ.ย. 2025"),
    ],
)
def test_formats_are_chosen_apart_from_the_language(formats: str, today: str, other_year: str) -> None:
    text.set_language("ja")
    text.set_formats(formats)
    day = date(2026, 11, 12)
    assert text.short_date(day, day) == today
    assert text.short_date(date(2025, 11, 12), day) == other_year
    text.set_formats("")


@pytest.mark.parametrize(("currency", "before"), [("TWD", "NT$"), ("JPY", "¥"), ("THB", "฿"), ("EUR", "EUR ")])
def test_the_symbol_of_a_currency_stands_alone_where_only_a_number_is_typed(currency: str, before: str) -> None:
    assert text.symbol(currency) == before
