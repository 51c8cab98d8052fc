"""What is written in cells, read as the people who wrote it meant it, or refused with the reason."""

import contextlib
import random
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import email_validator
import phonenumbers
import pytest

from linecrm_desktop.imports import dates, values
from linecrm_desktop.imports.values import Doubtful, Unreadable
from linecrm_desktop.models.friend import Answer

TAIPEI = "Asia/Taipei"


@pytest.mark.parametrize(
    ("cell", "order", "local"),
    [
        ("2026-11-12", "ymd", "2026-11-12T00:00"),
        ("2026/11/12 20:05", "ymd", "2026-11-12T20:05"),
        ("2026/11/12 下午 08:05:30", "ymd", "2026-11-12T20:05:30"),
        ("2026/11/12 午前 0:05", "ymd", "2026-11-12T00:05"),
        ("11/12/2026 8:05 PM", "mdy", "2026-11-12T20:05"),
        ("12/11/2569 08:05", "dmy", "2026-11-12T08:05"),
        ("115/11/12", "ymd", "2026-11-12T00:00"),
        ("民國115年11月12日", "ymd", "2026-11-12T00:00"),
        ("民國 115 年 11 月 12 日", "ymd", "2026-11-12T00:00"),
        ("令和8年11月12日", "ymd", "2026-11-12T00:00"),
        ("R8.11.12", "ymd", "2026-11-12T00:00"),
        ("20261112", "ymd", "2026-11-12T00:00"),
        ("1151112", "ymd", "2026-11-12T00:00"),
        ("2026-11-12T12:05:00Z", "ymd", "2026-11-12T20:05"),
        ("2026-11-12 12:05:00 UTC", "ymd", "2026-11-12T20:05"),
        ("2026-11-12 21:05:00 +0900", "ymd", "2026-11-12T20:05"),
        ("２０２６／１１／１２", "ymd", "2026-11-12T00:00"),
        ("46338", "ymd", "2026-11-12T00:00"),
        ("46338.836806", "ymd", "2026-11-12T20:05"),
        ("1794485100", "ymd", "2026-11-12T20:05"),
        ("1794485100000", "ymd", "2026-11-12T20:05"),
        ("20261112200500", "ymd", "2026-11-12T20:05"),
        ("令和元年5月1日", "ymd", "2019-05-01T00:00"),
        ("H31.4.30", "ymd", "2019-04-30T00:00"),
        ("2026年11月12日 20時05分", "ymd", "2026-11-12T20:05"),
        ("2026/11/12(木) 20:05", "ymd", "2026-11-12T20:05"),
        ("2026/11/12 上午 12:05", "ymd", "2026-11-12T00:05"),
        ("2026/11/12 中午 12:05", "ymd", "2026-11-12T12:05"),
        ("12 พ.ย. 2569", "ymd", "2026-11-12T00:00"),
        ("12 พฤศจิกายน 2569 20:05 น.", "ymd", "2026-11-12T20:05"),
        ("12 พฤศจิกายน พ.ศ. 2569 เวลา 20:05 น.", "ymd", "2026-11-12T20:05"),
        ("12/11/2569 เวลา 20:05", "ymd", "2026-11-12T20:05"),
        ("12 พ.ย. 69", "ymd", "2026-11-12T00:00"),
        ("12-Nov-26", "ymd", "2026-11-12T00:00"),
        ("Nov 12, 2026 8:05 PM", "ymd", "2026-11-12T20:05"),
        ("13/11/2026", "ymd", "2026-11-13T00:00"),
        ("11/13/2026", "ymd", "2026-11-13T00:00"),
        ("11/11/2026", "ymd", "2026-11-11T00:00"),
        ("12/11/2569", "ymd", "2026-11-12T00:00"),
        ("2026/11/12, 20:05:00", "ymd", "2026-11-12T20:05"),
    ],
)
def test_dates(cell: str, order: str, local: str) -> None:
    expected = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(TAIPEI))
    assert values.moment(cell, TAIPEI, order) == expected


@pytest.mark.parametrize(
    "cell", ["2026-13-01", "2026-02-30", "soon", "2026-11-12 25:00", "26-01-02", "2026-01-02T10:00:00+99:99"]
)
def test_what_is_no_date_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="is not a date"):
        values.moment(cell, TAIPEI, "ymd")


@pytest.mark.parametrize(
    "cell", ["1900/1/0", "0000-00-00", "0000-00-00 00:00:00", "9999-12-31", "-", "--", "#N/A", "NULL"]
)
def test_what_systems_write_for_no_date_is_told_and_left_out(cell: str) -> None:
    if cell in ("-", "--", "#N/A", "NULL"):
        assert values.moment(cell, TAIPEI, "ymd") is None
    else:
        with pytest.raises(Doubtful, match="stands for no date"):
            values.moment(cell, TAIPEI, "ymd")


def test_a_date_that_two_countries_read_differently_is_not_guessed() -> None:
    with pytest.raises(Unreadable, match="day or the month first"):
        values.moment("05/01/2026", TAIPEI, "ymd")
    assert values.moment("05/01/2026", TAIPEI, "dmy") == datetime(2026, 1, 5, tzinfo=ZoneInfo(TAIPEI))
    assert values.moment("05/01/2026", TAIPEI, "mdy") == datetime(2026, 5, 1, tzinfo=ZoneInfo(TAIPEI))


@pytest.mark.parametrize("country", ["TW", "JP", "TH"])
def test_the_short_way_for_mobile_numbers_gives_what_the_library_gives(country: str) -> None:
    rng = random.Random(country)
    for _number in range(3_000):
        cell = "0" + "".join(rng.choices("0123456789", k=rng.choice((8, 9, 10))))
        try:
            short = values.phone(cell, country)
        except Unreadable:
            short = None
        with contextlib.suppress(phonenumbers.NumberParseException):
            number = phonenumbers.parse(cell, country)
            if phonenumbers.is_valid_number(number):
                assert short == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize(
    "cell",
    ["mei.lin+tea@example.com", "a_b-c@shop.example.co.jp", "x@gmail.com", "1@2.tw", "a..b@x.tw", "a@-x.tw", "a@x"],
)
def test_the_short_way_for_addresses_gives_what_the_library_gives(cell: str) -> None:
    try:
        long = email_validator.validate_email(cell, check_deliverability=False, test_environment=True).normalized
    except email_validator.EmailNotValidError:
        long = None
    try:
        short = values.email(cell)
    except Unreadable:
        short = None
    assert short == long


@pytest.mark.parametrize("cell", ["a1@pc.fw.rakuten.ne.jp", "x@privaterelay.appleid.com", "y@marketplace.amazon.co.jp"])
def test_an_address_of_a_marketplace_is_no_key(cell: str) -> None:
    with pytest.raises(Doubtful, match="finds nobody again"):
        values.email(cell)


def test_a_column_of_marks_is_one_tag() -> None:
    assert [values.mark(cell) for cell in ("1", "○", "Y", "はい", "0", "×", "", "VIP")] == [True] * 4 + [False] * 3 + [
        None
    ]
    assert (
        values.tag_of_column("タグ:VIP") == values.tag_of_column("標籤_VIP") == values.tag_of_column(" VIP ") == "VIP"
    )
    assert values.tag_of_column("標籤") == "標籤"


@pytest.mark.parametrize(
    ("cell", "country", "e164"),
    [
        ("0912-345-678", "TW", "+886912345678"),
        ("'0912345678", "TW", "+886912345678"),
        ('="0912345678"', "TW", "+886912345678"),
        ("912345678", "TW", "+886912345678"),
        ("+886 912 345 678", "JP", "+886912345678"),
        ("886912345678", "TW", "+886912345678"),
        ("０９０－１２３４－５６７８", "JP", "+819012345678"),
        ("081-234-5678", "TH", "+66812345678"),
        ("-", "TW", None),
    ],
)
def test_phones(cell: str, country: str, e164: str | None) -> None:
    assert values.phone(cell, country) == e164


@pytest.mark.parametrize(
    ("cell", "said"), [("0912", "too short"), ("9.12E+08", "lost digits"), ("not a phone at all", "not a phone number")]
)
def test_phones_that_cannot_be_read(cell: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        values.phone(cell, "TW")


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("NT$1,680", "1680"),
        ("¥1,680", "1680"),
        ("1,680元", "1680"),
        ("1680.00", "1680"),
        ("฿ 99.50", "99.50"),
        ("(120)", "-120"),
        ("▲120", "-120"),
        ("△120", "-120"),
        ("\u2212120", "-120"),
        ("-120", "-120"),
    ],
)
def test_amounts(cell: str, amount: str) -> None:
    assert values.amount(cell) == Decimal(amount)


@pytest.mark.parametrize(
    "cell", ["0001-01-01", "0001-01-01T00:00:00Z", "1900-01-01 00:00:00", "1900/1/0", "9999-12-31 23:59:59"]
)
def test_no_date_with_a_clock_is_left_out_too(cell: str) -> None:
    with pytest.raises(Doubtful, match="stands for no date"):
        values.moment(cell, TAIPEI, "ymd")


@pytest.mark.parametrize("cell", ["1.680,50", "about 100", "12 or 13", "1,2,3", "1,5", "99999999999999"])
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="is not an amount"):
        values.amount(cell)


def test_yes_no_and_what_is_neither() -> None:
    assert [values.answer(cell) for cell in ("是", "はい", "ใช่", "Yes", "1", "○")] == [Answer.YES] * 6
    assert [values.answer(cell) for cell in ("否", "いいえ", "ไม่", "No", "0", "×")] == [Answer.NO] * 6
    assert values.answer(" ") is Answer.UNKNOWN
    with pytest.raises(Unreadable, match="neither yes nor no"):
        values.answer("perhaps")


def test_a_masked_or_relayed_key_is_no_key() -> None:
    for read, cell in (
        (values.email, "m***@example.tw"),
        (values.email, "x@pc.fw.rakuten.ne.jp"),
        (values.key, "10**1"),
    ):
        with pytest.raises(Doubtful):
            read(cell)
    with pytest.raises(Doubtful):
        values.phone("0912***678", "TW")
    with pytest.raises(Doubtful, match="lost digits"):
        values.key("1.23457E+17")
    assert values.email("Mei@Example.TW") == "mei@example.tw"
    with pytest.raises(Unreadable, match="not an e-mail"):
        values.email("mei at example")


def test_a_line_user_id_is_exactly_one() -> None:
    assert values.line_id(f"U{'0a' * 16}") == f"U{'0a' * 16}"
    for wrong in ("U123", f"U{'0A' * 16}", f"C{'0a' * 16}"):
        with pytest.raises(Unreadable, match="not a LINE user ID"):
            values.line_id(wrong)


def test_several_tags_in_one_cell() -> None:
    assert values.several("茶、咖啡, 茶；Gift | VIP") == ["茶", "咖啡", "Gift", "VIP"]


@pytest.mark.parametrize(
    ("parts", "country", "given_first", "name"),
    [
        (("小明", "王"), "TW", True, "王小明"),
        (("王", "小明"), "TW", False, "王小明"),
        (("花子", "髙橋"), "JP", True, "髙橋 花子"),
        (("髙橋", "花子"), "JP", False, "髙橋 花子"),
        (("Mei", "Lin"), "TW", True, "Mei Lin"),
        (("Mei", "林"), "TW", True, "Mei 林"),
        (("小明",), "TW", True, "小明"),
    ],
)
def test_names_in_two_cells(parts: tuple[str, ...], country: str, name: str, *, given_first: bool) -> None:
    assert values.full_name(parts, country, given_first=given_first) == name


@pytest.mark.parametrize(
    ("cell", "millisecond"),
    [
        ("1794000000123", 123),
        ("1794000000.5", None),
        ("2026-05-01T10:00:00.25Z", 250),
        ("2026-05-01 10:00:00,123456 +0800", 123),
        ("2026-05-01 10:00:00", None),
        ("1794000000", None),
        ("", None),
    ],
)
def test_the_thousandths_of_a_moment(cell: str, millisecond: int | None) -> None:
    assert dates.millisecond(cell) == millisecond
