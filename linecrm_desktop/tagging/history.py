"""What was done to tags, the newest first, in words that stay true when the tags are called otherwise later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.tagging import OperationKind, TagOperation
from linecrm_desktop.text import _, ngettext, number


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation as a list shows it."""

    id: int
    kind: OperationKind
    at: datetime
    by: str
    bundle: str | None
    title: str
    undone_at: datetime | None


def operations(session: Session, bundle: str | None = None) -> list[OperationRow]:
    """Return all operations, or those that were done together, the newest first."""
    query = select(TagOperation).order_by(TagOperation.id.desc())
    if bundle is not None:
        query = query.where(TagOperation.bundle == bundle)
    return [
        OperationRow(row.id, row.kind, row.at, row.by, row.bundle, title(row.kind, row.what), row.undone_at)
        for row in session.scalars(query)
    ]


def title(kind: OperationKind, what: Mapping[str, Any]) -> str:
    """Say what an operation did."""
    match kind:
        case OperationKind.MERGE:
            return _("Merged “{drop}” into “{keep}”").format(drop=what["drop_name"], keep=what["keep_name"])
        case OperationKind.SPLIT:
            parts = _(", ").join(_("“{text}”").format(text=part) for part in what["parts"])
            return _("Split “{tag}” into {parts}").format(tag=what["name"], parts=parts)
        case OperationKind.RENAME:
            return _("Renamed “{before}” to “{after}”").format(before=what["before"], after=what["after"])
        case OperationKind.RETIRE:
            return _("Retired “{tag}”").format(tag=what["name"])
        case OperationKind.RESTORE:
            return _("Restored “{tag}”").format(tag=what["name"])
        case OperationKind.EDIT:
            names = what["names"]
            if len(names) == 1:
                return _("Edited “{tag}”").format(tag=names[0])
            return ngettext("Edited {n} tag", "Edited {n} tags", len(names)).format(n=number(len(names)))
        case OperationKind.LINK | OperationKind.STOP_LINK:
            return _of_links(kind, what)
        case OperationKind.SETTLE:
            count = what["friends"]
            sentence = ngettext(
                "Left one of “{one}” and “{other}” to {n} friend",
                "Left one of “{one}” and “{other}” to {n} friends",
                count,
            )
            return sentence.format(one=what["one_name"], other=what["other_name"], n=number(count))
        case OperationKind.NEST:
            return _("Declared “{inner}” inside “{outer}”").format(inner=what["inner_name"], outer=what["outer_name"])
        case OperationKind.RULES:
            count = what["changes"]
            sentence = ngettext("Rules changed {n} tag of friends", "Rules changed {n} tags of friends", count)
            return sentence.format(n=number(count))


def _of_links(kind: OperationKind, what: Mapping[str, Any]) -> str:
    count, names = what["links"], what["places"]
    is_made = kind is OperationKind.LINK
    if count == 1:
        sentence = _("Made an entry link for “{place}”") if is_made else _("Stopped using the link of “{place}”")
        return sentence.format(place=names[0])
    sentence = (
        ngettext("Made {n} entry link", "Made {n} entry links", count)
        if is_made
        else ngettext("Stopped using {n} entry link", "Stopped using {n} entry links", count)
    )
    return sentence.format(n=number(count))
