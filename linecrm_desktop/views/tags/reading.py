"""What the tag library shows of each tag: the tag, what uses it, and how it is doing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.segments.used import Use, uses_of_tags
from linecrm_desktop.tagging.contracts import Contract
from linecrm_desktop.tags import health, library
from linecrm_desktop.tags.health import Health, Sign
from linecrm_desktop.tags.library import TagRow, fold
from linecrm_desktop.tags.relations import Relations, relations


class Filter(StrEnum):
    """Which tags are listed."""

    ALL = "all"
    NO_DECISION = "no_decision"
    UNUSED = "unused"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class TagLine:
    """One tag in the library. Signs come worst first."""

    tag: TagRow
    used_by: tuple[Use, ...]
    signs: tuple[Sign, ...]
    merged_into: str = ""
    """Name of the tag that took this one's friends."""

    def has(self, wanted: Filter) -> bool:
        """Say whether a filter lists this tag."""
        found = {sign.health for sign in self.signs}
        return {
            Filter.ALL: not self.tag.is_retired,
            Filter.NO_DECISION: Health.NO_DECISION in found,
            Filter.UNUSED: Health.UNUSED in found,
            Filter.RETIRED: self.tag.is_retired,
        }[wanted]


@dataclass(frozen=True, slots=True)
class Offers:
    """What the shop has so far, to choose from."""

    tags: Sequence[TagRow] = ()
    owners: Sequence[str] = ()
    groups: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """All tags, retired ones too, and what is declared between them."""

    lines: tuple[TagLine, ...] = ()
    relations: Relations = field(default_factory=Relations)

    def line(self, tag: int | None) -> TagLine | None:
        """Return a tag, or None when it is not there."""
        return next((line for line in self.lines if line.tag.id == tag), None)

    def count(self, wanted: Filter) -> int:
        """Count the tags that a filter lists."""
        return sum(line.has(wanted) for line in self.lines)

    def contract(self, tag: TagRow) -> Contract:
        """Return what is agreed about a tag."""
        pairs = [pair for pair in self.relations.opposites if tag.id in pair]
        parents = frozenset(parent for child, parent in self.relations.parents if child == tag.id)
        return Contract(tag.draft, tag.words, frozenset(sum(pair) - tag.id for pair in pairs), parents)

    @property
    def offers(self) -> Offers:
        """The tags, owners and groups that there are, in order."""
        tags = [line.tag for line in self.lines if not line.tag.is_retired]
        owners = sorted({tag.owner for tag in tags if tag.owner}, key=str.casefold)
        groups = sorted({tag.exclusive_group for tag in tags if tag.exclusive_group}, key=str.casefold)
        return Offers(tags, owners, groups)


def read(session: Session, day: ShopDay) -> Library:
    """Read all tags."""
    uses = uses_of_tags(session)
    rows = library.all_tags(session, retired=True)
    called = {tag.id: tag.name for tag in rows}
    lines: list[TagLine] = []
    for tag in rows:
        used_by = uses.get(tag.id, ())
        into = called.get(tag.merged_into or 0, "")
        lines.append(TagLine(tag, used_by, health.signs(tag, len(used_by), day), into))
    return Library(tuple(lines), relations(session))


def chosen(lines: Sequence[TagLine], wanted: Filter, search: str) -> list[TagLine]:
    """Return the lines that a filter and a search leave; a tag is found by its old names too."""
    text = fold(search)
    return [line for line in lines if line.has(wanted) and text in fold(_searched(line))]


def _searched(line: TagLine) -> str:
    return " ".join((line.tag.name, line.tag.helps_decide, *line.tag.words))
