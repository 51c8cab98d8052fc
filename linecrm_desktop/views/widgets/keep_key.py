"""The choice whether this computer may open a shop file without asking."""

from PySide6.QtWidgets import QCheckBox

from linecrm_desktop.text import _


class KeepKey(QCheckBox):
    """Off until a person wants it: then the password store of this computer is what protects the file."""

    def __init__(self) -> None:
        super().__init__(_("Let this computer open it without asking"))
        self.setObjectName("keepKey")
        self.setToolTip(_("The key is kept in the password store of this computer, not in a file."))
