"""What the tag library shows of each tag: the tag, the segments that use it, and how it is doing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.segments.library import uses_of_tags
from linecrm_desktop.tags import health, library
from linecrm_desktop.tags.health import Health, Sign
from linecrm_desktop.tags.library import TagRow, fold


class Filter(StrEnum):
    """Which tags are listed."""

    ALL = "all"
    NO_DECISION = "no_decision"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class TagLine:
    """One tag in the library. Signs come worst first."""

    tag: TagRow
    used_by: tuple[str, ...]
    signs: tuple[Sign, ...]

    def has(self, wanted: Filter) -> bool:
        """Say whether a filter lists this tag."""
        found = {sign.health for sign in self.signs}
        return {
            Filter.ALL: True,
            Filter.NO_DECISION: Health.NO_DECISION in found,
            Filter.UNUSED: Health.UNUSED in found,
        }[wanted]


def read(session: Session, day: ShopDay) -> list[TagLine]:
    """Read all tags in use."""
    uses = uses_of_tags(session)
    lines: list[TagLine] = []
    for tag in library.all_tags(session):
        used_by = tuple(uses.get(tag.id, ()))
        lines.append(TagLine(tag, used_by, health.signs(tag, len(used_by), day)))
    return lines


def chosen(lines: Sequence[TagLine], wanted: Filter, search: str) -> list[TagLine]:
    """Return the lines that a filter and a search leave."""
    text = fold(search)
    return [line for line in lines if line.has(wanted) and text in fold(f"{line.tag.name} {line.tag.helps_decide}")]
