"""Names of tags in four languages: what is folded together, and what a guard keeps apart for ever."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linecrm_desktop.audit.folding import folded
from linecrm_desktop.audit.likeness import alike
from linecrm_desktop.audit.names import Guard, Reason, guard, likeness, parted, read
from linecrm_desktop.models.tag import TagType

LABELLED = Path(__file__).parent / "labelled"
LANGUAGES = ("zh_TW", "ja", "th", "en")
LETTERS = st.text(
    alphabet=st.one_of(
        st.sampled_from("新舊未已男女前後美白精華液購30９０年二十百Ａab VIP_-【】・:/+.,々ー'é"),
        st.sampled_from("ァアイウエオカガヴッャー〜ﾘﾋﾟﾀｰいうえおけせっゃはリ"),
        st.sampled_from("ซื้อแล้วยังไม่เเำๆ๓๐กขคเซรั่มที่"),
        st.characters(codec="utf-8", exclude_categories=("Cs",)),
    ),
    max_size=24,
)


def labelled(language: str) -> list[tuple[str, str, bool]]:
    with (LABELLED / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["first"], row["second"], row["label"] == "same") for row in csv.DictReader(file)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_proposals_by_name_are_right_and_few_are_missed(language: str) -> None:
    pairs = labelled(language)
    assert len(pairs) >= 200
    proposed = [(one, other, same) for one, other, same in pairs if likeness(read(one), read(other))]
    right = sum(same for *_names, same in proposed)
    assert right / len(proposed) >= 0.95, [pair for pair in proposed if not pair[2]]
    assert right / sum(same for *_names, same in pairs) >= 0.85


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_names_of_a_language_at_once_give_the_pairs_that_each_two_give(language: str) -> None:
    written = list(dict.fromkeys(name for one, other, _same in labelled(language) for name in (one, other)))[::3]
    names = [read(name) for name in written]
    one_by_one = {
        (at, at + 1 + step): reason
        for at, name in enumerate(names)
        for step, other in enumerate(names[at + 1 :])
        if (reason := likeness(name, other))
    }
    assert alike(names) == one_by_one


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("男裝", "女裝", Guard.OPPOSITE),
        ("已購", "未購", Guard.OPPOSITE),
        ("30日", "90日", Guard.NUMBERS),
        ("雙11 2024", "雙11 2025", Guard.NUMBERS),
        ("三十天未購買", "九十天未購買", Guard.NUMBERS),
        ("點心已領取", "點心未領取", Guard.NEGATION),
        ("サンプル希望", "サンプル希望なし", Guard.NEGATION),
        ("ตอบแชทแล้ว", "ไม่ตอบแชท", Guard.NEGATION),
        ("Confirmed", "Unconfirmed", Guard.NEGATION),
        ("ก่อนคลอด", "หลังคลอด", Guard.OPPOSITE),
        ("Group A", "Group B", Guard.LETTERS),
        ("วิตามินซี", "วิตามินดี", Guard.LETTERS),
    ],
)
def test_a_guard_keeps_two_names_apart_in_any_order(one: str, other: str, why: Guard) -> None:
    assert guard(read(one), read(other)) is guard(read(other), read(one)) is why
    assert likeness(read(one), read(other)) is None


def test_tags_of_different_types_are_never_one() -> None:
    one, other = read("VIP", TagType.VALUE), read("vip", TagType.INTEREST)
    assert guard(one, other) is Guard.TYPE
    assert likeness(one, other) is None
    assert likeness(one, read("vip")) is Reason.SAME
    assert likeness(read("來源_VIP"), read("興趣_VIP")) is None


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("ＶＩＰ", "【vip】✨", Reason.SAME),
        ("護髮素", "护发素", Reason.SAME),
        ("時々購入", "時時購入", Reason.SAME),
        ("ﾘﾋﾟｰﾀｰ", "リピータ", Reason.SAME),
        ("興趣：防曬", "防晒", Reason.SAME),
        ("滿1,000元", "滿1000元", Reason.SAME),
        ("貴賓", "ビップ", Reason.SYNONYM),
        ("回購", "ซื้อซ้ำ", Reason.SYNONYM),
        ("Serum", "精華液", Reason.SYNONYM),
        ("燒肉愛好者", "燒肉控", Reason.FILLER),
        ("Instgram ads", "Instagram ads", Reason.TYPO),
    ],
)
def test_names_that_say_the_same_are_found_with_the_reason(one: str, other: str, reason: Reason) -> None:
    assert likeness(read(one), read(other)) is reason


def test_the_type_in_front_of_a_name_is_told_from_the_name() -> None:
    assert parted("來源_IG") == (TagType.SOURCE, "IG")
    assert parted("[Stage] New") == (TagType.STAGE, "New")
    assert parted("ความสนใจ: เซรั่ม") == (TagType.INTEREST, "เซรั่ม")
    assert parted("VIP-IG") == (None, "VIP-IG")


def test_a_long_vowel_alone_tells_short_words_apart() -> None:
    assert likeness(read("ビール"), read("ビル")) is None
    assert likeness(read("コーヒー"), read("コーヒ")) is not None


@settings(deadline=None)
@given(LETTERS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@settings(deadline=None)
@given(LETTERS, LETTERS)
def test_likeness_has_no_direction(one: str, other: str) -> None:
    mine, theirs = read(one), read(other)
    assert likeness(mine, theirs) == likeness(theirs, mine)
    assert guard(mine, theirs) == guard(theirs, mine)


@settings(deadline=None)
@given(LETTERS)
def test_a_name_is_like_itself_whatever_is_in_it(text: str) -> None:
    assert likeness(read(text), read(text)) is Reason.SAME
