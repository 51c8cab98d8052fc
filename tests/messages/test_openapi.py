"""What leaves passes LINE's published schema, where a copy of line/line-openapi lies beside the repository.

TAGWELL_OPENAPI may name its folder; without one the test is skipped.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.messages import blocks, codec
from linecrm_desktop.messages.bubbles import Bubble
from tests.messages.every_bubble import EVERY, REPLIES

FOLDER = Path(os.environ.get("TAGWELL_OPENAPI") or Path(__file__).parents[3] / "shared" / "line-openapi")
_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    file = FOLDER / "messaging-api.yml"
    if not file.is_file():
        pytest.skip("line-openapi is not there")
    return yaml.safe_load(file.read_text(encoding="utf-8"))["components"]["schemas"]


class Checker:
    """Checks a value as OpenAPI 3 means it: references, allOf, the discriminator, and no unknown name."""

    def __init__(self, schemas: dict[str, Any]) -> None:
        self.schemas = schemas

    def faults(self, value: Any, schema: dict[str, Any], path: str = "") -> list[str]:
        whole = self.whole(schema, value if isinstance(value, dict) else None)
        kind = whole.get("type")
        if kind and (not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
            return [f"{path} is no {kind}"]
        found = self.of_scalar(value, whole, path)
        if isinstance(value, list):
            for place, part in enumerate(value):
                found += self.faults(part, whole["items"], f"{path}[{place}]")
        if isinstance(value, dict):
            known = whole.get("properties", {})
            found += [f"{path}.{name} is missing" for name in whole["required"] if name not in value]
            for name, part in value.items():
                found += (
                    self.faults(part, known[name], f"{path}.{name}") if name in known else [f"{path}.{name} unknown"]
                )
        return found

    def whole(self, schema: dict[str, Any], value: dict[str, Any] | None) -> dict[str, Any]:
        """Return a schema with references and parents merged in, and with the kind that the value names."""
        made: dict[str, Any] = {"properties": {}, "required": []}
        if "$ref" in schema:
            schema = self.named(schema["$ref"])
            mapping = schema.get("discriminator", {}).get("mapping")
            if mapping and value is not None:
                schema = self.named(mapping[value["type"]])
        for part in (*schema.get("allOf", ()), schema):
            inner = part if part is schema else self.parent(part)
            made["properties"] |= inner.get("properties", {})
            made["required"] += inner.get("required", [])
            made |= {key: told for key, told in inner.items() if key not in ("properties", "required", "allOf")}
        return made

    def parent(self, part: dict[str, Any]) -> dict[str, Any]:
        return self.named(part["$ref"]) if "$ref" in part else part

    def named(self, reference: str) -> dict[str, Any]:
        return self.schemas[reference.rpartition("/")[2]]

    def of_scalar(self, value: Any, schema: dict[str, Any], path: str) -> list[str]:
        size = len(value) if isinstance(value, (str, list)) else None
        bounds = {"maxLength": size, "maxItems": size, "maximum": value if isinstance(value, int) else None}
        found = [f"{path} over {key}" for key, is_ in bounds.items() if is_ is not None and is_ > schema.get(key, is_)]
        if "enum" in schema and value not in schema["enum"]:
            found.append(f"{path} is none of {schema['enum']}")
        if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
            found.append(f"{path} does not match")
        return found


@pytest.mark.parametrize("bubble", EVERY, ids=codec.kind_of)
def test_each_object_passes_lines_schema(schemas: dict[str, Any], bubble: Bubble) -> None:
    checker = Checker(schemas)
    for made in blocks.to_line([bubble, REPLIES], {"name": "Mei"}):
        assert checker.faults(made, {"$ref": "#/components/schemas/Message"}) == []


def test_the_check_finds_what_is_wrong(schemas: dict[str, Any]) -> None:
    checker, message = Checker(schemas), {"$ref": "#/components/schemas/Message"}
    assert checker.faults({"type": "text"}, message) == [".text is missing"]
    assert checker.faults({"type": "text", "text": 3}, message) == [".text is no string"]
    assert checker.faults({"type": "image", "originalContentUrl": "https://a", "x": 1}, message) != []
