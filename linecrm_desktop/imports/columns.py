"""Which column goes where: the targets of each kind of file, and a first guess by names and values."""

import re
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from linecrm_desktop.imports import headings, tag_columns
from linecrm_desktop.imports.headings import fold
from linecrm_desktop.imports.values import Unreadable, answer
from linecrm_desktop.models.field import FieldKind
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags import sensitive
from linecrm_desktop.text import N_, _

OTHER_LINE_ID = "other_line_id"
"""In place of line_user_id, where the ids of a file are those of a further account."""
_LINE_ID = re.compile(r"U[0-9a-f]{32}")


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(\+|00|0)[\d\s()-]{7,16}")


class Kind(StrEnum):
    """What the rows of a file are."""

    CUSTOMERS = "customers"
    FRIENDS = "friends"
    ORDERS = "orders"
    EVENTS = "events"


class Target(StrEnum):
    """Where a column can go."""

    LEAVE_OUT = "leave_out"
    LINE_ID = "line_id"
    MEMBER = "member"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    JOINED = "joined"
    MARKETING = "marketing"
    INFORMED = "informed"
    CAN_OPT_OUT = "can_opt_out"
    BLOCKED = "blocked"
    TAG_SOURCE = "tag_source"
    TAG_INTEREST = "tag_interest"
    TAG_STAGE = "tag_stage"
    TAG_VALUE = "tag_value"
    TAG_ENGAGEMENT = "tag_engagement"
    TAG_CONSENT = "tag_consent"
    TAG_NONE = "tag_none"
    FIELD_TEXT = "field_text"
    FIELD_NUMBER = "field_number"
    FIELD_DATE = "field_date"
    FIELD_LIST = "field_list"
    ORDER = "order"
    AT = "at"
    TOTAL = "total"
    DISCOUNT = "discount"
    CURRENCY = "currency"
    STATUS = "status"
    PRODUCT = "product"
    CATEGORY = "category"
    QUANTITY = "quantity"
    AMOUNT = "amount"
    EVENT = "event"
    DETAIL = "detail"
    EVENT_ID = "event_id"


KEYS = (Target.LINE_ID, Target.MEMBER, Target.EMAIL, Target.PHONE)
"""How an existing friend is found, the strongest first."""
IN_PARTS = (Target.NAME, Target.PHONE, Target.AT, Target.JOINED)
"""What some systems write into several columns: family and given name, the parts of a phone number, day and time."""
TAG_TARGETS = {target: TagType(target.removeprefix("tag_")) for target in Target if target.startswith("tag_")}
FIELD_TARGETS = {target: FieldKind(target.removeprefix("field_")) for target in Target if target.startswith("field_")}
"""Columns that stay what they are: fields of the shop's own, each called as its column is."""
_MANY = (*TAG_TARGETS, *FIELD_TARGETS, Target.LEAVE_OUT)
"""Where several columns of a file can go, each for itself."""
_PERSON = (*KEYS, Target.NAME)
_ANSWERS_GIVEN = (Target.MARKETING, Target.INFORMED, Target.CAN_OPT_OUT, Target.BLOCKED)
_STATES = (Target.JOINED, *_ANSWERS_GIVEN, *TAG_TARGETS, *FIELD_TARGETS)
TARGETS: Mapping[Kind, tuple[Target, ...]] = {
    Kind.CUSTOMERS: (*_PERSON, *_STATES),
    Kind.FRIENDS: (*_PERSON, *_STATES),
    Kind.ORDERS: (
        *(Target.ORDER, Target.AT, Target.TOTAL, Target.DISCOUNT, Target.CURRENCY, Target.STATUS),
        *(Target.PRODUCT, Target.CATEGORY, Target.QUANTITY, Target.AMOUNT),
        *_PERSON,
    ),
    Kind.EVENTS: (Target.EVENT, Target.AT, Target.CATEGORY, Target.DETAIL, Target.EVENT_ID, *_PERSON),
}
TARGET_NAMES = {
    Target.LEAVE_OUT: N_("Leave out"),
    Target.LINE_ID: N_("LINE user ID"),
    Target.MEMBER: N_("Member number"),
    Target.NAME: N_("Name"),
    Target.PHONE: N_("Phone"),
    Target.EMAIL: N_("E-mail"),
    Target.JOINED: N_("Joined on"),
    Target.MARKETING: N_("Marketing: allowed / refused"),
    Target.INFORMED: N_("Was informed"),
    Target.CAN_OPT_OUT: N_("Can opt out"),
    Target.BLOCKED: N_("Blocked us"),
    Target.TAG_SOURCE: N_("Make a tag: Source"),
    Target.TAG_INTEREST: N_("Make a tag: Product interest"),
    Target.TAG_STAGE: N_("Make a tag: Buying stage"),
    Target.TAG_VALUE: N_("Make a tag: Customer value"),
    Target.TAG_ENGAGEMENT: N_("Make a tag: Engagement strength"),
    Target.TAG_CONSENT: N_("Make a tag: Consent"),
    Target.TAG_NONE: N_("Make a tag: not sorted yet"),
    Target.FIELD_TEXT: N_("Keep as a field: text"),
    Target.FIELD_NUMBER: N_("Keep as a field: number"),
    Target.FIELD_DATE: N_("Keep as a field: date"),
    Target.FIELD_LIST: N_("Keep as a field: list"),
    Target.ORDER: N_("Order number"),
    Target.AT: N_("Date and time"),
    Target.TOTAL: N_("Order total"),
    Target.DISCOUNT: N_("Discount of the order"),
    Target.CURRENCY: N_("Currency"),
    Target.STATUS: N_("Order status"),
    Target.PRODUCT: N_("Product"),
    Target.CATEGORY: N_("Category"),
    Target.QUANTITY: N_("Quantity"),
    Target.AMOUNT: N_("Amount of the line"),
    Target.EVENT: N_("What happened"),
    Target.DETAIL: N_("Detail"),
    Target.EVENT_ID: N_("Event ID"),
}
KIND_NAMES = {
    Kind.CUSTOMERS: N_("Customers"),
    Kind.FRIENDS: N_("LINE friends"),
    Kind.ORDERS: N_("Orders"),
    Kind.EVENTS: N_("Events"),
}


@dataclass(frozen=True, slots=True)
class Matching:
    """Where each column of the file goes, in the file's order."""

    targets: tuple[Target, ...]

    def place(self, target: Target) -> int | None:
        """Return the first column that goes to a target."""
        return self.targets.index(target) if target in self.targets else None

    def places(self, target: Target) -> list[int]:
        """Return all columns that go to a target."""
        return [place for place, found in enumerate(self.targets) if found is target]

    def with_target(self, place: int, target: Target) -> "Matching":
        """Send one column elsewhere."""
        return Matching((*self.targets[:place], target, *self.targets[place + 1 :]))

    def missing(self, kind: Kind) -> list[str]:
        """Return sentences for what must be matched before rows can be checked."""
        found: list[str] = []
        if kind is Kind.ORDERS and not any(self.place(key) is not None for key in _PERSON):
            found.append(_("Match at least one of LINE user ID, member number, e-mail, phone or the buyer’s name."))
        elif kind is not Kind.ORDERS and not any(self.place(key) is not None for key in KEYS):
            found.append(_("Match at least one of LINE user ID, member number, e-mail or phone."))
        if kind in (Kind.ORDERS, Kind.EVENTS) and self.place(Target.AT) is None:
            found.append(_("Match the column with the date."))
        if kind is Kind.EVENTS and self.place(Target.EVENT) is None:
            found.append(_("Match the column that says what happened."))
        return found


_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}([:：]\d{2})?")
_ANSWERED = (Target.MARKETING, Target.INFORMED, Target.CAN_OPT_OUT, Target.BLOCKED)
_TELLING = 3
"""Cells from which on a column that never says yes or no answers nothing."""
_ANY_ID = frozenset({"uid", "userid"})
"""Names that other systems give to numbers of their own."""
_HAPPENED = frozenset({"event", "eventtype", "事件", "行為", "イベント", fold("เหตุการณ์")})
"""Names that only files of events have."""
_ANY_DAY = frozenset({"date", "日期", "日付"})
"""Names of the day on which anything happened, or somebody joined."""
NAME_PARTS = frozenset(
    fold(name)
    for name in (
        *("first name", "last name", "given name", "family name", "surname", "forename"),
        *("姓", "名", "姓氏", "名字", "苗字", "ชื่อ", "ชื่อจริง", "นามสกุล"),
    )
)
"""Folded names of columns that hold a family or a given name."""


def _comes_later(name: str, values: Sequence[str], preset: Mapping[str, str]) -> bool:
    """Say whether a column has to wait whether a better one goes to the same place."""
    return fold(name) not in preset and (headings.is_second_best(name) or _is_clock(values))


def _answers(cell: str) -> bool:
    with suppress(Unreadable):
        return answer(cell) is not Answer.UNKNOWN
    return False


def _is_clock(values: Sequence[str]) -> bool:
    return bool(values) and all(_CLOCK.fullmatch(value) for value in values)


def _by_name(name: str, values: Sequence[str], kind: Kind) -> str:
    """Return where a column goes by its name, unless its cells say that something else of a person stands in it."""
    of = "customers" if kind is Kind.FRIENDS else str(kind)
    found = headings.goes_to(name, of) or (headings.goes_to_tags(name) if of == "customers" else "")
    if found == Target.LINE_ID and values and fold(name) in _ANY_ID and not any(map(_LINE_ID.fullmatch, values)):
        return Target.MEMBER
    if found in _ANSWERED and len(values) >= _TELLING and not any(map(_answers, values)):
        return ""
    return Target.EMAIL if found == Target.PHONE and values and all(map(_EMAIL.fullmatch, values)) else found


def _by_looks(cells: Sequence[str], *, has_name: bool) -> Target:
    """Return where a column goes that holds nothing but LINE ids, addresses or, in a file without names, phones."""
    looks = [(_LINE_ID, Target.LINE_ID), (_EMAIL, Target.EMAIL)]
    looks += [] if has_name else [(_PHONE, Target.PHONE)]
    return next((to for look, to in looks if all(look.fullmatch(cell) for cell in cells)), Target.LEAVE_OUT)


def _tag_column(name: str, cells: Sequence[str], *, marks_are_tags: bool, of_system: bool) -> Target:
    """Return where a column that is one tag goes: its name says so, or it holds nothing but marks.

    Columns that count are known of a system whose columns of marks are tags; all others of its are.
    """
    if not name.strip() or not cells or not tag_columns.are_marks(cells):
        return Target.LEAVE_OUT
    if re.match(r"流入経路\s*[:：]", name):
        return Target.TAG_SOURCE
    is_none = tag_columns.is_answer(name) or (not of_system and tag_columns.is_count(name))
    is_one = tag_columns.says_it_is_one(name) or (marks_are_tags and not is_none)
    return Target.TAG_NONE if is_one else Target.LEAVE_OUT


def guess_kind(header: Sequence[str]) -> Kind:
    """Say what the rows most likely are, by the columns that only one kind has.

    What was spent and when stands in lists of customers too; only a number of the order, or its day, tells an order.
    """
    folded = {fold(name) for name in header}
    events = {headings.goes_to(name, "events") for name in header}
    orders = {headings.goes_to(name, "orders") for name in header}
    customers = {headings.goes_to(name, "customers") for name in header}
    if folded & _HAPPENED or ("event" in events and "at" in events and "order" not in orders):
        return Kind.EVENTS
    telling = orders & {"total", "product", "quantity", "amount"}
    days = {name for name in header if headings.goes_to(name, "orders") == "at"}
    is_day = any(fold(name) in _ANY_DAY or headings.goes_to(name, "customers") != "joined" for name in days)
    if "order" in orders or (telling and is_day) or len(telling) > 1:
        return Kind.ORDERS
    if is_day and customers <= {"", "member", "line_id", "email", "joined"}:
        return Kind.ORDERS
    return Kind.FRIENDS if "line_id" in customers and "member" not in customers else Kind.CUSTOMERS


def guess(
    kind: Kind,
    header: Sequence[str],
    samples: Sequence[Sequence[str]],
    known: Mapping[str, str] | None = None,
    *,
    marks_are_tags: bool = False,
    named: bool = True,
    no_marks: Set[int] = frozenset(),
) -> Matching:
    """Return a first matching: by a preset's columns, by names in four languages, by what values look like.

    With `marks_are_tags`, a column that nobody knows and that holds marks such as ○ or 1 is one tag; those of
    `no_marks` hold something else below the samples. A file that is not `named` has no column names, so that only the
    cells can tell. Of several columns of one name all go where the first goes. Tags about health, religion, politics
    or debt are left out until a person says otherwise.
    """
    preset = {fold(name): target for name, target in (known or {}).items()}
    targets = [Target.LEAVE_OUT] * len(header)
    samples_of = [[row[n].strip() for row in samples if n < len(row) and row[n].strip()] for n in range(len(header))]
    for place in sorted(range(len(header)), key=lambda n: _comes_later(header[n], samples_of[n], preset)):
        name, values = header[place], samples_of[place]
        first = headings.earlier(header, place)
        found = Target(preset.get(fold(name)) or _by_name(name, values, kind) or Target.LEAVE_OUT)
        if first is not None and found is Target.LEAVE_OUT and fold(header[first]) not in NAME_PARTS:
            found = targets[first]
        if found is Target.LEAVE_OUT and values and fold(name) not in preset:
            found = _by_looks(values, has_name=named)
        if found is Target.LEAVE_OUT and fold(name) not in preset and place not in no_marks:
            found = _tag_column(name, values, marks_are_tags=marks_are_tags, of_system=known is not None)
        if found in _MANY and fold(name) not in preset and sensitive.topic_of_column(name, values):
            found = Target.LEAVE_OUT
        is_clock = found in (Target.AT, Target.JOINED) and fold(name) not in preset and _is_clock(values)
        if is_clock and found not in targets[:place]:  # a time of day is read behind its day
            found = Target.LEAVE_OUT
        in_parts = is_clock or (found in (*IN_PARTS, Target.STATUS) and fold(name) in preset)
        single = found not in _MANY and not in_parts
        fills = first is not None and found is targets[first]
        if found not in TARGETS[kind] or (single and found in targets and not fills):
            found = Target.LEAVE_OUT
        targets[place] = found
    _put_names_together(targets, [fold(name) for name in header], preset)
    return Matching(tuple(targets))


def _put_names_together(targets: list[Target], names: Sequence[str], preset: Mapping[str, str]) -> None:
    """Send columns of family and given names to the name, unless a column holds the whole name."""
    parts = [place for place, name in enumerate(names) if name in NAME_PARTS and name not in preset]
    whole = [place for place, found in enumerate(targets) if found is Target.NAME and place not in parts]
    if len(parts) == 2 and not whole:
        for place in parts:
            targets[place] = Target.NAME
