"""User ids and message objects as LINE writes them."""

from typing import Any


def user(number: int) -> str:
    return f"U{number:032x}"


def text(words: str = "Hello") -> list[dict[str, Any]]:
    return [{"type": "text", "text": words}]
