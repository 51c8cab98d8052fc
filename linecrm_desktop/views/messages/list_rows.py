"""The rows of the message list: drafts, and sends that were frozen from them, in one order."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages import library
from linecrm_desktop.messages.library import MessageRow
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.results.outcome import Outcome, all_campaigns
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.messages.send_facts import STATES
from linecrm_desktop.views.widgets.chips import Chip, status_chip

_TONES = {
    CampaignState.SCHEDULED: "info",
    CampaignState.HELD: "warn",
    CampaignState.READY: "warn",
    CampaignState.SENDING: "info",
    CampaignState.PAUSED: "warn",
    CampaignState.DONE: "good",
    CampaignState.STOPPED: "plain",
}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One draft or one send."""

    id: int
    name: str
    segment: str
    state: CampaignState | None
    """None for a draft."""
    unanswered: int
    sends: int
    accepted: int
    recipients: int
    is_practice: bool
    at: datetime
    due_at: datetime | None = None

    @property
    def is_draft(self) -> bool:
        return self.state is None

    @property
    def is_unfinished(self) -> bool:
        return self.state is not None and self.state not in (CampaignState.DONE, CampaignState.STOPPED)


def read(session: Session, day: ShopDay) -> list[ListRow]:
    """Read drafts and sends: what waits for a person first, then the newest first."""
    rows = [_draft(row) for row in library.all_messages(session)]
    rows += [_send(found) for found in all_campaigns(session, day)]
    return sorted(rows, key=lambda row: (not row.is_unfinished, -row.at.timestamp(), row.is_draft))


def groups(rows: list[ListRow], search: str) -> list[tuple[str, list[ListRow]]]:
    """Return the choices over the list, each with its rows that match the search; names have {n} in them."""
    wanted = search.strip().casefold()
    found = [row for row in rows if wanted in row.name.casefold() or wanted in row.segment.casefold()]
    planned = (CampaignState.SCHEDULED, CampaignState.HELD)
    going = (CampaignState.READY, CampaignState.SENDING, CampaignState.PAUSED)
    return [
        (_("All {n}"), found),
        (_("Drafts {n}"), [row for row in found if row.is_draft]),
        (_("Scheduled {n}"), [row for row in found if row.state in planned]),
        (_("Sending {n}"), [row for row in found if row.state in going]),
        (_("Sent {n}"), [row for row in found if row.state is CampaignState.DONE]),
        (_("Stopped {n}"), [row for row in found if row.state is CampaignState.STOPPED]),
    ]


def state_chip(row: ListRow) -> Chip:
    """Return the chip that says where a row stands."""
    if row.state is not None:
        return status_chip(_TONES[row.state], _(STATES[row.state]))
    if row.unanswered:
        missing = ngettext("Draft · {n} answer missing", "Draft · {n} answers missing", row.unanswered)
        return status_chip("plain", missing.format(n=row.unanswered), "pencil-simple")
    return status_chip("plain", _("Draft"), "pencil-simple")


def accepted_words(row: ListRow) -> str:
    """Say how many copies LINE took of how many; nothing for a draft."""
    if row.is_draft:
        return ""
    return _("{n} of {all}").format(n=number(row.accepted), all=number(row.recipients))


def _draft(row: MessageRow) -> ListRow:
    return ListRow(
        row.id, row.name, row.segment_name, None, row.unanswered, row.sends, 0, 0, is_practice=False, at=row.changed_at
    )


def _send(found: Outcome) -> ListRow:
    at = found.window.begins if found.window is not None else found.due_at or found.created_at
    return ListRow(
        found.id,
        found.name,
        found.segment_name,
        found.state,
        0,
        0,
        found.accepted,
        found.recipients,
        found.is_practice,
        at,
        found.due_at,
    )
