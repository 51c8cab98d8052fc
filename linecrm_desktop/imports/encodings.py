"""Finds out in which encoding a text file is written, over the whole file; more than one answer where it is a draw.

In this order: a byte order mark, the NUL bytes of UTF-16, strict UTF-8, then the national encodings that staff's
spreadsheets write. Python's own names are too narrow for what Windows writes, so only the wide ones are used: cp932 for
Shift_JIS, cp950 for Big5, cp874 for TIS-620, gb18030 for GB2312. What Windows has beyond them (ETEN's signs and letters
that people made themselves in Big5, the signs of NEC and IBM in EUC-JP) is read by `ERRORS`.
"""

import codecs
import math
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

BLOCK = 1 << 20
SAMPLE = 65_536
"""Bytes that a guess is made of, cut at the last line end."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NATIONAL = ("cp950", "cp932", "euc_jp", "cp874", "gb18030")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", *NATIONAL)
"""What a person can choose."""
_HOME = {"TW": ("cp950",), "JP": ("cp932", "euc_jp"), "TH": ("cp874",)}
"""What the computers of a country write when nobody chose."""
_CHARDET = {"cp950": "Big5", "cp932": "CP932", "euc_jp": "EUC-JP", "cp874": "CP874", "gb18030": "GB18030"}
_LEVEL_1 = {"cp950": (0xA4, 0xC6), "cp932": (0x88, 0x97), "euc_jp": (0xB0, 0xCF), "gb18030": (0xB0, 0xD7)}
"""First bytes of the characters that are in everyday use; names and addresses seldom have others."""
_AT_HOME, _USUAL, _READ_ME = 3.0, 6.0, 2.0
_KANA = 1.4
"""What well-spelled half-width kana weigh in Japan, where the statistics take them for Thai."""
_DRAW = 1.5
"""Two readings whose scores differ by less are both shown to the person."""
_NULS = 0.02
_MISFIT, _MISFITS = 2.0, 3
"""What each letter that does not fit takes from an encoding's score, up to so many letters."""
ERRORS = "tagwell-letters"
"""How text is read: with the letters that Python's encodings lack, U+FFFD for what is none."""
_OWN = re.compile("[\ue000-\uf8ff]")
_OWN_IN_UTF_8 = re.compile(rb"\xef[\x80-\xa3]")
UNREAD = re.compile("[\ufffd\ue000-\uf8ff]")
"""What cannot be read: letters that do not fit, and those that somebody made for their own computer (造字)."""
_OWN_LETTERS = ((0xFA, 0xFE, 0xE000), (0x8E, 0xA0, 0xE311), (0x81, 0x8D, 0xEEB8), (0xC6, 0xC8, 0xF672))
"""Rows of Big5 for letters that people made themselves, and the private letter that Windows reads the first as."""


def _beyond(error: UnicodeError) -> tuple[str, int]:
    """Read a letter that Windows knows and Python's encoding does not; the handler of `ERRORS`."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.encoding.startswith("utf-16") and error.reason == "truncated data":
        return "", error.end  # one byte at the end is no letter
    pair = error.object[error.start : error.start + 2]
    known = {"cp950": _big5_beyond, "euc_jp": _euc_beyond}.get(error.encoding)
    letter = known(*pair) if known and len(pair) == 2 else ""
    return (letter, error.start + 2) if letter else ("\ufffd", error.end)


def _big5_beyond(first: int, second: int) -> str:
    if not (0x40 <= second <= 0x7E or 0xA1 <= second <= 0xFE):
        return ""
    with suppress(UnicodeDecodeError):
        if first >= 0xC6:
            return bytes((first, second)).decode("big5hkscs" if first <= 0xC8 else "cp950")
    cell = second - (0x40 if second < 0xA1 else 0x62)
    rows = ((start + (first - low) * 157) for low, high, start in _OWN_LETTERS if low <= first <= high)
    return next((chr(row + cell) for row in rows), "")


def _euc_beyond(first: int, second: int) -> str:
    if not (0xA1 <= first <= 0xFE and 0xA1 <= second <= 0xFE):
        return ""
    row, cell = first - 0xA1, second - 0xA1
    lead = 0x81 + row // 2 if row < 62 else 0xC1 + row // 2
    trail = cell + 0x9F if row % 2 else cell + 0x40 + (cell >= 63)
    with suppress(UnicodeDecodeError):
        return bytes((lead, trail)).decode("cp932")
    return ""


codecs.register_error(ERRORS, _beyond)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the bytes. `broken` counts bytes that do not fit; `is_cut` says that the last letter is cut."""

    encoding: str
    broken: int = 0
    is_cut: bool = False


def readings(path: Path, country: str) -> tuple[Reading, ...]:
    """Return how a file can be read, the likeliest first; a second one only where both are plausible."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None) or _by_nuls(head)
    if marked:
        return (_try(path, marked),)
    unicode = _try(path, "utf-8")
    if not unicode.broken:
        return (unicode,)
    tried = [_try(path, name) for name in NATIONAL]
    least = min(reading.broken for reading in (*tried, unicode))
    sample = _whole_lines(head)
    if unicode.broken == least or (unicode.broken * 50 < path.stat().st_size and least) or _is_spelled_utf_8(sample):
        return (unicode,)
    may_miss = least + max(1, sum(byte > 0x7F for byte in sample) // 100)
    fitting = [reading for reading in tried if reading.broken <= may_miss]
    scores = _scores(sample, [reading.encoding for reading in fitting], country)
    for reading in fitting:
        scores[reading.encoding] -= _MISFIT * min(reading.broken - least, _MISFITS)
    fitting.sort(key=lambda reading: -scores[reading.encoding])
    best = scores[fitting[0].encoding]
    return tuple(reading for reading in fitting if best - scores[reading.encoding] < _DRAW)[:2]


def decoded(path: Path, encoding: str) -> Iterator[str]:
    """Yield the text of a file in blocks; what does not fit becomes U+FFFD, so that a person sees where it was."""
    decoder = codecs.getincrementaldecoder(encoding)(ERRORS)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _is_spelled_utf_8(sample: bytes) -> bool:
    """Say whether most letters beyond ASCII are right in UTF-8: other encodings hardly ever are by chance."""
    beyond = [letter for letter in sample.decode("utf-8", errors="replace") if not letter.isascii()]
    return beyond.count("\ufffd") * 4 < len(beyond)


def _by_nuls(head: bytes) -> str | None:
    """UTF-16 without a mark: every ASCII character has a NUL on the same side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    enough = len(head) * _NULS / 2
    if odd > enough and even * 20 < odd:
        return "utf-16-le"
    return "utf-16-be" if even > enough and odd * 20 < even else None


def _try(path: Path, encoding: str) -> Reading:
    """Read a whole file in one encoding, counting what does not fit; a letter that is cut by the end fits."""
    broken, is_cut = 0, False
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                broken += _broken_letters(path, encoding)
                break
    if not broken:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_cut = True
    return Reading(encoding, broken, is_cut)


def own_letters(path: Path, encoding: str) -> int:
    """Count the letters of a file that people made themselves: no other computer can show them."""
    if encoding.startswith("utf-8"):  # a large file is taken apart only where it may have some
        with path.open("rb") as file:
            if not any(map(_may_have_own, iter(partial(file.read, BLOCK), b""))):
                return 0
    return sum(len(_OWN.findall(text)) for text in decoded(path, encoding))


def _may_have_own(block: bytes) -> bool:
    return b"\xee" in block or (b"\xef" in block and _OWN_IN_UTF_8.search(block) is not None)


def _broken_letters(path: Path, encoding: str) -> int:
    return sum(text.count("\ufffd") for text in decoded(path, encoding))


def _whole_lines(head: bytes) -> bytes:
    end = max(head.rfind(b"\n"), head.rfind(b"\r"))
    return head[: end + 1] if end > 0 else head


def _scores(sample: bytes, encodings: list[str], country: str) -> dict[str, float]:
    """Weigh what speaks for each encoding: letter statistics, the country, everyday characters, known column names."""
    import chardet  # only imports of national encodings need it

    asked = [_CHARDET[name] for name in encodings]
    found = chardet.detect_all(sample, ignore_threshold=True, include_encodings=asked, no_match_encoding=asked[0])
    said = {str(one["encoding"]).lower(): one["confidence"] or 0.0 for one in found}
    scores: dict[str, float] = {}
    for name in encodings:
        text = sample.decode(name, errors=ERRORS)
        score = math.log(max(said.get(_CHARDET[name].lower(), 0.0), 1e-4))
        score += _AT_HOME if name in _HOME.get(country, ()) else 0.0
        score += _USUAL * _everyday(text, name, country)
        scores[name] = score + _READ_ME * _known_names(text)
    return scores


def _everyday(text: str, encoding: str, country: str) -> float:
    """Return which share (0 to 1) of the letters beyond ASCII is as people write it in this encoding's language."""
    beyond = [letter for letter in text if not letter.isascii()]
    if not beyond:
        return 0.0
    if encoding == "cp874":
        return _spelled_thai(text) / len(beyond)
    half_kana = 0 if country == "JP" and encoding == "cp932" else sum("ｦ" <= letter <= "ﾟ" for letter in beyond)
    first, last = _LEVEL_1[encoding]
    usual = sum(_is_usual(letter, encoding, first, last) for letter in beyond)
    usual += _KANA * _spelled_kana(text) if not half_kana else 0
    return (usual - half_kana) / len(beyond)


def _is_usual(letter: str, encoding: str, first: int, last: int) -> bool:
    if "ぁ" <= letter <= "ー" or "　" <= letter <= "〿" or "！" <= letter <= "～":
        return True
    try:
        written = letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return len(written) == 2 and first <= written[0] <= last


def _spelled_thai(text: str) -> int:
    """Count Thai letters that stand where Thai spelling allows them: signs above and below need a consonant before."""
    right, before = 0, ""
    for letter in text:
        if "ก" <= letter <= "๛":
            is_sign = letter in "ัิีึืฺุู็่้๊๋์ํ๎"
            right += not is_sign or "ก" <= before <= "ฮ" or before in "ัิีึืุู็่้๊๋"
        before = letter
    return right


def _spelled_kana(text: str) -> int:
    """Count half-width kana where they stand together and their marks follow a letter that can bear them."""
    words = re.findall("[ｦ-ﾟ]+", text)
    return sum(len(word) for word in words if len(word) > 1 and not re.search("(?<![ｳｶ-ﾄﾊ-ﾎ])[ﾞﾟ]|^[ｧ-ｰ]", word))


def _known_names(text: str) -> int:
    """Return how many of the first lines' cells are column names that we know, at most 3."""
    from linecrm_desktop.imports.headings import fold, known_names

    cells = {fold(cell) for line in text.splitlines()[:8] for cell in line.replace("\t", ",").split(",")}
    return min(3, sum(1 for cell in cells if cell and not cell.isascii() and cell in known_names()))
