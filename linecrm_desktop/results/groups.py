"""A group of friends and what they did: those who got a message, those who were kept back, or those of one variant."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """What one group of friends did within the window."""

    friends: int = 0
    did: int = 0
    """Friends who did what the metric counts, each once."""
    orders: int = 0
    revenue: int = 0
    """Smallest units of the shop's currency; orders in another currency are left out of the sum."""

    @property
    def share(self) -> float | None:
        return self.did / self.friends if self.friends else None
