"""What the address of an entry link is, for each kind of link (LINE's URL schemes)."""

import re
from urllib.parse import quote, urlsplit

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.source import LinkKind
from linecrm_desktop.text import _, number

CODE = "{code}"
"""Stands in a text or an own link where the code goes."""
TEXT_MAX = 60
"""Letters of the prepared text: a Chinese, Japanese or Thai one takes nine signs of the link, and the QR code grows."""
_ACCOUNT = re.compile(r"@[a-z0-9][a-z0-9._-]{2,29}")
_HOST = "https://line.me/R"


def account(written: str) -> str:
    """Return a LINE account's basic ID as LINE writes it. Raises ShopError for what is none."""
    plain = "@" + written.strip().lower().lstrip("@")
    if not _ACCOUNT.fullmatch(plain):
        raise ShopError(
            _("“{id}” is not the ID of a LINE Official Account.").format(id=written.strip()),
            _("It looks like @123abcde and stands in LINE Official Account Manager, under Settings."),
        )
    return plain


def text_with(written: str, code: str) -> str:
    """Return the words that stand ready in the chat. Raises ShopError where the code has no place or they are long."""
    plain = " ".join(written.split())
    if CODE not in plain:
        raise ShopError(
            _("The prepared text has no place for the code."),
            _("Write {code} where it goes; without it nobody can be told from others.").format(code=CODE),
        )
    text = plain.replace(CODE, code)
    if len(text) > TEXT_MAX:
        raise ShopError(
            _("The prepared text is too long."),
            _("Use at most {n} characters, so that the QR code stays easy to scan.").format(n=number(TEXT_MAX)),
        )
    return text


def of_message(account: str, text: str) -> str:
    """Return the link that opens the chat with a text ready to be sent."""
    return f"{_HOST}/oaMessage/{quote(account, safe='')}/?{quote(text, safe='')}"


def of_account(account: str) -> str:
    """Return LINE's add-friend link."""
    return f"{_HOST}/ti/p/{quote(account, safe='')}"


def own(written: str, code: str) -> str:
    """Return a link of the shop's own with the code in it, if it has a place for one. Raises ShopError for no link."""
    url = written.strip().replace(CODE, code)
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme != "https" or not parts.hostname or any(sign.isspace() for sign in url):
        raise ShopError(
            _("“{link}” is not a link.").format(link=written.strip()), _("It begins with https:// and has no blanks.")
        )
    return url


def made(kind: LinkKind, account: str, text: str, own_link: str, code: str) -> str:
    """Return the address of a link of any kind; `text` has the code already."""
    match kind:
        case LinkKind.MESSAGE:
            return of_message(account, text)
        case LinkKind.ADD:
            return of_account(account)
        case LinkKind.OWN:
            return own(own_link, code)
