"""A path while it is edited: a frozen value, so that undo is nothing but the value before."""

from dataclasses import dataclass, field, replace
from typing import Any

from linecrm_desktop.journeys.path import STEPS_MAX, WAIT_MAX
from linecrm_desktop.messages.brief import KEEP_BACK_CHOICES
from linecrm_desktop.text import _

NAME_MAX = 120
END_DAYS = 30


@dataclass(frozen=True, slots=True)
class StepDraft:
    """One step: which message, after how many days, from what time of day on, and for whom."""

    message_id: int | None = None
    wait_days: int = 0
    send_from: int | None = None
    """Minutes of the local day; None: as soon as it is approved."""
    only_segment_id: int | None = None
    only_inside: bool = True
    id: int | None = None
    """None: a new step."""


@dataclass(frozen=True, slots=True)
class PathDraft:
    """Name, entrance, steps and exits of a path."""

    name: str = ""
    segment_id: int | None = None
    steps: tuple[StepDraft, ...] = field(default=())
    keep_back: int = 10
    end_days: int = END_DAYS
    leaves_bought: bool = True
    leaves_quiet: bool = True
    exit_segment_id: int | None = None

    def with_step(self, place: int, **changed: Any) -> "PathDraft":
        """Change a step by its field names: with_step(0, wait_days=3)."""
        steps = list(self.steps)
        steps[place] = replace(steps[place], **changed)
        return replace(self, steps=tuple(steps))

    def with_added(self, step: StepDraft) -> "PathDraft":
        return replace(self, steps=(*self.steps, step)) if len(self.steps) < STEPS_MAX else self

    def without(self, place: int) -> "PathDraft":
        return replace(self, steps=(*self.steps[:place], *self.steps[place + 1 :]))

    def moved(self, place: int, to: int) -> "PathDraft":
        """Put a step at another place; one outside the path changes nothing."""
        if not 0 <= to < len(self.steps):
            return self
        rest = [*self.steps[:place], *self.steps[place + 1 :]]
        return replace(self, steps=(*rest[:to], self.steps[place], *rest[to:]))

    def problems(self) -> list[str]:
        """Return what is missing or wrong, in the order of the dialog."""
        found = [] if self.name.strip() else [_("The path has no name.")]
        if self.segment_id is None:
            found.append(_("Choose the segment whose friends enter."))
        if self.keep_back not in KEEP_BACK_CHOICES:
            found.append(_("Keep back 0, 5, 10 or 20 %."))
        if self.segment_id is not None and self.exit_segment_id == self.segment_id:
            found.append(_("Friends cannot enter and leave by the same segment."))
        if not 1 <= self.end_days <= WAIT_MAX:
            found.append(_("The path ends 1 to 365 days after its last step."))
        return [*found, *self._of_steps()]

    def _of_steps(self) -> list[str]:
        found: list[str] = []
        for place, step in enumerate(self.steps):
            if step.message_id is None:
                found.append(_("Step {n} has no message.").format(n=place + 1))
            if place and not 1 <= step.wait_days <= WAIT_MAX:
                found.append(_("Step {n} waits 1 to 365 days: one message a day is enough.").format(n=place + 1))
            if not place and not 0 <= step.wait_days <= WAIT_MAX:
                found.append(_("The first step waits 0 to 365 days."))
        messages = [step.message_id for step in self.steps if step.message_id is not None]
        if len(set(messages)) < len(messages):
            found.append(_("A message stands in the path twice."))
        return found
