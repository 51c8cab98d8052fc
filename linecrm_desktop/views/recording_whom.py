"""Whom something is recorded for: the friends of a segment, a tag or an import, or those whom a list of keys names."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.consent import notices, recording
from linecrm_desktop.consent.recording import Who
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import named_in_file
from linecrm_desktop.friends.named_in_file import NamedInFile
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.tags import library as tags
from linecrm_desktop.text import _, ngettext, number

_NAMED = 5
"""So many keys that belong to nobody are named; the file has all."""


@dataclass(frozen=True, slots=True)
class Whom:
    """A group of friends that can be chosen: its kind, number and name; for a list, whom it named."""

    kind: str
    id: int
    name: str
    listed: NamedInFile | None = None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The keys of a list that belong to nobody."""
        return self.listed.unknown if self.listed else ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen: groups of friends, and the notices they may have been told."""

    groups: list[Whom]
    notices: dict[int, str]


def offer(session: Session) -> Offer:
    """Read what can be chosen."""
    groups = [Whom("segment", row.id, row.name) for row in segments.all_segments(session)]
    groups += [Whom("tag", row.id, row.name) for row in tags.all_tags(session)]
    batches = session.execute(select(ImportBatch.id, ImportBatch.file_name).order_by(ImportBatch.id.desc()))
    groups += [Whom("import", batch, file) for batch, file in batches]
    return Offer(groups, notices.labels(session))


def from_file(session: Session, path: Path) -> Whom:
    """Return the friends whom a list of keys names. Raises ShopError when it cannot be read."""
    return Whom("file", 0, path.name, named_in_file.read(session, path))


def friends_of(session: Session, whom: Whom, day: ShopDay) -> Who:
    """Return the query for the friends of a group."""
    if whom.listed is not None:
        return whom.listed.query()
    match whom.kind:
        case "segment":
            return audience.members(session, segments.load(session, whom.id).rule, day)
        case "tag":
            return audience.members(session, AllOf((HasTag((whom.id,)),)), day)
        case _:
            return recording.friends_of_import(whom.id)


def shown(whom: Whom) -> str:
    """Say which group it is."""
    kinds = {
        "segment": _("Segment: {name}"),
        "tag": _("Tag: {name}"),
        "import": _("Import: {name}"),
        "file": _("File: {name}"),
    }
    return kinds[whom.kind].format(name=whom.name)


def unknown(whom: Whom) -> str:
    """Say which keys of a list belong to nobody; empty when all were found."""
    if not whom.unknown:
        return ""
    n = len(whom.unknown)
    some = _(", ").join(whom.unknown[:_NAMED]) + (" …" if n > _NAMED else "")
    words = ngettext("{n} key belongs to nobody: {keys}", "{n} keys belong to nobody: {keys}", n)
    return words.format(n=number(n), keys=some)
