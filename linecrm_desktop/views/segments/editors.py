"""The editors inside a rule's sentence: one for each placeholder of the row templates.

An editor knows one field of one leaf; it hands back the changed leaf and nothing else.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import Compare, Leaf
from linecrm_desktop.segments.sentence import ANSWERED, COMPARED, DONE, MATCHED
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import CURRENCY_DIGITS, _, money, number
from linecrm_desktop.views.segments import field_editors, period_editors
from linecrm_desktop.views.segments.check_combo import CheckCombo, named
from linecrm_desktop.views.segments.making import combo, spin, words
from linecrm_desktop.views.segments.reading import Offers

Change = Callable[[Leaf], None]
_UNKNOWN = 0
"""Key of "unknown" among the sources; tags begin at 1."""
_PERCENT_WIDTH = 52


def editors(field: str, leaf: Any, offers: Offers, currency: str, change: Change) -> list[QWidget]:
    """Return the editors for a placeholder (several where a choice needs more)."""
    made = _MAKERS[field](leaf, offers, currency, change)
    return made if isinstance(made, list) else [made]


def _tags(leaf: rules.HasTag, offers: Offers, _currency: str, change: Change) -> QWidget:
    entries = [(key, name, _(TAG_TYPES[kind])) for key, name, kind in offers.tags]
    box = CheckCombo(entries, leaf.tags, _("Choose tags"))
    box.ticked.connect(lambda tags: change(replace(leaf, tags=tags)))
    return named(box, "ruleTags", _("Tags"))


def _sources(leaf: rules.CameFrom, offers: Offers, _currency: str, change: Change) -> QWidget:
    entries = [(key, name, "") for key, name, kind in offers.tags if kind is TagType.SOURCE]
    if leaf.inside:
        entries.append((_UNKNOWN, _("an unknown source"), ""))
    chosen = (*leaf.sources, _UNKNOWN) if leaf.unknown else leaf.sources
    box = CheckCombo(entries, chosen, _("Choose sources"))

    def ticked(keys: tuple[int, ...]) -> None:
        sources = tuple(key for key in keys if key != _UNKNOWN)
        change(replace(leaf, sources=sources, unknown=_UNKNOWN in keys))

    box.ticked.connect(ticked)
    return named(box, "ruleSources", _("Sources"))


def _came(leaf: rules.CameFrom, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options = [(True, _("came")), (False, _("came, but not"))]
    return combo(
        "ruleCame", _("Is or is not"), options, leaf.inside, lambda i: change(replace(leaf, inside=i, unknown=False))
    )


def _match(leaf: Any, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options = [(match, _(word)) for match, word in MATCHED.items()]
    return combo("ruleMatch", _("Any, all or none"), options, leaf.match, lambda m: change(replace(leaf, match=m)))


def _origin(leaf: rules.HasTag, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options: list[tuple[Any, str]] = [
        (None, _("put on in any way")),
        (TagOrigin.HAND, _("put on by hand")),
        (TagOrigin.IMPORT, _("put on by an import")),
        (TagOrigin.RULE, _("put on by a rule")),
    ]
    return combo(
        "ruleOrigin", _("How the tag was put on"), options, leaf.origin, lambda o: change(replace(leaf, origin=o))
    )


def _days(leaf: Any, _offers: Offers, _currency: str, change: Change) -> QWidget:
    return spin("ruleDays", _("Days"), 0, leaf.days or 0, lambda days: change(replace(leaf, days=days)))


def _period(leaf: Any, offers: Offers, _currency: str, change: Change) -> list[QWidget]:
    return period_editors.period(leaf, offers.today, change)


def _when(leaf: Any, offers: Offers, _currency: str, change: Change) -> list[QWidget]:
    return period_editors.when(leaf, offers.today, change)


def _things(offers: Offers) -> list[tuple[tuple[str, str], str]]:
    categories = [(("category", name), name) for name in offers.categories]
    return categories + [(("product", name), _("{product} (product)").format(product=name)) for name in offers.products]


def _what(leaf: rules.Bought, offers: Offers, _currency: str, change: Change) -> QWidget:
    """Several categories, or several products; nothing ticked is anything."""
    things = _things(offers)
    chosen = [(leaf.by, name) for name in (leaf.what, *leaf.also) if name]
    things += [(gone, gone[1]) for gone in chosen if gone not in [thing for thing, _name in things]]
    headings = {"category": _("Categories"), "product": _("Products")}
    entries = [(place, text, headings[thing[0]]) for place, (thing, text) in enumerate(things)]
    ticked_now = [place for place, (thing, _text) in enumerate(things) if thing in chosen]
    box = CheckCombo(entries, ticked_now, _("anything"))

    def ticked(places: tuple[int, ...]) -> None:
        newest = next((place for place in places if things[place][0] not in chosen), None)
        by = things[newest][0][0] if newest is not None else leaf.by
        names = [things[place][0][1] for place in places if things[place][0][0] == by]
        change(replace(leaf, by=by if names else "category", what=names[0] if names else "", also=tuple(names[1:])))

    box.ticked.connect(ticked)
    return named(box, "ruleWhat", _("Category or product"))


def _thing(leaf: rules.NotBoughtSince, offers: Offers, _currency: str, change: Change) -> QWidget:
    options: list[tuple[Any, str]] = [(("category", ""), _("anything")), *_things(offers)]
    now = (leaf.by if leaf.what else "category", leaf.what)
    if now not in [value for value, _text in options]:
        options.append((now, leaf.what))
    return combo(
        "ruleWhat", _("Category or product"), options, now, lambda w: change(replace(leaf, by=w[0], what=w[1]))
    )


def _times(leaf: rules.Bought, _offers: Offers, _currency: str, change: Change) -> QWidget:
    return spin("ruleTimes", _("Times"), 1, leaf.times, lambda times: change(replace(leaf, times=times)))


def _compare(leaf: Any, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options = [(compare, _(word)) for compare, word in COMPARED.items()]

    def chosen(compare: Compare) -> None:
        low = leaf.amount if isinstance(leaf, (rules.Spent, rules.AverageOrder)) else leaf.count
        change(replace(leaf, compare=compare, high=max(low, leaf.high or low) if compare is Compare.BETWEEN else None))

    return combo("ruleCompare", _("How many"), options, leaf.compare, chosen)


def _count(leaf: Any, _offers: Offers, _currency: str, change: Change) -> list[QWidget]:
    made: list[QWidget] = [
        spin("ruleCount", _("Number"), 0, leaf.count, lambda count: change(replace(leaf, count=count)))
    ]
    if leaf.compare is Compare.BETWEEN:
        made.append(spin("ruleHigh", _("Up to"), 0, leaf.high or 0, lambda high: change(replace(leaf, high=high))))
    return made


def _amount(leaf: Any, _offers: Offers, currency: str, change: Change) -> list[QWidget]:
    scale = 10 ** CURRENCY_DIGITS.get(currency, 2)
    sign = money(0, currency).rstrip("0.")
    low = spin(
        "ruleAmount", _("Amount"), 0, leaf.amount // scale, lambda v: change(replace(leaf, amount=v * scale)), 120
    )
    made = [low]
    if leaf.compare is Compare.BETWEEN:
        high = (leaf.high or 0) // scale
        made.append(spin("ruleHigh", _("Up to"), 0, high, lambda v: change(replace(leaf, high=v * scale)), 120))
    for one in made:
        one.setPrefix(sign)
    return list(made)


def _action(leaf: rules.Did, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options = [(kind, _(word)) for kind, word in DONE.items()]
    return combo("ruleAction", _("What they did"), options, leaf.action, lambda a: change(replace(leaf, action=a)))


def _about(leaf: rules.Did, offers: Offers, _currency: str, change: Change) -> QWidget:
    topics = list(dict.fromkeys(("", *offers.topics, leaf.category)))
    options = [(topic, topic or _("anything")) for topic in topics]
    return combo("ruleAbout", _("About what"), options, leaf.category, lambda c: change(replace(leaf, category=c)))


def _detail(leaf: rules.Did, offers: Offers, _currency: str, change: Change) -> QWidget:
    details = list(dict.fromkeys(("", *offers.details, leaf.detail)))
    options = [(detail, detail or _("any link or answer")) for detail in details]
    return combo("ruleDetail", _("Link or answer"), options, leaf.detail, lambda d: change(replace(leaf, detail=d)))


def _got(leaf: rules.Got, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options = [(True, _("got")), (False, _("did not get"))]
    return combo("ruleGot", _("Got or not"), options, leaf.got, lambda g: change(replace(leaf, got=g)))


def _message(leaf: rules.Got, offers: Offers, _currency: str, change: Change) -> QWidget:
    options = list(offers.names.messages.items())
    box = combo("ruleMessage", _("Message"), options, leaf.message, lambda m: change(replace(leaf, message=m)))
    box.setPlaceholderText(_("Choose a message"))
    return box


def _answer(leaf: Any, _offers: Offers, _currency: str, change: Change) -> QWidget:
    answers: tuple[Any, ...] = tuple(Marketing) if isinstance(leaf, rules.MayMarket) else tuple(Answer)
    options = [(answer, _(ANSWERED[answer])) for answer in answers]
    return combo("ruleAnswer", _("Answer"), options, leaf.answer, lambda a: change(replace(leaf, answer=a)))


def _field(leaf: rules.OwnField, offers: Offers, _currency: str, change: Change) -> QWidget:
    return field_editors.field(leaf, offers, change)


def _test(leaf: rules.OwnField, offers: Offers, _currency: str, change: Change) -> list[QWidget]:
    return field_editors.test(leaf, offers, offers.today, change)


def _score(measure: str) -> Callable[[rules.Rfm, Offers, str, Change], QWidget]:
    def made(leaf: rules.Rfm, _offers: Offers, _currency: str, change: Change) -> QWidget:
        spans = [(low, high) for low in range(1, 6) for high in range(low, 6)]
        spans.sort(key=lambda span: (span != (1, 5), span[1] - span[0], span))
        options = [(span, _span_words(span)) for span in spans]
        now = getattr(leaf, measure)
        return combo(f"rule_{measure}", _("Scores"), options, now, lambda s: change(replace(leaf, **{measure: s})))

    return made


def _span_words(span: tuple[int, int]) -> str:
    if span == (1, 5):
        return _("any score")
    low, high = number(span[0]), number(span[1])
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def _percent(end: str) -> Callable[[rules.RandomShare, Offers, str, Change], QWidget]:
    def made(leaf: rules.RandomShare, _offers: Offers, _currency: str, change: Change) -> QWidget:
        name = _("From percent") if end == "low" else _("To percent")
        return spin(
            f"rule_{end}", name, 0, getattr(leaf, end), lambda n: change(replace(leaf, **{end: n})), _PERCENT_WIDTH
        )

    return made


def _salt(leaf: rules.RandomShare, _offers: Offers, _currency: str, change: Change) -> QWidget:
    return words("ruleSalt", _("Name of the draw"), leaf.salt, (), lambda text: change(replace(leaf, salt=text)))


def _inside(leaf: rules.InSegment, _offers: Offers, _currency: str, change: Change) -> QWidget:
    options = [(True, _("is")), (False, _("is not"))]
    return combo("ruleInside", _("Is or is not"), options, leaf.inside, lambda i: change(replace(leaf, inside=i)))


def _segment(leaf: rules.InSegment, offers: Offers, _currency: str, change: Change) -> QWidget:
    box = combo(
        "ruleSegment", _("Segment"), list(offers.segments), leaf.segment, lambda s: change(replace(leaf, segment=s))
    )
    box.setPlaceholderText(_("Choose a segment"))
    return box


_MAKERS: dict[str, Callable[[Any, Offers, str, Change], QWidget | list[QWidget]]] = {
    "match": _match,
    "tags": _tags,
    "origin": _origin,
    "sources": _sources,
    "came": _came,
    "days": _days,
    "period": _period,
    "when": _when,
    "what": _what,
    "thing": _thing,
    "times": _times,
    "compare": _compare,
    "count": _count,
    "amount": _amount,
    "action": _action,
    "about": _about,
    "detail": _detail,
    "got": _got,
    "message": _message,
    "answer": _answer,
    "field": _field,
    "test": _test,
    "recency": _score("recency"),
    "frequency": _score("frequency"),
    "monetary": _score("monetary"),
    "low": _percent("low"),
    "high": _percent("high"),
    "salt": _salt,
    "inside": _inside,
    "segment": _segment,
}
