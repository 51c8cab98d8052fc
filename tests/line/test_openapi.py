"""Every address, field and status that the practice LINE speaks is in LINE's OpenAPI files, where they are at hand."""

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.line.practice_routes import ROUTES, SEND_PATHS, Asked, respond
from linecrm_desktop.line.practice_world import PracticeWorld
from tests.clock import Clock
from tests.line.words import text, user

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared" / "line-openapi"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="LINE's OpenAPI files are not at hand")
EVERYWHERE = {400, 401, 403, 404, 413, 429, 500}
"""Statuses that the reference documents for all addresses and the files mostly leave out."""


def specification() -> dict[str, Any]:
    found: dict[str, Any] = {"paths": {}, "schemas": {}}
    for file in sorted(FOLDER.glob("*.yml")):
        one = yaml.safe_load(file.read_text(encoding="utf-8"))
        found["paths"] |= one["paths"]
        found["schemas"] |= {(file.stem, name): schema for name, schema in one["components"]["schemas"].items()}
        for path in one["paths"]:
            found.setdefault("files", {})[path] = file.stem
    return found


SPEC = specification() if FOLDER.is_dir() else {"paths": {}}
SPOKEN = [*ROUTES, *(("POST", path) for path in SEND_PATHS)]


@pytest.mark.parametrize(("method", "path"), SPOKEN)
def test_each_address_is_lines(method: str, path: str) -> None:
    assert method.lower() in SPEC["paths"][path]


def unknown_fields(value: Any, schema: Any, file: str) -> list[str]:
    """Return the fields of an answer that a schema does not have."""
    while "$ref" in schema:
        schema = SPEC["schemas"][file, schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        return [name for one in value for name in unknown_fields(one, schema.get("items", {}), file)]
    if not isinstance(value, dict):
        return []
    parts = [schema, *schema.get("allOf", ())]
    known: dict[str, Any] = {}
    for part in parts:
        while "$ref" in part:
            part = SPEC["schemas"][file, part["$ref"].rpartition("/")[2]]
        known |= part.get("properties", {})
    if not known:
        return []
    found = [name for name in value if name not in known]
    missing = [name for name in schema.get("required", ()) if name not in value]
    inner = [
        name
        for key, one in value.items()
        if key in known and one is not None
        for name in unknown_fields(one, known[key], file)
    ]
    return found + missing + inner


def asked(world: PracticeWorld, clock: Clock) -> list[tuple[str, str, Asked]]:
    """Return a request for each address that has an answer of its own."""
    ids = [{"id": user(n)} for n in range(30)]
    key = str(uuid.uuid4())
    group = json.loads(
        json.dumps(respond(world, Asked("POST", UPLOAD, body={"description": "A", "audiences": ids})).json)
    )
    number = group["audienceGroupId"]
    clock.forward(minutes=2)
    recipient = {"type": "audience", "audienceGroupId": number}
    sent = respond(world, Asked("POST", f"{MESSAGE}/narrowcast", body={"messages": text(), "recipient": recipient}))
    request = sent.headers["x-line-request-id"]
    clock.forward(days=20)
    messages = {"messages": text(), "customAggregationUnits": ["unit_1"]}
    day = f"{clock():%Y%m%d}"
    unit = {"customAggregationUnit": "unit_1", "from": day, "to": day}
    push, many = {"to": user(1)} | messages, {"to": [user(1), user(2)]} | messages
    coupon = world.coupons[0]["couponId"]
    return [
        ("POST", f"{MESSAGE}/push", Asked("POST", f"{MESSAGE}/push", body=push, key=key)),
        ("POST", f"{MESSAGE}/push", Asked("POST", f"{MESSAGE}/push", body=push, key=key)),
        ("POST", f"{MESSAGE}/push", Asked("POST", f"{MESSAGE}/push", body={"to": user(1), "messages": []})),
        ("POST", f"{MESSAGE}/multicast", Asked("POST", f"{MESSAGE}/multicast", body=many)),
        ("POST", f"{MESSAGE}/broadcast", Asked("POST", f"{MESSAGE}/broadcast", body={"messages": text()})),
        ("POST", f"{MESSAGE}/narrowcast", Asked("POST", f"{MESSAGE}/narrowcast", body={"messages": text()})),
        (
            "GET",
            f"{MESSAGE}/progress/narrowcast",
            Asked("GET", f"{MESSAGE}/progress/narrowcast", {"requestId": request}),
        ),
        ("GET", f"{EVENT}/aggregation", Asked("GET", f"{EVENT}/aggregation", unit)),
        ("GET", EVENT, Asked("GET", EVENT, {"requestId": request})),
        ("GET", "/v2/bot/insight/followers", Asked("GET", "/v2/bot/insight/followers", {"date": "20261101"})),
        ("GET", "/v2/bot/profile/{userId}", Asked("GET", f"/v2/bot/profile/{user(3)}")),
        ("GET", "/v2/bot/coupon", Asked("GET", "/v2/bot/coupon", {"limit": "1"})),
        ("GET", "/v2/bot/coupon/{couponId}", Asked("GET", f"/v2/bot/coupon/{coupon}")),
        ("PUT", UPLOAD, Asked("PUT", UPLOAD, body={"audienceGroupId": number, "audiences": ids})),
        ("GET", f"{GROUP}/list", Asked("GET", f"{GROUP}/list", {"page": "1", "size": "40"})),
        ("GET", f"{GROUP}/{{audienceGroupId}}", Asked("GET", f"{GROUP}/{number}")),
        ("DELETE", f"{GROUP}/{{audienceGroupId}}", Asked("DELETE", f"{GROUP}/{number}")),
        ("POST", "/v2/oauth/verify", Asked("POST", "/v2/oauth/verify", body={"access_token": world.token})),
        *(
            ("GET", path, Asked("GET", path))
            for path in (
                "/v2/bot/info",
                f"{MESSAGE}/quota",
                f"{MESSAGE}/quota/consumption",
                f"{MESSAGE}/aggregation/info",
                "/v2/bot/followers/ids",
            )
        ),
    ]


MESSAGE, GROUP, EVENT = "/v2/bot/message", "/v2/bot/audienceGroup", "/v2/bot/insight/message/event"
UPLOAD = f"{GROUP}/upload"


def test_each_status_and_field_of_an_answer_is_lines(clock: Clock) -> None:
    coupons = [{"couponId": f"c{n}", "title": f"Coupon {n}", "status": "RUNNING"} for n in range(2)]
    friends = {user(n) for n in range(30)}
    world = PracticeWorld(friends=friends, limit=None, verified=True, coupons=coupons, clock=clock)
    wrong: list[str] = []
    for method, path, request in asked(world, clock):
        said = respond(world, request)
        responses = SPEC["paths"][path][method.lower()]["responses"]
        if str(said.status) not in responses:
            if said.status not in EVERYWHERE:
                wrong.append(f"{method} {path}: status {said.status}")
            continue
        content = responses[str(said.status)].get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        wrong += [f"{method} {path}: {name}" for name in unknown_fields(said.json, schema, SPEC["files"][path])]
    assert wrong == []
