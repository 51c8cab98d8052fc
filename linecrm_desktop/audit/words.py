"""Says findings, proposals and reasons in the person's language."""

from collections.abc import Mapping

from linecrm_desktop.audit.findings import Check, Finding, Proposal
from linecrm_desktop.audit.names import Reason
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.sensitive import topic_name
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import N_, _, ngettext, number, percent

CHECKS = {
    Check.NO_DECISION: N_("No decision"),
    Check.SAME_NAME: N_("Same name"),
    Check.NEAR_NAME: N_("Names much alike"),
    Check.SAME_PEOPLE: N_("Same people"),
    Check.CONTAINED: N_("Inside another tag"),
    Check.CONTRADICTION: N_("Contradiction"),
    Check.MIXED: N_("Two meanings"),
    Check.UNUSED: N_("Unused"),
    Check.NEVER_SENT: N_("Never sent to"),
    Check.TOO_SMALL: N_("Too small"),
    Check.TOO_BROAD: N_("Too broad"),
    Check.STALE: N_("Out of date"),
    Check.NO_OWNER: N_("No owner"),
    Check.BAD_NAME: N_("Name to be changed"),
    Check.PERSONAL: N_("Tells who somebody is"),
    Check.SENSITIVE: N_("Sensitive"),
    Check.GUESSWORK: N_("Guesswork"),
    Check.NO_SOURCE: N_("Source unknown"),
    Check.NO_CONSENT: N_("Consent unknown"),
}
"""Names of the checks, to be translated when they are shown."""

PROPOSALS = {
    Proposal.DECIDE: N_("Say what it helps decide."),
    Proposal.RETIRE: N_("Retire it."),
    Proposal.MERGE: N_("Merge the two."),
    Proposal.COMPARE: N_("Compare the two."),
    Proposal.KEEP_BOTH: N_("Keep both and say why, or merge them."),
    Proposal.NEST: N_("Declare that one lies inside the other, or drop the smaller one."),
    Proposal.KEEP_LATEST: N_("Keep the newer tag of each friend, or say which of the two stays."),
    Proposal.SPLIT: N_("Split it into two tags."),
    Proposal.USE: N_("Send to it, or retire it."),
    Proposal.WIDEN: N_("Widen it or merge it with another."),
    Proposal.MAKE_FIELD: N_("Make it a field, or narrow it."),
    Proposal.REFRESH: N_("Bring it up to date with a rule, or retire it."),
    Proposal.ASSIGN: N_("Name somebody who looks after it."),
    Proposal.RENAME: N_("Rename it."),
    Proposal.RESTRICT: N_("Mark it as sensitive so that it never leaves for ads, or retire it."),
    Proposal.MEASURE: N_("Let a rule give it by what friends buy and click."),
    Proposal.ASK: N_("Ask at the next import, or with an entry link."),
}

REASONS = {
    Reason.SAME: N_("The names are the same, written differently."),
    Reason.SYNONYM: N_("The words mean the same."),
    Reason.FILLER: N_("The names differ only in words that add nothing."),
    Reason.TYPO: N_("The names differ in one or two letters."),
}

_PERSONAL = {
    "email": N_("an e-mail address"),
    "line_id": N_("a LINE user ID"),
    "national_id": N_("an ID number"),
    "phone": N_("a phone number"),
}


def proposal(finding: Finding) -> str:
    """Say what the audit proposes."""
    return _(PROPOSALS[finding.proposal])


def sentence(finding: Finding, names: Mapping[int, str]) -> str:
    """Say what was found, with its numbers."""
    one, other = (*(names.get(tag, "…") for tag in finding.tags), "", "")[:2]
    match finding.check:
        case Check.SAME_NAME | Check.NEAR_NAME | Check.SAME_PEOPLE | Check.CONTAINED | Check.CONTRADICTION:
            return _of_two(finding, one, other)
        case Check.NO_SOURCE | Check.NO_CONSENT:
            return _of_friends(finding)
        case Check.BAD_NAME | Check.PERSONAL | Check.SENSITIVE | Check.NO_OWNER:
            return _of_name(finding, one)
        case Check.UNUSED | Check.NEVER_SENT | Check.STALE:
            return _of_days(finding, one)
        case _:
            return _of_one(finding, one)


def _count(finding: Finding, key: str) -> int:
    return int(finding.evidence.get(key, 0))


def _share(finding: Finding, key: str = "share") -> str:
    return percent(float(finding.evidence.get(key, 0)), 0)


def _of_two(finding: Finding, one: str, other: str) -> str:
    both, n = _count(finding, "both"), number(_count(finding, "both"))
    if finding.check is Check.CONTRADICTION:
        said = ngettext(
            "{n} friend has both “{one}” and “{other}”, which exclude one another.",
            "{n} friends have both “{one}” and “{other}”, which exclude one another.",
            both,
        )
        at_once = _count(finding, "at_once")
        more = ngettext("{n} of them got both at one moment.", "{n} of them got both at one moment.", at_once)
        said = said.format(n=n, one=one, other=other)
        return f"{said} {more.format(n=number(at_once))}" if at_once else said
    shared = _("Friends who have both: {both}, which is {share} of the smaller tag.")
    inside = shared.format(both=n, share=_share(finding, "containment"))
    match finding.check:
        case Check.SAME_PEOPLE:
            said = _("“{one}” and “{other}” are on the same people, and may still mean two things.")
        case Check.CONTAINED:
            said = _("Nearly everybody with “{one}” also has “{other}”.")
        case _:
            reason = _(REASONS[Reason(finding.why)])
            said = _("“{one}” and “{other}” may be the same.")
            return f"{said.format(one=one, other=other)} {reason} {inside}"
    return f"{said.format(one=one, other=other)} {inside}"


def _of_friends(finding: Finding) -> str:
    count = _count(finding, "friends")
    if finding.check is Check.NO_SOURCE:
        said = ngettext(
            "{n} friend has no source ({share} of all).", "{n} friends have no source ({share} of all).", count
        )
    else:
        said = ngettext(
            "For {n} friend a question of consent is open ({share} of all).",
            "For {n} friends a question of consent is open ({share} of all).",
            count,
        )
    return said.format(n=number(count), share=_share(finding))


def _of_name(finding: Finding, tag: str) -> str:
    match finding.check, finding.why:
        case Check.NO_OWNER, _any:
            return _("Nobody looks after “{tag}”.").format(tag=tag)
        case Check.PERSONAL, what:
            return _("The name “{tag}” has {what} in it.").format(tag=tag, what=_(_PERSONAL[what]))
        case Check.SENSITIVE, topic:
            return _("The name “{tag}” tells something about {topic}.").format(tag=tag, topic=topic_name(topic))
        case _, "too_long":
            said = _("The name “{tag}” has {n} characters; LINE takes {limit}.")
            return said.format(tag=tag, n=_count(finding, "length"), limit=_count(finding, "limit"))
        case _, "wrong_prefix":
            kind = _(TAG_TYPES[TagType(str(finding.evidence["says"]))])
            return _("The name “{tag}” says “{type}”, which is not its type.").format(tag=tag, type=kind)
        case _:
            return _("The name “{tag}” has no type in front, as most others have.").format(tag=tag)


def _of_days(finding: Finding, tag: str) -> str:
    days = _count(finding, "days")
    match finding.check:
        case Check.UNUSED:
            said = ngettext(
                "“{tag}” is used by nothing, and nobody got it for {n} day.",
                "“{tag}” is used by nothing, and nobody got it for {n} days.",
                days,
            )
        case Check.NEVER_SENT:
            said = ngettext(
                "Segments ask for “{tag}” for {n} day, and none of them was ever sent to.",
                "Segments ask for “{tag}” for {n} days, and none of them was ever sent to.",
                days,
            )
        case _:
            said = ngettext(
                "Nobody got “{tag}” for {n} day, and its type should move.",
                "Nobody got “{tag}” for {n} days, and its type should move.",
                days,
            )
    return said.format(tag=tag, n=number(days))


def _of_one(finding: Finding, tag: str) -> str:
    match finding.check:
        case Check.NO_DECISION if finding.why == "gone":
            about = finding.evidence.get("about", "")
            return _("The decision of “{tag}” speaks of “{name}”, which is not there any more.").format(
                tag=tag, name=about
            )
        case Check.NO_DECISION:
            return _("“{tag}” does not say what it helps decide.").format(tag=tag)
        case Check.TOO_SMALL:
            count = _count(finding, "reachable")
            said = ngettext(
                "{n} friend with “{tag}” can be reached.", "{n} friends with “{tag}” can be reached.", count
            )
            return said.format(n=number(count), tag=tag)
        case Check.TOO_BROAD:
            return _("{share} of all friends have “{tag}”.").format(share=_share(finding), tag=tag)
        case Check.GUESSWORK:
            return _("{share} of the friends with “{tag}” got it by hand.").format(share=_share(finding), tag=tag)
        case _:
            return _split(finding, tag)


def _split(finding: Finding, tag: str) -> str:
    told = finding.evidence
    parts = {
        "tag": tag,
        "one": told.get("value", ""),
        "other": told.get("value_other", ""),
        "n": number(_count(finding, "part")),
        "m": number(_count(finding, "part_other")),
    }
    if finding.why == "types":
        types = {key: _(TAG_TYPES[TagType(str(told[key]))]) for key in ("type", "type_other")}
        said = _("The name “{tag}” speaks of two types: {type} and {type_other}.")
        return said.format(tag=tag, **types)
    if finding.why == "category":
        said = _("The friends with “{tag}” are two groups: {n} bought “{one}” and {m} bought “{other}”.")
        return said.format(**parts)
    said = _("The friends with “{tag}” are two groups by “{by}”: {n} with “{one}” and {m} with “{other}”.")
    return said.format(**parts, by=told.get("by", ""))
