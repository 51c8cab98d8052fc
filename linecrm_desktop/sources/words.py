"""What kinds of links are called, and honestly what each can tell of who used it."""

from linecrm_desktop.models.source import LinkKind
from linecrm_desktop.text import N_

KINDS = {
    LinkKind.MESSAGE: N_("Chat with a prepared text"),
    LinkKind.ADD: N_("Add-friend link"),
    LinkKind.OWN: N_("Our own link"),
}
"""Names of the kinds, to be translated when they are shown."""

TRACED = {
    LinkKind.MESSAGE: N_(
        "Opens the chat with the text ready. Only who presses send can be traced, and the text can be edited: the code "
        "must stay in it. It comes back when you import chat downloads or webhook logs."
    ),
    LinkKind.ADD: N_(
        "LINE’s own link carries nothing that comes back, so Tagwell cannot tell who used it. Put the tag on by hand "
        "or by an import."
    ),
    LinkKind.OWN: N_(
        "A link from LINE Official Account Manager, a short link or a page of yours. What it counts is seen there; "
        "Tagwell learns of it only where friends write the code or an import brings it."
    ),
}
"""What each kind can tell, to be translated when it is shown."""

PREPARED = N_("Hello! My code is {code}")
"""The words that are proposed for the chat."""
PRACTICE = N_("This is a practice shop: its LINE account may be made up. Print no code that was made here.")
"""What is said where links of a practice shop are made."""
HELPS_DECIDE = N_("Where to look for more friends like these")
"""The decision that is proposed for source tags."""
