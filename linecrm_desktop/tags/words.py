"""What tags are called: the six types, and how a tag is doing in a word or two."""

from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.tags.health import Health, Sign
from linecrm_desktop.text import N_, _, ngettext, number

TAG_TYPES = {
    TagType.SOURCE: N_("Source"),
    TagType.INTEREST: N_("Product interest"),
    TagType.STAGE: N_("Buying stage"),
    TagType.VALUE: N_("Customer value"),
    TagType.ENGAGEMENT: N_("Engagement strength"),
    TagType.CONSENT: N_("Consent"),
    TagType.NONE: N_("Not sorted yet"),
}
"""Names of the types, to be translated when they are shown."""

ASK_DECISION = N_("What does it help decide?")
"""Stands, in amber, where a tag says nothing about its decision."""

HEALTH = {
    Health.UNUSED: N_("Unused"),
    Health.LOOKS_LIKE: N_("Looks like another tag"),
    Health.NO_DECISION: N_("No decision"),
    Health.SENSITIVE: N_("Sensitive"),
    Health.TOO_SMALL: N_("Too small"),
    Health.NO_OWNER: N_("No owner"),
    Health.HEALTHY: N_("Healthy"),
    Health.RETIRED: N_("Retired"),
}
"""How tags are doing, to be translated when it is shown; what asks for attention most stands first."""

ORIGINS = {
    TagOrigin.HAND: N_("By hand"),
    TagOrigin.IMPORT: N_("By an import"),
    TagOrigin.RULE: N_("By a rule"),
}
"""How tags came to friends, to be translated when it is shown."""


def sign(found: Sign) -> str:
    """Say how a tag is doing."""
    if found.health is Health.UNUSED:
        return ngettext("Unused {n} day", "Unused {n} days", found.days).format(n=number(found.days))
    if found.health is Health.LOOKS_LIKE:
        return _("Looks like “{tag}”").format(tag=found.other)
    return _(HEALTH[found.health])
