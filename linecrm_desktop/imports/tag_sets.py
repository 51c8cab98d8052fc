"""Numbers for the tags that stand together in a row of a file, so that a row is staged with one number.

Files repeat themselves: a million rows name a few hundred different sets of tags.
"""

from collections.abc import Iterable, Sequence

_REMEMBERED = 50_000
"""Most sets that are known again; one that was forgotten gets another number, which means the same."""


class TagSets:
    """Numbers for the tags that stand together in a row; each set is told once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, ...] | None, int | None] = {None: None, (): None}
        self._fresh: list[tuple[int, int]] = []
        self._count = 0

    def of(self, rows: Iterable[tuple[int, ...] | None]) -> list[int | None]:
        """Return the number of each row's set, None where it names no tags."""
        if len(self._numbers) > _REMEMBERED:
            self._numbers = {None: None, (): None}
        return [self._numbers[tags] if tags in self._numbers else self._add(tags) for tags in rows]

    def fresh(self) -> dict[str, Sequence[int]]:
        """Return the sets that were added since the last call, one line for each of their tags."""
        told, self._fresh = self._fresh, []
        return dict(zip(("tag_set", "tag"), zip(*told, strict=True), strict=True)) if told else {}

    def _add(self, tags: tuple[int, ...] | None) -> int:
        self._count += 1
        self._numbers[tags] = self._count
        self._fresh += [(self._count, tag) for tag in dict.fromkeys(tags or ())]
        return self._count
