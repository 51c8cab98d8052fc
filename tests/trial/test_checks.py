"""One broken part is named and stops none of the others; what the computer lacks is no fault."""

from datetime import datetime
from pathlib import Path

from linecrm_desktop.settings.secrets import SessionTokens, SystemTokens
from linecrm_desktop.trial.checks import Bench, Check, Lacking, Outcome, Verdict, tried
from linecrm_desktop.trial.parts import PARTS


def bench(tmp_path: Path, now: datetime) -> Bench:
    return Bench(tmp_path, now, SessionTokens())


def works(_bench: Bench) -> str:
    return "it works"


def breaks(_bench: Bench) -> str:
    raise FileNotFoundError("style.qss.in\nis gone")


def lacks(_bench: Bench) -> str:
    raise Lacking("there is none here")


def test_each_check_says_how_it_ended_and_the_next_is_tried(tmp_path: Path, now: datetime) -> None:
    checks = (Check("a", "A", breaks), Check("b", "B", lacks), Check("c", "C", works))
    assert [outcome.line for outcome in tried(checks, bench(tmp_path, now))] == [
        "FAILED  A: FileNotFoundError: style.qss.in is gone",
        "NONE  B: there is none here",
        "OK  C: it works",
    ]


def test_a_computer_without_a_password_store_is_told_so_and_works(tmp_path: Path, now: datetime) -> None:
    check = next(part for part in PARTS if part.key == "password_store")
    forgetful = Bench(tmp_path, now, SystemTokens(backend=object()))
    (outcome,) = tried((check,), forgetful)
    assert outcome.verdict is Verdict.LACKING
    assert "no password store" in outcome.said


def test_a_shop_that_lost_its_friends_is_seen(tmp_path: Path, now: datetime) -> None:
    check = next(part for part in PARTS if part.key == "segments")
    outcomes: list[Outcome] = list(tried((check,), bench(tmp_path, now)))
    assert [outcome.verdict for outcome in outcomes] == [Verdict.FAILED]
