"""Which language a command speaks: --lang, else the person's preference, else the computer's."""

import os
from collections.abc import Mapping, Sequence

from linecrm_desktop.settings import preferences
from linecrm_desktop.text import LANGUAGES, set_language


def speak(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> None:
    """Set the language before the arguments are read, so that help and errors are in it too."""
    set_language(asked_for(arguments) or preferences.load().language or of_computer(environ))


def asked_for(arguments: Sequence[str]) -> str:
    """Return what --lang says, or nothing."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return ""


def of_computer(environ: Mapping[str, str]) -> str:
    """Return the language of the computer's locale, English when Tagwell does not speak it."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    code = locale.partition(".")[0].partition("@")[0]
    if code.startswith("zh"):
        return "zh_TW"
    return next((language for language in LANGUAGES if code.split("_")[0] == language), "en")
