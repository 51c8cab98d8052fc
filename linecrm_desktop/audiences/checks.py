"""The five checks before a list leaves: large enough, purpose told, nobody refused, sensitive tags, not too narrow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.audiences.contents import contents
from linecrm_desktop.audiences.leaving import Closed, Identifier, Leaving, Stays, closed, leaving, sensitive_tags
from linecrm_desktop.campaigns.audience import Who
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.share import Way
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.segments import library, to_sql
from linecrm_desktop.segments.rules import HasTag, Rule
from linecrm_desktop.settings import limits as shop_limits
from linecrm_desktop.settings.limits import LIMITS, Limits
from linecrm_desktop.text import _, ngettext, number

PURPOSE_MIN, PURPOSE_MAX = 10, 200


class Tone(StrEnum):
    """How a check stands."""

    PASSED = "passed"
    HANDLED = "handled"
    """Something was found and taken out."""
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Check:
    """One check, with what it found."""

    key: str
    tone: Tone
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to share."""

    rule: Rule
    way: Way
    purpose: str = ""
    identifiers: frozenset[Identifier] = frozenset({Identifier.LINE_ID})
    to_whom: str = ""
    """Who gets a list for another tool."""
    channel_id: int | None = None
    """Whose LINE user IDs leave, and which account they are uploaded to; None: the shop's first."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What sharing would come to."""

    wish: Wish
    leaving: Leaving
    lines: Mapping[Identifier, int]
    checks: tuple[Check, ...]
    limits: Limits = field(default=LIMITS)

    @property
    def people(self) -> int:
        """How many friends would be shared."""
        return len(self.leaving.people)

    @property
    def blocking(self) -> list[Check]:
        """The checks for which nothing may leave."""
        return [check for check in self.checks if check.tone is Tone.BLOCKED]


def offer(session: Session, wish: Wish, day: ShopDay, limits: Limits | None = None, who: Who | None = None) -> Offer:
    """Count and check a wish; `who` are the friends where not all of its rules are meant.

    The limits are the shop's own unless others are given.
    Raises ShopError while anything in the rules is missing.
    """
    limits = limits or shop_limits.limits(session)
    found = leaving(session, wish.rule if who is None else who, day, wish.identifiers, wish.channel_id)
    lines = {one.identifier: len(one.lines) for one in contents(found.people, wish.identifiers)}
    segments, sensitive = library.rules(session, wish.rule), sensitive_tags(session)
    shut = closed(wish.rule, segments, sensitive, lambda tag: _carriers(session, tag, day), limits)
    checks = (
        _large(wish, found, lines, limits),
        _purpose(wish, found),
        _refused(found),
        _sensitive(found, shut, sensitive),
        _narrow(session, shut, limits),
    )
    return Offer(wish, found, lines, checks, limits)


def _carriers(session: Session, tag: int, day: ShopDay) -> int:
    carries = to_sql.condition(HasTag((tag,)), day, {})
    return session.scalars(select(func.count()).select_from(Friend).where(carries)).one()


def _large(wish: Wish, found: Leaving, lines: Mapping[Identifier, int], limits: Limits) -> Check:
    title, n, needed = _("Large enough"), len(found.people), number(limits.share)
    if not wish.identifiers:
        return Check("large", Tone.BLOCKED, title, _("Choose what leaves this computer."))
    smallest = min((n, *lines.values()))
    if smallest < limits.share:
        said = ngettext("{n} person; needs {needed}.", "{n} people; needs {needed}.", smallest)
        advice = _("Widen the segment or do not share it.")
        if smallest < n:
            advice = _("The smallest of the lists decides. Leave that identifier out, or widen the segment.")
        words = said.format(n=number(smallest), needed=needed)
        return Check("large", Tone.BLOCKED, title, f"{words} {advice}")
    said = ngettext(
        "{n} person; the limit you set is {needed}.", "{n} people; the limit you set is {needed}.", n
    ).format(n=number(n), needed=needed)
    own = {
        Way.ADS: _("LINE has its own limit for each audience type."),
        Way.UPLOAD: _("LINE takes a list of user IDs of any size, and narrowcasts have limits of their own."),
        Way.CSV: _("The other tool may have a limit of its own."),
    }
    return Check("large", Tone.PASSED, title, f"{said} {own[wish.way]}")


def _purpose(wish: Wish, found: Leaving) -> Check:
    title, out = _("Purpose was told"), found.stays[Stays.UNINFORMED]
    written = len(" ".join(wish.purpose.split()))
    if not PURPOSE_MIN <= written <= PURPOSE_MAX:
        said = _("Write what the list is for, in {least} to {most} characters. It is kept with the list.")
        return Check("purpose", Tone.BLOCKED, title, said.format(least=PURPOSE_MIN, most=PURPOSE_MAX))
    if wish.way is Way.CSV and not wish.to_whom.strip():
        return Check("purpose", Tone.BLOCKED, title, _("Write who gets the list. It is kept with the list."))
    if not out:
        return Check("purpose", Tone.PASSED, title, _("Everybody in the list was told what their data is used for."))
    said = ngettext(
        "{n} friend has no record of having been told. They were taken out.",
        "{n} friends have no record of having been told. They were taken out.",
        out,
    )
    return Check("purpose", Tone.HANDLED, title, said.format(n=number(out)))


def _refused(found: Leaving) -> Check:
    out = found.stays[Stays.REFUSED]
    said = ngettext("{n} friend who refused was taken out.", "{n} friends who refused were taken out.", out)
    words = said.format(n=number(out)) if out else _("Nobody of the segment refused.")
    return Check("refused", Tone.PASSED, _("Nobody refused"), words)


def _sensitive(found: Leaving, shut: Closed, sensitive: Mapping[int, str]) -> Check:
    title, out = _("Sensitive tags"), found.stays[Stays.SENSITIVE]
    if shut.asks_for:
        said = _("The segment asks for “{tag}”: the list itself would tell who has it. It cannot be shared.")
        return Check("sensitive", Tone.BLOCKED, title, said.format(tag=shut.asks_for))
    if not out:
        return Check("sensitive", Tone.PASSED, title, _("Nobody in the list carries a sensitive tag."))
    if len(sensitive) == 1:
        said = ngettext(
            "{n} friend carries “{tag}”. They were taken out, so the list cannot tell who has it.",
            "{n} friends carry “{tag}”. They were taken out, so the list cannot tell who has it.",
            out,
        )
    else:
        said = ngettext(
            "{n} friend carries a sensitive tag. They were taken out, so the list cannot tell who has it.",
            "{n} friends carry a sensitive tag. They were taken out, so the list cannot tell who has it.",
            out,
        )
    words = said.format(n=number(out), tag=next(iter(sensitive.values()), ""))
    return Check("sensitive", Tone.HANDLED, title, words)


def _narrow(session: Session, shut: Closed, limits: Limits) -> Check:
    title, fewest = _("Not too narrow"), number(limits.share_tag)
    if shut.rare is None:
        said = _("No tag with fewer than {fewest} friends is part of the rules.")
        return Check("narrow", Tone.PASSED, title, said.format(fewest=fewest))
    name = session.scalar(select(Tag.name).where(Tag.id == shut.rare)) or ""
    said = _("“{tag}” has fewer than {fewest} friends and is part of the rules: it tells too much about them.")
    return Check("narrow", Tone.BLOCKED, title, said.format(tag=name, fewest=fewest))
