"""Reads the words for what became of an order, and for what happened between a friend and the shop."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from linecrm_desktop.imports import values
from linecrm_desktop.imports.headings import fold
from linecrm_desktop.imports.values import Unreadable
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.resources import resource
from linecrm_desktop.text import _

_ORDER_RANK = {OrderState.PLACED: 0, OrderState.CANCELLED: 1, OrderState.REFUNDED: 2}


def gravest_of(before: Sequence[Any], found: Sequence[Any]) -> list[Any]:
    """Return the states of two columns as one: an order that was paid for and then refunded is refunded."""
    return [max((rank for rank in pair if rank is not None), default=None) for pair in zip(before, found, strict=True)]


def happened(state: str, cell: str) -> int | None:
    """Read a cell that is filled once a state has come; return the state's rank."""
    return None if values.is_empty(values.clean(cell)) else _ORDER_RANK[OrderState(state)]


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return json.loads(resource("presets", "words.json").read_text(encoding="utf-8"))


@cache
def _by_word(table: str) -> dict[str, str]:
    return {fold(word): code for code, words in _words()[table].items() for word in words}


def order_state(cell: str, own: Mapping[str, str]) -> int | None:
    """Read an order's status as its rank: 0 placed, 1 cancelled, 2 refunded; any other word is placed.

    `own` says what a system's own codes mean.
    """
    word = cell.strip()
    if not word:
        return None
    return _ORDER_RANK[OrderState(own.get(word) or _by_word("order_state").get(fold(word), "placed"))]


def event_kind(cell: str) -> str | None:
    """Read what happened as the code of an EventKind."""
    if not cell.strip():
        return None
    found = _by_word("event").get(fold(cell))
    if found is None:
        raise Unreadable("event", _("Tagwell does not know what “{value}” means.").format(value=cell.strip()))
    return str(EventKind(found))
