"""What would become of the tags if a person followed every proposal that needs no words of theirs: merge and retire."""

from collections.abc import Iterable

from linecrm_desktop.audit.changes import Change, Merge, Restrict, Retire
from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check, Finding, Proposal
from linecrm_desktop.tags.library import TagRow


def followed(facts: Facts, found: Iterable[Finding]) -> list[Change]:
    """Return these changes. A tag that is kept in one merge may be kept in others; one that goes, goes once."""
    tags = {tag.id: tag for tag in facts.tags}
    found, gone, kept = list(found), set[int](), dict[int, str]()
    made: list[Change] = []
    for finding in found:
        if finding.proposal is Proposal.MERGE and len(finding.tags) == 2:
            one, other = finding.tags
            if other not in gone | kept.keys() and one not in gone:
                merge = merge_of(tags[one], tags[other], kept.get(one, ""))
                made.append(merge)
                gone.add(other)
                kept[one] = merge.helps_decide
    for finding in found:
        (tag, *more) = finding.tags or (0,)
        if more or tag in gone | kept.keys():
            continue
        if finding.check is Check.UNUSED:
            made.append(Retire(tag))
            gone.add(tag)
        elif finding.proposal is Proposal.RESTRICT:
            made.append(Restrict(tag))
    return made


def merge_of(keep: TagRow, drop: TagRow, sentence: str = "") -> Merge:
    """Return the merge of two tags that is proposed: the name of the larger one, and whichever sentence there is.

    `sentence` is what an earlier merge of this audit gave to the tag that is kept.
    """
    return Merge(keep.id, drop.id, keep.name, sentence or keep.helps_decide.strip() or drop.helps_decide.strip())
