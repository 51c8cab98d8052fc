"""Short codes that stand in the first words of a friend: made so that they are read rightly, and found in a text again.

Each has a digit and no vowel, so that none is a word, and none of the letters that look like a digit.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence

LETTERS = "BCDFGHJKMNPQRTVWXYZ"
DIGITS = "2346789"
"""Without 0 and 1, which look like O, I and L, and 5, which looks like S."""
LENGTH = 4
_LONGER_AFTER = 50
"""So many codes in a row that are taken make the next one longer."""
_CODE = re.compile(rf"(?<![A-Z0-9])[{LETTERS}{DIGITS}]{{{LENGTH},}}(?![A-Z0-9])")
Choose = Callable[[Sequence[str]], str]


def new_code(taken: Container[str], choose: Choose = secrets.choice) -> str:
    """Return a code that is not taken; a letter stands first, so that no spreadsheet takes it for a number."""
    length, tries = LENGTH, 0
    while True:
        code = choose(LETTERS) + "".join(choose(LETTERS + DIGITS) for _place in range(length - 1))
        if any(sign in DIGITS for sign in code) and code not in taken:
            return code
        tries += 1
        length += tries % _LONGER_AFTER == 0


def codes_in(text: str) -> Iterator[str]:
    """Yield what may be codes in a text, whatever its case and width; a code stands alone, not inside a longer word."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return (found[0] for found in _CODE.finditer(folded))
