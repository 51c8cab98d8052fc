"""Which column goes where is guessed from names in four languages, from values, and from known systems."""

import pytest

from linecrm_desktop.imports import presets
from linecrm_desktop.imports.columns import Kind, Matching, Target, guess, guess_kind


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (("Member number", "Name", "E-mail"), Kind.CUSTOMERS),
        (("會員編號", "姓名", "手機"), Kind.CUSTOMERS),
        (("訂單編號", "訂單日期", "會員編號", "訂單金額"), Kind.ORDERS),
        (("注文番号", "注文日時", "会員番号"), Kind.ORDERS),
        (("date", "id"), Kind.ORDERS),
        (("LINE user ID", "Name"), Kind.FRIENDS),
        (("Event", "Date", "Member number"), Kind.EVENTS),
    ],
)
def test_the_kind_of_rows(header: tuple[str, ...], kind: Kind) -> None:
    assert guess_kind(header) is kind


def test_names_are_folded_and_a_target_is_given_once() -> None:
    found = guess(Kind.CUSTOMERS, ("ＭＥＭＢＥＲ　NUMBER", "member_number", "Shoe size"), ())
    assert found.targets == (Target.MEMBER, Target.LEAVE_OUT, Target.LEAVE_OUT)


def test_a_column_of_line_ids_is_known_by_its_values() -> None:
    rows = ((f"U{'1a' * 16}", "x"), (f"U{'2b' * 16}", "y"))
    assert guess(Kind.FRIENDS, ("uid?", "z"), rows).targets[0] is Target.LINE_ID


def test_what_is_missing_is_said() -> None:
    nothing = Matching((Target.LEAVE_OUT, Target.NAME))
    assert len(nothing.missing(Kind.CUSTOMERS)) == 1
    assert len(nothing.missing(Kind.ORDERS)) == 1, "the name of a buyer is a key where there is no other"
    assert len(Matching((Target.LEAVE_OUT,)).missing(Kind.ORDERS)) == 2
    assert len(nothing.missing(Kind.EVENTS)) == 3
    assert nothing.with_target(0, Target.MEMBER).missing(Kind.CUSTOMERS) == []


NO_KEY = {"line_chat"}
"""Exports that hold nothing which identifies a person; the wizard says so."""


@pytest.mark.parametrize("preset", presets.all_presets(), ids=lambda preset: preset.id)
def test_every_shipped_preset_is_found_by_its_own_columns(preset: presets.Preset) -> None:
    header = tuple(preset.columns)
    assert presets.best(header) == preset
    assert presets.by_id(preset.id) is preset
    assert set(preset.columns.values()) <= {str(target) for target in Target}
    assert set(preset.fingerprint) <= set(header)
    assert set(preset.no_goods) <= set(header)
    missing = guess(preset.kind, header, (), preset.columns).missing(preset.kind)
    assert bool(missing) == (preset.id in NO_KEY)


@pytest.mark.parametrize("preset", presets.all_presets(), ids=lambda preset: preset.id)
def test_full_width_signs_and_blanks_in_names_do_not_matter(preset: presets.Preset) -> None:
    wide = str.maketrans("()/ ", "（）／　")
    assert presets.best([name.translate(wide) for name in preset.columns]) == preset


def test_a_shop_that_left_columns_out_is_still_recognised() -> None:
    chosen = (
        "注文番号",
        "会員ID",
        "お名前(姓)",
        "お名前(名)",
        "メールアドレス",
        "TEL",
        "支払合計",
        "対応状況(名称)",
        "受注日",
    )
    more = ("商品名", "個数", "明細区分(名称)", "小計", "送料", "税金", "合計", "入金日", "商品コード")
    found = presets.best((*chosen, *more))
    assert found is not None
    assert found.id == "eccube4_orders"


def test_a_plain_list_with_everyday_names_is_no_preset() -> None:
    assert presets.best(("name", "phone", "email", "note", "tags")) is None


def test_a_strange_header_fits_no_preset() -> None:
    assert presets.best(("a", "b", "c")) is None


@pytest.mark.parametrize(
    "header",
    [
        ["First Name", "Last Name", "Phone"],
        ["姓", "名", "手機"],
        ["ชื่อ", "นามสกุล", "เบอร์โทร"],
    ],
)
def test_family_and_given_names_make_one_name(header: list[str]) -> None:
    assert guess(Kind.CUSTOMERS, header, []).targets == (Target.NAME, Target.NAME, Target.PHONE)


def test_a_column_of_whole_names_stays_alone() -> None:
    found = guess(Kind.CUSTOMERS, ["Name", "First Name", "Last Name", "Phone"], [])
    assert found.targets == (Target.NAME, Target.LEAVE_OUT, Target.LEAVE_OUT, Target.PHONE)


def test_tags_about_health_are_left_out_until_somebody_says_otherwise() -> None:
    header, rows = ["member number", "interests", "tags"], [["1", "tea", "糖尿病"], ["2", "cups", "高血壓"]]
    assert guess(Kind.CUSTOMERS, header, rows).targets == (Target.MEMBER, Target.TAG_INTEREST, Target.LEAVE_OUT)
    chosen = guess(Kind.CUSTOMERS, header, rows, {"tags": "tag_none"})
    assert chosen.targets[2] is Target.TAG_NONE


def test_columns_of_one_name_go_to_one_place() -> None:
    found = guess(Kind.CUSTOMERS, ["會員編號", "手機", "手機 (2)", "備註", "備註 (2)"], [])
    assert found.targets == (Target.MEMBER, Target.PHONE, Target.PHONE, Target.LEAVE_OUT, Target.LEAVE_OUT)
