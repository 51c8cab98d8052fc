"""Translations use the glossary's words, one script and the punctuation of their language."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.test_translations import load_script

translations = load_script()
LANGUAGES: tuple[str, ...] = translations.LANGUAGES
GLOSSARY = {
    "tags?": {"zh_TW": "標籤", "ja": "タグ", "th": "แท็ก"},
    "segments?": {"zh_TW": "分眾", "ja": "セグメント", "th": "เซกเมนต์"},
    "audiences?": {"zh_TW": "受眾", "ja": "オーディエンス", "th": "กลุ่มเป้าหมาย"},
    "coupons?": {"zh_TW": "優惠券", "ja": "クーポン", "th": "คูปอง"},
    "rich menu": {"zh_TW": "圖文選單", "ja": "リッチメニュー", "th": "ริชเมนู"},
    "quiet hours": {"zh_TW": "勿擾時段", "ja": "配信しない時間", "th": "ช่วงเวลางดส่ง"},
    "frequency cap": {"zh_TW": "頻率上限", "ja": "配信頻度の上限", "th": "จำกัดความถี่"},
    "bubbles?": {"zh_TW": "對話框", "ja": "吹き出し", "th": "บอลลูน"},
    "quick repl(?:y|ies)": {"zh_TW": "快速回覆", "ja": "クイックリプライ", "th": "ปุ่มตอบกลับด่วน"},
    "look-alikes?": {"zh_TW": "相似", "ja": "似て", "th": "คล้าย"},
    "opened": {"zh_TW": "開", "ja": "開", "th": "เปิด"},
    "sensitive": {"zh_TW": "敏感", "ja": "要配慮", "th": "อ่อนไหว"},
}
"""English words of the shop, and the words that LINE or the glossary has for them."""
UNSAID = {
    "Leave one of two tags",
    "One of a group: a friend has one of its tags at most",
    "a group of which a friend has one tag; “none”: of no group",
    "Drag to move this bubble, or press Alt and an arrow key",
    "The TAGS method",
    "Sensitive skin",
}
"""Texts that are natural in a language only without naming the thing again, the name of the method, and a skin."""
PLACEHOLDER = re.compile(r"\{\w*\}|<[^>]+>|https?:\S+")
COMMAND = re.compile(r"(?a:tagwell [\w -]*|[“「][\w .{}:/-]*[”」]|--[a-z-]+)")
"""What is typed on the command line is the same in every language."""
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = {
    *(
        "LINE",
        "Official",
        "Account",
        "Manager",
        "Developers",
        "Console",
        "Channel",
        "channel",
        "access",
        "token",
        "user",
    ),
    *("ID", "Messaging", "API", "Webhook", "webhook", "Basic", "settings", "provider", "long", "lived", "LY"),
    *("Corporation", "Tagwell", "Morning", "Mist", "VIP", "RFM", "Jaccard", "Windows", "Linux", "GNOME", "Keyring"),
    *("KeePassXC", "KWallet", "Keka", "Explorer", "Qt", "Excel", "OK"),
    *("Ctrl", "Alt", "Shift", "Tab", "Enter", "Esc", "Space", "Caps", "Lock"),
    *("CSV", "JSON", "PDF", "PNG", "SVG", "ODS", "Zip", "zip", "QR", "JPEG", "KB", "MB", "AES", "SHA", "UTF", "JIS"),
    *("Big", "Schema", "xlsx", "csv", "pdf", "mp", "https", "tel", "com", "example", "abcde", "NT", "TW", "JP", "TH"),
}
"""Names, keys, units and formats, which no language translates."""
HAN_KANA = "[\u3040-\u30ff\u4e00-\u9fff]"
OTHER_WORDS = {"zh_TW": "您|使用者名單|聯絡人", "ja": "連絡先|顧客リスト", "th": "ผู้ติดต่อ|ละเอียดอ่อน"}
"""Words that the glossary has another word for, and the 您 that nobody says to a colleague."""


class Said(NamedTuple):
    """One form of one message."""

    english: str
    words: str


def said(language: str) -> Iterator[Said]:
    for message in translations.read(language):
        for form in translations.texts(message.string):
            if message.id and form:
                yield Said(translations.texts(message.id)[0], form)


def bare(text: str) -> str:
    """Return what of a text is words of a language."""
    return COMMAND.sub(" ", PLACEHOLDER.sub(" ", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_glossary_are_used(language: str) -> None:
    wrong = [
        (term, one)
        for one in said(language)
        for term, words in GLOSSARY.items()
        if re.search(rf"\b(?:{term})\b", bare(one.english), re.IGNORECASE)
        and words[language] not in one.words
        and one.english not in UNSAID
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_used_that_the_glossary_has_another_one_for(language: str) -> None:
    assert [one for one in said(language) if re.search(OTHER_WORDS[language], one.words)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    left = [one for one in said(language) if one.words == one.english and set(LATIN.findall(bare(one.words))) - NAMES]
    assert left == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_english_words_in_a_translation_are_names_or_what_is_typed(language: str) -> None:
    mixed = [
        one
        for one in said(language)
        if set(LATIN.findall(bare(one.words))) - NAMES - set(LATIN.findall(bare(one.english)))
    ]
    assert mixed == []


def test_chinese_and_japanese_sentences_have_wide_punctuation() -> None:
    narrow = re.compile(rf"{HAN_KANA}(?:[,;!?]|\.(?:\s|$))")
    chinese = [one for one in said("zh_TW") if narrow.search(bare(one.words)) or re.search(f"{HAN_KANA}:", one.words)]
    assert [*chinese, *(one for one in said("ja") if narrow.search(bare(one.words)))] == []


def test_a_thai_sentence_ends_without_a_full_stop() -> None:
    assert [one for one in said("th") if re.search(r"[ก-๙]{3}\.$", one.words)] == []
