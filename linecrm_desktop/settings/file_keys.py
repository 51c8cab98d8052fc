"""The keys of shop files that a person asked the computer to keep, in its own password store and nowhere else."""

from linecrm_desktop.settings.secrets import TokenStore

_OWNER = "file"
"""Stands where a token's shop stands: a closed file tells nobody which shop it is."""


def kept(store: TokenStore, salt: bytes) -> str | None:
    """Return the key of the file that begins with this salt, or None. Raises OutsideError when the store is locked."""
    return store.get(_OWNER, salt.hex())


def keep(store: TokenStore, salt: bytes, words: str) -> None:
    """Keep a file's key. Raises OutsideError when the store does not keep it."""
    store.set(_OWNER, salt.hex(), words)


def forget(store: TokenStore, salt: bytes) -> None:
    """Forget a file's key; one that is not kept is no error."""
    store.delete(_OWNER, salt.hex())
