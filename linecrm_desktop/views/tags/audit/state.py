"""An audit as the wizard shows it: what was found, what was decided so far, and what that comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from linecrm_desktop.audit import history, plan, run
from linecrm_desktop.audit.changes import Change, effective
from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check
from linecrm_desktop.audit.history import Since, Summary
from linecrm_desktop.audit.lookalikes import Pair
from linecrm_desktop.audit.plan import Choice, OpenAudit
from linecrm_desktop.days import ShopDay
from linecrm_desktop.jobs import Task
from linecrm_desktop.segments.used import uses_of_tags
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags.library import TagRow

FINDINGS, NO_DECISION, LOOKALIKES, UNUSED, TOO_SMALL, REVIEW = range(6)
"""The steps."""
CHECKS = {
    NO_DECISION: (Check.NO_DECISION,),
    LOOKALIKES: (Check.SAME_NAME, Check.NEAR_NAME, Check.SAME_PEOPLE, Check.CONTAINED),
    UNUSED: (Check.UNUSED, Check.NEVER_SENT, Check.STALE),
    TOO_SMALL: (Check.TOO_SMALL, Check.TOO_BROAD),
}
"""What is decided in each step; everything else that was found is told in the first one."""


@dataclass(frozen=True)
class AuditState:
    """One moment of an audit."""

    audit: OpenAudit
    facts: Facts
    choices: tuple[Choice, ...]
    used_by: Mapping[int, tuple[str, ...]]
    """Names of what asks for a tag."""
    owners: tuple[str, ...]
    since: Since | None

    def tag(self, tag_id: int) -> TagRow | None:
        """Return a tag in use."""
        return next((tag for tag in self.facts.tags if tag.id == tag_id), None)

    def name(self, tag_id: int) -> str:
        """Return what a tag is called."""
        found = self.tag(tag_id)
        return found.name if found else "…"

    def of(self, step: int) -> list[Choice]:
        """Return what a step asks about, what holds no more left out."""
        return [one for one in self.choices if not one.is_gone and one.finding and one.finding.check in CHECKS[step]]

    def others(self) -> list[Choice]:
        """Return what was found beside the steps."""
        asked = {check for checks in CHECKS.values() for check in checks}
        return [one for one in self.choices if not one.is_gone and one.finding and one.finding.check not in asked]

    def found(self, step: int) -> list[Choice]:
        """Return what is listed when a step is saved: the first one tells all that was found."""
        if step == FINDINGS:
            return [one for one in self.choices if not one.is_gone and one.finding]
        return self.of(step)

    def pair(self, choice: Choice) -> Pair | None:
        """Return the evidence about two tags."""
        tags = frozenset(choice.finding.tags) if choice.finding else frozenset[int]()
        return next((pair for pair in self.facts.pairs if pair.tags == tags), None)

    def choice(self, key: str) -> Choice | None:
        """Return a choice by its key."""
        return next((one for one in self.choices if one.key == key), None)

    def decided(self, key: str, change: Change | None) -> "AuditState":
        """Return the state after a decision; None takes it back."""
        new = tuple(
            replace(one, change=change, is_checked=True, is_counted_again=False) if one.key == key else one
            for one in self.choices
        )
        return replace(self, choices=new)

    def checked(self, key: str, *, on: bool) -> "AuditState":
        """Return the state after a change was ticked or not."""
        return replace(
            self, choices=tuple(replace(one, is_checked=on) if one.key == key else one for one in self.choices)
        )

    def planned(self) -> list[Change]:
        """Return the changes that would be made now."""
        wanted = (one.change for one in self.choices if one.is_to_apply and one.change)
        return effective({repr(change): change for change in wanted}.values())

    def summary(self) -> Summary:
        """Say what the planned changes come to."""
        return history.summary(self.facts, self.planned())


def begin(database: Database, day: ShopDay, now: datetime, task: Task) -> AuditState:
    """Count all evidence, and begin an audit or go on with the one that was begun."""
    with database.read() as session:
        facts, found = run.audit(session, day, plan.declared(session), task=task)
        since = history.since_last(session, facts.tags, found)
        used_by = {tag: tuple(use.name for use in used) for tag, used in uses_of_tags(session).items()}
    with database.write() as session:
        opened = plan.under_way(session)
        if opened is None:
            plan.begin(session, facts.tags, found, now)
        else:
            plan.recount(session, opened.id, found, now)
        opened = plan.under_way(session)
        if opened is None:
            raise RuntimeError("an audit that was begun is not there")
        chosen = tuple(plan.choices(session, opened.id))
    owners = tuple(sorted({tag.owner for tag in facts.tags if tag.owner}))
    return AuditState(opened, facts, chosen, used_by, owners, since)
