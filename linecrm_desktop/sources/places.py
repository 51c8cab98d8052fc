"""Names of places as a person writes them: one a line, and "Poster 1..20" for a row of twenty."""

import re

from linecrm_desktop.errors import ShopError
from linecrm_desktop.tags.names import fold
from linecrm_desktop.text import _, number

NAME_MAX = 20
"""Letters of a chat tag in LINE Official Account Manager, so that both can have the same name."""
MOST = 500
"""Places that are made in one go."""
_ROW = re.compile(r"(.*?)(\d{1,6})\s*(?:\.\.+|…|〜|～)\s*(\d{1,6})(.*)", re.DOTALL)


def read(text: str) -> list[str]:
    """Return the places that a text names, each once. Raises ShopError for one too long, too many, or none."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        for name in _in_line(" ".join(line.split())):
            found.setdefault(fold(name), name)
            if len(found) > MOST:
                raise ShopError(
                    _("These are more than {n} places.").format(n=number(MOST)), _("Make them in several goes.")
                )
    if not found:
        raise ShopError(_("No place is named yet."), _("Write one a line, such as “Shop counter” or “Poster 1..20”."))
    return list(found.values())


def check(name: str) -> None:
    """Raise ShopError for a name that is too long for a chat tag of LINE."""
    if len(name) > NAME_MAX:
        raise ShopError(
            _("“{name}” has {n} characters.").format(name=name, n=number(len(name))),
            _("A chat tag of LINE has {most} at most. Shorten it, so that both can be called the same.").format(
                most=number(NAME_MAX)
            ),
        )


def _in_line(line: str) -> list[str]:
    row = _ROW.fullmatch(line)
    if row is None:
        return [line] if line else []
    before, first, last, after = row[1], int(row[2]), int(row[3]), row[4]
    if last < first or last - first >= MOST:
        raise ShopError(
            _("“{line}” is no row of numbers.").format(line=line),
            _("Write the smaller number first, and at most {n} at once: “Poster 1..20”.").format(n=number(MOST)),
        )
    width = len(row[2]) if row[2].startswith("0") else 0
    return [f"{before}{place:0{width}d}{after}".strip() for place in range(first, last + 1)]
