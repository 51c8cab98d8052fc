"""One reason why LINE would not take a message, and what its fields are called on the screen."""

from dataclasses import dataclass

from linecrm_desktop.text import N_, _

_NAMES = {
    "text": N_("Text"),
    "title": N_("Title"),
    "name": N_("Name"),
    "value": N_("What it gives"),
    "code": N_("Code"),
    "until": N_("Until"),
    "price": N_("Price"),
    "price_before": N_("Price before"),
    "label": N_("Label of the button"),
    "words": N_("Words to send"),
    "address": N_("Address"),
    "preview": N_("Small picture"),
    "image": N_("Picture"),
    "alt": N_("Text for the list of chats"),
    "left": N_("Left side"),
    "right": N_("Right side"),
    "source": N_("JSON"),
    "coupon_id": N_("Number of the coupon"),
    "package_id": N_("Number of the package"),
    "sticker_id": N_("Number of the sticker"),
    "height": N_("Height"),
    "shape": N_("Shape"),
    "cards": N_("Cards"),
    "actions": N_("Buttons"),
    "areas": N_("Areas"),
    "products": N_("Products"),
    "lines": N_("Lines"),
    "replies": N_("Quick replies"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why LINE would not take a message. `bubble` counts from 0; None means the message as a whole."""

    bubble: int | None
    sentence: str
    field: str = ""
    """The path of the field, such as "cards.2.title"; empty: the bubble as a whole."""
    variant: int = 0
    is_length: bool = False
    """Whether it hangs on how long the words of a friend are."""


def field_name(field: str) -> str:
    """Return what a field is called, with the number of its part: "Title 3", "Label of the button 2.1"."""
    parts = field.split(".")
    places = [str(int(part) + 1) for part in parts if part.isdigit()]
    name = next((part for part in reversed(parts) if part in _NAMES), "text")
    if not places:
        return _(_NAMES[name])
    return _("{field} {place}").format(field=_(_NAMES[name]), place=".".join(places))
