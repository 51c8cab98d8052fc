"""One good bubble of each kind, with a variable in every text that a friend reads."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.actions import CopyText, OpenLink, SendWords

LINK = OpenLink("Look, {name|you}", "https://shop.example/a?q=1")
WORDS = SendWords("Ask, {name|you}", "Tell me more, says {name|me}")
COPY = CopyText("Copy", "REFILL-{name|YOU}")
PICTURE = "https://shop.example/serum.jpg"
HI = "Hi {name|there}"
FLEX = """{"type": "bubble",  "body": {"type": "box", "layout": "vertical", "contents": [
  {"type": "text", "text": "Hi {name|there}", "wrap": true},
  {"type": "button", "action": {"type": "uri", "label": "Look, {name|you}", "uri": "https://shop.example/"}}]}}"""

EVERY: tuple[b.Bubble, ...] = (
    b.TextBubble(HI),
    b.ImageBubble(PICTURE),
    b.ImageBubble(PICTURE, "", LINK, HI, "20:13"),
    b.RichImageBubble(
        "https://shop.example/rich", HI, 700, (b.Area(0, 0, 520, 700, LINK), b.Area(520, 0, 520, 700, WORDS))
    ),
    b.RichImageBubble("https://shop.example/rich", HI, 700, (b.Area(0, 0, 1040, 700, COPY),)),
    b.ButtonsBubble(HI, "{name|You}, look", PICTURE, (LINK, WORDS, COPY), HI),
    b.ConfirmBubble(HI, WORDS, LINK),
    b.CarouselBubble((b.Card(PICTURE, HI, HI, (LINK, WORDS)), b.Card(PICTURE, "B", "NT$200", (LINK, COPY)))),
    b.ProductBubble((b.Product(PICTURE, HI, HI, "NT$680", "NT$800", LINK),)),
    b.ProductBubble((b.Product("", HI, "", "NT$680", "", None), b.Product(PICTURE, "B"))),
    b.CouponBubble(HI, "NT$100 off for {name|you}", HI, "MIST-{name|YOU}", date(2026, 12, 31), True, LINK, "zh_TW"),
    b.TipsBubble(HI, HI, (b.TipLine("{name|1}", HI), b.TipLine("2", "Then the cream")), LINK),
    b.ComparisonBubble(
        HI, "A {name|a}", "B {name|b}", (b.Contrast("{name|For}", "dry {name|a}", "oily {name|b}"),), LINK
    ),
    b.FlexBubble(FLEX, HI),
    b.LineCouponBubble("01JYNW8JMQVFBNWF1APF8Z3FS7"),
    b.VideoBubble("https://shop.example/a.mp4", PICTURE),
    b.StickerBubble("446", "1988"),
    b.OptOutBubble("Write STOP, {name|you}, and we stop."),
)
REPLIES = b.QuickReplies((LINK, WORDS, COPY))


def kinds_of_texts(part: Any, path: str = "") -> list[str]:
    """Return the path of every field of a bubble that holds a text."""
    if isinstance(part, str):
        return [path]
    if isinstance(part, tuple):
        return [found for place, one in enumerate(part) for found in kinds_of_texts(one, f"{path}.{place}".lstrip("."))]
    if not is_dataclass(part):
        return []
    return [
        found
        for one in fields(part)
        for found in kinds_of_texts(getattr(part, one.name), f"{path}.{one.name}".lstrip("."))
    ]


def put(part: Any, path: str, text: object) -> Any:
    """Return the bubble with another text at a path."""
    if not path:
        return text
    name, _dot, rest = path.partition(".")
    if isinstance(part, tuple):
        place = int(name)
        return (*part[:place], put(part[place], rest, text), *part[place + 1 :])
    return replace(part, **{name: put(getattr(part, name), rest, text)})
