"""What a check of the ledger found, in plain words: the same in the window and on the command line."""

from linecrm_desktop.consent.chain import Break, LedgerCheck
from linecrm_desktop.text import N_, _, ngettext, number

_BROKEN = {
    Break.CHANGED: N_("Line {n} is not as it was written, or a line before it came or went."),
    Break.ADDED: N_("Line {n} was put behind the end by something else."),
    Break.MISSING: N_("Line {n} was the last one, and it is gone."),
}


def said(found: LedgerCheck) -> str:
    """Say in a sentence what a check found."""
    if found.broken is not None:
        broken = _(_BROKEN[found.broken.how]).format(n=number(found.broken.line))
        return _("{broken} Open a backup as a copy and compare.").format(broken=broken)
    lines = ngettext("{n} line, as it was written.", "{n} lines, each as it was written.", found.lines)
    emptied = ngettext(
        "In {n} of them the person was emptied.", "In {n} of them the people were emptied.", found.emptied
    )
    parts = [lines.format(n=number(found.lines))]
    parts += [emptied.format(n=number(found.emptied))] if found.emptied else []
    return " ".join(parts)
