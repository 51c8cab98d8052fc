"""What is written in cells, read as the people who wrote it meant it, or refused with the reason."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from linecrm_desktop.imports import values
from linecrm_desktop.imports.values import Unreadable
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
        ("令和8年11月12日", "ymd", "2026-11-12T00:00"),
        ("R8.11.12", "ymd", "2026-11-12T00:00"),
        ("20261112", "ymd", "2026-11-12T00:00"),
        ("1151112", "ymd", "2026-11-12T00:00"),
        ("2026-11-12T12:05:00Z", "ymd", "2026-11-12T20:05"),
        ("2026-11-12 12:05:00 UTC", "ymd", "2026-11-12T20:05"),
        ("2026-11-12 21:05:00 +0900", "ymd", "2026-11-12T20:05"),
        ("２０２６／１１／１２", "ymd", "2026-11-12T00:00"),
    ],
)
def test_dates(cell: str, order: str, local: str) -> None:
    expected = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(TAIPEI))
    assert values.moment(cell, TAIPEI, order) == expected


@pytest.mark.parametrize(
    "cell", ["2026-13-01", "2026-02-30", "soon", "46338.5", "2026-11-12 25:00", "26-01-02", "2026-01-02T10:00:00+99:99"]
)
def test_what_is_no_date_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="is not a date"):
        values.moment(cell, TAIPEI, "ymd")


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
        ("0912***678", "TW", None),
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
        ("-120", "-120"),
    ],
)
def test_amounts(cell: str, amount: str) -> None:
    assert values.amount(cell) == Decimal(amount)


@pytest.mark.parametrize(
    "cell", ["0001-01-01", "0001-01-01T00:00:00Z", "1900-01-01 00:00:00", "1900/1/0", "9999-12-31 23:59:59"]
)
def test_what_systems_write_for_no_date_is_empty(cell: str) -> None:
    assert values.moment(cell, TAIPEI, "ymd") is None


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
    assert values.email("m***@example.tw") is None
    assert values.email("x@pc.fw.rakuten.ne.jp") is None
    assert values.email("Mei@Example.TW") == "mei@example.tw"
    assert values.key("10**1") is None
    with pytest.raises(Unreadable, match="not an e-mail"):
        values.email("mei at example")


def test_a_line_user_id_is_exactly_one() -> None:
    assert values.line_id(f"U{'0a' * 16}") == f"U{'0a' * 16}"
    for wrong in ("U123", f"U{'0A' * 16}", f"C{'0a' * 16}"):
        with pytest.raises(Unreadable, match="not a LINE user ID"):
            values.line_id(wrong)


def test_several_tags_in_one_cell() -> None:
    assert values.several("茶、咖啡, 茶；Gift | VIP") == ["茶", "咖啡", "Gift", "VIP"]
