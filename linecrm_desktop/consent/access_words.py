"""Who looked, in plain words: the same in the window, in the table and on the command line."""

from linecrm_desktop.consent.access import AUDIENCE, FRIENDS, LEDGER, LOOKS, REQUESTS, SEGMENT, SEND, Look
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.access import Looked, Place
from linecrm_desktop.text import N_, _, ngettext, number

_ABOUT = {
    FRIENDS: N_("List of friends"),
    SEGMENT: N_("Friends of a segment"),
    SEND: N_("Friends of a send"),
    AUDIENCE: N_("Shared audience"),
    LEDGER: N_("Consent ledger"),
    REQUESTS: N_("Requests about data"),
    LOOKS: N_("Who looked"),
}
_PLACES = {Place.WINDOW: N_("Window"), Place.COMMAND: N_("Command line")}


def header() -> list[str]:
    """Name the columns."""
    return [_("When"), _("Who"), _("What"), _("Of whom"), _("What for"), _("Columns"), _("From where"), _("SHA-256")]


def cells(look: Look, day: ShopDay) -> list[str]:
    """Return a line's cells."""
    return [
        f"{day.local(look.at):%Y-%m-%d %H:%M}",
        look.by or "—",
        what(look),
        of_whom(look),
        look.purpose,
        "; ".join(look.columns),
        _(_PLACES[look.place]) if look.place else "",
        look.sha256,
    ]


def what(look: Look) -> str:
    """Say what was looked at."""
    if look.what is Looked.LIST:
        return _(_ABOUT[look.about]) if look.about in _ABOUT else look.about
    return _("Phone shown") if look.what is Looked.PHONE else _("E-mail shown")


def of_whom(look: Look) -> str:
    """Say whose it was."""
    if look.what is Looked.LIST:
        return ngettext("{n} friend", "{n} friends", look.people).format(n=number(look.people))
    return (look.friend or _("(no name)")) if look.friend_id is not None else _("(erased)")
