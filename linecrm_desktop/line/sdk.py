"""LINE itself, through the transport of line-bot-sdk: the exact bytes that were frozen go out, every end has a name.

The SDK's typed calls are not used for sending: they drop fields they do not know and can raise after LINE has accepted
(line-bot-sdk 3.27). Its pool of connections is, with time-outs and without retries of its own: repeating is our
decision. What the SDK does around that pool would take a third of the time of a send.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from threading import Lock
from typing import Any, cast
from urllib.parse import quote

from linecrm_desktop.certificates import trusted
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line import audience_calls as lists
from linecrm_desktop.line.gateway import (
    COUPONS_MAX,
    FRIENDS_MAX,
    LINE_DATA_HOST,
    LINE_HOST,
    Account,
    Answer,
    AnswerKind,
    AudienceGroup,
    Complaint,
    Coupon,
    FriendPage,
    MaybeTaken,
    Quota,
    UnitFigures,
)
from linecrm_desktop.line.pace import Pace
from linecrm_desktop.text import _

TIMEOUTS = (5.0, 30.0)
"""Seconds to connect, and to wait for the answer. The SDK itself would wait for ever."""
CONNECTIONS = 300
"""As many requests as may be open at once; each keeps its connection."""
_TOO_SOON = b'{"message": "The API rate limit has been exceeded. This request was not sent."}'
_WORDS_MAX = 300
_TOKEN = re.compile(r"[\x21-\x7e]+")
_RECIPIENT = re.compile(r"\bto\[(\d+)\]")
_WHOLE_RECIPIENT = re.compile(r"failed to send messages|the property, '?to'?,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Reply:
    """What came back over the wire, before anybody judged it. status 0: no whole answer came."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    reached: bool = True
    """False only when it is certain that no byte of the request left."""

    def json(self) -> dict[str, Any]:
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}

    def header(self, name: str) -> str:
        return str(self.headers.get(name) or "")


class SdkLine:
    """The Messaging API at one address with one token. May be used from several threads."""

    def __init__(self, host: str, token: str, timeouts: tuple[float, float] = TIMEOUTS) -> None:
        self._host = host
        self._token = token
        self._timeouts = timeouts
        self._pace = Pace()
        self._lock = Lock()
        self._client: Any = None
        self._pool: Any = None
        self._files: Any = None
        """Connections to where files go up; everywhere but at LINE the same as all others."""
        self._patience: Any = None
        self._headers: dict[str, str] = {}

    def account(self) -> Account:
        found = self._get("/v2/bot/info")
        try:
            return Account(
                user_id=str(found["userId"]),
                basic_id=str(found["basicId"]),
                name=str(found["displayName"]),
                picture_url=str(found["pictureUrl"]) if found.get("pictureUrl") else None,
            )
        except KeyError as error:
            raise _strange(f"bot/info without {error}") from None

    def quota(self) -> Quota:
        limit = self._get("/v2/bot/message/quota")
        used = self._get("/v2/bot/message/quota/consumption")
        try:
            most = None if limit["type"] == "none" else int(limit["value"])
            return Quota(most, int(used["totalUsage"]))
        except (KeyError, TypeError, ValueError):
            raise _strange("quota without its numbers") from None

    def may_read_friends(self) -> bool:
        reply = self._exchange("GET", "/v2/bot/followers/ids?limit=1")
        if reply.status == 403:
            return False
        self._raise_unless_good(reply)
        return True

    def friend_ids(self, start: str | None) -> FriendPage:
        after = f"&start={quote(start, safe='')}" if start else ""
        reply = self._exchange("GET", f"/v2/bot/followers/ids?limit={FRIENDS_MAX}{after}")
        if reply.status == 403:
            raise OutsideError(
                _("LINE gives the ids of friends only to verified and premium accounts."),
                _("Import them from a file, such as a log of webhooks, or have the account verified."),
                details=self._words(reply),
            )
        if reply.status == 400 and start:
            return FriendPage(is_expired=True)
        self._raise_unless_good(reply)
        found = reply.json()
        ids, following = found.get("userIds"), found.get("next")
        if not isinstance(ids, list):
            raise _strange("followers/ids without userIds")
        return FriendPage(tuple(map(str, cast("list[Any]", ids))), str(following) if following else None)

    def profile_name(self, user_id: str) -> str | None:
        reply = self._exchange("GET", f"/v2/bot/profile/{quote(user_id, safe='')}")
        if reply.status == 404:
            return None
        self._raise_unless_good(reply)
        return str(reply.json().get("displayName") or "")

    def target_reach(self, day: str) -> int | None:
        found = self._get(f"/v2/bot/insight/followers?date={day}")
        reach = found.get("targetedReaches")
        return int(reach) if found.get("status") == "ready" and isinstance(reach, int) else None

    def coupons(self) -> list[Coupon]:
        found: list[Coupon] = []
        start: str | None = ""
        while start is not None:
            after = f"&start={quote(start, safe='')}" if start else ""
            page = self._get(f"/v2/bot/coupon?status=RUNNING&limit={COUPONS_MAX}{after}")
            items = page.get("items")
            for item in cast("list[dict[str, Any]]", items) if isinstance(items, list) else []:
                found.append(Coupon(str(item.get("couponId", "")), str(item.get("title", ""))))
            start = str(page["next"]) if page.get("next") else None
        return found

    def unit_figures(self, unit: str, first: str, last: str) -> UnitFigures:
        asked = f"customAggregationUnit={quote(unit, safe='')}&from={first}&to={last}"
        overview = self._get(f"/v2/bot/insight/message/event/aggregation?{asked}").get("overview")
        counts = cast("dict[str, Any]", overview) if isinstance(overview, dict) else {}
        return UnitFigures(_whole(counts.get("uniqueImpression")), _whole(counts.get("uniqueClick")))

    def create_audience(self, name: str, ids: Sequence[str]) -> AudienceGroup:
        reply = self._bring("POST", lists.upload({"description": name}, ids))
        return self._read_group(reply.json())

    def add_to_audience(self, audience: int, ids: Sequence[str]) -> None:
        self._bring("PUT", lists.upload({"audienceGroupId": audience}, ids))

    def audience(self, audience: int) -> AudienceGroup | None:
        reply = self._exchange("GET", f"{lists.GROUP}/{audience}")
        if reply.status in (400, 404) and lists.NOT_THERE in self._words(reply):
            return None
        self._raise_unless_good(reply)
        return self._read_group(reply.json().get("audienceGroup"))

    def audiences(self, name: str = "") -> list[AudienceGroup]:
        found: list[AudienceGroup] = []
        page, has_more = 1, True
        while has_more:
            told = self._get(lists.list_path(name, page))
            try:
                found += lists.groups(told)
            except (KeyError, TypeError, ValueError):
                raise _strange("audienceGroup/list without its numbers") from None
            page, has_more = page + 1, bool(told.get("hasNextPage"))
        return found

    def delete_audience(self, audience: int) -> bool:
        reply = self._exchange("DELETE", f"{lists.GROUP}/{audience}")
        if reply.status in (400, 404) and lists.NOT_THERE in self._words(reply):
            return False
        self._raise_unless_good(reply)
        return True

    def validate(self, body: dict[str, Any]) -> Answer:
        kind = "multicast" if isinstance(body.get("to"), list) else "push"
        reply = self._exchange("POST", f"/v2/bot/message/validate/{kind}", {"messages": body.get("messages", [])})
        return replace(self._judged(reply), complaints=_complaints(reply))

    def push(self, body: dict[str, Any], retry_key: str) -> Answer:
        return self._judged(self._exchange("POST", "/v2/bot/message/push", body, retry_key))

    def multicast(self, body: dict[str, Any], retry_key: str) -> Answer:
        return self._judged(self._exchange("POST", "/v2/bot/message/multicast", body, retry_key))

    def close(self) -> None:
        with self._lock:
            if self._client is not None:
                self._client.rest_client.pool_manager.clear()
                self._client.close()
                self._client = self._pool = self._files = None

    def _get(self, path: str) -> dict[str, Any]:
        reply = self._exchange("GET", path)
        self._raise_unless_good(reply)
        return reply.json()

    def _bring(self, method: str, upload: lists.Upload) -> _Reply:
        reply = self._exchange(method, upload.path, upload=upload)
        if (reply.status == 0 and reply.reached) or reply.status >= 500:
            raise MaybeTaken(
                _("LINE gave no whole answer. It may have taken the list."),
                _("Look at the list’s state before you share it again."),
                details=f"{reply.status} {self._words(reply)[:_WORDS_MAX]}".strip(),
                retry=True,
            )
        self._raise_unless_good(reply)
        return reply

    def _read_group(self, found: Any) -> AudienceGroup:
        try:
            return lists.group(found)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise _strange("an audience without its number") from None

    def _exchange(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        retry_key: str | None = None,
        upload: lists.Upload | None = None,
    ) -> _Reply:
        if not _TOKEN.fullmatch(self._token):
            # Python's own error for such a header would quote the token.
            return _Reply(401, body=b'{"message": "The token has characters that no token has."}')
        if not self._pace.may_go(method, path):
            return _Reply(429, body=_TOO_SOON)
        from urllib3.exceptions import HTTPError

        try:
            pool = self._connected()
            headers = self._headers if retry_key is None else {**self._headers, "X-Line-Retry-Key": retry_key}
            # Escaped as the SDK does it, so that the same request has the same bytes whichever way it goes.
            sent = None if body is None else json.dumps(body).encode("ascii")
            if upload is not None:
                sent, headers = upload.body, {**headers, "Content-Type": upload.content_type}
                pool = self._files if upload.is_file else pool
            found: Any = pool.urlopen(
                method,
                path,
                body=sent,
                headers=headers,
                timeout=self._patience,
                redirect=False,
            )
        except (HTTPError, HTTPException, OSError) as broken:
            return _Reply(
                0, body=json.dumps({"message": type(broken).__name__}).encode(), reached=_may_have_left(broken)
            )
        return _Reply(found.status, found.headers, found.data)

    def _connected(self) -> Any:
        if self._pool is not None:
            return self._pool
        with self._lock:
            if self._client is None:
                # The SDK takes more than a second to load, so it is loaded by the worker that first needs LINE.
                from linebot.v3.messaging import ApiClient, Configuration  # pyright: ignore[reportMissingTypeStubs]
                from urllib3 import Retry, Timeout

                settings: Any = Configuration(host=self._host, access_token=self._token)
                settings.ssl_ca_cert = trusted()
                settings.retries = Retry(0, redirect=False)
                settings.connection_pool_maxsize = CONNECTIONS
                client: Any = ApiClient(settings)
                self._headers = {
                    **client.default_headers,
                    "Accept": "application/json",
                    "Content-Type": "application/json",
                }
                self._patience = Timeout(connect=self._timeouts[0], read=self._timeouts[1])
                self._client = client
                data_host = LINE_DATA_HOST if self._host == LINE_HOST else self._host
                self._files = client.rest_client.pool_manager.connection_from_url(data_host)
                self._pool = client.rest_client.pool_manager.connection_from_url(self._host)
            return self._pool

    def _words(self, reply: _Reply) -> str:
        parts = [str(reply.json().get("message", ""))]
        parts += [f"{one.property}: {one.message}".strip(": ") for one in _complaints(reply)]
        return "; ".join(part for part in parts if part).replace(self._token, "…")

    def _judged(self, reply: _Reply) -> Answer:
        request_id = reply.header("x-line-request-id")
        if 200 <= reply.status <= 299:
            return Answer(AnswerKind.ACCEPTED, request_id, status=reply.status, call_id=request_id)
        said = self._words(reply)
        words = said[:_WORDS_MAX]
        if reply.status == 409:
            accepted = reply.header("x-line-accepted-request-id") or request_id
            return Answer(AnswerKind.ACCEPTED, accepted, words, again=True, status=409, call_id=request_id)
        bad = tuple(int(place) for place in _RECIPIENT.findall(said)) if reply.status == 400 else ()
        kind = _kind(reply, words, bad)
        return Answer(kind, request_id, words, tuple(sorted(set(bad))), status=reply.status, call_id=request_id)

    def _raise_unless_good(self, reply: _Reply) -> None:
        if 200 <= reply.status <= 299:
            return
        details = f"{reply.status} {self._words(reply)[:_WORDS_MAX]} {reply.header('x-line-request-id')}".strip()
        raise _trouble(reply.status, details)


def _complaints(reply: _Reply) -> tuple[Complaint, ...]:
    """Return LINE's `details`; both of their fields may be missing."""
    details = reply.json().get("details")
    rows = cast("list[Any]", details) if isinstance(details, list) else []
    told = [cast("dict[str, Any]", row) for row in rows if isinstance(row, dict)]
    return tuple(Complaint(str(row.get("property", "")), str(row.get("message", ""))) for row in told)


def _kind(reply: _Reply, words: str, bad: tuple[int, ...]) -> AnswerKind:
    """Name an end that is neither accepted nor accepted before."""
    status = reply.status
    if status == 0:
        return AnswerKind.NO_ANSWER if reply.reached else AnswerKind.NOT_REACHED
    if status == 400 and (bad or _WHOLE_RECIPIENT.search(words)):
        return AnswerKind.BAD_RECIPIENT
    if status == 429:
        # LINE gives both its limits the same status; only the words differ.
        return AnswerKind.MONTHLY_LIMIT if "monthly limit" in words.lower() else AnswerKind.BUSY
    known = {401: AnswerKind.TOKEN_REFUSED, 403: AnswerKind.FORBIDDEN, 408: AnswerKind.NO_ANSWER}
    if status in known:
        return known[status]
    return AnswerKind.BAD_MESSAGE if 400 <= status <= 499 else AnswerKind.NO_ANSWER


def _may_have_left(error: Exception) -> bool:
    """Return whether a byte of the request may have left before the error; unknown counts as yes."""
    from ssl import SSLCertVerificationError

    from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, SSLError

    cause = error.reason if isinstance(error, MaxRetryError) else error
    if isinstance(cause, SSLError):
        return not (cause.args and isinstance(cause.args[0], SSLCertVerificationError))
    return not isinstance(cause, ConnectTimeoutError)


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _trouble(status: int, details: str) -> OutsideError:
    if status == 401:
        return OutsideError(
            _("LINE did not accept this token."),
            _("It may be revoked, or cut off when copied. Copy it again from the LINE Developers Console."),
            details=details,
        )
    if status in (403, 404):
        return OutsideError(
            _("This token belongs to another kind of channel."),
            _("Use the token of the Messaging API channel."),
            details=details,
        )
    if status == 429:
        return OutsideError(_("LINE is busy."), _("Wait a minute, then try again."), details=details, retry=True)
    if status == 0:
        return OutsideError(
            _("LINE cannot be reached."),
            _("Check the internet connection. Nothing was saved."),
            details=details,
            retry=True,
        )
    return _strange(details)


def _strange(details: str) -> OutsideError:
    return OutsideError(
        _("LINE gave an answer that Tagwell does not understand."),
        _("Nothing was changed. Try again later."),
        details=details,
        retry=True,
    )
