"""Says each kind of rule as a part of a sentence: what comes after "friends who"."""

from typing import assert_never

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.tag import TagOrigin
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import Compare, FieldTest, Leaf, TagMatch, Thing
from linecrm_desktop.segments.speaking import Speaker, days, how_much, how_often, listed, times
from linecrm_desktop.text import N_, _, money, number

DONE = {
    EventKind.CLICK: N_("clicked a link"),
    EventKind.MENU: N_("tapped the rich menu"),
    EventKind.SURVEY: N_("filled in a survey"),
    EventKind.REPLY: N_("replied"),
    EventKind.COUPON: N_("used a coupon"),
    EventKind.VISIT: N_("visited the shop’s site"),
    EventKind.OPEN: N_("opened a message"),
    EventKind.FOLLOW: N_("added the account"),
    EventKind.BLOCK: N_("blocked the account"),
}
_PUT_ON = {
    TagOrigin.HAND: N_(" put on by hand"),
    TagOrigin.IMPORT: N_(" put on by an import"),
    TagOrigin.RULE: N_(" put on by a rule"),
}
_HAVE = {
    TagMatch.ALL: N_("have all of {tags}{origin}{period}"),
    TagMatch.NONE: N_("have none of {tags}{origin}{period}"),
    TagMatch.LACKS_ONE: N_("lack at least one of {tags}{origin}{period}"),
}
_BOUGHT = {
    TagMatch.ANY: N_("bought any of {what} {times}{period}"),
    TagMatch.ALL: N_("bought each of {what} {times}{period}"),
    TagMatch.NONE: N_("did not buy any of {what} {times}{period}"),
    TagMatch.LACKS_ONE: N_("did not buy all of {what} {times}{period}"),
}
_MARKETING = {
    Marketing.ALLOWED: N_("agreed to marketing messages"),
    Marketing.REFUSED: N_("refused marketing messages"),
    Marketing.UNKNOWN: N_("never answered about marketing messages"),
}
_INFORMED = {
    Answer.YES: N_("were told what their data is used for"),
    Answer.NO: N_("were not told what their data is used for"),
    Answer.UNKNOWN: N_("may not have been told what their data is used for"),
}
_CAN_STOP = {
    Answer.YES: N_("have a way to stop"),
    Answer.NO: N_("have no way to stop"),
    Answer.UNKNOWN: N_("may have no way to stop"),
}
_FIELD = {
    FieldTest.IS: N_("have {field} = {texts}"),
    FieldTest.IS_NOT: N_("have {field} other than {texts}"),
    FieldTest.CONTAINS: N_("have {field} with {texts} in it"),
    FieldTest.STARTS: N_("have {field} beginning with {texts}"),
    FieldTest.ONE_OF: N_("have {field} = one of {texts}"),
    FieldTest.ANY: N_("have any of {texts} in {field}"),
    FieldTest.ALL: N_("have all of {texts} in {field}"),
    FieldTest.NONE: N_("have none of {texts} in {field}"),
    FieldTest.UNKNOWN: N_("have no {field}"),
    FieldTest.KNOWN: N_("have any {field}"),
}


def phrase(speaker: Speaker, leaf: Leaf) -> str:
    """Say one rule."""
    if isinstance(leaf, rules.InSegment):
        name = speaker.mark(speaker.names.segments.get(leaf.segment, "…"))
        template = N_("are in the segment {name}") if leaf.inside else N_("are not in the segment {name}")
        return speaker.say(template, name=name)
    if isinstance(leaf, rules.OfReactions):
        return _of_reactions(speaker, leaf)
    return _of_people(speaker, leaf) if isinstance(leaf, rules.OfPeople) else _of_orders(speaker, leaf)


def _of_people(speaker: Speaker, leaf: rules.OfPeople) -> str:
    match leaf:
        case rules.HasTag():
            return _has_tag(speaker, leaf)
        case rules.CameFrom():
            places = [speaker.names.tags.get(tag, "…") for tag in leaf.sources]
            if leaf.unknown:
                places.append(_("an unknown source"))
            template = N_("came from {places}") if leaf.inside else N_("came from elsewhere than {places}")
            return speaker.say(template, places=speaker.mark(listed(places)))
        case rules.Joined():
            return speaker.say(N_("became friends{period}"), period=speaker.period(leaf))
        case rules.MayMarket():
            return speaker.mark(_(_MARKETING[leaf.answer]))
        case rules.Informed():
            return speaker.mark(_(_INFORMED[leaf.answer]))
        case rules.CanOptOut():
            return speaker.mark(_(_CAN_STOP[leaf.answer]))
        case rules.OwnField():
            return _own_field(speaker, leaf)
        case rules.RandomShare():
            return _random_share(speaker, leaf)
        case _:
            assert_never(leaf)


def _of_orders(speaker: Speaker, leaf: rules.OfOrders) -> str:
    match leaf:
        case rules.Bought():
            return _bought(speaker, leaf)
        case rules.NotBoughtSince():
            what, since = speaker.mark(_thing(leaf.what, leaf.by)), speaker.mark(days(leaf.days))
            return speaker.say(N_("bought {what} before, but not in the last {days}"), what=what, days=since)
        case rules.Orders():
            return _counted(speaker, N_("ordered {times}{period}"), leaf)
        case rules.Spent():
            return _amount(speaker, N_("spent {amount}{period}"), leaf)
        case rules.AverageOrder():
            return _amount(speaker, N_("spent {amount} an order on average{period}"), leaf)
        case rules.LastOrder():
            return _last_order(speaker, leaf)
        case rules.FirstOrder():
            return speaker.say(N_("ordered for the first time{period}"), period=speaker.period(leaf))
        case rules.UsedDiscount():
            return _counted(speaker, N_("used a discount {times}{period}"), leaf)
        case rules.Returned():
            return _counted(speaker, N_("sent an order back {times}{period}"), leaf)
        case rules.Rfm():
            spans = {"recency": leaf.recency, "frequency": leaf.frequency, "monetary": leaf.monetary}
            scores = {name: speaker.mark(_span(span)) for name, span in spans.items()}
            return speaker.say(
                N_("score {recency} for recency, {frequency} for frequency, {monetary} for money"), **scores
            )
        case _:
            assert_never(leaf)


def _of_reactions(speaker: Speaker, leaf: rules.OfReactions) -> str:
    match leaf:
        case rules.Did():
            return _did(speaker, leaf)
        case rules.Reacted():
            return _counted(speaker, N_("reacted {times}{period}"), leaf)
        case rules.LastReaction():
            return _last_reaction(speaker, leaf)
        case rules.Received():
            return _counted(speaker, N_("got a message of ours {times}{period}"), leaf)
        case rules.Got():
            name = speaker.mark(speaker.names.messages.get(leaf.message, "…"))
            template = N_("got the message {name}") if leaf.got else N_("did not get the message {name}")
            return speaker.say(template, name=name)
        case _:
            assert_never(leaf)


def _has_tag(speaker: Speaker, leaf: rules.HasTag) -> str:
    origin = speaker.mark(_(_PUT_ON[leaf.origin])) if leaf.origin else ""
    told = {
        "tags": speaker.mark(listed([speaker.names.tags.get(tag, "…") for tag in leaf.tags])),
        "origin": origin,
        "period": speaker.period(leaf),
    }
    if len(leaf.tags) < 2 and leaf.match is TagMatch.NONE:
        return speaker.say(N_("do not have {tags}{origin}{period}"), **told)
    if leaf.match is TagMatch.ANY:
        one = N_("have {tags}{origin}{period}")
        return speaker.say(one if len(leaf.tags) < 2 else N_("have any of {tags}{origin}{period}"), **told)
    return speaker.say(_HAVE[leaf.match], **told)


def _own_field(speaker: Speaker, leaf: rules.OwnField) -> str:
    called = speaker.mark(speaker.names.fields.get(leaf.field, "…"))
    match leaf.test:
        case FieldTest.NUMBER:
            amount = how_much(leaf.compare, _plain(leaf.number), _plain(leaf.high or 0))
            return speaker.say(N_("have {field} of {amount}"), field=called, amount=speaker.mark(amount))
        case FieldTest.WHEN:
            return speaker.say(N_("have {field}{period}"), field=called, period=speaker.period(leaf))
        case FieldTest.COMES_ROUND:
            ahead = speaker.mark(days(leaf.days or 0))
            return speaker.say(N_("have {field} coming round within {days}"), field=called, days=ahead)
        case _:
            texts = speaker.mark(listed([_("“{text}”").format(text=text) for text in leaf.texts]))
            return speaker.say(_FIELD[leaf.test], field=called, texts=texts)


def _random_share(speaker: Speaker, leaf: rules.RandomShare) -> str:
    part = speaker.mark(_("{low} to {high} %").format(low=number(leaf.low), high=number(leaf.high)))
    if not leaf.salt:
        return speaker.say(N_("are in the random share from {part}"), part=part)
    draw = speaker.mark(leaf.salt)
    return speaker.say(N_("are in the random share from {part} of the draw {draw}"), part=part, draw=draw)


def _bought(speaker: Speaker, leaf: rules.Bought) -> str:
    period = speaker.period(leaf)
    if not leaf.also and leaf.match is TagMatch.ANY:
        what = speaker.mark(_thing(leaf.what, leaf.by))
        if leaf.times == 1:
            return speaker.say(N_("bought {what}{period}"), what=what, period=period)
        often = speaker.mark(times(leaf.times))
        return speaker.say(N_("bought {what} at least {times}{period}"), what=what, times=often, period=period)
    what = speaker.mark(listed([_thing(name, leaf.by) for name in (leaf.what, *leaf.also)]))
    often = speaker.mark(how_often(Compare.AT_LEAST, leaf.times, None))
    return speaker.say(_BOUGHT[leaf.match], what=what, times=often, period=period)


def _thing(name: str, by: Thing) -> str:
    if not name:
        return _("anything")
    return _("{product} (product)").format(product=name) if by == Thing.PRODUCT else name


def _counted(speaker: Speaker, template: str, leaf: rules.Counted) -> str:
    often = speaker.mark(how_often(leaf.compare, leaf.count, leaf.high))
    return speaker.say(template, times=often, period=speaker.period(leaf))


def _amount(speaker: Speaker, template: str, leaf: rules.Spent | rules.AverageOrder) -> str:
    low, high = money(leaf.amount, speaker.currency), money(leaf.high or 0, speaker.currency)
    return speaker.say(template, amount=speaker.mark(how_much(leaf.compare, low, high)), period=speaker.period(leaf))


def _last_order(speaker: Speaker, leaf: rules.LastOrder) -> str:
    if leaf.days is None or leaf.since or leaf.until:
        return speaker.say(N_("ordered last{period}"), period=speaker.period(leaf))
    template = N_("have not ordered for more than {days}") if leaf.older else N_("ordered last within {days}")
    return speaker.say(template, days=speaker.mark(days(leaf.days)))


def _last_reaction(speaker: Speaker, leaf: rules.LastReaction) -> str:
    if leaf.days is None or leaf.since or leaf.until:
        return speaker.say(N_("reacted last{period}"), period=speaker.period(leaf))
    template = N_("have not reacted for more than {days}") if leaf.older else N_("reacted last within {days}")
    return speaker.say(template, days=speaker.mark(days(leaf.days)))


def _did(speaker: Speaker, leaf: rules.Did) -> str:
    did = _(DONE[leaf.action])
    if leaf.category:
        did = _("{did} about {category}").format(did=did, category=leaf.category)
    if leaf.detail:
        did = _("{did} ({detail})").format(did=did, detail=leaf.detail)
    marked = speaker.mark(did)
    if (leaf.compare, leaf.count) == (Compare.AT_LEAST, 1):
        return speaker.say(N_("{did}{period}"), did=marked, period=speaker.period(leaf))
    often = speaker.mark(how_often(leaf.compare, leaf.count, leaf.high))
    return speaker.say(N_("{did} {times}{period}"), did=marked, times=often, period=speaker.period(leaf))


def _span(scores: tuple[int, ...]) -> str:
    low, high = min(scores, default=1), max(scores, default=1)
    return number(low) if low == high else _("{low} to {high}").format(low=number(low), high=number(high))


def _plain(value: float) -> str:
    return format(value, ",.15g")
