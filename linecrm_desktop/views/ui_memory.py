"""Where the window remembers widths, columns and folders from one run to the next; never a shop's data."""

from PySide6.QtCore import QSettings

from linecrm_desktop.settings.places import config_folder


def ui_memory() -> QSettings:
    """Return the store of keys such as ui/friends/splitter; a file beside the preferences."""
    return QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)
