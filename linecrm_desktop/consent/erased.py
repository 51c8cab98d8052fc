"""Whom the shop may not take in again: people who asked to be erased, known by hashes of their keys alone.

Each key is hashed with a random salt of the shop's own. That hides e-mails and LINE user ids; a phone can be guessed by
whoever has the file and tries all numbers (docs/decisions.md says why no slower hash helps).
"""

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.erasure import ErasedKey, Erasure
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.text import _, long_date

_SALT_BYTES = 32


class KeyKind(StrEnum):
    """What a key is; people's keys have the names of a friend's columns, the strongest first."""

    LINE_USER_ID = "line_user_id"
    MEMBER_NUMBER = "member_number"
    EMAIL = "email"
    PHONE = "phone"
    ORDER = "order"
    """The number of an order."""


SURE = (KeyKind.LINE_USER_ID, KeyKind.MEMBER_NUMBER)
WEAK = (KeyKind.EMAIL, KeyKind.PHONE)
"""Which a family may share."""
_STRONGER = {KeyKind.EMAIL: SURE, KeyKind.PHONE: (*SURE, KeyKind.EMAIL)}
Keys = Mapping[KeyKind, str]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a person, in the form that the shop keeps keys in."""

    kind: KeyKind
    value: str
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An erasure that a key speaks of."""

    kind: KeyKind
    erasure: int
    at: datetime
    is_shared: bool


class WasErased(ShopError):
    """Somebody who asked to be erased would come back."""


class Register:
    """The erased people of a shop as one session sees them; false when there are none."""

    def __init__(self, salt: bytes, known: Mapping[bytes, list[tuple[int, datetime, bool]]]) -> None:
        self._salt = salt
        self._known = known

    def __bool__(self) -> bool:
        return bool(self._known)

    def hits(self, keys: Keys) -> list[Hit]:
        """Return the erasures that these keys speak of, whether they keep anybody out or not."""
        return [
            Hit(kind, erasure, at, is_shared)
            for kind, value in keys.items()
            for erasure, at, is_shared in self._known.get(digest(self._salt, kind, value), ())
        ]

    def barring(self, keys: Keys, friend: Keys | None = None) -> list[Hit]:
        """Return the erasures for which nobody with these keys is taken in; `friend` are the keys of whom they found.

        A LINE user id, member number or order keeps out always. An e-mail or phone does not speak for a friend of the
        shop whom a stronger key found, nor, where a family shared it, for anybody with a stronger key of their own.
        """
        return [hit for hit in self.hits(keys) if _bars(hit, keys, friend or {})]


def _bars(hit: Hit, keys: Keys, friend: Keys) -> bool:
    stronger = _STRONGER.get(hit.kind, ())
    if any(keys.get(kind) is not None and keys.get(kind) == friend.get(kind) for kind in stronger):
        return False
    return not (hit.is_shared and any(keys.get(kind) is not None for kind in stronger))


def digest(salt: bytes, kind: KeyKind, value: str) -> bytes:
    """Return what is kept of a key."""
    return hmac.digest(salt, f"{kind}\n{value.strip()}".encode(), "sha256")


def register(session: Session) -> Register:
    """Read who was erased."""
    salt = session.scalar(select(Shop.erasure_salt))
    known: dict[bytes, list[tuple[int, datetime, bool]]] = {}
    if salt is not None:
        query = select(ErasedKey.digest, ErasedKey.erasure_id, Erasure.at, ErasedKey.is_shared)
        for found, erasure, at, is_shared in session.execute(query.join(Erasure, Erasure.id == ErasedKey.erasure_id)):
            known.setdefault(found, []).append((erasure, at, is_shared))
    return Register(salt or b"", known)


def remember(session: Session, keys: Iterable[Key], now: datetime) -> int:
    """Write down that somebody is erased, with what keeps them out; return the erasure's number."""
    shop = session.scalars(select(Shop)).one()
    if shop.erasure_salt is None:
        shop.erasure_salt = secrets.token_bytes(_SALT_BYTES)
    erasure = Erasure(at=now, is_wiped=False)
    session.add(erasure)
    session.flush()
    kept: dict[bytes, bool] = {}
    for key in keys:
        hashed = digest(shop.erasure_salt, key.kind, key.value)
        kept[hashed] = kept.get(hashed, True) and key.is_shared
    for hashed, is_shared in kept.items():
        session.add(ErasedKey(digest=hashed, erasure_id=erasure.id, is_shared=is_shared))
    session.flush()
    return erasure.id


def let_back(session: Session, erasures: Iterable[int], now: datetime) -> None:
    """Let people come back who asked for it themselves: nothing keeps them out any more."""
    named = set(erasures)
    session.execute(delete(ErasedKey).where(ErasedKey.erasure_id.in_(named)))
    session.execute(update(Erasure).where(Erasure.id.in_(named)).values(returned_at=now))


def zone(session: Session) -> str:
    """Return the time zone in which the days of erasures are told."""
    return session.scalars(select(Shop.zone)).one()


def row_sentence(at: datetime, zone: str) -> str:
    """Say why a row of a file is left out."""
    day = long_date(ShopDay.of(at, zone).today)
    return _("This person asked to be erased on {day}. The row is left out.").format(day=day)


def by_hand(hits: Iterable[Hit], zone: str) -> WasErased:
    """Return the refusal for somebody who is typed in by hand."""
    first = min(hits, key=lambda hit: hit.at)
    day = long_date(ShopDay.of(first.at, zone).today)
    title = _("This person asked to be erased on {day}.").format(day=day)
    if first.kind in WEAK:
        return WasErased(title, _("If it is somebody else with the same e-mail or phone, leave that field empty."))
    return WasErased(title, _("Take them in again only if they came back themselves."))
