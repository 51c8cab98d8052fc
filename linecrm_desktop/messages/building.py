"""How a message and its bubbles are built: how many parts there are, and whether they are alike as LINE wants them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages import flex_check, source
from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.messages.problem import Problem, field_name
from linecrm_desktop.text import _, number

BUTTONS_MAX = 4
CARDS_MAX = 10
CARD_BUTTONS_MAX = 3
PRODUCTS_MAX = flex_check.CAROUSEL_MAX
AREAS_MAX = 50
REPLIES_MAX = 13
RICH_WIDTH = 1040
_SHAPE = re.compile(r"(\d{1,5}(?:\.\d+)?):(\d{1,5}(?:\.\d+)?)")


def of_message(bubbles: Sequence[Bubble], most: int) -> Iterator[Problem]:
    """Return what is wrong with the message as a whole."""
    found = b.count(list(bubbles))
    if not found:
        yield Problem(None, _("The message has no bubble yet."))
    if found > most:
        yield Problem(None, _("LINE takes at most {n} bubbles in one message.").format(n=most))
    kinds = Counter(type(bubble) for bubble in bubbles)
    if kinds[b.OptOutBubble] > 1:
        yield Problem(None, _("A message has one line that says how to stop, and it comes last."))
    if kinds[b.QuickReplies] > 1:
        yield Problem(None, _("A message has quick replies once, and they go with the last bubble."))


def of_bubble(position: int, bubble: Bubble, today: date | None) -> Iterator[Problem]:
    """Return what is wrong with how one bubble is built."""
    match bubble:
        case b.ButtonsBubble():
            yield from _number(position, "actions", len(bubble.actions), BUTTONS_MAX)
        case b.CarouselBubble():
            yield from _carousel(position, bubble)
        case b.ProductBubble():
            yield from _number(position, "products", len(bubble.products), PRODUCTS_MAX)
        case b.TipsBubble() | b.ComparisonBubble():
            yield from _number(position, "lines", len(bubble.lines), None)
        case b.QuickReplies():
            yield from _number(position, "replies", len(bubble.replies), REPLIES_MAX)
        case b.RichImageBubble():
            yield from _rich_image(position, bubble)
        case b.CouponBubble():
            if today is not None and bubble.until is not None and bubble.until < today:
                yield Problem(position, _("The coupon in bubble {n} has run out.").format(n=position + 1), "until")
        case b.LineCouponBubble() | b.StickerBubble():
            yield from _numbers_of_line(position, bubble)
        case b.ImageBubble():
            if bubble.tap is not None and not _is_shape(bubble.shape):
                sentence = _("The shape in bubble {n} is written like 1:1 or 20:13, and at most three times as high.")
                yield Problem(position, sentence.format(n=position + 1), "shape")
        case b.FlexBubble():
            yield from _flex(position, bubble)
        case _:
            pass


def _number(position: int, field: str, found: int, most: int | None) -> Iterator[Problem]:
    named = {"field": field_name(field), "n": position + 1}
    if not found:
        yield Problem(position, _("“{field}” in bubble {n}: there has to be at least one.").format(**named), field)
    elif most is not None and found > most:
        sentence = _("“{field}” in bubble {n}: LINE takes {most}, and there are {found}.")
        yield Problem(position, sentence.format(**named, most=number(most), found=number(found)), field)


def _carousel(position: int, bubble: b.CarouselBubble) -> Iterator[Problem]:
    yield from _number(position, "cards", len(bubble.cards), CARDS_MAX)
    for place, card in enumerate(bubble.cards):
        yield from _number(position, f"cards.{place}.actions", len(card.actions), CARD_BUTTONS_MAX)
    if len({len(card.actions) for card in bubble.cards}) > 1:
        sentence = _("All cards of bubble {n} need the same number of buttons.")
        yield Problem(position, sentence.format(n=position + 1), "cards")
    if len({bool(card.image) for card in bubble.cards}) > 1:
        sentence = _("In bubble {n}, either all cards have a picture or none.")
        yield Problem(position, sentence.format(n=position + 1), "cards")
    if len({bool(card.title) for card in bubble.cards}) > 1:
        sentence = _("In bubble {n}, either all cards have a title or none.")
        yield Problem(position, sentence.format(n=position + 1), "cards")


def _rich_image(position: int, bubble: b.RichImageBubble) -> Iterator[Problem]:
    yield from _number(position, "areas", len(bubble.areas), AREAS_MAX)
    if bubble.height < 1:
        yield Problem(position, _("The picture in bubble {n} has no height.").format(n=position + 1), "height")
    for place, area in enumerate(bubble.areas):
        across = 0 <= area.x < area.x + area.width <= RICH_WIDTH
        down = 0 <= area.y < area.y + area.height <= bubble.height
        if not (across and down):
            sentence = _("Area {area} in bubble {n} does not lie inside the picture.")
            yield Problem(position, sentence.format(area=place + 1, n=position + 1), f"areas.{place}")


def _numbers_of_line(position: int, bubble: b.LineCouponBubble | b.StickerBubble) -> Iterator[Problem]:
    named = (
        {"coupon_id": bubble.coupon_id}
        if isinstance(bubble, b.LineCouponBubble)
        else {"package_id": bubble.package_id, "sticker_id": bubble.sticker_id}
    )
    for field, written in named.items():
        is_good = written.isascii() and (written.isdigit() or (field == "coupon_id" and written.isalnum()))
        if not is_good:
            sentence = _("“{field}” in bubble {n} is not as LINE writes it.")
            yield Problem(position, sentence.format(field=field_name(field), n=position + 1), field)


def _is_shape(written: str) -> bool:
    found = _SHAPE.fullmatch(written)
    if not found:
        return False
    width, height = float(found[1]), float(found[2])
    return 1 <= width <= 100_000 and 1 <= height <= 3 * width


def _flex(position: int, bubble: b.FlexBubble) -> Iterator[Problem]:
    n = position + 1
    try:
        container: Any = source.read(bubble.source)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        yield Problem(
            position, _("The JSON in bubble {n} cannot be read at line {line}.").format(n=n, line=line), "source"
        )
        return
    sentences = {
        "missing": _("The JSON in bubble {n} lacks “{path}”."),
        "unknown": _("The JSON in bubble {n} has something at “{path}” that LINE does not know."),
        "long": _("The JSON in bubble {n} has a label at “{path}” that is too long."),
        "address": _("The JSON in bubble {n} has no good address at “{path}”."),
        "many": _("The JSON in bubble {n} has too many cards; LINE takes {most}."),
        "width": _("The cards in the JSON of bubble {n} have different widths."),
    }
    for path, fault in flex_check.faults(container):
        sentence = sentences[fault].format(n=n, path=path, most=flex_check.CAROUSEL_MAX)
        yield Problem(position, sentence, "source")
