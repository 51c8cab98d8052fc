"""A message while it is written: a frozen value, so that undo is nothing but the value before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.bubbles import Bubble, OptOutBubble, QuickReplies, TextBubble, count, in_order
from linecrm_desktop.messages.limits import BUBBLES_MAX, Problem, problems
from linecrm_desktop.messages.variables import label, without_fallback
from linecrm_desktop.text import _

VARIANTS_MAX = 3
LETTERS = "ABC"
"""What the variants are called."""
VARIANT_SMALL = 200
"""Under so many friends in each variant, which one did better can hardly be told."""
_ONCE = (OptOutBubble, QuickReplies)

Bubbles = tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """Name, brief and bubbles of up to three variants. Every change gives a new draft.

    `bubbles` are those of variant A; `others` those of B and C, where there are any.
    """

    name: str = ""
    brief: Brief = field(default_factory=Brief)
    bubbles: Bubbles = (TextBubble(),)
    others: tuple[Bubbles, ...] = ()

    @property
    def variants(self) -> tuple[Bubbles, ...]:
        """The bubbles of every variant, A first."""
        return self.bubbles, *self.others

    def with_name(self, name: str) -> "MessageDraft":
        return replace(self, name=name)

    def with_brief(self, **answers: Any) -> "MessageDraft":
        """Change answers by their field names: with_brief(why_now="…")."""
        return replace(self, brief=replace(self.brief, **answers))

    def with_brief_of(self, brief: Brief) -> "MessageDraft":
        """Take over a brief that was used before."""
        return replace(self, brief=brief)

    def with_variant(self, copied: int = 0) -> "MessageDraft":
        """Add a variant that begins as a copy of another; at three nothing is added."""
        if len(self.variants) >= VARIANTS_MAX:
            return self
        return replace(self, others=(*self.others, self.variants[copied]))

    def without_variant(self, variant: int) -> "MessageDraft":
        """Take a variant away; the ones behind it move up. The last one stays."""
        left = [*self.variants[:variant], *self.variants[variant + 1 :]]
        return replace(self, bubbles=left[0], others=tuple(left[1:])) if left else self

    def with_bubble(self, position: int, bubble: Bubble, variant: int = 0) -> "MessageDraft":
        old = self.variants[variant]
        return self._with([*old[:position], bubble, *old[position + 1 :]], variant)

    def with_added(self, bubble: Bubble, variant: int = 0) -> "MessageDraft":
        """Add a bubble; the line that says how to stop, and quick replies, stay at the end and come once."""
        return self._with([*self.variants[variant], bubble], variant) if self.has_room(bubble, variant) else self

    def with_duplicate(self, position: int, variant: int = 0) -> "MessageDraft":
        old = self.variants[variant]
        bubble = old[position]
        return (
            self._with([*old[:position], bubble, *old[position:]], variant) if self.has_room(bubble, variant) else self
        )

    def without(self, position: int, variant: int = 0) -> "MessageDraft":
        old = self.variants[variant]
        return self._with([*old[:position], *old[position + 1 :]], variant)

    def moved(self, position: int, to: int, variant: int = 0) -> "MessageDraft":
        """Put a bubble at another position; one outside the message changes nothing."""
        old = self.variants[variant]
        if not 0 <= to < len(old):
            return self
        rest = [*old[:position], *old[position + 1 :]]
        return self._with([*rest[:to], old[position], *rest[to:]], variant)

    def has_room(self, bubble: Bubble, variant: int = 0) -> bool:
        """Tell whether one more bubble of this kind can be added."""
        have = self.variants[variant]
        if isinstance(bubble, _ONCE) and any(type(one) is type(bubble) for one in have):
            return False
        return isinstance(bubble, QuickReplies) or count(have) < BUBBLES_MAX

    @property
    def can_add(self) -> bool:
        return self.has_room(TextBubble())

    @property
    def is_blank(self) -> bool:
        """Whether nothing worth keeping has been written."""
        return self.with_name("") == MessageDraft()

    def problems(
        self,
        longest: Mapping[str, str] | None = None,
        today: date | None = None,
        signs: Mapping[str, str] | None = None,
    ) -> list[Problem]:
        """List what stops these bubbles from leaving: LINE's limits, and variables without a fallback.

        `longest` and `signs` are the longest values in the segment, as for messages.limits.problems.
        """
        found: list[Problem] = []
        for variant, bubbles in enumerate(self.variants):
            for problem in [*problems(bubbles, longest, today, signs), *_bare(bubbles)]:
                found.append(replace(problem, variant=variant))
        return found

    def _with(self, bubbles: list[Bubble], variant: int) -> "MessageDraft":
        kept = in_order(bubbles)
        if variant == 0:
            return replace(self, bubbles=kept)
        return replace(self, others=(*self.others[: variant - 1], kept, *self.others[variant:]))


def _bare(bubbles: Bubbles) -> list[Problem]:
    sentence = _("“{variable}” in bubble {n} has nothing to stand in for friends without it.")
    return [
        Problem(position, sentence.format(variable=label(name), n=position + 1))
        for position, name in without_fallback(bubbles)
    ]
