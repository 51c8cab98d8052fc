"""What step 1 says about a file beside its choices: how old it is, how phones are read, who will get no marketing."""

from datetime import UTC, datetime

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import words
from linecrm_desktop.imports import parts, values
from linecrm_desktop.imports.columns import Target
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.text import _, clock, full_date, language, ngettext, number
from linecrm_desktop.views.imports.wizard_state import WizardState

_ABROAD = "ZZ"
"""No country: seen from there each number is written with its code."""


def file_note(state: WizardState) -> str:
    """Say how large the file is and when it was saved."""
    found = state.found
    at = datetime.fromtimestamp(found.changed, UTC)
    saved = ShopDay.of(at, state.shop.zone)
    return _("{rows} · {columns} · {size} KB · saved {date} {time}").format(
        rows=ngettext("{n} row", "{n} rows", found.rows).format(n=number(found.rows)),
        columns=ngettext("{n} column", "{n} columns", len(found.header)).format(n=number(len(found.header))),
        size=number(max(1, found.size // 1024)),
        date=full_date(saved.today, language()),
        time=clock(saved.local(at)),
    )


def phone_note(state: WizardState) -> str:
    """Say what becomes of the first phone number among the first rows; empty: there is none."""
    places = state.matching.places(Target.PHONE)
    joined = parts.joiner(Target.PHONE, [state.found.header[place] for place in places], state.country)
    for row in state.found.first_rows if places else ():
        cell = joined([row[place] if place < len(row) else "" for place in places])
        try:
            read = values.phone(cell, state.country)
        except values.Unreadable:
            continue
        if read:
            return _("{written} becomes {read}").format(written=cell, read=words.phone(read, _ABROAD))
    return ""


def refusal_note(state: WizardState) -> str:
    """Say which rows are kept but never get marketing; empty: no such column, or nobody refuses in it."""
    for place in state.matching.places(Target.MARKETING):
        column = state.columns[place]
        refusing = next((value for value, _count in column.values if _refuses(value)), "")
        if refusing:
            told = _("Rows that say “{column} = {value}” are kept but will never get a marketing message.")
            return told.format(column=column.name, value=refusing)
    return ""


def _refuses(value: str) -> bool:
    try:
        return values.answer(value) is Answer.NO
    except values.Unreadable:
        return False
