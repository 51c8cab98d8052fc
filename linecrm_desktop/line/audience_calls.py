"""The requests and answers about audiences in LINE's form: JSON for short lists, an uploaded file for long ones."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import quote

from linecrm_desktop.line.gateway import AUDIENCE_JSON_MAX, AudienceGroup

GROUP = "/v2/bot/audienceGroup"
PAGE = 40
"""Most audiences in one page of the list (Messaging API reference)."""
NOT_THERE = "AUDIENCE_GROUP_NOT_FOUND"


@dataclass(frozen=True, slots=True)
class Upload:
    """One request that brings ids: where it goes, its bytes, and what they are."""

    path: str
    body: bytes
    content_type: str
    is_file: bool
    """Files have a host of their own at LINE."""


def upload(told: dict[str, str | int], ids: Sequence[str]) -> Upload:
    """Return the request that brings these ids; `told` are the fields beside them."""
    if len(ids) <= AUDIENCE_JSON_MAX:
        whole: dict[str, Any] = {**told, "audiences": [{"id": one} for one in ids]}
        return Upload(f"{GROUP}/upload", json.dumps(whole).encode("ascii"), "application/json", is_file=False)
    border = secrets.token_hex(16)
    parts = [_part(border, f'name="{name}"', str(value).encode()) for name, value in told.items()]
    file = 'name="file"; filename="audience.txt"\r\nContent-Type: text/plain'
    parts.append(_part(border, file, "\n".join(ids).encode("ascii")))
    body = b"".join(parts) + f"--{border}--\r\n".encode()
    return Upload(f"{GROUP}/upload/byFile", body, f"multipart/form-data; boundary={border}", is_file=True)


def list_path(name: str, page: int) -> str:
    """Return where a page of the list is asked for."""
    named = f"&description={quote(name, safe='')}" if name else ""
    return f"{GROUP}/list?page={page}&size={PAGE}{named}"


def group(found: dict[str, Any]) -> AudienceGroup:
    """Read an audience as LINE shows it. Raises KeyError, ValueError and TypeError for what is none."""
    people, expires = found.get("audienceCount"), found.get("expireTimestamp")
    return AudienceGroup(
        id=int(found["audienceGroupId"]),
        name=str(found.get("description") or ""),
        status=str(found.get("status") or "IN_PROGRESS"),
        people=people if isinstance(people, int) else None,
        expires_at=datetime.fromtimestamp(expires, UTC) if isinstance(expires, int) else None,
    )


def groups(found: dict[str, Any]) -> list[AudienceGroup]:
    """Read one page of the list."""
    rows = found.get("audienceGroups")
    return [group(cast("dict[str, Any]", row)) for row in cast("list[Any]", rows or []) if isinstance(row, dict)]


def _part(border: str, head: str, content: bytes) -> bytes:
    return f"--{border}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"
