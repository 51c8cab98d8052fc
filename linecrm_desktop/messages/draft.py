"""A message while it is written: a frozen value, so that undo is nothing but the value before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from linecrm_desktop.messages.blocks import Bubble, TextBubble
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.limits import BUBBLES_MAX, Problem, problems
from linecrm_desktop.messages.variables import VARIABLES, without_fallback
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """Name, brief and bubbles. Every change gives a new draft."""

    name: str = ""
    brief: Brief = field(default_factory=Brief)
    bubbles: tuple[Bubble, ...] = (TextBubble(),)

    def with_name(self, name: str) -> "MessageDraft":
        return replace(self, name=name)

    def with_brief(self, **answers: Any) -> "MessageDraft":
        """Change answers by their field names: with_brief(why_now="…")."""
        return replace(self, brief=replace(self.brief, **answers))

    def with_bubble(self, position: int, bubble: Bubble) -> "MessageDraft":
        return self._with([*self.bubbles[:position], bubble, *self.bubbles[position + 1 :]])

    def with_added(self, bubble: Bubble) -> "MessageDraft":
        return self._with([*self.bubbles, bubble]) if self.can_add else self

    def with_duplicate(self, position: int) -> "MessageDraft":
        bubble = self.bubbles[position]
        return self._with([*self.bubbles[:position], bubble, *self.bubbles[position:]]) if self.can_add else self

    def without(self, position: int) -> "MessageDraft":
        return self._with([*self.bubbles[:position], *self.bubbles[position + 1 :]])

    def moved(self, position: int, to: int) -> "MessageDraft":
        """Put a bubble at another position; one outside the message changes nothing."""
        if not 0 <= to < len(self.bubbles):
            return self
        rest = [*self.bubbles[:position], *self.bubbles[position + 1 :]]
        return self._with([*rest[:to], self.bubbles[position], *rest[to:]])

    @property
    def can_add(self) -> bool:
        return len(self.bubbles) < BUBBLES_MAX

    @property
    def is_blank(self) -> bool:
        """Whether nothing worth keeping has been written."""
        return self.with_name("") == MessageDraft()

    def problems(self, longest: Mapping[str, str] | None = None) -> list[Problem]:
        """List what stops these bubbles from leaving: LINE's limits, and variables without a fallback."""
        bare = [
            Problem(
                position,
                _("“{variable}” in bubble {n} has nothing to stand in for friends without it.").format(
                    variable=_(VARIABLES[name]), n=position + 1
                ),
            )
            for position, name in without_fallback(self.bubbles)
        ]
        return problems(self.bubbles, longest) + bare

    def _with(self, bubbles: list[Bubble]) -> "MessageDraft":
        return replace(self, bubbles=tuple(bubbles))
