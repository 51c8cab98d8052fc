"""Editors of rules about fields of the shop's own: which field, what is asked, and what it is compared with."""

from datetime import date

from PySide6.QtWidgets import QWidget

from linecrm_desktop.models.field import FieldKind
from linecrm_desktop.segments.rules import FIELD_TESTS, Compare, FieldTest, OwnField
from linecrm_desktop.segments.sentence import COMPARED, TESTED
from linecrm_desktop.text import _
from linecrm_desktop.views.rules import making, period_editors
from linecrm_desktop.views.rules.held import Held
from linecrm_desktop.views.rules.offers import Offers

_SEVERAL = (FieldTest.ONE_OF, FieldTest.ANY, FieldTest.ALL, FieldTest.NONE, FieldTest.CONTAINS, FieldTest.STARTS)
"""Tests that take several texts, written with commas."""
_BARE = (FieldTest.UNKNOWN, FieldTest.KNOWN)


def field(held: Held, offers: Offers) -> QWidget:
    """Return the choice of a field; another kind of field begins with the first question that fits it."""
    kinds = {number: kind for number, _name, kind in offers.fields}

    def chosen(number: int) -> None:
        fitting = FIELD_TESTS[kinds[number]]
        if held.leaf.test in fitting:
            held.choose(field=number)
        else:
            held.put(OwnField(number, fitting[0]))

    options = [(number, name) for number, name, _kind in offers.fields]
    box = making.combo("ruleField", _("Field"), options, held.leaf.field, chosen)
    box.setPlaceholderText(_("Choose a field"))
    return box


def test(held: Held, offers: Offers) -> list[QWidget]:
    """Return the choice of a question, and the editors that it needs."""
    kind = next((kind for number, _name, kind in offers.fields if number == held.leaf.field), FieldKind.TEXT)
    options = [(asked, _(TESTED[asked])) for asked in FIELD_TESTS[kind]]

    def chosen(asked: FieldTest) -> None:
        days = {FieldTest.WHEN: 30, FieldTest.COMES_ROUND: 7}.get(asked)
        held.choose(test=asked, days=days, older=False, since=None, until=None)

    box = making.combo("ruleTest", _("Question"), options, held.leaf.test, chosen)
    return [box, *_compared_with(held, offers.today)]


def _compared_with(held: Held, today: date) -> list[QWidget]:
    asked = held.leaf.test
    if asked in _BARE:
        return []
    if asked is FieldTest.NUMBER:
        return _number(held)
    if asked is FieldTest.WHEN:
        return period_editors.period(held, today)
    if asked is FieldTest.COMES_ROUND:
        days = held.leaf.days or 0
        return [making.spin("ruleDays", _("Days"), 0, days, lambda n: held.write(days=n), 48, _(" days"))]
    several = asked in _SEVERAL

    def written(text: str) -> None:
        texts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")] if several else [text]
        held.write(texts=tuple(part for part in texts if part))

    shown = _("several, with commas") if several else _("text")
    return [making.words("ruleTexts", shown, ", ".join(held.leaf.texts), (), written, 220)]


def _number(held: Held) -> list[QWidget]:
    options = [(compare, _(word)) for compare, word in COMPARED.items()]

    def compared(compare: Compare) -> None:
        low, high = held.leaf.number, held.leaf.high
        held.choose(compare=compare, high=max(low, high or low) if compare is Compare.BETWEEN else None)

    made: list[QWidget] = [
        making.combo("ruleCompare", _("How many"), options, held.leaf.compare, compared),
        making.decimal("ruleNumber", _("Number"), held.leaf.number, lambda v: held.write(number=v)),
    ]
    if held.leaf.compare is Compare.BETWEEN:
        made.append(making.decimal("ruleHigh", _("Up to"), held.leaf.high or 0, lambda v: held.write(high=v)))
    return made
