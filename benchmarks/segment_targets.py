"""What counting has to reach, beside what was measured in the same run."""

from collections.abc import Iterable
from dataclasses import dataclass

OUR_SUM_TO_DUCKDB = 2.0
OUR_QUESTION_TO_DUCKDB = 5.0
EXISTS_TO_OURS = 35.0
JOINS_TO_OURS = 50.0
ASKED_AGAIN_TO_KEPT = 20.0
TURNED_TO_FIRST = 1 / 50
EXPONENT = 1.1


@dataclass(frozen=True, slots=True)
class Target:
    """One number to reach, and the one that was measured."""

    name: str
    measured: float
    wanted: float
    at_most: bool
    note: str = ""

    @property
    def is_met(self) -> bool:
        return self.measured <= self.wanted if self.at_most else self.measured >= self.wanted

    def line(self) -> str:
        bound = "at most" if self.at_most else "at least"
        said = f"{self.name:<58}{_written(self.measured):>9}  {bound} {_written(self.wanted):<6}"
        return f"{said} {'met' if self.is_met else 'MISSED'}{f'  ({self.note})' if self.note else ''}"


def of_sums(sums: dict[str, float], worst: tuple[float, str]) -> list[Target]:
    """Return the targets for counting twelve questions, of the engines that were asked; seconds by engine."""
    ours = sums["ours"]
    found: list[Target] = []
    for engine, wanted in (("EXISTS + JSON", EXISTS_TO_OURS), ("LEFT JOINs", JOINS_TO_OURS)):
        if engine in sums:
            found.append(Target(f"cold: {engine}, times ours", sums[engine] / ours, wanted, at_most=False))
    if "DuckDB" in sums:
        found.append(Target("cold: ours, times DuckDB's", ours / sums["DuckDB"], OUR_SUM_TO_DUCKDB, at_most=True))
        most, question = worst
        found.append(Target("cold: one question, times DuckDB's", most, OUR_QUESTION_TO_DUCKDB, True, question))
    return found


def of_growth(before: list[float], after: list[float], exponents: Iterable[float]) -> Target:
    """Return the target for how the seconds of the questions grow with the friends."""
    most, question = max((power, place) for place, power in enumerate(exponents, 1))
    times = f"question {question:02}: {before[question - 1] * 1000:,.1f} to {after[question - 1] * 1000:,.1f} ms"
    return Target("growth: the largest exponent", most, EXPONENT, True, times)


def show(targets: list[Target], about: str) -> None:
    """Print targets, the missed ones too."""
    print(f"\ntargets, {about}")
    for target in targets:
        print(f"  {target.line()}")


def _written(value: float) -> str:
    return f"1/{1 / value:.0f}" if 0 < value < 0.2 else f"{value:.2f}" if value < 10 else f"{value:,.0f}"
