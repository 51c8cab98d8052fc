"""What things are called that ask for a tag, and what making links did."""

from linecrm_desktop.tagging.linking import Made
from linecrm_desktop.tagging.references import Where
from linecrm_desktop.text import N_, _, ngettext, number

WHERE = {
    Where.SEGMENT: N_("Segment"),
    Where.DRAFT: N_("Unsaved segment"),
    Where.RULE: N_("Rule for a tag"),
    Where.LINK: N_("Entry link"),
    Where.MESSAGE: N_("Message"),
    Where.SEND: N_("Send"),
}
"""Names of what can ask for a tag, to be translated when they are shown."""


def made_links(made: Made) -> list[str]:
    """Say what making links did, a sentence for each part that is not empty."""
    told = (
        (len(made.places), ngettext("{n} entry link.", "{n} entry links.", len(made.places)), ()),
        (len(made.new_tags), ngettext("{n} new tag.", "{n} new tags.", len(made.new_tags)), ()),
        (
            len(made.reused_tags),
            ngettext(
                "{n} tag is there already and is used: {names}.",
                "{n} tags are there already and are used: {names}.",
                len(made.reused_tags),
            ),
            made.reused_tags,
        ),
        (
            len(made.kept),
            ngettext(
                "{n} place has a link already and keeps it: {names}.",
                "{n} places have links already and keep them: {names}.",
                len(made.kept),
            ),
            made.kept,
        ),
    )
    return [words.format(n=number(count), names=_(", ").join(names)) for count, words, names in told if count]
