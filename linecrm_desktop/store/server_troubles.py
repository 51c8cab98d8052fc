"""Turns what a PostgreSQL server says into what a person can do: wrong password, no server, no proof of who it is."""

from pathlib import Path

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.text import _

_TURN = "55P03"
_RIGHTS = "42501"
_ROOM = ("53100", "53200")


class PasswordWanted(ShopError):
    """The shop has a password and none was given."""


class WrongPassword(ShopError):
    """The password that was given is another one."""


class MayNotWrite(ShopError):
    """The server lets this person look only."""


class NoPart(ShopError):
    """The server does not let this person look, either."""

    def __init__(self) -> None:
        super().__init__(_("Your user has no right to open this shop."), _("Ask its owner to give you a part in it."))


def explain(error: Exception, path: Path) -> ShopError | OutsideError | None:
    """Return the trouble in plain words, or None when it is our own bug."""
    code, words = getattr(error, "sqlstate", None) or "", str(error).lower()
    details = f"{path.name}: {type(error).__name__} {code} {words}"
    if code == _TURN:
        return ShopError(
            _("Somebody else is writing in this shop just now."),
            _("Nothing was changed. Try again in a minute."),
        )
    if code == _RIGHTS:
        return MayNotWrite(
            _("Your user may look at this shop and change nothing in it."),
            _("Nothing was changed. Ask the shop’s owner for the right to write."),
        )
    if code in _ROOM:
        return OutsideError(
            _("The server has no room left. Nothing was changed."),
            _("Tell whoever looks after it, then try again."),
            details=details,
            retry=True,
        )
    return _refused(code, words) or (_unreachable(words, details) if _is_operational(error, code) else None)


def _refused(code: str, words: str) -> ShopError | None:
    """Return why the server let nobody in."""
    if "no password supplied" in words:
        return PasswordWanted(_("The shared shop needs a password."), _("Without it the server lets nobody in."))
    if code == "28P01" or "password authentication failed" in words:
        return WrongPassword(
            _("The server does not know this user with this password."),
            _("Check both, the keyboard’s language and Caps Lock."),
        )
    if code == "3D000" or ("database" in words and "does not exist" in words):
        return ShopError(
            _("The server has no database of this name."), _("Check the name, or ask whoever looks after the server.")
        )
    if "pg_hba" in words or code == "28000" or ("role" in words and "does not exist" in words):
        return ShopError(
            _("The server does not let this user in."),
            _("Check the user’s name, or ask whoever looks after the server."),
        )
    return None


def _unreachable(words: str, details: str) -> OutsideError:
    """Return why nobody answered, or nobody who could be trusted."""
    if "certificate" in words or "ssl" in words or "tls" in words:
        return OutsideError(
            _("The server does not prove who it is, so no password was sent."),
            _("Choose the certificate file that the server’s keeper gave you, and check the server’s name."),
            details=details,
        )
    return OutsideError(
        _("The server of this shop does not answer. Nothing was changed."),
        _("Check the network and the server’s name, then try again."),
        details=details,
        retry=True,
    )


def _is_operational(error: Exception, code: str) -> bool:
    """Whether the world failed: no connection, one that broke, or a server that is shutting down."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return "OperationalError" in names and (not code or code.startswith(("08", "57P")))
