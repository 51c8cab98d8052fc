"""The tables of Results as they leave the program: plain numbers, one header, the sum at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from linecrm_desktop import spreadsheet
from linecrm_desktop.days import ShopDay
from linecrm_desktop.results import words
from linecrm_desktop.results.figures import Figure, Told
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.lift import Lift
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.results.totals import Month, total
from linecrm_desktop.text import CURRENCY_DIGITS, _


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text, without separators or signs of money, so that a spreadsheet can compute with them."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def save(self, path: Path) -> int:
        """Write CSV or xlsx, as the name's ending says, and return how many rows there are."""
        return spreadsheet.write_table(path, self.header, self.rows)


def sends(outcomes: Sequence[Outcome], day: ShopDay, currency: str) -> Table:
    """Return one row a send that has begun, in the order given, and their sum."""
    header = (
        *(_("Sent"), _("Message"), _("Segment"), _("Accepted"), _("Left out"), _("Kept back")),
        *(_("Opened (LINE)"), _("Clicked (LINE)"), _("Opened (files)"), _("Clicked (files)")),
        *(_("Orders"), _("Revenue"), _("Per message"), _("Blocks"), _("Refusals")),
        *(_("Lift, points"), _("from"), _("to"), _("Did it work?")),
        *(_("Extra messages"), _("Extra cost"), _("A broadcast"), _("Not sent"), _("Saved")),
    )
    begun = [one for one in outcomes if one.window is not None]
    return Table(header, (*(_send(one, day, currency) for one in begun), _sum(begun, currency)))


def _send(one: Outcome, day: ShopDay, currency: str) -> tuple[str, ...]:
    assert one.window is not None  # only sends that have begun have a row
    told = one.reactions
    return (
        *(day.local(one.window.begins).isoformat(" ", "minutes")[:16], one.name, one.segment_name),
        *(str(one.accepted), str(sum(one.left_out.values())), str(one.kept_back)),
        *(_figure(one.line.seen), _figure(one.line.pressed), str(told.opened), str(told.clicked)),
        *(str(one.sent.orders), _money(one.sent.revenue, currency), _money(one.per_message, currency)),
        *(_known(told.blocked), str(told.refused), *_lift(one.lift), words.word(one)),
        *(_known(one.cost.extra if one.cost else None), _money(one.cost.extra_minor if one.cost else None, currency)),
        *(str(one.broadcast_messages), str(one.not_sent), _money(one.saved, currency)),
    )


def _sum(begun: Sequence[Outcome], currency: str) -> tuple[str, ...]:
    found = total(begun)
    left_out, kept = (sum(sum(one.left_out.values()) for one in begun), sum(one.kept_back for one in begun))
    extra = [one.cost for one in begun if one.cost is not None]
    whole = len(extra) == len(begun)
    return (
        *("", _("All together"), "", str(found.accepted), str(left_out), str(kept)),
        *(_figure(found.line.seen), _figure(found.line.pressed)),
        *(str(sum(one.reactions.opened for one in begun)), str(sum(one.reactions.clicked for one in begun))),
        *(str(found.orders), _money(found.revenue, currency), _money(found.per_message, currency)),
        *(_known(found.blocked), str(found.refused), "", "", "", ""),
        _known(sum(cost.extra for cost in extra) if whole else None),
        _money(sum(cost.extra_minor for cost in extra) if whole else None, currency),
        *(str(found.broadcast_messages), str(found.not_sent), ""),
    )


def groups(one: Outcome, currency: str) -> Table:
    """Return the groups of one send beside each other: who got it, each variant, who was kept back."""
    header = (_("Group"), _("Friends"), _("Did it"), _("Share"), _("Orders"), _("Revenue"))
    named: Iterable[tuple[str, Group]] = (
        (_("Got the message"), one.sent),
        *((_("Variant {letter}").format(letter=variant.letter), variant.group) for variant in one.variants),
        (_("Kept back"), one.kept),
    )
    return Table(header, tuple((name, *_group(group, currency)) for name, group in named))


def _group(group: Group, currency: str) -> tuple[str, ...]:
    share = "" if group.share is None else f"{group.share * 100:.2f}"
    return str(group.friends), str(group.did), share, str(group.orders), _money(group.revenue, currency)


def months(found: Sequence[Month], currency: str) -> Table:
    """Return one row a month."""
    header = (
        *(_("Month"), _("Sends"), _("Messages"), _("As broadcasts"), _("Not sent"), _("Saved")),
        *(_("Orders"), _("Revenue"), _("Per message"), _("Blocks"), _("Refusals")),
    )
    return Table(header, tuple(_month(one, currency) for one in found))


def _month(one: Month, currency: str) -> tuple[str, ...]:
    its = one.totals
    return (
        *(f"{one.first_day:%Y-%m}", str(its.sends), str(its.accepted), str(its.broadcast_messages)),
        *(str(its.not_sent), _money(one.saved, currency), str(its.orders), _money(its.revenue, currency)),
        *(_money(its.per_message, currency), _known(its.blocked), str(its.refused)),
    )


def _lift(found: Lift) -> tuple[str, str, str]:
    if found.interval is None:
        return "", "", ""
    low, high = found.interval.low, found.interval.high
    return f"{found.interval.estimate * 100:.2f}", f"{low * 100:.2f}", f"{high * 100:.2f}"


def _figure(figure: Figure) -> str:
    return str(figure.people) if figure.told is Told.NUMBER else ("" if figure.told is Told.NOT_ASKED else figure.text)


def _known(number: int | None) -> str:
    return "" if number is None else str(number)


def _money(minor: int | None, currency: str) -> str:
    if minor is None:
        return ""
    digits = CURRENCY_DIGITS.get(currency, 2)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"
