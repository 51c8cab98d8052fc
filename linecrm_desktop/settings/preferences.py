"""What a person chose on this computer: language, look, and the shops opened last. Never anything of a shop's data."""

import json
from collections.abc import Container
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

from linecrm_desktop.settings.places import config_folder
from linecrm_desktop.text import FORMATS

THEMES = ("system", "light", "dark")
TEXT_SIZES = (90, 100, 115, 130)
RECENT_SHOPS = 8
BACKUP_DAYS = (0, 1, 7)
LOCK_MINUTES = (0, 5, 15, 60)
MOST_BACKUPS = 365
FIRST_WEEKDAYS = ("", "monday", "sunday")


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices, each with the value a new person starts with."""

    language: str = ""
    """Empty: the computer's own language."""
    formats: str = ""
    """How dates are written (text.FORMATS); empty: as the language does."""
    first_weekday: str = ""
    """With which day a calendar's week begins; empty: as the formats want it."""
    theme: str = "system"
    text_size: int = 100
    """Percent of the base size."""
    recent: tuple[str, ...] = ()
    """Paths of shop files, the last opened first."""
    compact_rail: bool = False
    backup_folder: str = ""
    """Empty: a folder beside each shop."""
    backup_keep: int = 30
    backup_days: int = 1
    """Days between two backups; 0: only by hand and before work that changes much."""
    lock_minutes: int = 15
    """Idle minutes after which a shop with a password is locked; 0: never."""

    def opened(self, shop: Path) -> "Preferences":
        """Remember a shop as the one opened last."""
        path = str(shop.absolute())
        others = tuple(other for other in self.recent if other != path)
        return replace(self, recent=(path, *others)[:RECENT_SHOPS])

    @property
    def last_shop(self) -> Path | None:
        """The shop opened last, if its file is still there."""
        return next((Path(path) for path in self.recent if Path(path).is_file()), None)


def load() -> Preferences:
    """Read the preferences; anything missing or unreadable is the default."""
    try:
        found: object = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    return _understood(cast("dict[str, Any]", found)) if isinstance(found, dict) else Preferences()


def save(preferences: Preferences) -> None:
    """Write the preferences whole, or leave the old file as it was."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(preferences), ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(file)


def _file() -> Path:
    return config_folder() / "preferences.json"


def _understood(found: dict[str, Any]) -> Preferences:
    plain = Preferences()
    recent = found.get("recent", ())
    return Preferences(
        language=str(found.get("language", "")),
        formats=found["formats"] if found.get("formats") in FORMATS else plain.formats,
        first_weekday=found["first_weekday"] if found.get("first_weekday") in FIRST_WEEKDAYS else plain.first_weekday,
        theme=found["theme"] if found.get("theme") in THEMES else plain.theme,
        text_size=found["text_size"] if found.get("text_size") in TEXT_SIZES else plain.text_size,
        recent=tuple(str(path) for path in cast("list[object]", recent)) if isinstance(recent, list) else (),
        compact_rail=found.get("compact_rail") is True,
        backup_folder=str(found.get("backup_folder", "")),
        backup_keep=_whole(found.get("backup_keep"), range(1, MOST_BACKUPS + 1), plain.backup_keep),
        backup_days=_whole(found.get("backup_days"), BACKUP_DAYS, plain.backup_days),
        lock_minutes=_whole(found.get("lock_minutes"), LOCK_MINUTES, plain.lock_minutes),
    )


def _whole(found: object, allowed: Container[int], plain: int) -> int:
    return found if isinstance(found, int) and not isinstance(found, bool) and found in allowed else plain
