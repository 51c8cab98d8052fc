"""How the cards that are filled in by form look to LINE: Flex containers, plain and the same in every chat."""

from typing import Any

from linecrm_desktop.messages import actions
from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.actions import Action, CopyText, Say
from linecrm_desktop.text import full_date

_GREEN, _GREY, _INK = "#06875A", "#6B7671", "#1B2320"

CARD_WORDS = {
    "en": {"until": "Until {date}", "once": "Once per friend", "code": "Code: {code}", "copy": "Copy the code"},
    "zh_TW": {"until": "{date} 前有效", "once": "每人限用一次", "code": "優惠碼：{code}", "copy": "複製優惠碼"},
    "ja": {"until": "{date} まで", "once": "お一人様1回限り", "code": "コード：{code}", "copy": "コードをコピー"},
    "th": {"until": "ใช้ได้ถึง {date}", "once": "ใช้ได้คนละ 1 ครั้ง", "code": "โค้ด: {code}", "copy": "คัดลอกโค้ด"},
}
"""A coupon's own words. They speak to the shop's friends, so they follow the coupon and not the language on screen."""


def image(bubble: b.ImageBubble, tap: Action, say: Say) -> dict[str, Any]:
    """Return a picture that can be tapped."""
    return {"type": "bubble", "hero": _picture(bubble.address, bubble.shape) | {"action": actions.to_line(tap, say)}}


def products(bubble: b.ProductBubble, say: Say) -> dict[str, Any]:
    """Return one product, or several side by side."""
    made = [_product(product, say) for product in bubble.products]
    return made[0] if len(made) == 1 else {"type": "carousel", "contents": made}


def coupon(bubble: b.CouponBubble, say: Say) -> dict[str, Any]:
    """Return a coupon with a button that copies its code."""
    language = bubble.language if bubble.language in CARD_WORDS else "en"
    own = CARD_WORDS[language]
    body = [_text(say(bubble.name), size="lg", weight="bold"), _text(say(bubble.value), size="xxl", color=_GREEN)]
    if bubble.text:
        body.append(_text(say(bubble.text), size="sm"))
    body.append({"type": "separator", "margin": "lg"})
    if bubble.code:
        body.append(_text(own["code"].format(code=say(bubble.code)), weight="bold", margin="lg"))
    if bubble.until is not None:
        body.append(_text(own["until"].format(date=full_date(bubble.until, language)), size="sm", color=_GREY))
    if bubble.is_once:
        body.append(_text(own["once"], size="sm", color=_GREY))
    copy = [CopyText(own["copy"], bubble.code)] if bubble.code else []
    return _card(body, [*copy, *_given(bubble.action)], say)


def tips(bubble: b.TipsBubble, say: Say) -> dict[str, Any]:
    """Return tips one under the other, as on a receipt."""
    body = [_text(say(bubble.title), size="lg", weight="bold")]
    if bubble.text:
        body.append(_text(say(bubble.text), size="sm", color=_GREY))
    body.append({"type": "separator", "margin": "lg"})
    for line in bubble.lines:
        name = _text(say(line.name), size="sm", color=_GREY, flex=2)
        body.append(_row(name, _text(say(line.text), size="sm", flex=5)))
    return _card(body, _given(bubble.action), say)


def comparison(bubble: b.ComparisonBubble, say: Say) -> dict[str, Any]:
    """Return two things beside each other."""
    left, right = (_text(say(side), size="sm", weight="bold", align="center", flex=3) for side in _sides(bubble))
    body = [
        _text(say(bubble.title), size="lg", weight="bold"),
        _row({"type": "filler", "flex": 2}, left, right),
        {"type": "separator", "margin": "md"},
    ]
    for line in bubble.lines:
        cells = (_text(say(side), size="sm", align="center", flex=3) for side in _sides(line))
        body.append(_row(_text(say(line.name), size="sm", color=_GREY, flex=2), *cells))
    return _card(body, _given(bubble.action), say)


def _product(product: b.Product, say: Say) -> dict[str, Any]:
    body = [_text(say(product.title), size="lg", weight="bold")]
    if product.text:
        body.append(_text(say(product.text), size="sm", color=_GREY))
    prices: list[dict[str, Any]] = []
    if product.price:
        prices.append(_text(say(product.price), size="xl", weight="bold", color=_GREEN, flex=0))
    if product.price_before:
        prices.append(_text(say(product.price_before), size="sm", color=_GREY, decoration="line-through", flex=0))
    if prices:
        body.append({"type": "box", "layout": "baseline", "spacing": "md", "contents": prices})
    card = _card(body, _given(product.action), say)
    return {"type": "bubble", "hero": _picture(product.image, "20:13"), **card} if product.image else card


def _card(body: list[dict[str, Any]], buttons: list[Action], say: Say) -> dict[str, Any]:
    card: dict[str, Any] = {"type": "bubble", "body": _column(body)}
    if buttons:
        card["footer"] = _column([_button(action, say) for action in buttons])
    return card


def _button(action: Action, say: Say) -> dict[str, Any]:
    return {"type": "button", "style": "link", "height": "sm", "action": actions.to_line(action, say)}


def _column(contents: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "box", "layout": "vertical", "spacing": "sm", "contents": contents}


def _row(*contents: dict[str, Any]) -> dict[str, Any]:
    return {"type": "box", "layout": "horizontal", "spacing": "sm", "margin": "md", "contents": list(contents)}


def _text(text: str, **looks: Any) -> dict[str, Any]:
    return {"type": "text", "text": text, "wrap": True, "color": _INK, **looks}


def _picture(address: str, shape: str) -> dict[str, Any]:
    address = actions.encoded(address)
    return {"type": "image", "url": address, "size": "full", "aspectRatio": shape, "aspectMode": "cover"}


def _given(action: Action | None) -> list[Action]:
    return [] if action is None else [action]


def _sides(pair: b.ComparisonBubble | b.Contrast) -> tuple[str, str]:
    return pair.left, pair.right
