"""A friend's story in plain words: where a tag came from, what happened, how consent stands, phone numbers masked."""

from datetime import datetime

from linecrm_desktop.channels.ids import KnownTo
from linecrm_desktop.consent.coverage import Part, Question
from linecrm_desktop.consent.ledger import LedgerLine
from linecrm_desktop.consent.uses import Standing
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import keys
from linecrm_desktop.friends.directory import FriendRow, Listed
from linecrm_desktop.friends.happened import Happened, What
from linecrm_desktop.friends.origins import CameBy
from linecrm_desktop.friends.story import CarriedTag, ConsentAnswer, FriendStory
from linecrm_desktop.models.consent import ConsentKind, Use
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.tag import TagOrigin
from linecrm_desktop.tags.library import TagChip
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import N_, _, money, ngettext, number, short_date

QUESTIONS = 3
"""Where from, informed, can opt out."""

LISTED = {
    Listed.ALL: N_("All friends"),
    Listed.REACHABLE: N_("Reachable"),
    Listed.NO_SOURCE: N_("No source yet"),
    Listed.NO_PURCHASE: N_("No purchase yet"),
    Listed.BOUGHT_TWICE: N_("Bought 2+ times"),
    Listed.QUIET_30: N_("Quiet for 30 days"),
    Listed.REFUSED: N_("Refused marketing"),
    Listed.BLOCKED: N_("Blocked us"),
}

COVERED = {
    (Question.SOURCE, True): N_("It is known where their data came from"),
    (Question.SOURCE, False): N_("It is not known where their data came from"),
    (Question.INFORMED, True): N_("Informed"),
    (Question.INFORMED, False): N_("Not known to be informed"),
    (Question.CAN_OPT_OUT, True): N_("Can opt out"),
    (Question.CAN_OPT_OUT, False): N_("Not known to have a way to opt out"),
    (Question.ALL_THREE, True): N_("All three questions answered"),
    (Question.ALL_THREE, False): N_("Not all three questions answered"),
}
"""Friends by a question and whether it is answered."""

LEDGER = {
    ConsentKind.COLLECTED: N_("Data collected"),
    ConsentKind.REFUSED: N_("Refused marketing"),
    ConsentKind.ALLOWED: N_("Allowed marketing"),
    ConsentKind.CORRECTED: N_("Refusal corrected"),
    ConsentKind.USE_REFUSED: N_("Refused a use of the data"),
    ConsentKind.USE_ALLOWED: N_("Allowed a use of the data again"),
    ConsentKind.SHARED: N_("In a list that left"),
    ConsentKind.NOT_SHARED: N_("Did not leave with the list"),
}

_EVENTS = {
    What.CLICK: (N_("Clicked “{about}”"), N_("Clicked a link")),
    What.MENU: (N_("Tapped “{about}” in the menu"), N_("Tapped the menu")),
    What.SURVEY: (N_("Answered “{about}”"), N_("Answered a survey")),
    What.REPLY: (N_("Replied “{about}”"), N_("Replied")),
    What.COUPON: (N_("Used the coupon “{about}”"), N_("Used a coupon")),
    What.VISIT: (N_("Visited “{about}”"), N_("Visited the shop")),
    What.OPEN: (N_("Opened “{about}”"), N_("Opened a message")),
    What.FOLLOW: (N_("Added the account: {about}"), N_("Added the account")),
    What.BLOCK: (N_("Blocked the account: {about}"), N_("Blocked the account")),
    What.MESSAGE: (N_("Got “{about}”"), N_("Got a message")),
}


def shown_name(name: str) -> str:
    """Return a friend's name, or words for having none."""
    return name.strip() or _("No name yet")


def came_by(came: CameBy, day: ShopDay) -> str:
    """Say what brought a value, and when."""
    facts = {"file": came.file, "day": day_of(came.at, day)}
    return _("from {file}, {day}").format(**facts) if came.file else _("by hand, {day}").format(**facts)


def day_of(moment: datetime, day: ShopDay) -> str:
    """Write the local day of a moment for a list."""
    return short_date(day.local(moment).date(), day.today)


def consent(row: FriendRow) -> str:
    """Say in a word or two how far a friend may be written to."""
    if row.is_blocked:
        return _("Blocked")
    if row.marketing is Marketing.REFUSED:
        return _("Refused")
    return _("{n} of {total}").format(n=number(row.answered), total=number(QUESTIONS))


def consent_in_full(row: FriendRow) -> str:
    """Say the same as a whole sentence, for those who hear the table instead of seeing it."""
    if row.is_blocked:
        return _("This friend has blocked the account.")
    if row.marketing is Marketing.REFUSED:
        return _("This friend refuses marketing.")
    return _("{n} of {total} consent questions answered.").format(n=number(row.answered), total=number(QUESTIONS))


def tags_by_type(chips: tuple[TagChip, ...]) -> list[str]:
    """Return one line a type: “Product interest: Serum, Anti-ageing”."""
    lines: list[str] = []
    for type, name in TAG_TYPES.items():
        tags = ", ".join(chip.name for chip in chips if chip.type is type)
        if tags:
            lines.append(_("{type}: {tags}").format(type=_(name), tags=tags))
    return lines


def came_from(tag: CarriedTag, day: ShopDay) -> str:
    """Say where a tag on a friend came from."""
    facts = {"what": tag.evidence, "day": day_of(tag.since, day)}
    match tag.origin:
        case TagOrigin.HAND if tag.evidence:
            return _("by hand: {what}, {day}").format(**facts)
        case TagOrigin.HAND:
            return _("by hand, {day}").format(**facts)
        case TagOrigin.IMPORT if tag.evidence:
            return _("import: {what}, {day}").format(**facts)
        case TagOrigin.IMPORT:
            return _("import, {day}").format(**facts)
        case TagOrigin.RULE if tag.evidence:
            return _("rule: {what}").format(**facts)
        case TagOrigin.RULE:
            return _("rule, {day}").format(**facts)


def happened(one: Happened) -> str:
    """Say what happened in one line."""
    if one.what is What.JOINED:
        return _("Became a friend")
    if one.what is What.ORDER:
        return _order(one)
    named, bare = _EVENTS[one.what]
    return _(named).format(about=one.about) if one.about else _(bare)


def _order(one: Happened) -> str:
    facts = {"number": one.about, "sum": money(one.amount, one.currency), "product": one.product}
    if not one.is_counted:
        return _("{number} · {sum} · cancelled or refunded").format(**facts)
    if one.items == 1 and one.product:
        return _("{number} · {product} · {sum}").format(**facts)
    if one.items > 1:
        items = ngettext("{number} · {n} item · {sum}", "{number} · {n} items · {sum}", one.items)
        return items.format(n=number(one.items), **facts)
    return _("{number} · {sum}").format(**facts)


def answer(given: ConsentAnswer, day: ShopDay) -> str:
    """Say how a consent question is answered, with the evidence and its day."""
    words = {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.UNKNOWN: _("Not known yet")}
    what = given.evidence or words[given.answer]
    if given.at is None:
        return what
    return _("{what}, {day}").format(what=what, day=day_of(given.at, day))


def use(standing: Standing, story: FriendStory, day: ShopDay) -> str:
    """Say how a use of the data stands: the friend's own answer, or what they were told, where and when."""
    informed = story.informed.answer is Answer.YES and all(one.told is None for one in story.uses)
    line = standing.line or standing.told
    said = {
        Marketing.ALLOWED: _("Allowed"),
        Marketing.REFUSED: _("Refused"),
        Marketing.UNKNOWN: _("Told, not asked")
        if standing.told
        else _("Informed, not asked")
        if informed
        else _("Not told yet"),
    }[standing.answer]
    if line is None:
        return said
    notice = story.notices.get(line.notice_id or 0, "")
    where = line.through or line.evidence
    return _(", ").join(part for part in (said, where, notice, day_of(line.told_at or line.at, day)) if part)


def profiling(standing: Standing) -> str:
    """Say what a refusal of profiling means for a friend's tags; empty where they do not refuse it."""
    if standing.use is not Use.PROFILING or standing.answer is not Marketing.REFUSED:
        return ""
    return _("Rules give them no tags; tags given by hand stay.")


def ledger_line(line: LedgerLine) -> str:
    """Say what one line of the ledger records, and how we know."""
    of_import = line.kind is ConsentKind.CORRECTED and (line.batch_id or line.recording_id) is not None
    what = _("Answers taken back") if of_import else _(LEDGER[line.kind])
    how = line.through or line.evidence
    return _("{what}: {how}").format(what=what, how=how) if how else what


def covered(part: Part) -> str:
    """Say which friends a part of the coverage of consent is."""
    said = [] if part.source is None else [_("Source: {name}").format(name=part.source or _("No source"))]
    if part.question is not None:
        said.append(_(COVERED[part.question, part.is_answered]))
    return _(" · ").join(said)


def friend_for(days: int | None) -> str:
    """Say for how long somebody is a friend."""
    if days is None:
        return _("friend since an unknown day")
    return ngettext("friend for {n} day", "friend for {n} days", days).format(n=number(days))


def phone(e164: str, country: str) -> str:
    """Write a phone number as people dial it."""
    return keys.national(e164, country)


def known_to(one: KnownTo) -> str:
    """Name a further account that knows a friend, and say when the friend blocked it."""
    return _("{account} (blocked)").format(account=one.account) if one.is_blocked else one.account
