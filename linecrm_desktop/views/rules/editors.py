"""The editors inside a rule's sentence: one for each placeholder of the row templates.

An editor knows one field of the rule that its row holds, and changes nothing else.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import Compare
from linecrm_desktop.segments.sentence import ANSWERED, COMPARED, DONE, MATCHED
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import _, number
from linecrm_desktop.views.rules import field_editors, period_editors
from linecrm_desktop.views.rules.check_combo import CheckCombo, Entry
from linecrm_desktop.views.rules.held import Held
from linecrm_desktop.views.rules.making import combo, currency_amount, named, spin, words
from linecrm_desktop.views.rules.offers import Offers
from linecrm_desktop.views.widgets.chips import status_chip, tag_chip

_UNKNOWN = 0
"""Key of "unknown" among the sources; tags begin at 1."""
_PERCENT_WIDTH = 52


def editors(field: str, held: Held, offers: Offers, currency: str) -> list[QWidget]:
    """Return the editors for a placeholder (several where a choice needs more)."""
    made = _MAKERS[field](held, offers, currency)
    return made if isinstance(made, list) else [made]


def _tags(held: Held, offers: Offers, _currency: str) -> QWidget:
    entries = [Entry(key, name, _(TAG_TYPES[kind]), tag_chip(name, kind)) for key, name, kind in offers.tags]
    box = CheckCombo([*entries, *_gone(held.leaf.tags, entries, offers)], held.leaf.tags, _("Choose tags"))
    box.ticked.connect(lambda tags: held.choose(tags=tags))
    return named(box, "ruleTags", _("Tags"))


def _sources(held: Held, offers: Offers, _currency: str) -> QWidget:
    sources = [(key, name) for key, name, kind in offers.tags if kind is TagType.SOURCE]
    entries = [Entry(key, name, "", tag_chip(name, TagType.SOURCE)) for key, name in sources]
    entries += _gone(held.leaf.sources, entries, offers)
    if held.leaf.inside:
        entries.append(Entry(_UNKNOWN, _("an unknown source")))
    chosen = (*held.leaf.sources, _UNKNOWN) if held.leaf.unknown else held.leaf.sources
    box = CheckCombo(entries, chosen, _("Choose sources"))

    def ticked(keys: tuple[int, ...]) -> None:
        sources = tuple(key for key in keys if key != _UNKNOWN)
        held.choose(sources=sources, unknown=_UNKNOWN in keys)

    box.ticked.connect(ticked)
    return named(box, "ruleSources", _("Sources"))


def _gone(named: tuple[int, ...], entries: list[Entry], offers: Offers) -> list[Entry]:
    """Return entries for tags that a rule names and that can no longer be chosen, so that they can be replaced."""
    there = {entry.key for entry in entries}
    gone = [(key, offers.names.tags.get(key, _("a tag that is gone"))) for key in named if key not in there]
    return [Entry(key, name, _("Retired"), status_chip("bad", name)) for key, name in gone]


def _came(held: Held, _offers: Offers, _currency: str) -> QWidget:
    options = [(True, _("came")), (False, _("came, but not"))]
    return combo(
        "ruleCame", _("Is or is not"), options, held.leaf.inside, lambda i: held.choose(inside=i, unknown=False)
    )


def _match(held: Held, _offers: Offers, _currency: str) -> QWidget:
    options = [(match, _(word)) for match, word in MATCHED.items()]
    return combo("ruleMatch", _("Any, all or none"), options, held.leaf.match, lambda m: held.choose(match=m))


def _origin(held: Held, _offers: Offers, _currency: str) -> QWidget:
    options: list[tuple[Any, str]] = [
        (None, _("put on in any way")),
        (TagOrigin.HAND, _("put on by hand")),
        (TagOrigin.IMPORT, _("put on by an import")),
        (TagOrigin.RULE, _("put on by a rule")),
    ]
    return combo("ruleOrigin", _("How the tag was put on"), options, held.leaf.origin, lambda o: held.choose(origin=o))


def _days(held: Held, _offers: Offers, _currency: str) -> QWidget:
    return spin("ruleDays", _("Days"), 0, held.leaf.days or 0, lambda days: held.write(days=days))


def _period(held: Held, offers: Offers, _currency: str) -> list[QWidget]:
    return period_editors.period(held, offers.today)


def _when(held: Held, offers: Offers, _currency: str) -> list[QWidget]:
    return period_editors.when(held, offers.today)


def _things(offers: Offers) -> list[tuple[tuple[str, str], str]]:
    categories = [(("category", name), name) for name in offers.categories]
    return categories + [(("product", name), _("{product} (product)").format(product=name)) for name in offers.products]


def _what(held: Held, offers: Offers, _currency: str) -> QWidget:
    """Several categories, or several products; nothing ticked is anything."""

    def now() -> list[tuple[str, str]]:
        return [(held.leaf.by, name) for name in (held.leaf.what, *held.leaf.also) if name]

    things, chosen = _things(offers), now()
    things += [(gone, gone[1]) for gone in chosen if gone not in [thing for thing, _name in things]]
    headings = {"category": _("Categories"), "product": _("Products")}
    entries = [Entry(place, text, headings[thing[0]]) for place, (thing, text) in enumerate(things)]
    ticked_now = [place for place, (thing, _text) in enumerate(things) if thing in chosen]
    box = CheckCombo(entries, ticked_now, _("anything"))

    def ticked(places: tuple[int, ...]) -> None:
        before = now()
        newest = next((place for place in places if things[place][0] not in before), None)
        by = things[newest][0][0] if newest is not None else held.leaf.by
        fitting = [place for place in places if things[place][0][0] == by]
        names = [things[place][0][1] for place in fitting]
        box.tick(fitting)
        held.choose(by=by if names else "category", what=names[0] if names else "", also=tuple(names[1:]))

    box.ticked.connect(ticked)
    return named(box, "ruleWhat", _("Category or product"))


def _thing(held: Held, offers: Offers, _currency: str) -> QWidget:
    options: list[tuple[Any, str]] = [(("category", ""), _("anything")), *_things(offers)]
    now = (held.leaf.by if held.leaf.what else "category", held.leaf.what)
    if now not in [value for value, _text in options]:
        options.append((now, held.leaf.what))
    return combo("ruleWhat", _("Category or product"), options, now, lambda w: held.choose(by=w[0], what=w[1]))


def _times(held: Held, _offers: Offers, _currency: str) -> QWidget:
    return spin("ruleTimes", _("Times"), 1, held.leaf.times, lambda times: held.write(times=times))


def _compare(held: Held, _offers: Offers, _currency: str) -> QWidget:
    options = [(compare, _(word)) for compare, word in COMPARED.items()]

    def chosen(compare: Compare) -> None:
        low = held.leaf.amount if isinstance(held.leaf, (rules.Spent, rules.AverageOrder)) else held.leaf.count
        held.choose(compare=compare, high=max(low, held.leaf.high or low) if compare is Compare.BETWEEN else None)

    return combo("ruleCompare", _("How many"), options, held.leaf.compare, chosen)


def _count(held: Held, _offers: Offers, _currency: str) -> list[QWidget]:
    made: list[QWidget] = [spin("ruleCount", _("Number"), 0, held.leaf.count, lambda count: held.write(count=count))]
    if held.leaf.compare is Compare.BETWEEN:
        made.append(spin("ruleHigh", _("Up to"), 0, held.leaf.high or 0, lambda high: held.write(high=high)))
    return made


def _amount(held: Held, _offers: Offers, currency: str) -> list[QWidget]:
    low, high = held.leaf.amount, held.leaf.high or 0
    made: list[QWidget] = [
        currency_amount("ruleAmount", _("Amount"), low, currency, lambda minor: held.write(amount=minor))
    ]
    if held.leaf.compare is Compare.BETWEEN:
        made.append(currency_amount("ruleHigh", _("Up to"), high, currency, lambda minor: held.write(high=minor)))
    return made


def _action(held: Held, _offers: Offers, _currency: str) -> QWidget:
    options = [(kind, _(word)) for kind, word in DONE.items()]
    return combo("ruleAction", _("What they did"), options, held.leaf.action, lambda a: held.choose(action=a))


def _about(held: Held, offers: Offers, _currency: str) -> QWidget:
    topics = list(dict.fromkeys(("", *offers.topics, held.leaf.category)))
    options = [(topic, topic or _("anything")) for topic in topics]
    return combo("ruleAbout", _("About what"), options, held.leaf.category, lambda c: held.choose(category=c))


def _detail(held: Held, offers: Offers, _currency: str) -> QWidget:
    details = list(dict.fromkeys(("", *offers.details, held.leaf.detail)))
    options = [(detail, detail or _("any link or answer")) for detail in details]
    return combo("ruleDetail", _("Link or answer"), options, held.leaf.detail, lambda d: held.choose(detail=d))


def _got(held: Held, _offers: Offers, _currency: str) -> QWidget:
    options = [(True, _("got")), (False, _("did not get"))]
    return combo("ruleGot", _("Got or not"), options, held.leaf.got, lambda g: held.choose(got=g))


def _message(held: Held, offers: Offers, _currency: str) -> QWidget:
    options = list(offers.names.messages.items())
    box = combo("ruleMessage", _("Message"), options, held.leaf.message, lambda m: held.choose(message=m))
    box.setPlaceholderText(_("Choose a message"))
    return box


def _answer(held: Held, _offers: Offers, _currency: str) -> QWidget:
    answers: tuple[Any, ...] = tuple(Marketing) if isinstance(held.leaf, rules.MayMarket) else tuple(Answer)
    options = [(answer, _(ANSWERED[answer])) for answer in answers]
    return combo("ruleAnswer", _("Answer"), options, held.leaf.answer, lambda a: held.choose(answer=a))


def _field(held: Held, offers: Offers, _currency: str) -> QWidget:
    return field_editors.field(held, offers)


def _test(held: Held, offers: Offers, _currency: str) -> list[QWidget]:
    return field_editors.test(held, offers)


def _score(measure: str) -> Callable[[Held, Offers, str], QWidget]:
    def made(held: Held, _offers: Offers, _currency: str) -> QWidget:
        spans = [(low, high) for low in range(1, 6) for high in range(low, 6)]
        spans.sort(key=lambda span: (span != (1, 5), span[1] - span[0], span))
        options = [(span, _span_words(span)) for span in spans]
        now = getattr(held.leaf, measure)
        return combo(f"rule_{measure}", _("Scores"), options, now, lambda s: held.choose(**{measure: s}))

    return made


def _span_words(span: tuple[int, int]) -> str:
    if span == (1, 5):
        return _("any score")
    low, high = number(span[0]), number(span[1])
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def _percent(end: str) -> Callable[[Held, Offers, str], QWidget]:
    def made(held: Held, _offers: Offers, _currency: str) -> QWidget:
        name = _("From percent") if end == "low" else _("To percent")
        return spin(f"rule_{end}", name, 0, getattr(held.leaf, end), lambda n: held.write(**{end: n}), _PERCENT_WIDTH)

    return made


def _salt(held: Held, _offers: Offers, _currency: str) -> QWidget:
    return words("ruleSalt", _("Name of the draw"), held.leaf.salt, (), lambda text: held.write(salt=text))


def _inside(held: Held, _offers: Offers, _currency: str) -> QWidget:
    options = [(True, _("is")), (False, _("is not"))]
    return combo("ruleInside", _("Is or is not"), options, held.leaf.inside, lambda i: held.choose(inside=i))


def _segment(held: Held, offers: Offers, _currency: str) -> QWidget:
    box = combo("ruleSegment", _("Segment"), list(offers.segments), held.leaf.segment, lambda s: held.choose(segment=s))
    box.setPlaceholderText(_("Choose a segment"))
    return box


_MAKERS: dict[str, Callable[[Held, Offers, str], QWidget | list[QWidget]]] = {
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
