"""Tokens lie in a store that is known to be safe, or nowhere. The real Secret Service is in test_secret_service."""

from typing import Any

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.backends.SecretService
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.settings.secrets import SessionTokens, SystemTokens, TokenStore

TOKEN = "a-very-secret-token"


class Known(KeyringBackend):
    """Stands where a known store stands; what it does is given."""

    priority = 1  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride, reportIncompatibleVariableOverride]

    def __init__(self, trouble: Exception | None = None, *, forgets: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self._trouble = trouble
        self._forgets = forgets

    def get_password(self, service: str, username: str) -> str | None:
        self._raise()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._raise()
        if not self._forgets:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._raise()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)

    def _raise(self) -> None:
        if self._trouble is not None:
            raise self._trouble


class Plaintext(Known):
    """Works, and lies in a module that nobody vouches for, as keyrings.alt does."""


Known.__module__ = "keyring.backends.SecretService"


@pytest.mark.parametrize("store", [SessionTokens(), SystemTokens(Known())])
def test_a_token_is_kept_by_shop_and_channel_and_can_be_forgotten(store: TokenStore) -> None:
    store.set("shop", "Ua", TOKEN)
    store.set("shop", "Ub", "權杖")
    assert (store.get("shop", "Ua"), store.get("shop", "Ub"), store.get("other", "Ua")) == (TOKEN, "權杖", None)
    store.delete("shop", "Ua")
    store.delete("shop", "Ua")
    assert (store.get("shop", "Ua"), store.get("shop", "Ub")) == (None, "權杖")
    assert store.place_name()


def test_the_entry_is_named_by_shop_and_channel() -> None:
    backend = Known()
    SystemTokens(backend).set("shop-key", "U1", TOKEN)
    assert backend.kept == {("Tagwell", "shop-key/U1"): TOKEN}


def chained(*parts: Any) -> keyring.backends.chainer.ChainerBackend:
    class Chain(keyring.backends.chainer.ChainerBackend):
        backends: Any = parts

    Chain.__module__ = "keyring.backends.chainer"
    return Chain()


@pytest.mark.parametrize(
    "backend",
    [
        keyring.backends.fail.Keyring(),
        keyring.backends.null.Keyring(),
        Plaintext(),
        chained(),
        chained(Known(), Plaintext()),
    ],
)
def test_a_store_that_nobody_vouches_for_is_refused(backend: Any) -> None:
    store = SystemTokens(backend)
    for call in (
        store.place_name,
        lambda: store.get("s", "c"),
        lambda: store.set("s", "c", TOKEN),
        lambda: store.delete("s", "c"),
    ):
        with pytest.raises(OutsideError, match="no password store") as caught:
            call()
        assert "until you quit" in caught.value.advice


def test_a_chain_of_known_stores_is_fine() -> None:
    store = SystemTokens(chained(Known(), Known()))
    store.set("s", "c", TOKEN)
    assert store.get("s", "c") == TOKEN
    assert store.place_name() == "Secret Service"


def test_a_store_that_forgets_is_found_out_at_once() -> None:
    with pytest.raises(OutsideError, match="did not keep"):
        SystemTokens(Known(forgets=True)).set("s", "c", TOKEN)


@pytest.mark.parametrize(
    ("trouble", "title"),
    [
        (KeyringLocked(f"locked {TOKEN}"), "is locked"),
        (NoKeyringError(TOKEN), "no password store"),
        (RuntimeError(f"cannot write {TOKEN}"), "does not work"),
    ],
)
def test_troubles_of_the_store_are_sentences_without_the_token(trouble: Exception, title: str) -> None:
    with pytest.raises(OutsideError, match=title) as caught:
        SystemTokens(Known(trouble)).set("s", "c", TOKEN)
    error = caught.value
    assert TOKEN not in error.sentence() + error.details + repr(error.__cause__)
    assert error.__suppress_context__
