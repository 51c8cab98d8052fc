"""What a drawn message is made of. Sizes are points of the drawing; a width comes from whoever draws."""

from dataclasses import dataclass
from enum import StrEnum

INK, PALE_INK, LINK, LINE_COLOUR = "#1B2320", "#6B7570", "#1F5FA8", "#E1E6E3"


class Align(StrEnum):
    """Where words stand in their line."""

    START = "start"
    CENTRE = "center"
    END = "end"


@dataclass(frozen=True, slots=True)
class Words:
    """Some text."""

    text: str
    size: float = 13
    is_strong: bool = False
    colour: str = INK
    align: Align = Align.START
    is_struck: bool = False
    most_lines: int = 0
    """0: as many as it takes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its address; until it is there, an icon on a grey ground stands for it."""

    address: str
    ratio: float = 1.0
    """Height by width."""
    icon: str = "image"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button of a card."""

    label: str
    ground: str = ""
    """Empty: words in the colour of a link."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across."""


@dataclass(frozen=True, slots=True)
class Column:
    """Parts one under the other."""

    parts: tuple["Node", ...] = ()
    gap: float = 0
    pad: float = 0
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Parts beside each other; `shares` says how the width is divided."""

    parts: tuple["Node", ...]
    shares: tuple[float, ...]
    gap: float = 0
    pad: float = 0


Node = Words | Picture | Tap | Rule | Column | Row


@dataclass(frozen=True, slots=True)
class Balloon:
    """One bubble of the chat, as wide as it says or, without a width, as its words are."""

    node: Node
    width: float = 0
    is_bare: bool = False
    """Without a white ground, as a sticker is."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A whole message: lines of balloons (several in a line can be swiped) and the replies offered below."""

    lines: tuple[tuple[Balloon, ...], ...] = ()
    replies: tuple[str, ...] = ()


def said(node: Node) -> str:
    """Return the words of a node one after the other, as a screen reader says them."""
    match node:
        case Words():
            return node.text
        case Tap():
            return node.label
        case Column() | Row():
            return "\n".join(words for part in node.parts if (words := said(part)))
        case _:
            return ""
