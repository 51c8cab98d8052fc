"""The real line-bot-sdk against the practice LINE: every way a request can end has its name."""

import logging
import socket
import uuid
from threading import Thread
from typing import Any

import pytest

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line.gateway import Account, AnswerKind, Quota
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from tests.clock import Clock
from tests.line.words import text, user


def key() -> str:
    return str(uuid.uuid4())


def many(*numbers: int, words: str = "Hello") -> dict[str, Any]:
    return {"to": [user(n) for n in numbers], "messages": text(words)}


def one(number: int, words: str = "Hello") -> dict[str, Any]:
    return {"to": user(number), "messages": text(words)}


def test_an_accepted_multicast_reaches_each_person_once(line: SdkLine, world: PracticeWorld) -> None:
    answer = line.multicast(many(1, 2, 3), key())
    assert answer.kind is AnswerKind.ACCEPTED
    assert answer.request_id
    assert world.copies == {user(1): 1, user(2): 1, user(3): 1}


def test_the_frozen_body_arrives_as_it_was_frozen(line: SdkLine, world: PracticeWorld) -> None:
    body = many(1, words="精華液 🍎 สวัสดี") | {"customAggregationUnits": ["tw_1"], "somethingNew": {"b": 1, "a": None}}
    line.multicast(body, key())
    assert world.heard[-1].body == body
    assert list(world.heard[-1].body) == list(body)


def test_the_same_key_again_is_accepted_without_a_second_copy(line: SdkLine, world: PracticeWorld) -> None:
    retry = key()
    first = line.push(one(1), retry)
    second = line.push(one(1), retry)
    assert (second.kind, second.again, second.request_id) == (AnswerKind.ACCEPTED, True, first.request_id)
    assert world.copies == {user(1): 1}


def test_an_old_key_is_a_new_request_for_line(line: SdkLine, world: PracticeWorld, clock: Clock) -> None:
    retry = key()
    line.push(one(1), retry)
    clock.forward(hours=24)
    assert not line.push(one(1), retry).again
    assert world.copies == {user(1): 2}


def test_a_blocked_person_is_accepted_and_neither_reached_nor_counted(line: SdkLine, world: PracticeWorld) -> None:
    world.blocked.add(user(1))
    assert line.multicast(many(1, 2), key()).kind is AnswerKind.ACCEPTED
    assert (world.copies, world.used) == ({user(2): 1}, 1)


def test_unknown_and_malformed_ids_are_named_and_nobody_is_reached(line: SdkLine, world: PracticeWorld) -> None:
    body = {"to": [user(1), user(99), "hello"], "messages": text()}
    answer = line.multicast(body, key())
    assert (answer.kind, answer.bad) == (AnswerKind.BAD_RECIPIENT, (1,))
    assert world.copies == {}


@pytest.mark.parametrize("to", [user(99), "hello"])
def test_a_push_to_somebody_unknown_is_a_bad_recipient(line: SdkLine, to: str) -> None:
    assert line.push({"to": to, "messages": text()}, key()).kind is AnswerKind.BAD_RECIPIENT


def test_a_text_over_the_limit_is_a_bad_message_with_lines_words(line: SdkLine) -> None:
    answer = line.push(one(1, "🍎" * 2501), key())
    assert answer.kind is AnswerKind.BAD_MESSAGE
    assert "messages[0].text: Length must be between 0 and 5000" in answer.words
    assert line.push(one(1, "🍎" * 2500), key()).kind is AnswerKind.ACCEPTED


@pytest.mark.parametrize("count", [0, 6])
def test_none_or_six_messages_are_refused(line: SdkLine, count: int) -> None:
    assert line.push({"to": user(1), "messages": text() * count}, key()).kind is AnswerKind.BAD_MESSAGE


def test_a_body_over_two_megabytes_is_refused(line: SdkLine) -> None:
    body = one(1) | {"padding": "x" * (2 * 1024 * 1024)}
    assert line.push(body, key()).kind in (AnswerKind.BAD_MESSAGE, AnswerKind.NO_ANSWER)


def test_the_monthly_limit_sends_to_nobody_of_the_chunk(line: SdkLine, world: PracticeWorld) -> None:
    world.limit = 2
    assert line.multicast(many(1, 2, 3), key()).kind is AnswerKind.MONTHLY_LIMIT
    assert (world.copies, world.used) == ({}, 0)
    assert line.multicast(many(1, 2), key()).kind is AnswerKind.ACCEPTED


def test_too_many_requests_are_busy_and_not_the_monthly_limit(line: SdkLine, world: PracticeWorld) -> None:
    world.faults.append(Fault.BUSY)
    assert line.push(one(1), key()).kind is AnswerKind.BUSY
    assert world.copies == {}


def test_more_than_200_multicasts_in_a_second_are_busy(world: PracticeWorld) -> None:
    world.limit = None
    statuses = [world.send("multicast", many(1), key()).status for _time in range(201)]
    assert statuses == [200] * 200 + [429]


def test_a_wrong_token_is_refused(host: str) -> None:
    line = SdkLine(host, "another-token")
    assert line.push(one(1), key()).kind is AnswerKind.TOKEN_REFUSED
    with pytest.raises(OutsideError, match="did not accept this token"):
        line.account()


def test_a_broken_connection_after_line_took_it_is_no_answer(line: SdkLine, world: PracticeWorld) -> None:
    world.faults.append(Fault.DROP_AFTER)
    retry = key()
    assert line.push(one(1), retry).kind is AnswerKind.NO_ANSWER
    assert line.push(one(1), retry).again
    assert world.copies == {user(1): 1}


def test_a_broken_connection_before_line_took_it_is_no_answer_either(line: SdkLine, world: PracticeWorld) -> None:
    world.faults.append(Fault.DROP_BEFORE)
    assert line.push(one(1), key()).kind is AnswerKind.NO_ANSWER
    assert world.copies == {}


@pytest.mark.parametrize("fault", [Fault.ERROR_AFTER, Fault.ERROR_BEFORE])
def test_an_error_of_lines_server_is_no_answer(line: SdkLine, world: PracticeWorld, fault: Fault) -> None:
    world.faults.append(fault)
    assert line.multicast(many(1), key()).kind is AnswerKind.NO_ANSWER
    assert len(world.heard) == 1, "the SDK must not repeat by itself"


def test_a_slow_answer_is_no_answer(host: str, world: PracticeWorld) -> None:
    world.faults.append(Fault.SLOW)
    line = SdkLine(host, PRACTICE_TOKEN, timeouts=(5, 0.05))
    assert line.push(one(1), key()).kind is AnswerKind.NO_ANSWER
    assert world.copies == {user(1): 1}


def test_a_closed_port_was_not_reached() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        host = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert SdkLine(host, PRACTICE_TOKEN).push(one(1), key()).kind is AnswerKind.NOT_REACHED
        with pytest.raises(OutsideError, match="cannot be reached") as caught:
            SdkLine(host, PRACTICE_TOKEN).quota()
        assert caught.value.retry


def test_a_name_that_does_not_exist_was_not_reached() -> None:
    line = SdkLine("https://line.invalid", PRACTICE_TOKEN)
    assert line.push(one(1), key()).kind is AnswerKind.NOT_REACHED


def test_forbidden_and_strange_answers_have_names_too() -> None:
    for status, kind in [
        (403, AnswerKind.FORBIDDEN),
        (404, AnswerKind.BAD_MESSAGE),
        (408, AnswerKind.NO_ANSWER),
        (302, AnswerKind.NO_ANSWER),
        (502, AnswerKind.NO_ANSWER),
    ]:
        with RawServer(f"HTTP/1.1 {status} X\r\nLocation: /x\r\nContent-Length: 2\r\n\r\n\xff\xfe") as host:
            assert SdkLine(host, PRACTICE_TOKEN).push(one(1), key()).kind is kind, status


@pytest.mark.parametrize(
    "head", ["302 Found\r\nLocation: /elsewhere", "429 Busy\r\nRetry-After: 0", "503 No\r\nRetry-After: 0"]
)
def test_nothing_is_repeated_or_followed_by_itself(head: str) -> None:
    server = RawServer(f"HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    with server as host:
        line = SdkLine(host, PRACTICE_TOKEN)
        line.push(one(1), key())
        assert server.asked == 1
        with pytest.raises(OutsideError):
            line.quota()
        assert server.asked == 2


def test_an_accepted_answer_with_strange_content_is_accepted() -> None:
    body = '{"sentMessages": "unexpected"}'
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=none\r\nContent-Length: {len(body)}\r\n\r\n"
    with RawServer(head + body) as host:
        assert SdkLine(host, PRACTICE_TOKEN).push(one(1), key()).kind is AnswerKind.ACCEPTED


def test_an_answer_cut_off_in_the_middle_is_no_answer() -> None:
    with RawServer("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{") as host:
        assert SdkLine(host, PRACTICE_TOKEN).push(one(1), key()).kind is AnswerKind.NO_ANSWER


def test_account_quota_and_rights_are_read(line: SdkLine, world: PracticeWorld) -> None:
    world.account_name, world.used = "Morning Mist 晨霧選物", 41
    assert line.account() == Account(f"U{'0' * 31}b", "@practice", "Morning Mist 晨霧選物")
    assert line.quota() == Quota(100, 41)
    assert not line.may_read_friends()
    world.verified = True
    assert line.may_read_friends()


def test_no_limit_is_none(line: SdkLine, world: PracticeWorld) -> None:
    world.limit = None
    assert line.quota() == Quota(None, 0)


def test_target_reach_comes_a_day_late(line: SdkLine, world: PracticeWorld) -> None:
    world.blocked.add(user(1))
    assert line.target_reach("20261111") == 19
    assert line.target_reach("20261112") is None


def test_validation_sends_nothing(line: SdkLine, world: PracticeWorld) -> None:
    assert line.validate(one(1)).kind is AnswerKind.ACCEPTED
    assert line.validate(one(1, "")).kind is AnswerKind.BAD_MESSAGE
    assert (world.copies, world.used) == ({}, 0)


SECRETS = ["sec\nret-token", "sécret-token", "secret token", ""]


@pytest.mark.parametrize("token", SECRETS)
def test_a_damaged_token_is_refused_without_being_quoted(host: str, token: str, world: PracticeWorld) -> None:
    line = SdkLine(host, token)
    assert line.push(one(1), key()).kind is AnswerKind.TOKEN_REFUSED
    with pytest.raises(OutsideError) as caught:
        line.account()
    assert "ret" not in caught.value.sentence() + caught.value.details
    assert world.heard == []


def test_the_token_is_in_no_error_and_no_log(caplog: pytest.LogCaptureFixture, host: str, world: PracticeWorld) -> None:
    caplog.set_level(logging.DEBUG)
    token = "a-very-secret-token"
    echo = f'{{"message": "Authentication failed for {token}"}}'
    with RawServer(f"HTTP/1.1 401 No\r\nContent-Length: {len(echo)}\r\n\r\n{echo}") as echoing:
        for address in (host, echoing, "http://127.0.0.1:9"):
            line = SdkLine(address, token)
            answer = line.push(one(1), key())
            assert token not in repr(answer) + repr(line)
            with pytest.raises(OutsideError) as caught:
                line.account()
            error = caught.value
            assert token not in repr(error) + error.sentence() + error.details + repr(error.__cause__)
    assert token not in caplog.text


class RawServer:
    """Answers every connection with the same bytes and hangs up."""

    def __init__(self, answer: str) -> None:
        self._answer = answer.encode("latin-1")
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.asked = 0

    def __enter__(self) -> str:
        Thread(target=self._serve, daemon=True).start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                peer, _address = self._socket.accept()
            except OSError:
                return
            with peer:
                peer.recv(65536)
                self.asked += 1
                peer.sendall(self._answer)
