"""What columns are called, by shop systems and by clerks in four languages; the names lie in resources/presets.

Clerks write two languages beside each other (姓名 Name), a remark behind the name (手機（必填）), and a number behind
one of several (標籤1). A heading is known where all that it says goes to one place.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from linecrm_desktop.resources import resource

_BETWEEN = re.compile(
    r"[/／|()（）\[\]【】:：*＊※,、・\n]+|(?<=[A-Za-z.])\s*(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s*(?=[A-Za-z])"
)
"""What stands between two names of one column, and where the writing changes."""
_REMARKS = frozenset(
    "必填 必須 選填 任意 必要 半角 全角 半角数字 半形 數字 ハイフンなし ハイフン無し required optional 含稅 税込 含税 "
    "jpy twd thb nt$ 円 元 บาท จำเป็น".split()
)
_NUMBERED = re.compile(r"(?<=[^\W\d])[\s_.#(（-]*\d{1,2}\s*[)）]?$")


def fold(name: str) -> str:
    """Return a column's name as names are compared: NFKC, lower case, no blanks and no signs."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def earlier(header: Sequence[str], place: int) -> int | None:
    """Return the first of several columns of one name, for a later one: it is named as 手機 (2)."""
    base, bracket, _number = header[place].rpartition(" (")
    return header.index(base) if bracket and base in header[:place] else None


def goes_to(name: str, kind: str) -> str:
    """Return the target that a column of this name has in files of a kind; empty: nobody knows it."""
    synonyms = _synonyms()[kind]
    if found := synonyms.get(fold(name)):
        return found
    parts = [part for part in _BETWEEN.split(name) if fold(part) and part.strip().casefold() not in _REMARKS]
    said = {synonyms.get(fold(part), "") for part in parts}
    return said.pop() if len(said) == 1 else ""


def goes_to_tags(name: str) -> str:
    """Return the target of a column in which tags are named, also of one of several: 標籤1, Tag 2; else empty."""
    bare = _NUMBERED.sub("", unicodedata.normalize("NFKC", name).strip())
    found = goes_to(name, "customers") or goes_to(bare, "customers")
    return found if found.startswith("tag_") else ""


def is_second_best(name: str) -> bool:
    """Say whether a column is only taken where no better one goes to the same place: 暱稱 where there is no 姓名."""
    return fold(name) in _second_best()


def all_of(kind: str, *targets: str) -> frozenset[str]:
    """Return the folded names that go to any of these targets."""
    return frozenset(name for name, target in _synonyms()[kind].items() if target in targets)


@cache
def known_names() -> frozenset[str]:
    """Return all folded column names that Tagwell knows, in any language, those of known systems too."""
    files = (json.loads(file.read_text(encoding="utf-8")) for file in resource("presets").glob("*.json"))
    of_systems = {fold(name) for data in files for name in data.get("columns", ())}
    return frozenset(of_systems.union(*_synonyms().values()))


@cache
def _generic() -> dict[str, Any]:
    return json.loads(resource("presets", "generic.json").read_text(encoding="utf-8"))


@cache
def _second_best() -> frozenset[str]:
    return frozenset(fold(name) for name in _generic()["second_best"])


@cache
def _synonyms() -> dict[str, dict[str, str]]:
    return {
        kind: {fold(name): target for target, names in _generic()[kind].items() for name in (target, *names)}
        for kind in ("customers", "orders", "events")
    }
