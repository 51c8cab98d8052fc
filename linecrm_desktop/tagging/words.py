"""What things are called that ask for a tag."""

from linecrm_desktop.tagging.references import Where
from linecrm_desktop.text import N_

WHERE = {
    Where.SEGMENT: N_("Segment"),
    Where.DRAFT: N_("Unsaved segment"),
    Where.RULE: N_("Rule for a tag"),
    Where.MESSAGE: N_("Message"),
    Where.SEND: N_("Send"),
}
"""Names of what can ask for a tag, to be translated when they are shown."""
