"""The lists themselves: user ids as they are, phones and e-mails as SHA-256, one a line, sorted.

LINE Ads takes SHA-256 in lower-case hex, one value a line and no header. It publishes that an e-mail is trimmed and in
small letters before; in which form it wants phones was not found in public. Tagwell hashes E.164 with its plus, as
LINE's notification messages do ("+818000001234").
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from linecrm_desktop.audiences.leaving import Identifier, Person


@dataclass(frozen=True, slots=True)
class Content:
    """One list that leaves."""

    identifier: Identifier
    lines: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """The bytes as they leave, each line ended."""
        return "".join(f"{line}\n" for line in self.lines).encode("ascii")

    @property
    def sha256(self) -> str:
        """What names exactly these bytes."""
        return hashlib.sha256(self.data).hexdigest()


def hashed(value: str) -> str:
    """Return the SHA-256 of a phone in E.164, or of an e-mail in small letters, in lower-case hex."""
    return hashlib.sha256(value.strip().encode()).hexdigest()


def contents(people: Collection[Person], wanted: Iterable[Identifier]) -> list[Content]:
    """Return a list for each wanted identifier. What a family shares stands in it once."""
    return [
        Content(identifier, tuple(sorted({value for person in people if (value := _value(person, identifier))})))
        for identifier in Identifier
        if identifier in set(wanted)
    ]


def rows(people: Iterable[Person], wanted: Collection[Identifier]) -> list[list[str]]:
    """Return a row for each person with the wanted identifiers, for a table of another tool."""
    columns = [identifier for identifier in Identifier if identifier in wanted]
    return sorted([_value(person, identifier) for identifier in columns] for person in people)


def _value(person: Person, identifier: Identifier) -> str:
    if identifier is Identifier.LINE_ID:
        return person.line_id
    value = person.phone if identifier is Identifier.PHONE else person.email
    return hashed(value) if value else ""
