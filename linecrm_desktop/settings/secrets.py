"""Where the token of a channel is kept: the computer's own password store, or this run's memory. Never a file.

Python's keyring picks whatever it finds, also stores that write plain text or forget. So only known stores are taken,
and what was written is read back. All calls may wait for a person to unlock the store: keep them off the GUI thread.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.text import _

SERVICE = "Tagwell"
_Found = TypeVar("_Found")
_STORES = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Locker",
}
_CHAINER = "keyring.backends.chainer"


class TokenStore(Protocol):
    """A place for tokens. The channel is named by the user id of its account."""

    def place_name(self) -> str:
        """Say where tokens are kept, in the words of the computer. Raises OutsideError when there is no place."""
        ...

    def get(self, shop_key: str, channel: str) -> str | None: ...

    def set(self, shop_key: str, channel: str, token: str) -> None: ...

    def delete(self, shop_key: str, channel: str) -> None:
        """Forget a token; one that is not there is no error."""
        ...


class SessionTokens:
    """Keeps tokens until the program quits."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def place_name(self) -> str:
        return _("this session’s memory")

    def get(self, shop_key: str, channel: str) -> str | None:
        return self._kept.get(_user(shop_key, channel))

    def set(self, shop_key: str, channel: str, token: str) -> None:
        self._kept[_user(shop_key, channel)] = token

    def delete(self, shop_key: str, channel: str) -> None:
        self._kept.pop(_user(shop_key, channel), None)


class SystemTokens:
    """Keeps tokens in the computer's password store, if it has one that deserves the name."""

    def __init__(self, backend: object | None = None) -> None:
        self._backend = backend

    def place_name(self) -> str:
        return _store_name(self._store())

    def get(self, shop_key: str, channel: str) -> str | None:
        store = self._store()
        return _guarded(lambda: store.get_password(SERVICE, _user(shop_key, channel)))

    def set(self, shop_key: str, channel: str, token: str) -> None:
        store, user = self._store(), _user(shop_key, channel)
        _guarded(lambda: store.set_password(SERVICE, user, token))
        if _guarded(lambda: store.get_password(SERVICE, user)) != token:
            raise OutsideError(
                _("The password store did not keep the token."),
                _("Nothing was saved. Enter the token each time, or repair the store and try again."),
                retry=True,
            )

    def delete(self, shop_key: str, channel: str) -> None:
        from keyring.errors import PasswordDeleteError

        store = self._store()
        try:
            _guarded(lambda: store.delete_password(SERVICE, _user(shop_key, channel)))
        except PasswordDeleteError:
            if self.get(shop_key, channel) is not None:
                raise _locked() from None

    def _store(self) -> Any:
        import keyring

        store: Any = self._backend if self._backend is not None else _guarded(keyring.get_keyring)
        if not _is_trusted(store):
            raise _no_store()
        return store


def _user(shop_key: str, channel: str) -> str:
    return f"{shop_key}/{channel}"


def _is_trusted(store: Any) -> bool:
    module = type(store).__module__
    if module == _CHAINER:
        parts = list(store.backends)
        return bool(parts) and all(_is_trusted(part) for part in parts)
    return module in _STORES


def _store_name(store: Any) -> str:
    if type(store).__module__ == _CHAINER:
        return _store_name(next(iter(store.backends)))
    return _STORES[type(store).__module__]


def _guarded(call: Callable[[], _Found]) -> _Found:
    """Call the store; its troubles become sentences that hold nothing of the token."""
    from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

    try:
        return call()
    except PasswordDeleteError:
        raise
    except NoKeyringError:
        raise _no_store() from None
    except (KeyringLocked, InitError):
        raise _locked() from None
    except Exception as error:  # each store has its own errors, and some quote what they were given
        raise OutsideError(
            _("The password store of this computer does not work."),
            _("Nothing was saved. Enter the token each time, or repair the store and try again."),
            details=type(error).__name__,
            retry=True,
        ) from None


def _locked() -> OutsideError:
    return OutsideError(
        _("The password store of this computer is locked."),
        _("Unlock it and try again, or use the token for this session only. Nothing was saved."),
        retry=True,
    )


def _no_store() -> OutsideError:
    return OutsideError(
        _("This computer has no password store that Tagwell can use."),
        _(
            "You can enter the token each time you send; it is kept in memory until you quit. "
            "On Linux, GNOME Keyring, KeePassXC or KWallet is such a store."
        ),
    )
