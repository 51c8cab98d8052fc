"""What only the world can say of a message: whether LINE would take it, whether its links answer, whose account it is.

Asked once, off the window's thread and outside any transaction. Each answer is kept under what was asked, so that a
message that was changed since is one about which nothing is known.
"""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from linecrm_desktop.line import link_answers
from linecrm_desktop.line.gateway import Account, AnswerKind, Complaint, Line, Quota
from linecrm_desktop.line.link_answers import LinkAnswer, LinkKind
from linecrm_desktop.line.web import Web
from linecrm_desktop.messages import blocks, links, objections, variables
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.messages.people import Filling
from linecrm_desktop.messages.problem import Problem
from linecrm_desktop.text import N_, _

_NOBODY = "U" + "0" * 32
LINKS_MAX = 60
"""Links that are tried; ten full carousels have more, and then the others are not."""


_DEAD = {
    LinkKind.SILENT: N_("This link does not answer: {link}"),
    LinkKind.INSIDE: N_("This link leads into your own network, where no friend can open it: {link}"),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One way in which the bubbles of a variant leave: with fallbacks, or with the longest values of the segment."""

    variant: int
    body: dict[str, Any]
    """As a request; `to` says only whether it would be a push or a multicast, and nobody is in it."""

    @property
    def key(self) -> str:
        """Tell one shape from another."""
        return hashlib.sha256(json.dumps(self.body, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Questions:
    """What is to be asked about one message."""

    shapes: tuple[Shape, ...] = ()
    links: tuple[tuple[str, int, int | None], ...] = ()
    """Address, variant, and the bubble in which it stands, from 0."""
    is_practice: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """What tells these questions from others."""
        return frozenset([*(shape.key for shape in self.shapes), *(address for address, _variant, _at in self.links)])


@dataclass(frozen=True, slots=True)
class Outside:
    """What the world answered. What is missing here was not asked, or nobody could be reached."""

    quota: Quota | None = None
    account: Account | None = None
    said: Mapping[str, tuple[Complaint, ...]] = field(default_factory=dict[str, tuple[Complaint, ...]])
    """What LINE says against each shape, by its key; nothing: LINE would take it."""
    links: Mapping[str, LinkAnswer] = field(default_factory=dict[str, LinkAnswer])


@dataclass(frozen=True, slots=True)
class Judged:
    """The answers, laid beside the message as it is now."""

    wrong: tuple[Problem, ...] = ()
    errors: tuple[tuple[str, int], ...] = ()
    """Links that answer with an error, and its number."""
    line_asked: bool = False
    links_untried: int = 0


def questions(draft: MessageDraft, filling: Filling, broken: Set[int], *, is_practice: bool) -> Questions:
    """Return what there is to ask about a draft whose variables are filled so by its recipients.

    `broken` are variants of which the shop itself knows that they cannot leave; LINE is not asked about them.
    """
    shapes: list[Shape] = []
    found: dict[str, tuple[str, int, int | None]] = {}
    for variant, bubbles in enumerate(draft.variants):
        if variant in broken:
            continue
        to: str | list[str] = _NOBODY if variables.used(bubbles) else [_NOBODY]
        for values in ({}, filling.longest, filling.most_signs):
            shape = Shape(variant, {"to": to, "messages": blocks.to_line(bubbles, values)})
            if shape not in shapes:
                shapes.append(shape)
        for at, bubble in enumerate(bubbles):
            # Quick replies leave only with a bubble; a text without a link carries them here.
            sent = blocks.to_line([blocks.TextBubble("-"), bubble], {})
            for link in links.fetched(sent):
                found.setdefault(link, (link, variant, at))
    return Questions(tuple(shapes), tuple(found.values())[:LINKS_MAX], is_practice)


def ask(line: Line | None, web: Web, asked: Questions) -> Outside:
    """Ask LINE and the links. `line` is None where the shop has no channel or LINE cannot be reached.

    Raises OutsideError when LINE refuses to say whose account it is. A practice shop's links may lie on this computer.
    """
    found = Outside() if line is None else _of_line(line, asked)
    is_online = found.account is not None and not asked.is_practice
    reach = replace(web, may_reach=_anywhere) if asked.is_practice else web
    addresses = [address for address, _variant, _at in asked.links]
    return replace(found, links=link_answers.look_at_all(addresses, reach, is_online=is_online))


def judge(draft: MessageDraft, asked: Questions, outside: Outside | None) -> Judged:
    """Say what the answers mean for a draft."""
    known = outside or Outside()
    wrong: list[Problem] = []
    for shape in asked.shapes:
        for complaint in known.said.get(shape.key, ()):
            one = objections.problem(complaint, draft.variants[shape.variant], shape.variant)
            if one not in wrong:
                wrong.append(one)
    answers = {link: known.links.get(link[0], LinkAnswer(LinkKind.UNASKED)) for link in asked.links}
    for (link, variant, at), answer in answers.items():
        if answer.kind in _DEAD:
            wrong.append(Problem(at, _(_DEAD[answer.kind]).format(link=link), "", variant))
    return Judged(
        tuple(wrong),
        tuple((link[0], answer.status) for link, answer in answers.items() if answer.kind is LinkKind.ERROR),
        line_asked=all(shape.key in known.said for shape in asked.shapes),
        links_untried=sum(answer.kind is LinkKind.UNASKED for answer in answers.values()),
    )


def _of_line(line: Line, asked: Questions) -> Outside:
    quota, account = line.quota(), line.account()
    said: dict[str, tuple[Complaint, ...]] = {}
    for shape in asked.shapes:
        answer = line.validate(shape.body)
        if answer.kind is AnswerKind.ACCEPTED:
            said[shape.key] = ()
        elif answer.kind is AnswerKind.BAD_MESSAGE:
            said[shape.key] = answer.complaints or (Complaint("", answer.words),)
    return Outside(quota, account, said)


def _anywhere(_address: str) -> bool:
    """Let a practice shop try links to a server on its own computer; nothing it sends reaches anybody."""
    return True
