"""The practice LINE's own limits, at the edge and one past it, counted as LINE counts."""

from typing import Any

import pytest

from linecrm_desktop.line.practice_messages import complaints

FAMILY = "👨‍👩‍👧"
LINK = "https://shop.example/"


def uri(label: str = "Go", link: str = LINK) -> dict[str, Any]:
    return {"type": "uri", "label": label, "uri": link}


def buttons(**parts: Any) -> dict[str, Any]:
    template = {"type": "buttons", "text": "Text", "actions": [uri()]} | parts
    return {"type": "template", "altText": "alt", "template": template}


def carousel(*columns: dict[str, Any]) -> dict[str, Any]:
    return {"type": "template", "altText": "alt", "template": {"type": "carousel", "columns": list(columns)}}


def flex(contents: Any) -> dict[str, Any]:
    return {"type": "flex", "altText": "alt", "contents": contents}


def card(text: str = "Text", *foot: dict[str, Any]) -> dict[str, Any]:
    body = {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": text}, *foot]}
    return {"type": "bubble", "body": body}


def button(label: str) -> dict[str, Any]:
    return {"type": "button", "action": uri(label)}


COLUMN = {"text": "Text", "actions": [uri()]}
SMALL = len('{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":""}]}}')


@pytest.mark.parametrize(
    ("good", "bad", "where"),
    [
        (buttons(actions=[uri("x" * 20)]), buttons(actions=[uri("x" * 21)]), "template.actions[0].label"),
        (buttons(actions=[uri(FAMILY * 20)]), buttons(actions=[uri(FAMILY * 21)]), "template.actions[0].label"),
        (buttons(text=FAMILY * 160), buttons(text=FAMILY * 161), "template.text"),
        (buttons(title="T", text="x" * 60), buttons(title="T", text="x" * 61), "template.text"),
        (buttons(title="ก็" * 40), buttons(title="ก็" * 41), "template.title"),
        (buttons(actions=[uri()] * 4), buttons(actions=[uri()] * 5), "template.actions"),
        (buttons(type="confirm", actions=[uri()] * 2), buttons(type="confirm"), "template.actions"),
        (buttons(actions=[uri(link="tel:+886")]), buttons(actions=[uri(link="ftp://x")]), "template.actions[0].uri"),
        (
            buttons(actions=[uri(link=LINK.ljust(1000, "a"))]),
            buttons(actions=[uri(link=LINK.ljust(1001, "a"))]),
            "template.actions[0].uri",
        ),
        (carousel(*[COLUMN] * 10), carousel(*[COLUMN] * 11), "template.columns"),
        (carousel(COLUMN, COLUMN), carousel(COLUMN, COLUMN | {"actions": [uri()] * 2}), "template.columns"),
        (
            flex(card("x", button("x" * 40))),
            flex(card("x", button("x" * 41))),
            "contents.body.contents[1].action.label",
        ),
        (flex(card("x" * (30_000 - SMALL))), flex(card("x" * (30_001 - SMALL))), "contents"),
        (
            flex({"type": "carousel", "contents": [card()] * 12}),
            flex({"type": "carousel", "contents": [card()] * 13}),
            "contents.contents",
        ),
        (
            {"type": "text", "text": "x", "quickReply": {"items": [{"type": "action", "action": uri("界" * 20)}]}},
            {"type": "text", "text": "x", "quickReply": {"items": [{"type": "action", "action": uri("界" * 21)}]}},
            "quickReply.items[0].action.label",
        ),
    ],
)
def test_the_edge_is_taken_and_one_past_it_is_not(good: dict[str, Any], bad: dict[str, Any], where: str) -> None:
    assert complaints([good]) == []
    assert [one.property for one in complaints([bad])] == [f"messages[0].{where}"]
