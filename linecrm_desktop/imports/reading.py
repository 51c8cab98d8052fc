"""Turns one row's cells into values for staging, or into the reason why it cannot be taken. Pure: no database."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from linecrm_desktop.imports import values
from linecrm_desktop.imports.columns import IN_PARTS, TAG_TARGETS, Kind, Target, fold
from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.imports.presets import by_id
from linecrm_desktop.imports.text_rows import Line
from linecrm_desktop.imports.values import Unreadable
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.resources import resource
from linecrm_desktop.tags.library import NAME_MAX
from linecrm_desktop.text import _, to_minor

Staged = dict[str, Any]
_ANSWERS = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: None}
_PHONE_PART = 5
"""Most digits that one part of a phone number in several columns has."""
_ORDER_RANK = {OrderState.PLACED: 0, OrderState.CANCELLED: 1, OrderState.REFUNDED: 2}


class RowReader:
    """Reads rows by one plan; the readers of the columns are chosen once."""

    def __init__(self, plan: ImportPlan) -> None:
        self.plan = plan
        self._readers = [(place, self._reader(target)) for place, target in enumerate(plan.matching.targets)]
        self._tags = [(place, TAG_TARGETS[t]) for place, t in enumerate(plan.matching.targets) if t in TAG_TARGETS]
        self._empty = dict.fromkeys(STAGED_COLUMNS)
        self._parts = {t: plan.matching.places(t) for t in IN_PARTS if len(plan.matching.places(t)) > 1}
        preset = by_id(plan.preset)
        self._statuses: Mapping[str, str] = preset.statuses if preset else {}
        header = [fold(name) for name in plan.found.header]
        no_goods: Mapping[str, list[str]] = preset.no_goods if preset else {}
        self._no_goods = [
            (header.index(fold(name)), frozenset(words)) for name, words in no_goods.items() if fold(name) in header
        ]

    def read(self, line: Line) -> Staged:
        """Return the row's values by staging column; one that cannot be taken has the verdict rejected and why.

        A rejected row still says whom it is about and whether they refuse: a refusal is never lost to a bad cell.
        """
        staged: Staged = {**self._empty, "line": line.number, "cells": json.dumps(line.cells, ensure_ascii=False)}
        width = len(self.plan.matching.targets)
        if len(line.cells) > width and any(cell.strip() for cell in line.cells[width:]):
            _reject(staged, "cells", _("This row has more cells than the header has columns."))
        if self._parts:
            line = self._joined(line)
        for place, reader in self._readers:
            if reader is not None and place < len(line.cells) and line.cells[place]:
                try:
                    column, value = reader(line.cells[place])
                except Unreadable as trouble:
                    _reject(staged, trouble.code, trouble.sentence)
                else:
                    if value is not None and staged[column] is None:
                        staged[column] = value
        for place, words in self._no_goods:
            if place < len(line.cells) and line.cells[place].strip() in words:
                staged.update(product=None, category=None, quantity=None, amount=None)
        missing = missing_value(self.plan.kind, staged)
        if missing is not None:
            _reject(staged, *missing)
        return staged

    def _joined(self, line: Line) -> Line:
        """Put what stands in several columns into the first of them; the others are left blank."""
        cells = list(line.cells)
        for target, places in self._parts.items():
            parts = [cells[place].strip() for place in places if place < len(cells)]
            filled = [part for part in parts if part and not values.is_empty(values.clean(part))]
            for place in places:
                if place < len(cells):
                    cells[place] = ""
            if target is Target.PHONE and any(len(part) > _PHONE_PART for part in filled):
                filled = filled[:1]
            if parts:
                cells[places[0]] = (" " if target is Target.NAME else "-").join(filled)
        return Line(line.number, cells, line.mended)

    def tags(self, line: Line) -> list[tuple[str, str]]:
        """Return the tags that a row's cells make, as (name, type)."""
        return [
            (name[:NAME_MAX], str(tag_type))
            for place, tag_type in self._tags
            if place < len(line.cells)
            for name in values.several(line.cells[place])
            if not values.is_empty(values.clean(name))
        ]

    def _reader(self, target: Target) -> Callable[[str], tuple[str, Any]] | None:
        plan = self.plan
        readers: dict[Target, Callable[[str], tuple[str, Any]]] = {
            Target.LINE_ID: lambda cell: ("line_user_id", values.line_id(cell)),
            Target.MEMBER: lambda cell: ("member_number", values.key(cell)),
            Target.NAME: lambda cell: ("name", values.words(cell)),
            Target.PHONE: lambda cell: ("phone", values.phone(cell, plan.country)),
            Target.EMAIL: lambda cell: ("email", values.email(cell)),
            Target.JOINED: lambda cell: ("joined_at", self._moment(cell)),
            Target.MARKETING: lambda cell: ("marketing", _ANSWERS[values.answer(cell)]),
            Target.INFORMED: lambda cell: ("informed", _ANSWERS[values.answer(cell)]),
            Target.CAN_OPT_OUT: lambda cell: ("can_opt_out", _ANSWERS[values.answer(cell)]),
            Target.BLOCKED: lambda cell: ("blocked", _ANSWERS[values.answer(cell)]),
            Target.ORDER: lambda cell: ("number", values.key(cell)),
            Target.AT: lambda cell: ("at", self._moment(cell)),
            Target.TOTAL: lambda cell: ("total", self._money(cell)),
            Target.AMOUNT: lambda cell: ("amount", self._money(cell)),
            Target.CURRENCY: lambda cell: ("currency", self._currency(cell)),
            Target.STATUS: lambda cell: ("state", order_state(cell, self._statuses)),
            Target.PRODUCT: lambda cell: ("product", values.words(cell)),
            Target.CATEGORY: lambda cell: ("category", values.words(cell)),
            Target.QUANTITY: lambda cell: ("quantity", values.whole(cell)),
            Target.EVENT: lambda cell: ("event", event_kind(cell)),
            Target.DETAIL: lambda cell: ("detail", values.words(cell)),
        }
        return readers.get(target)

    def _moment(self, cell: str) -> int | None:
        moment = values.moment(cell, self.plan.zone, self.plan.date_order)
        return None if moment is None else int(moment.timestamp())

    def _money(self, cell: str) -> int | None:
        amount = values.amount(cell)
        return None if amount is None else to_minor(amount, self.plan.currency)

    def _currency(self, cell: str) -> str | None:
        code = values.clean(cell).upper()
        if values.is_empty(code) or code == self.plan.currency:
            return None
        sentence = _("The order is in {currency}, the shop counts in {shop}.")
        raise Unreadable("currency", sentence.format(currency=code, shop=self.plan.currency))


STAGED_COLUMNS = (
    *("line_user_id", "member_number", "phone", "email", "name", "joined_at", "marketing", "informed", "can_opt_out"),
    *("blocked", "number", "at", "total", "amount", "state", "product", "category", "quantity", "event", "detail"),
    *("verdict", "why", "sentence"),
)


def _reject(staged: Staged, why: str, sentence: str) -> None:
    """Give a row its verdict; the first reason stays."""
    if staged["verdict"] is None:
        staged.update(verdict="rejected", why=why, sentence=sentence)


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


def missing_value(kind: Kind, staged: Staged) -> tuple[str, str] | None:
    """Return the reason when a row of events lacks what every event needs."""
    if kind is Kind.EVENTS and staged["event"] is None:
        return "event", _("The row does not say what happened.")
    if kind is Kind.EVENTS and staged["at"] is None:
        return "date", _("The row has no date.")
    return None
