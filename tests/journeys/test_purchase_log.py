"""The main job on a real purchase log by the command line: import, segment, message, practice send, results."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from linecrm_desktop.store.opening import open_shop
from tests.journeys.purchase_log import friends_file, lapsed_regulars, log_file, without_quiet_hours

ROOT = Path(__file__).parents[2]
ROWS = 15_273
MEMBERS = 5_000


@pytest.fixture
def tagwell(tmp_path: Path, home: Path) -> Callable[..., Any]:
    """Run the program as a person would and return its JSON."""

    def run(*arguments: str) -> Any:
        command = [sys.executable, "-m", "linecrm_desktop", *arguments, "--json"]
        environ = dict(os.environ, TAGWELL_HOME=str(home), PYTHONPATH=str(ROOT))
        done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_the_main_job_on_a_real_purchase_log(tagwell: Callable[..., Any], tmp_path: Path) -> None:
    members, last_day = lapsed_regulars()
    tagwell("new", "log", "--practice")
    database = open_shop(tmp_path / "log.tagwell")
    without_quiet_hours(database)
    database.close()
    origin = ("--source", "Shop system", "--purpose", "Orders and membership", "--informed", "yes")

    log = tagwell("import", str(log_file()), *origin)
    assert (log["rows"], log["new"], log["rejected"], log["new_friends"]) == (ROWS, ROWS, 0, MEMBERS)
    again = tagwell("import", str(log_file()), *origin)
    assert (again["new"], again["updated"], again["unchanged"]) == (0, 0, ROWS)
    people = tagwell("import", str(friends_file(tmp_path)), "--kind", "friends", *origin)
    assert (people["new"], people["updated"]) == (0, MEMBERS)

    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Taipei")).date()
    quiet = {"kind": "last_order", "days": (today - last_day).days + 90}
    often = {"kind": "orders", "compare": "at_least", "count": 3}
    rule = tmp_path / "rule.json"
    rule.write_text(json.dumps({"version": 1, "kind": "all_of", "rules": [often, quiet]}))
    tagwell("segments", "save", "Lapsed", "--rule", str(rule), "--helps-decide", "Who is worth one more try")
    counted = tagwell("segments", "count", "Lapsed")
    assert counted["match"] == counted["reachable"] == len(members)

    message = tmp_path / "message.json"
    brief = {"why_now": "They have been quiet for a season.", "what": "One friendly reminder, no discount."}
    text = {"kind": "text", "text": "We miss you. Here is what is new."}
    stop = {"kind": "opt_out", "text": "No more offers? Write stop."}
    message.write_text(
        json.dumps({"name": "We miss you", "segment": "Lapsed", **brief, "keep_back": 10, "bubbles": [text, stop]})
    )
    tagwell("messages", "save", str(message))
    kept_back = len(members) // 10
    recipients = len(members) - kept_back
    read = ("--accept", "tested")
    gate = tagwell("send", "We miss you", "--check", *read)
    assert (gate["can_send"], gate["recipients"], gate["kept_back"]) == (True, recipients, kept_back)
    sent = tagwell("send", "We miss you", "--confirm", str(recipients), *read)
    assert (sent["state"], sent["accepted"], sent["waiting"]) == ("done", recipients, 0)

    (result,) = tagwell("results")["campaigns"]
    assert (result["accepted"], result["kept_back"]) == (recipients, kept_back)
