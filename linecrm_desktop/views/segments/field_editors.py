"""Editors of rules about fields of the shop's own: which field, what is asked, and what it is compared with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from linecrm_desktop.models.field import FieldKind
from linecrm_desktop.segments.rules import FIELD_TESTS, Compare, FieldTest, OwnField
from linecrm_desktop.segments.sentence import COMPARED, TESTED
from linecrm_desktop.text import _
from linecrm_desktop.views.segments import making, period_editors
from linecrm_desktop.views.segments.reading import Offers

_SEVERAL = (FieldTest.ONE_OF, FieldTest.ANY, FieldTest.ALL, FieldTest.NONE, FieldTest.CONTAINS, FieldTest.STARTS)
"""Tests that take several texts, written with commas."""
_BARE = (FieldTest.UNKNOWN, FieldTest.KNOWN)


def field(leaf: OwnField, offers: Offers, change: Callable[[Any], None]) -> QWidget:
    """Return the choice of a field; another kind of field begins with the first question that fits it."""
    kinds = {number: kind for number, _name, kind in offers.fields}

    def chosen(number: int) -> None:
        fitting = FIELD_TESTS[kinds[number]]
        change(replace(leaf, field=number) if leaf.test in fitting else OwnField(number, fitting[0]))

    options = [(number, name) for number, name, _kind in offers.fields]
    box = making.combo("ruleField", _("Field"), options, leaf.field, chosen)
    box.setPlaceholderText(_("Choose a field"))
    return box


def test(leaf: OwnField, offers: Offers, today: date, change: Callable[[Any], None]) -> list[QWidget]:
    """Return the choice of a question, and the editors that it needs."""
    kind = next((kind for number, _name, kind in offers.fields if number == leaf.field), FieldKind.TEXT)
    options = [(asked, _(TESTED[asked])) for asked in FIELD_TESTS[kind]]

    def chosen(asked: FieldTest) -> None:
        days = {FieldTest.WHEN: 30, FieldTest.COMES_ROUND: 7}.get(asked)
        change(replace(leaf, test=asked, days=days, older=False, since=None, until=None))

    box = making.combo("ruleTest", _("Question"), options, leaf.test, chosen)
    return [box, *_compared_with(leaf, today, change)]


def _compared_with(leaf: OwnField, today: date, change: Callable[[Any], None]) -> list[QWidget]:
    if leaf.test in _BARE:
        return []
    if leaf.test is FieldTest.NUMBER:
        return _number(leaf, change)
    if leaf.test is FieldTest.WHEN:
        return period_editors.period(leaf, today, change)
    if leaf.test is FieldTest.COMES_ROUND:
        return [
            making.spin(
                "ruleDays", _("Days"), 0, leaf.days or 0, lambda n: change(replace(leaf, days=n)), 48, _(" days")
            )
        ]
    several = leaf.test in _SEVERAL

    def written(text: str) -> None:
        texts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")] if several else [text]
        change(replace(leaf, texts=tuple(part for part in texts if part)))

    shown = _("several, with commas") if several else _("text")
    return [making.words("ruleTexts", shown, ", ".join(leaf.texts), (), written, 220)]


def _number(leaf: OwnField, change: Callable[[Any], None]) -> list[QWidget]:
    options = [(compare, _(word)) for compare, word in COMPARED.items()]

    def compared(compare: Compare) -> None:
        high = max(leaf.number, leaf.high or leaf.number) if compare is Compare.BETWEEN else None
        change(replace(leaf, compare=compare, high=high))

    made: list[QWidget] = [
        making.combo("ruleCompare", _("How many"), options, leaf.compare, compared),
        making.decimal("ruleNumber", _("Number"), leaf.number, lambda v: change(replace(leaf, number=v))),
    ]
    if leaf.compare is Compare.BETWEEN:
        made.append(making.decimal("ruleHigh", _("Up to"), leaf.high or 0, lambda v: change(replace(leaf, high=v))))
    return made
