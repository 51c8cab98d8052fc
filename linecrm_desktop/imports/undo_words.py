"""What an undo does, in counts: the same lines in the window's question and on the command line."""

from linecrm_desktop.imports.undo import Undone
from linecrm_desktop.text import _, ngettext, number


def lines(counts: Undone, *, also_refusals: bool) -> list[str]:
    """Say what an undo takes back, a sentence each; nothing is said of what does not occur."""
    told = [
        (
            counts.friends_removed,
            ngettext("{n} new friend is removed.", "{n} new friends are removed.", counts.friends_removed),
        ),
        (
            counts.friends_restored,
            ngettext(
                "{n} friend gets back what was there before.",
                "{n} friends get back what was there before.",
                counts.friends_restored,
            ),
        ),
        (
            counts.orders_removed,
            ngettext("{n} new order is removed.", "{n} new orders are removed.", counts.orders_removed),
        ),
        (
            counts.orders_restored,
            ngettext(
                "{n} order gets back what was there before.",
                "{n} orders get back what was there before.",
                counts.orders_restored,
            ),
        ),
        (counts.events_removed, ngettext("{n} event is removed.", "{n} events are removed.", counts.events_removed)),
        (
            counts.tags_taken,
            ngettext("A tag is taken off {n} time.", "Tags are taken off {n} times.", counts.tags_taken),
        ),
    ]
    told.append(
        (
            counts.values_taken,
            ngettext(
                "{n} entry goes out of a field of the shop’s own.",
                "{n} entries go out of fields of the shop’s own.",
                counts.values_taken,
            ),
        )
    )
    said = [words.format(n=number(count)) for count, words in told if count]
    if counts.tags_removed:
        said.append(_("These tags go: {names}.").format(names=_(", ").join(counts.tags_removed)))
    if counts.fields_removed:
        said.append(_("These fields go: {names}.").format(names=_(", ").join(counts.fields_removed)))
    return said + _refusals(counts, also_refusals=also_refusals)


def _refusals(counts: Undone, *, also_refusals: bool) -> list[str]:
    if also_refusals and counts.refusals:
        words = ngettext("{n} refusal is taken back too.", "{n} refusals are taken back too.", counts.refusals)
        return [words.format(n=number(counts.refusals))]
    said: list[str] = []
    if counts.refusals:
        words = ngettext("{n} refusal stays.", "{n} refusals stay.", counts.refusals)
        said.append(words.format(n=number(counts.refusals)))
    if counts.friends_kept:
        words = ngettext(
            "{n} new friend who refuses is kept, with nothing but the keys and the refusal.",
            "{n} new friends who refuse are kept, with nothing but the keys and the refusal.",
            counts.friends_kept,
        )
        said.append(words.format(n=number(counts.friends_kept)))
    return said
