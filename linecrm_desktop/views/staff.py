"""Who works at this computer, as far as known, for what is written down with a name."""

import getpass

from linecrm_desktop.consent.access import Asked
from linecrm_desktop.models.access import Place
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.ui_memory import ui_memory

_BY = "ui/requests/by"


def who() -> str:
    """Return who was named here last, at first the name at this computer."""
    return str(ui_memory().value(_BY, "") or getpass.getuser())


def keep_who(name: str) -> None:
    """Remember who works here."""
    ui_memory().setValue(_BY, name.strip())


def asked(desk: Desk, purpose: str = "") -> Asked:
    """Say who asks for something personal here and now."""
    return Asked(who(), Place.WINDOW, desk.now(), purpose)
