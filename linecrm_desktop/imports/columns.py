"""Which column goes where: the targets of each kind of file, and a first guess by names and values."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from linecrm_desktop.models.field import FieldKind
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.resources import resource
from linecrm_desktop.tags import sensitive
from linecrm_desktop.text import N_, _

_LINE_ID = re.compile(r"U[0-9a-f]{32}")


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(\+|00|0)[\d\s()-]{7,16}")
_MARK = re.compile(r"[01○◯〇×✓✔YyNn]")
_ANSWERS = re.compile(
    r"(?i)\b(is|has|accepts?|exempt|verified|active)\b|接受|是否|同意|會員$|黑名單|密碼|受け取|希望|可否"
)
"""Names of columns whose marks answer a question; they are no tags."""


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
        if not any(self.place(key) is not None for key in KEYS):
            found.append(_("Match at least one of LINE user ID, member number, e-mail or phone."))
        if kind in (Kind.ORDERS, Kind.EVENTS) and self.place(Target.AT) is None:
            found.append(_("Match the column with the date."))
        if kind is Kind.EVENTS and self.place(Target.EVENT) is None:
            found.append(_("Match the column that says what happened."))
        return found


def fold(name: str) -> str:
    """Return a column's name as names are compared: NFKC, lower case, no blanks and no signs."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


NAME_PARTS = frozenset(
    fold(name)
    for name in (
        *("first name", "last name", "given name", "family name", "surname", "forename"),
        *("姓", "名", "姓氏", "名字", "苗字", "ชื่อ", "ชื่อจริง", "นามสกุล"),
    )
)
"""Folded names of columns that hold a family or a given name."""


@cache
def _synonyms() -> dict[str, dict[str, str]]:
    found = json.loads(resource("presets", "generic.json").read_text(encoding="utf-8"))
    return {
        kind: {fold(name): target for target, names in targets.items() for name in (target, *names)}
        for kind, targets in found.items()
    }


@cache
def known_names() -> frozenset[str]:
    """Return all folded column names that Tagwell knows, in any language, those of known systems too."""
    files = (json.loads(file.read_text(encoding="utf-8")) for file in resource("presets").glob("*.json"))
    of_systems = {fold(name) for data in files for name in data.get("columns", ())}
    return frozenset(of_systems.union(*_synonyms().values()))


def _by_looks(cells: Sequence[str], *, has_name: bool) -> Target:
    """Return where a column goes that holds nothing but LINE ids, addresses or, in a file without names, phones."""
    looks = [(_LINE_ID, Target.LINE_ID), (_EMAIL, Target.EMAIL)]
    looks += [] if has_name else [(_PHONE, Target.PHONE)]
    return next((to for look, to in looks if all(look.fullmatch(cell) for cell in cells)), Target.LEAVE_OUT)


def _tag_column(name: str, cells: Sequence[str], *, marks_are_tags: bool) -> Target:
    """Return where a column that is one tag goes: its name says so, or it holds nothing but marks."""
    if not name.strip() or not cells or not all(_MARK.fullmatch(cell) for cell in cells):
        return Target.LEAVE_OUT
    if re.match(r"流入経路\s*[:：]", name):
        return Target.TAG_SOURCE
    told = re.match(r"(tag|標籤|タグ|แท็ก|アンケート)\s*[:：_-]", name, re.IGNORECASE)
    return Target.TAG_NONE if told or (marks_are_tags and not _ANSWERS.search(name)) else Target.LEAVE_OUT


def guess_kind(header: Sequence[str]) -> Kind:
    """Say what the rows most likely are, by the columns that only one kind has."""
    folded = {fold(name) for name in header}
    events = {fold(n) for n in ("event", "event type", "事件", "行為", "イベント", "เหตุการณ์")}
    if folded & events:
        return Kind.EVENTS
    telling = {"order", "total", "product", "quantity", "amount"}
    orders = _synonyms()["orders"]
    if {orders.get(name) for name in folded} & telling:
        return Kind.ORDERS
    customers = _synonyms()["customers"]
    kinds = {customers.get(name) for name in folded}
    log = "at" in {orders.get(name) for name in folded} and kinds <= {None, "member", "line_id", "email", "joined"}
    if log:
        return Kind.ORDERS
    return Kind.FRIENDS if "line_id" in kinds and "member" not in kinds else Kind.CUSTOMERS


def guess(
    kind: Kind,
    header: Sequence[str],
    samples: Sequence[Sequence[str]],
    known: Mapping[str, str] | None = None,
    *,
    marks_are_tags: bool = False,
    named: bool = True,
) -> Matching:
    """Return a first matching: by a preset's columns, by names in four languages, by what values look like.

    With `marks_are_tags`, a column that nobody knows and that holds marks such as ○ or 1 is one tag. A file that is not
    `named` has no column names, so that only the cells can tell. Tags about health, religion, politics or debt are left
    out until a person says otherwise.
    """
    synonyms = _synonyms()["customers" if kind is Kind.FRIENDS else str(kind)]
    preset = {fold(name): target for name, target in (known or {}).items()}
    targets: list[Target] = []
    for place, name in enumerate(header):
        found = Target(preset.get(fold(name)) or synonyms.get(fold(name)) or Target.LEAVE_OUT)
        values = [row[place].strip() for row in samples if place < len(row) and row[place].strip()]
        if found is Target.LEAVE_OUT and values and fold(name) not in preset:
            found = _by_looks(values, has_name=named)
        if found is Target.LEAVE_OUT and fold(name) not in preset:
            found = _tag_column(name, values, marks_are_tags=marks_are_tags)
        if found in _MANY and fold(name) not in preset and sensitive.topic_of_column(name, values):
            found = Target.LEAVE_OUT
        in_parts = found in (*IN_PARTS, Target.STATUS) and fold(name) in preset
        single = found not in _MANY and not in_parts
        if found not in TARGETS[kind] or (single and found in targets):
            found = Target.LEAVE_OUT
        targets.append(found)
    _put_names_together(targets, [fold(name) for name in header], preset)
    return Matching(tuple(targets))


def _put_names_together(targets: list[Target], names: Sequence[str], preset: Mapping[str, str]) -> None:
    """Send columns of family and given names to the name, unless a column holds the whole name."""
    parts = [place for place, name in enumerate(names) if name in NAME_PARTS and name not in preset]
    whole = [place for place, found in enumerate(targets) if found is Target.NAME and place not in parts]
    if len(parts) == 2 and not whole:
        for place in parts:
            targets[place] = Target.NAME
