"""The practice LINE keeps to the rules that LINE documents."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.line.gateway import AnswerKind
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_ledger import read_ledger
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from tests.clock import Clock
from tests.line.words import text, user


def call(host: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, Any], dict[str, str]]:
    data = None if body is None else (body if isinstance(body, bytes) else json.dumps(body).encode())
    request = urllib.request.Request(host + path, data, {"Authorization": f"Bearer {PRACTICE_TOKEN}", **headers})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer), dict(answer.headers)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused), dict(refused.headers)


def test_every_answer_has_a_request_id(host: str) -> None:
    for path in ("/v2/bot/info", "/nowhere"):
        assert call(host, path)[2]["x-line-request-id"]


def test_friends_can_be_listed_in_pages_by_verified_accounts_only(
    host: str, world: PracticeWorld, clock: Clock
) -> None:
    assert call(host, "/v2/bot/followers/ids")[0] == 403
    world.verified = True
    world.blocked.add(user(0))
    _status, page, _headers = call(host, "/v2/bot/followers/ids?limit=15")
    assert page["userIds"] == [user(n) for n in range(1, 16)]
    _status, rest, _headers = call(host, f"/v2/bot/followers/ids?limit=15&start={page['next']}")
    assert rest == {"userIds": [user(n) for n in range(16, 20)]}
    clock.forward(hours=24)
    status, words, _headers = call(host, f"/v2/bot/followers/ids?start={page['next']}")
    assert (status, words["message"]) == (400, "Invalid start param")


@pytest.mark.parametrize("limit", ["0", "1001", "many"])
def test_a_page_has_one_to_a_thousand_ids(host: str, world: PracticeWorld, limit: str) -> None:
    world.verified = True
    assert call(host, f"/v2/bot/followers/ids?limit={limit}")[0] == 400


def test_a_profile_says_the_same_of_blocked_and_unknown_people(host: str, world: PracticeWorld) -> None:
    world.blocked.add(user(2))
    assert call(host, f"/v2/bot/profile/{user(1)}")[0] == 200
    assert call(host, f"/v2/bot/profile/{user(2)}")[:2] == call(host, f"/v2/bot/profile/{user(99)}")[:2]
    assert call(host, "/v2/bot/profile/hello")[0] == 400


def test_a_retry_key_must_be_a_uuid_and_only_where_something_is_sent(host: str) -> None:
    body = {"to": user(1), "messages": text()}
    assert call(host, "/v2/bot/message/push", body, **{"X-Line-Retry-Key": "one"})[0] == 400
    key = str(uuid.uuid4())
    assert call(host, "/v2/bot/message/validate/push", body, **{"X-Line-Retry-Key": key})[0] == 400
    assert call(host, "/v2/bot/message/push", body, **{"X-Line-Retry-Key": key})[0] == 200


def test_a_repeated_push_says_what_was_sent_the_first_time(host: str) -> None:
    key = {"X-Line-Retry-Key": str(uuid.uuid4())}
    body = {"to": user(1), "messages": text() * 2}
    _status, first, headers = call(host, "/v2/bot/message/push", body, **key)
    status, again, repeated = call(host, "/v2/bot/message/push", body, **key)
    assert (status, again["message"]) == (409, "The retry key is already accepted")
    assert again["sentMessages"] == first["sentMessages"]
    assert repeated["x-line-accepted-request-id"] == headers["x-line-request-id"] != repeated["x-line-request-id"]


def test_without_a_key_the_same_request_is_sent_again(host: str, world: PracticeWorld) -> None:
    for _time in range(2):
        call(host, "/v2/bot/message/push", {"to": user(1), "messages": text()})
    assert world.copies == {user(1): 2}


@pytest.mark.parametrize("raw", [b"{", b"[]", b"\xff"])
def test_what_is_not_json_is_refused(host: str, raw: bytes) -> None:
    status, words, _headers = call(host, "/v2/bot/message/push", raw)
    assert (status, words["message"][:38]) == (400, "The request body could not be parsed a")


@pytest.mark.parametrize(
    "message",
    [
        "text",
        {"type": "poem"},
        {"type": "text"},
        {"type": "text", "text": ""},
        {"type": "image", "originalContentUrl": "http://x.tw/a.png", "previewImageUrl": "https://x.tw/a.png"},
        {"type": "flex", "altText": "x" * 1501},
        {"type": "text", "text": "a", "quickReply": {"items": [{}] * 14}},
    ],
)
def test_messages_over_lines_limits_are_refused_with_their_property(host: str, message: Any) -> None:
    status, words, _headers = call(host, "/v2/bot/message/validate/push", {"messages": [message]})
    assert status == 400
    assert words["details"][0]["property"].startswith("messages[0]")


@pytest.mark.parametrize("to", [[], "U1", [user(1)] * 501])
def test_a_multicast_has_one_to_500_people(host: str, to: Any) -> None:
    assert call(host, "/v2/bot/message/multicast", {"to": to, "messages": text()})[0] == 400


def test_the_ledger_remembers_over_a_crash(tmp_path: Path, clock: Clock) -> None:
    ledger, key = tmp_path / "ledger.jsonl", str(uuid.uuid4())
    before = PracticeWorld(ledger=ledger, clock=clock)
    before.send("multicast", {"to": [user(1), user(2)], "messages": text()}, key)
    with ledger.open("a") as file:
        file.write('{"at": "2026-')
    after = PracticeWorld(ledger=ledger, clock=clock)
    assert after.send("multicast", {"to": [user(1), user(2)], "messages": text()}, key).status == 409
    assert (after.used, after.copies) == (2, {user(1): 1, user(2): 1})
    assert [list(taken.people) for taken in read_ledger(ledger)] == [[user(1), user(2)]]


def test_it_runs_alone_as_a_module(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    command = [sys.executable, "-m", "linecrm_desktop.line.practice", "--ledger", str(ledger), "--limit", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = SdkLine(process.stdout.readline().strip(), PRACTICE_TOKEN)
        answer = line.push({"to": user(1), "messages": text()}, str(uuid.uuid4()))
        left = line.quota().left
        process.kill()
    assert answer.kind is AnswerKind.ACCEPTED
    assert left == 2
    assert [list(taken.people) for taken in read_ledger(ledger)] == [[user(1)]]


def test_a_stopped_server_starts_again_at_the_same_address(world: PracticeWorld) -> None:
    server = PracticeServer(world)
    host = server.start()
    server.stop()
    assert server.start() == host
    server.stop()
