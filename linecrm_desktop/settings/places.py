"""Where the program keeps its own small files, and where new shops go; TAGWELL_HOME moves both, for tests."""

import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_documents_path, user_log_path

from linecrm_desktop import APP_NAME


def _home() -> Path | None:
    chosen = os.environ.get("TAGWELL_HOME")
    return Path(chosen) if chosen else None


def config_folder() -> Path:
    """Return the folder of the preferences file."""
    home = _home()
    return home / "config" if home else user_config_path(APP_NAME, appauthor=False)


def apart_folder() -> Path:
    """Return the folder in which refusals are kept apart from the shops they were said to."""
    home = _home()
    return home / "refusals" if home else user_data_path(APP_NAME, appauthor=False) / "refusals"


def log_folder() -> Path:
    """Return the folder of the log."""
    home = _home()
    return home / "log" if home else user_log_path(APP_NAME, appauthor=False)


def shop_folder() -> Path:
    """Return the folder that new shop files are offered in."""
    home = _home()
    return home / "shops" if home else user_documents_path() / APP_NAME
