"""Tells columns whose marks are a tag (老客: ○) from those that count, or answer a question (訂單數: 1, 會員: Y).

What is no tag by its name stays none whatever stands in it; a column whose name nobody knows is a tag only where the
whole file holds nothing but marks in it.
"""

import re
import unicodedata
from collections.abc import Iterable

_MARK = re.compile(r"[01○◯〇×✓✔YyNn]")
_SAYS_TAG = re.compile(r"(tag|標籤|タグ|แท็ก|アンケート)\s*[:：_-]", re.IGNORECASE)
_ANSWERS = (
    "接受 是否 同意 ^(?:是|非|已是)?[會会]員$ 黑名單 密碼 受け取 受信 希望 可否 有無 能否 註冊 登録 綁定 驗證 認證 "
    "開通 訂閱 退訂 授權 封鎖 停權 啟用 停用 有效 無效 有効 無効 刪除 削除 退会 購読 配信 メルマガ ブロック フラグ "
    "性別 狀態 状態 ステータス 区分 เพศ สถานะ รับข่าว ยินยอม ยืนยัน ^(?:เป็น)?สมาชิก$ บล็อก "
    r"\b(?:is|has|accepts?|exempt|verified|(?:in)?active|enabled|disabled|deleted|(?:un)?subscribed|registered)\b "
    r"\b(?:confirmed|status|gender|sex|flag|opt[-_]?in|opt[-_]?out|newsletter)\b ^member$"
)
_COUNTS = (
    "[數数量額価價率歲歳齢齡號号順%]$ 次數 回数 件數 点数 點數 金額 餘額 残高 累積 累計 編號 番号 順位 排序 年齡 "
    "年齢 ポイント 購物金 จำนวน ยอด คะแนน แต้ม อายุ ลำดับ ครั้ง รหัส ^(?:total|number|no|num)\\b "
    r"\b(?:counts?|number|no|num|qty|quantity|orders?|purchases?|visits?|clicks?|points?|age|total|balance|score|rank|"
    r"amount|times|days|level|id)\W*$"
)
_NO_ANSWER, _NO_COUNT = (re.compile("|".join(words.split()), re.IGNORECASE) for words in (_ANSWERS, _COUNTS))
_NUMBER = re.compile(r"\W*\(?\d{1,2}\)?$")


def are_marks(cells: Iterable[str]) -> bool:
    """Say whether there is nothing but marks such as ○, 1 or Y, and blanks."""
    return all(_MARK.fullmatch(cell) for cell in set(map(str.strip, cells)) if cell)


def says_it_is_one(name: str) -> bool:
    """Say whether a column is called as a tag, as in 標籤:老客."""
    return _SAYS_TAG.match(name) is not None


def is_answer(name: str) -> bool:
    """Say whether what stands in a column of this name answers yes or no, and is no tag."""
    return _NO_ANSWER.search(_bare(name)) is not None


def is_count(name: str) -> bool:
    """Say whether what stands in a column of this name is a number, and is no tag."""
    return _NO_COUNT.search(_bare(name)) is not None


def _bare(name: str) -> str:
    return _NUMBER.sub("", unicodedata.normalize("NFKC", name).strip())
