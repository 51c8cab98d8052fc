"""Saved rules for tags: friends for whom the rules of a segment hold get the tag. tagging.running applies them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.models.tagging import TagRule
from linecrm_desktop.segments import codec, library
from linecrm_desktop.segments.known import Known
from linecrm_desktop.segments.problems import problems, retired_tags
from linecrm_desktop.segments.rules import Group
from linecrm_desktop.tagging.naming import tag_in_use
from linecrm_desktop.tagging.references import segments_of
from linecrm_desktop.text import _

NAME_MAX = 120


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """What a person writes about a rule."""

    tag_id: int
    name: str
    """Friends carry it as the evidence of the tag."""
    rule: Group
    takes_off: bool = True
    """Friends whom a rule gave the tag lose it when no rule of the tag holds any more."""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A saved rule as lists show it, in the order in which rules win inside an exclusive group."""

    id: int
    tag_id: int
    tag_name: str
    name: str
    rule: Group
    takes_off: bool
    is_active: bool
    """Whether it is applied; a rule of a retired tag never is."""
    last_run_at: datetime | None
    trouble: str
    """Why it cannot be applied: what its rules lack, or name that is not there; empty: it can be."""

    @property
    def draft(self) -> RuleDraft:
        """The part of the rule that a person edits."""
        return RuleDraft(self.tag_id, self.name, self.rule, self.takes_off, self.is_active)


def all_rules(session: Session) -> list[RuleRow]:
    """Return all rules for tags, the one that wins first."""
    rows = session.execute(select(TagRule, Tag).join(Tag, Tag.id == TagRule.tag_id).order_by(*_ORDER)).all()
    known = library.rules(session) if rows else Known()
    found: list[RuleRow] = []
    for row, tag in rows:
        tree = codec.stored(row.rule)
        wrong = [*problems(tree, known), *retired_tags(tree, known)]
        active = row.is_active and tag.retired_at is None
        told = (row.id, row.tag_id, tag.name, row.name, tree, row.takes_off, active, row.last_run_at)
        found.append(RuleRow(*told, wrong[0].sentence if wrong else ""))
    return found


def save(session: Session, draft: RuleDraft, now: datetime, rule_id: int | None = None) -> int:
    """Save a rule, new ones behind all others. Raises ShopError with the first thing that is missing."""
    tag = tag_in_use(session, draft.tag_id)
    name = " ".join(draft.name.split())[:NAME_MAX]
    if not name:
        raise ShopError(_("Give the rule a name."), _("It is what friends carry as the reason for the tag."))
    known = library.rules(session)
    for problem in (*problems(draft.rule, known), *retired_tags(draft.rule, known)):
        raise ShopError(problem.sentence, _("Nothing was changed."))
    if _asks_for(draft.rule, tag.id, known):
        raise ShopError(
            _("The rule asks for the very tag that it gives, “{tag}”.").format(tag=tag.name), _("Nothing was changed.")
        )
    row = _row(session, rule_id) if rule_id is not None else TagRule(created_at=now, place=_last(session) + 1)
    row.tag_id, row.name, row.rule, row.changed_at = tag.id, name, codec.to_json(draft.rule), now
    row.takes_off, row.is_active = draft.takes_off, draft.is_active
    session.add(row)
    session.flush()
    return row.id


def remove(session: Session, rule_id: int) -> None:
    """Delete a rule. Friends keep the tag; nothing takes it off any more unless another rule of the tag does."""
    session.delete(_row(session, rule_id))
    session.flush()


def put_before(session: Session, rule_id: int, other: int | None) -> None:
    """Let a rule win over another one and those behind it; None: put it last."""
    order = [row for row in session.scalars(select(TagRule.id).order_by(*_ORDER)) if row != rule_id]
    order.insert(len(order) if other is None else order.index(other), rule_id)
    for place, number in enumerate(order):
        _row(session, number).place = place
    session.flush()


_ORDER = (TagRule.place, TagRule.id)


def _asks_for(rule: Group, tag: int, known: Known) -> bool:
    through = segments_of(known, {tag})
    return tag in codec.tags_used(rule) or bool(codec.references(rule) & through)


def _row(session: Session, rule_id: int) -> TagRule:
    row = session.get(TagRule, rule_id)
    if row is None:
        raise ShopError(_("There is no such rule."), _("Nothing was changed. Look at the list again."))
    return row


def _last(session: Session) -> int:
    return session.scalar(select(func.max(TagRule.place))) or 0
