"""The JSON files that commands read."""

import json
from pathlib import Path
from typing import Any, cast

from linecrm_desktop.errors import ShopError
from linecrm_desktop.text import _


def read_json(path: Path) -> dict[str, Any]:
    """Read one JSON object. Raises ShopError that says what is wrong with the file."""
    try:
        found: object = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ShopError(
            _("“{file}” cannot be read.").format(file=path.name), _("Check the name and try again.")
        ) from error
    except (ValueError, RecursionError) as error:
        where = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        raise ShopError(
            _("“{file}” is not JSON{where}.").format(file=path.name, where=where), _("Correct it and try again.")
        ) from error
    if not isinstance(found, dict):
        raise ShopError(_("“{file}” does not hold a JSON object.").format(file=path.name), _("It begins with a brace."))
    return cast("dict[str, Any]", found)
