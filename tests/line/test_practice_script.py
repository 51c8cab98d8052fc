"""Scripted trouble comes when it was asked for; and what LINE counts afterwards keeps to LINE's own rules."""

import json
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import AnswerKind, Coupon, UnitFigures
from linecrm_desktop.line.practice_script import Script, read_script
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from tests.clock import Clock
from tests.line.words import text, user


def script(folder: Path, *rules: Any) -> Script:
    file = folder / "script.json"
    file.write_text(json.dumps({"rules": rules}))
    return read_script(file)


def push(line: SdkLine, number: int = 1) -> AnswerKind:
    return line.push({"to": user(number), "messages": text()}, str(uuid.uuid4())).kind


def test_the_nth_and_every_so_manieth_request_goes_wrong(line: SdkLine, world: PracticeWorld, tmp_path: Path) -> None:
    world.script = script(
        tmp_path,
        {"when": {"endpoint": "push", "nth": 2}, "then": {"fault": "busy"}},
        {"when": {"every": 3}, "then": {"fault": "drop_after"}},
    )
    kinds = [push(line) for _try in range(6)]
    assert [str(kind) for kind in kinds] == ["accepted", "busy", "no_answer", "accepted", "accepted", "no_answer"]
    assert world.copies == {user(1): 5}


def test_dice_with_the_same_seed_fall_the_same(tmp_path: Path) -> None:
    rule = {"when": {"probability": 0.5, "seed": 7}, "then": {"fault": "error_after"}}
    first, second = script(tmp_path, rule), script(tmp_path, rule)
    found = [first.trouble("push").fault for _try in range(40)]
    assert found == [second.trouble("push").fault for _try in range(40)]
    assert len(set(found)) == 2


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("unparsable", AnswerKind.ACCEPTED),
        ("extra", AnswerKind.ACCEPTED),
        ("month_full", AnswerKind.MONTHLY_LIMIT),
        ("token", AnswerKind.TOKEN_REFUSED),
        ("forbidden", AnswerKind.FORBIDDEN),
    ],
)
def test_each_fault_is_what_line_would_say(
    line: SdkLine, world: PracticeWorld, tmp_path: Path, fault: str, kind: AnswerKind
) -> None:
    world.script = script(tmp_path, {"when": {}, "then": {"fault": fault}})
    assert push(line) is kind
    assert bool(world.copies) == (kind is AnswerKind.ACCEPTED)


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"when": {}, "then": {"fault": "storm"}},
        {"when": {"nth": 0}, "then": {}},
        {"when": {"often": 1}, "then": {}},
        {"when": {}, "then": {}, "else": {}},
    ],
)
def test_a_rule_that_is_not_understood_is_named(tmp_path: Path, rule: Any) -> None:
    with pytest.raises(ShopError, match="Rule 1"):
        script(tmp_path, rule)


def test_the_ledger_can_be_read_while_it_runs(line: SdkLine, host: str, world: PracticeWorld) -> None:
    world.blocked.add(user(2))
    body = {"to": [user(1), user(2), user(3)], "messages": text(), "customAggregationUnits": ["spring"]}
    answer = line.multicast(body, str(uuid.uuid4()))
    with urllib.request.urlopen(f"{host}/practice/ledger") as reply:
        rows = [json.loads(row) for row in reply.read().decode().splitlines()]
    assert [(row["user"], row["unit"], row["request_id"]) for row in rows] == [
        (user(1), "spring", answer.request_id),
        (user(3), "spring", answer.request_id),
    ]


def test_figures_of_fewer_than_20_people_are_none(line: SdkLine, world: PracticeWorld, clock: Clock) -> None:
    world.limit, world.friends = None, None
    day = f"{clock():%Y%m%d}"
    body = {"to": [user(n) for n in range(1, 101)], "messages": text(), "customAggregationUnits": ["spring"]}
    line.multicast(body, str(uuid.uuid4()))
    assert line.unit_figures("spring", day, day) == UnitFigures(None, None)
    clock.forward(days=30)
    assert line.unit_figures("spring", day, day) == UnitFigures(50, None)


def test_all_running_coupons_are_listed_page_by_page(line: SdkLine, world: PracticeWorld) -> None:
    world.coupons = [{"couponId": f"c{n}", "title": f"Coupon {n}", "status": "RUNNING"} for n in range(150)]
    world.coupons[3]["status"] = "CLOSED"
    found = line.coupons()
    assert (len(found), found[0]) == (149, Coupon("c0", "Coupon 0"))
