"""Where the files that ship with the program lie, from a checkout and from a frozen program alike."""

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).parent.parent)) / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a shipped file, such as resource("presets", "generic.json")."""
    return _ROOT.joinpath(*parts)


def licence_texts() -> Path | None:
    """Return the folder with the whole texts of all licences; only an installed program has it beside itself."""
    if not hasattr(sys, "_MEIPASS"):
        return None
    places = (Path(sys.executable).parent / "licences", Path(sys.executable).parents[1] / "Resources" / "licences")
    return next((place for place in places if place.is_dir()), None)
