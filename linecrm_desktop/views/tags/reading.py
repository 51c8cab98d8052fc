"""What the tag library shows of each tag: the tag, what uses it, and how it is doing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.audit.lookalikes import Pair, find
from linecrm_desktop.audit.plan import declared
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.segments.used import Use, uses_of_tags
from linecrm_desktop.settings import limits, people
from linecrm_desktop.tagging.contracts import Contract
from linecrm_desktop.tags import health, library
from linecrm_desktop.tags.health import Health, Sign, Weight
from linecrm_desktop.tags.library import TagRow, fold
from linecrm_desktop.tags.relations import Relations, relations
from linecrm_desktop.text import name_key


class Filter(StrEnum):
    """Which tags are listed."""

    ALL = "all"
    NO_DECISION = "no_decision"
    UNUSED = "unused"
    LOOK_ALIKES = "look_alikes"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class TagLine:
    """One tag in the library. Signs come worst first."""

    tag: TagRow
    used_by: tuple[Use, ...]
    signs: tuple[Sign, ...]
    merged_into: str = ""
    """Name of the tag that took this one's friends."""
    alike: "Alike | None" = None
    """The surest of the pairs with a tag that may be the same."""

    def has(self, wanted: Filter) -> bool:
        """Say whether a filter lists this tag."""
        found = {sign.health for sign in self.signs}
        return {
            Filter.ALL: not self.tag.is_retired,
            Filter.NO_DECISION: Health.NO_DECISION in found,
            Filter.UNUSED: Health.UNUSED in found,
            Filter.LOOK_ALIKES: Health.LOOKS_LIKE in found,
            Filter.RETIRED: self.tag.is_retired,
        }[wanted]


@dataclass(frozen=True, slots=True)
class Alike:
    """A pair with a tag that may be the same, and the names of both: the larger one, and the smaller one."""

    pair: Pair
    one: str
    other: str


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
    people: tuple[str, ...] = ()
    """Who works for the shop: they may own a tag."""

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

    def with_pairs(self, pairs: Sequence[Pair]) -> "Library":
        """Return the same tags with what each may be the same as; pairs with a tag that is gone are passed over."""
        called = {line.tag.id: line.tag.name for line in self.lines if not line.tag.is_retired}
        surest: dict[int, Alike] = {}
        for pair in pairs:
            if pair.one in called and pair.other in called:
                alike = Alike(pair, called[pair.one], called[pair.other])
                for tag in (pair.one, pair.other):
                    surest.setdefault(tag, alike)
        return replace(self, lines=tuple(_with_alike(line, surest.get(line.tag.id)) for line in self.lines))

    @property
    def offers(self) -> Offers:
        """The tags, owners and groups that there are, in order."""
        tags = [line.tag for line in self.lines if not line.tag.is_retired]
        owners = sorted({*self.people, *(tag.owner for tag in tags if tag.owner)}, key=name_key)
        groups = sorted({tag.exclusive_group for tag in tags if tag.exclusive_group}, key=name_key)
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
    return Library(tuple(lines), relations(session), people.names(session))


def look_alikes(session: Session, library: Library) -> list[Pair]:
    """Return the pairs of tags in use that may mean the same, the surest first; not those that a person keeps apart."""
    from linecrm_desktop.audit import overlaps  # numpy is slow to load and not needed for a start

    tags = [line.tag for line in library.lines if not line.tag.is_retired]
    shared = overlaps.overlaps(overlaps.links(session, [tag.id for tag in tags]))
    opposites = {frozenset(pair) for pair in library.relations.opposites}
    settled = declared(session).different | opposites
    friends = session.scalar(select(func.count()).select_from(Friend)) or 0
    asked = limits.thresholds(session)
    return [pair for pair in find(tags, shared, asked, settled, friends=friends) if pair.is_asked_about(asked)]


def chosen(lines: Sequence[TagLine], wanted: Filter, search: str) -> list[TagLine]:
    """Return the lines that a filter and a search leave; a tag is found by its old names too."""
    text = fold(search)
    return [line for line in lines if line.has(wanted) and text in fold(_searched(line))]


def _with_alike(line: TagLine, alike: Alike | None) -> TagLine:
    signs = tuple(sign for sign in line.signs if sign.health is not Health.LOOKS_LIKE)
    if alike is None:
        return replace(line, signs=signs or (Sign(Health.HEALTHY, Weight.GOOD),), alike=None)
    other = alike.other if line.tag.id == alike.pair.one else alike.one
    return replace(line, signs=health.with_look_alike(signs, other), alike=alike)


def _searched(line: TagLine) -> str:
    return " ".join((line.tag.name, line.tag.helps_decide, *line.tag.words))
