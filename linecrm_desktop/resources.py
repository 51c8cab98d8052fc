"""Where the files that ship with the program lie, from a checkout and from a frozen program alike."""

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).parent.parent)) / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a shipped file, such as resource("presets", "generic.json")."""
    return _ROOT.joinpath(*parts)
