"""Keeps the catalogues in `resources/locales` up to date: `python scripts/translations.py extract|update|compile`.

`update` brings the code's messages into each .po file (new ones empty, for a person to translate; gone ones removed),
`compile` writes the .mo files that the program reads. Both kinds of file are committed: a clone needs no Babel to run.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "resources" / "locales"
LANGUAGES = ("zh_TW", "ja", "th")
"""English is the language of the code and needs no catalogue."""
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands in the header of every compiled catalogue, so that the same texts give the same bytes on any day."""
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def extract() -> Catalog:
    """Return all messages of the code."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog(project="Tagwell", charset="utf-8")
    for name, _line, message, comments, context in extract_from_dir(ROOT, methods, options, KEYWORDS):
        found.add(message, locations=[(name.replace("\\", "/"), 0)], auto_comments=comments, context=context)
    return found


def po_file(language: str) -> Path:
    """Return the path of a language's catalogue."""
    return LOCALES / language / "LC_MESSAGES" / "tagwell.po"


def read(language: str) -> Catalog:
    """Read a language's catalogue; an empty one where there is no file yet."""
    try:
        with po_file(language).open("rb") as file:
            return read_po(file, locale=language, domain="tagwell")
    except FileNotFoundError:
        return Catalog(locale=language, domain="tagwell", project="Tagwell", charset="utf-8", fuzzy=False)


def compiled(language: str) -> bytes:
    """Return the .mo file that belongs to a language's .po file."""
    catalogue = read(language)
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue in a form that changes only where messages do."""
    catalogue.header_comment = "# Tagwell's texts. Made by scripts/translations.py; translate the empty ones by hand."
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.version = "0"
    out = BytesIO()
    write_po(out, catalogue, width=100, include_lineno=False, sort_output=True, ignore_obsolete=True)
    lines = (line for line in out.getvalue().decode().splitlines() if "-Date: " not in line)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(work: str) -> Iterator[str]:
    """Do one of the three works; yield what to tell."""
    if work == "extract":
        found = extract()
        write(found, LOCALES / "tagwell.pot")
        yield f"tagwell.pot: {len(found)} messages"
        return
    found = extract() if work == "update" else Catalog()
    for language in LANGUAGES:
        if work == "compile":
            po_file(language).with_suffix(".mo").write_bytes(compiled(language))
            yield f"{language}: compiled"
            continue
        catalogue = read(language)
        catalogue.update(found, no_fuzzy_matching=True)
        write(catalogue, po_file(language))
        missing = sum(not any(texts(message.string)) for message in catalogue if message.id)
        yield f"{language}: {len(catalogue)} messages, {missing} to translate"


def texts(string: object) -> tuple[str, ...]:
    """Return a message's forms: one text, or one for each plural."""
    return tuple(str(form) for form in string) if isinstance(string, tuple | list) else (str(string or ""),)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=["extract", "update", "compile"])
    for told in run(parser.parse_args().work):
        sys.stdout.write(f"{told}\n")
