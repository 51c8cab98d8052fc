"""What an erasing takes, keeps and cannot reach, in sentences: the same in the window and on the command line."""

from linecrm_desktop.erasing.erase import Erased, Plan
from linecrm_desktop.text import _, ngettext, number


def goes(plan: Plan) -> list[str]:
    """Say what goes."""
    told = [_("Name, phone, e-mail, LINE ID and member number, also earlier ones.")]
    counted = [
        (plan.tags, ngettext("{n} tag on this friend.", "{n} tags on this friend.", plan.tags)),
        (
            plan.fields,
            ngettext("{n} entry in fields of the shop’s own.", "{n} entries in fields of the shop’s own.", plan.fields),
        ),
        (
            plan.events,
            ngettext(
                "{n} click, reply or other event, with its words.",
                "{n} clicks, replies and other events, with their words.",
                plan.events,
            ),
        ),
        (plan.ledger, ngettext("{n} line of the consent ledger.", "{n} lines of the consent ledger.", plan.ledger)),
    ]
    told += [words.format(n=number(count)) for count, words in counted if count]
    told.append(_("Rows of imports that name this friend, and all that could be undone for this friend."))
    if plan.tags_removed:
        told.append(_("Tags that only this friend has: {names}.").format(names=_(", ").join(plan.tags_removed)))
    return told


def stays(plan: Plan) -> list[str]:
    """Say what stays, without the person."""
    told: list[str] = []
    if plan.orders:
        words = ngettext(
            "{n} order as day and amount, for sums.", "{n} orders as day and amount, for sums.", plan.orders
        )
        told.append(words.format(n=number(plan.orders)))
    if plan.copies:
        words = ngettext(
            "{n} message as a count, so that results stay right.",
            "{n} messages as counts, so that results stay right.",
            plan.copies,
        )
        told.append(words.format(n=number(plan.copies)))
    told.append(
        _(
            "A code made from each phone, e-mail, ID and number, so that no import brings this person back. "
            "It holds no name."
        )
    )
    if plan.shared:
        told.append(_("Other friends keep what they share: {keys}.").format(keys=_(", ").join(plan.shared)))
    return told


def unreachable(plan: Plan) -> list[str]:
    """Say what cannot be reached."""
    told: list[str] = []
    if plan.backups:
        words = ngettext(
            "{n} older copy of the shop beside it: {names}.",
            "{n} older copies of the shop beside it: {names}.",
            len(plan.backups),
        )
        told.append(words.format(n=number(len(plan.backups)), names=_(", ").join(plan.backups)))
    told.append(_("Copies of the shop in other places, and files that were exported or sent on before."))
    told.append(_("What LINE and the shop system keep themselves."))
    return told


def proof(done: Erased) -> list[str]:
    """Say what was searched afterwards, and what was found."""
    searched = done.searched
    words = ngettext(
        "Searched for {n} word of this person in {files}.",
        "Searched for {n} words of this person in {files}.",
        searched.words,
    )
    told = [words.format(n=number(searched.words), files=_(", ").join(searched.files))]
    others = len(searched.found) - len(searched.remainders)
    if not searched.found:
        told.append(_("None was found."))
    elif not searched.remainders:
        words = ngettext(
            "{n} of them is in the file because others have it too.",
            "{n} of them are in the file because others have them too.",
            others,
        )
        told.append(words.format(n=number(others)))
    if searched.too_short:
        words = ngettext(
            "{n} word is too short to be searched for.",
            "{n} words are too short to be searched for.",
            searched.too_short,
        )
        told.append(words.format(n=number(searched.too_short)))
    if searched.remainders or not done.is_wiped:
        told.append(_("Old pages of the file may still hold words. They go when the shop is opened next."))
    return told
