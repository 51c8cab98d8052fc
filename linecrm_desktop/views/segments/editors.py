"""The editors inside a rule's sentence: one for each placeholder of the row templates.

An editor knows one field of one leaf; it hands back the changed leaf and nothing else.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import Compare, Leaf
from linecrm_desktop.segments.sentence import COMPARED, DONE, MATCHED
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import CURRENCY_DIGITS, _, money, ngettext, number
from linecrm_desktop.views.segments.check_combo import CheckCombo, named
from linecrm_desktop.views.segments.reading import Offers
from linecrm_desktop.views.segments.snug_combo import SnugCombo

Change = Callable[[Leaf], None]
_PERIODS = (None, 7, 14, 30, 60, 90, 180, 365)
_MOST = 1_000_000_000
_UNKNOWN = 0
"""Key of "unknown" among the sources; tags begin at 1."""


def editors(field: str, leaf: Any, offers: Offers, currency: str, change: Change) -> list[QWidget]:
    """Return the editor for a placeholder (two where a range needs a second number)."""
    made = _MAKERS[field](leaf, offers, currency, change)
    return made if isinstance(made, list) else [made]


def _combo(
    name: str, accessible: str, options: list[tuple[Any, str]], now: Any, chosen: Callable[[Any], None]
) -> QComboBox:
    combo = SnugCombo()
    for value, text in options:
        combo.addItem(text, value)
    at = [value for value, _text in options].index(now) if now in [value for value, _text in options] else -1
    combo.setCurrentIndex(at)
    combo.activated.connect(lambda row: chosen(combo.itemData(row)))
    named(combo, name, accessible)
    return combo


def _spin(name: str, accessible: str, low: int, value: int, chosen: Callable[[int], None], width: int = 60) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(low, _MOST)
    spin.setGroupSeparatorShown(True)
    spin.setValue(value)
    spin.setKeyboardTracking(True)
    spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    spin.setFixedWidth(width)
    spin.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    spin.valueChanged.connect(chosen)
    named(spin, name, accessible)
    return spin


def _tags(leaf: rules.HasTag, offers: Offers, _currency: str, change: Change) -> QWidget:
    entries = [(key, name, _(TAG_TYPES[kind])) for key, name, kind in offers.tags]
    combo = CheckCombo(entries, leaf.tags, _("Choose tags"))
    combo.ticked.connect(lambda tags: change(replace(leaf, tags=tags)))
    return named(combo, "ruleTags", _("Tags"))


def _sources(leaf: rules.CameFrom, offers: Offers, _currency: str, change: Change) -> QWidget:
    entries = [(key, name, "") for key, name, kind in offers.tags if kind is TagType.SOURCE]
    chosen = (*leaf.sources, _UNKNOWN) if leaf.unknown else leaf.sources
    combo = CheckCombo([*entries, (_UNKNOWN, _("an unknown source"), "")], chosen, _("Choose sources"))

    def ticked(keys: tuple[int, ...]) -> None:
        change(rules.CameFrom(tuple(key for key in keys if key != _UNKNOWN), _UNKNOWN in keys))

    combo.ticked.connect(ticked)
    return named(combo, "ruleSources", _("Sources"))


def _match(leaf: rules.HasTag, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options = [(match, _(word)) for match, word in MATCHED.items()]
    return _combo("ruleMatch", _("Any, all or none"), options, leaf.match, lambda m: change(replace(leaf, match=m)))


def _older(leaf: Any, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options = [(True, _("more than")), (False, _("at most"))]
    return _combo("ruleOlder", _("More or at most"), options, leaf.older, lambda o: change(replace(leaf, older=o)))


def _days(leaf: Any, _offers: Offers, _currency: str, change: Change) -> QWidget:
    return _spin("ruleDays", _("Days"), 0, leaf.days or 0, lambda days: change(replace(leaf, days=days)))


def _period(leaf: Any, _offers: Offers, _currency: str, change: Change) -> QWidget:
    periods = list(dict.fromkeys((*_PERIODS, leaf.days)))
    options = [(days, _period_words(days)) for days in sorted(periods, key=lambda days: days or 0)]
    return _combo("rulePeriod", _("Period"), options, leaf.days, lambda days: change(replace(leaf, days=days)))


def _period_words(days: int | None) -> str:
    if days is None:
        return _("ever")
    return ngettext("in the last {n} day", "in the last {n} days", days).format(n=number(days))


def _what(leaf: rules.Bought, offers: Offers, _currency: str, change: Change) -> QWidget:
    options: list[tuple[Any, str]] = [(("category", ""), _("anything"))]
    options += [(("category", name), name) for name in offers.categories]
    options += [(("product", name), _("{product} (product)").format(product=name)) for name in offers.products]
    now = (leaf.by if leaf.what else "category", leaf.what)
    if now not in [value for value, _text in options]:
        options.append((now, leaf.what))
    return _combo(
        "ruleWhat", _("Category or product"), options, now, lambda w: change(replace(leaf, by=w[0], what=w[1]))
    )


def _times(leaf: rules.Bought, _offers: Offers, _currency: str, change: Change) -> QWidget:
    return _spin("ruleTimes", _("Times"), 1, leaf.times, lambda times: change(replace(leaf, times=times)))


def _compare(leaf: Any, _offers: Offers, _currency: str, change: Change) -> QWidget:
    ranged = not isinstance(leaf, rules.Did)
    options = [(c, _(word)) for c, word in COMPARED.items() if ranged or c is not Compare.BETWEEN]

    def chosen(compare: Compare) -> None:
        if not ranged:
            change(replace(leaf, compare=compare))
            return
        low = leaf.amount if isinstance(leaf, rules.Spent) else leaf.count
        change(replace(leaf, compare=compare, high=max(low, leaf.high or low) if compare is Compare.BETWEEN else None))

    return _combo("ruleCompare", _("How many"), options, leaf.compare, chosen)


def _count(leaf: Any, _offers: Offers, _currency: str, change: Change) -> list[QWidget]:
    made: list[QWidget] = [
        _spin("ruleCount", _("Number"), 0, leaf.count, lambda count: change(replace(leaf, count=count)))
    ]
    if leaf.compare is Compare.BETWEEN:
        made.append(_spin("ruleHigh", _("Up to"), 0, leaf.high or 0, lambda high: change(replace(leaf, high=high))))
    return made


def _amount(leaf: rules.Spent, _offers: Offers, currency: str, change: Change) -> list[QWidget]:
    scale = 10 ** CURRENCY_DIGITS.get(currency, 2)
    sign = money(0, currency).rstrip("0.")
    low = _spin(
        "ruleAmount", _("Amount"), 0, leaf.amount // scale, lambda v: change(replace(leaf, amount=v * scale)), 120
    )
    made = [low]
    if leaf.compare is Compare.BETWEEN:
        high = (leaf.high or 0) // scale
        made.append(_spin("ruleHigh", _("Up to"), 0, high, lambda v: change(replace(leaf, high=v * scale)), 120))
    for spin in made:
        spin.setPrefix(sign)
    return list(made)


def _action(leaf: rules.Did, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options = [(kind, _(word)) for kind, word in DONE.items()]
    return _combo("ruleAction", _("What they did"), options, leaf.action, lambda a: change(replace(leaf, action=a)))


def _about(leaf: rules.Did, offers: Offers, _currency: str, change: Change) -> QWidget:
    topics = list(dict.fromkeys(("", *offers.topics, leaf.category)))
    options = [(topic, topic or _("anything")) for topic in topics]
    return _combo("ruleAbout", _("About what"), options, leaf.category, lambda c: change(replace(leaf, category=c)))


def _inside(leaf: rules.InSegment, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options = [(True, _("is")), (False, _("is not"))]
    return _combo("ruleInside", _("Is or is not"), options, leaf.inside, lambda i: change(replace(leaf, inside=i)))


def _segment(leaf: rules.InSegment, offers: Offers, _currency: str, change: Change) -> QWidget:
    combo = _combo(
        "ruleSegment", _("Segment"), list(offers.segments), leaf.segment, lambda s: change(replace(leaf, segment=s))
    )
    combo.setPlaceholderText(_("Choose a segment"))
    return combo


_MAKERS: dict[str, Callable[[Any, Offers, str, Change], QWidget | list[QWidget]]] = {
    "match": _match,
    "tags": _tags,
    "sources": _sources,
    "older": _older,
    "days": _days,
    "period": _period,
    "what": _what,
    "times": _times,
    "compare": _compare,
    "count": _count,
    "amount": _amount,
    "action": _action,
    "about": _about,
    "inside": _inside,
    "segment": _segment,
}
