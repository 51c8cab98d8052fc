"""Turns the cells of many rows into values for staging, or into the reason why a row cannot be taken. No database.

Columns are read one after the other and what a cell means is worked out once, because exports repeat themselves: days,
products and answers come a million times, and a member stands in every order.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Any

from linecrm_desktop.imports import continued, dates, masked, parts, states, values
from linecrm_desktop.imports.columns import IN_PARTS, OTHER_LINE_ID, TAG_TARGETS, Kind, Target
from linecrm_desktop.imports.continued import Continued
from linecrm_desktop.imports.field_cells import FieldColumns
from linecrm_desktop.imports.headings import earlier, fold, goes_to_tags
from linecrm_desktop.imports.meanings import Meanings, Trouble, Usual
from linecrm_desktop.imports.pieces import Piece, Plain
from linecrm_desktop.imports.plan import FIXES, ImportPlan
from linecrm_desktop.imports.presets import by_id
from linecrm_desktop.imports.tag_sets import TagSets
from linecrm_desktop.imports.values import Doubtful, Unreadable
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags import library
from linecrm_desktop.text import _, to_minor

_ANSWERS = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: None}
_COLUMNS = {
    Target.LINE_ID: "line_user_id",
    Target.MEMBER: "member_number",
    Target.JOINED: "joined_at",
    Target.ORDER: "number",
    Target.EVENT_ID: "number",
    Target.STATUS: "state",
}
"""Where a target's value is staged, if not in the column of its own name."""
NamedTag = tuple[int, str, TagType]
"""A tag of the file: its number, its name as first written, its type."""
Reason = tuple[str, str]
"""Code and sentence."""
_Troubles = tuple[dict[int, Reason], list[tuple[int, Reason]], dict[int, str]]
"""Why rows are refused, what is left out of others, and what a person can do about the refused ones, by place."""
_CLOCK = re.compile(r"(\d{4}[-/]\d{2}[-/]\d{2}[ T]\d{2}):([0-5]\d)(?::([0-5]\d))?")
_SHORT_NUMBER = re.compile(r"\d{1,2}(\.0)?")
"""What counts or ranks in a column of tags, and is no tag's name; years and dates of events may be one."""
_GOODS = ("product", "category", "quantity", "amount")


@dataclass(slots=True)
class Chunk:
    """Rows as they are staged: their columns, all of one length, and what is staged beside them."""

    columns: dict[str, Sequence[Any]]
    refused: list[dict[str, Any]]
    """Lines of rows that cannot be taken, each with why, the sentence, and what a person can do."""
    flags: dict[str, Sequence[Any]]
    """Lines with a cell that is not used, why, and the sentence."""
    tag_sets: dict[str, Sequence[int]]
    """Sets of tags that were not met before, and the numbers of their tags, as `RowReader.new_tags` has them."""
    fields: dict[str, Sequence[Any]]
    """What the rows say for fields of the shop's own, as STAGED_FIELD has it but with the column for the field."""


class RowReader:
    """Reads rows by one plan; the readers of the columns are chosen once."""

    def __init__(self, plan: ImportPlan) -> None:
        self.plan = plan
        targets = plan.matching.targets
        preset = by_id(plan.preset)
        self._prefix = preset.member_prefix if preset else ""
        readers, usual = self._readers(), self._usual()
        self._columns = [
            (place, self._column(target), Meanings(readers[target], usual.get(target)))
            for place, target in enumerate(targets)
            if target in readers
        ]
        signs: Mapping[str, str] = preset.happened if preset else {}
        happened = {fold(name): state for name, state in signs.items()}
        for place, column, meanings in self._columns:
            state = happened.get(fold(plan.found.header[place])) if column == "state" else None
            if state:
                meanings.read = partial(states.happened, state)
        self._hours = Meanings(self._second)
        self._again = {place for place, target in enumerate(targets) if self._repeats(place, target)}
        parts_of = {t: [p for p in plan.matching.places(t) if p not in self._again] for t in IN_PARTS}
        self._parts = {target: places for target, places in parts_of.items() if len(places) > 1}
        self._tag_columns = [
            (place, Meanings(self._tags_of(plan.found.header[place], TAG_TARGETS[target])))
            for place, target in enumerate(targets)
            if target in TAG_TARGETS
        ]
        self._continued = Continued(plan.matching, _COLUMNS) if plan.kind is Kind.ORDERS else None
        self._tag_names: dict[tuple[str, str], tuple[int, str]] = {}
        """Each tag that the file names: folded name and type, with its place among them and the name as written."""
        self._told_tags = 0
        self._fields = FieldColumns(plan)
        self._sets = TagSets()
        self._statuses: Mapping[str, str] = preset.statuses if preset else {}
        header = [fold(name) for name in plan.found.header]
        no_goods: Mapping[str, list[str]] = preset.no_goods if preset else {}
        self._no_goods = [
            (header.index(fold(name)), frozenset(words)) for name, words in no_goods.items() if fold(name) in header
        ]

    def _column(self, target: Target) -> str:
        """Return where a target's value is staged; ids of a further account are another key than the first one's."""
        if target is Target.LINE_ID and self.plan.channel_id is not None:
            return OTHER_LINE_ID
        return _COLUMNS.get(target, str(target))

    def read(self, piece: Piece) -> Chunk:
        """Return rows as they are staged, and which of them cannot be taken.

        Such a row still says whom it is about and whether they refuse: a refusal is never lost to a bad cell.
        """
        refused: dict[int, Reason] = {}
        fixes: dict[int, str] = {}
        flags: list[tuple[int, Reason]] = []
        if isinstance(piece, Plain):
            numbers, cells = piece.numbers, piece.columns()
        else:
            numbers = [line.number for line in piece]
            cells = self._columns_of([line.cells for line in piece], refused)
        for target, places in self._parts.items():
            self._join(cells, target, places)
        staged: dict[str, Sequence[Any]] = {}
        for place, column, meanings in self._columns:
            before = staged.get(column)
            asked = cells[place]
            if place in self._again and before is not None:  # asked only where the first of its name says nothing
                asked = ["" if known is not None else cell for known, cell in zip(before, asked, strict=True)]
            found = meanings.of(asked)
            if meanings.has_trouble:
                self._take_out(column, found, numbers, (refused, flags, fixes))
            both = states.gravest_of if column == "state" else _first_of
            staged[column] = found if before is None else both(before, found)
        for place, words in self._no_goods:
            self._leave_goods_out(staged, [cell.strip() in words for cell in cells[place]])
        for place, trouble in missing_values(self.plan.kind, staged, len(numbers)):
            refused.setdefault(place, trouble)
        staged.pop("currency", None)
        if self._continued is not None:
            first, untold = self._continued.of(cells, staged, numbers)
            refused |= {place: continued.untold(numbers[place]) for place in untold if place not in refused}
            staged |= {"continues": first} if first else {}
        if self.plan.kind is Kind.EVENTS and (places := self.plan.matching.places(Target.AT)):
            staged["millisecond"] = [dates.millisecond(cell) for cell in cells[places[0]]]
        if marks := masked.marked(staged.get("name", ())):
            staged["masked"] = marks
        tags = self._tags_of_rows(cells, numbers, (refused, flags, fixes))
        told = [
            {"row": numbers[place], "why": why, "sentence": sentence, "fix": fixes.get(place)}
            for place, (why, sentence) in refused.items()
        ]
        fields = self._fields.read(cells, numbers, flags)
        kept = [(numbers[place], *reason) for place, reason in flags if place not in refused]
        flagged: dict[str, Sequence[Any]] = (
            dict(zip(("line", "why", "sentence"), zip(*kept, strict=True), strict=True)) if kept else {}
        )
        return Chunk({"line": numbers, **staged, **tags}, told, flagged, self._sets.fresh(), fields)

    def _repeats(self, place: int, target: Target) -> bool:
        """Say whether a column goes where an earlier one of the same name goes."""
        first = earlier(self.plan.found.header, place)
        return first is not None and self.plan.matching.targets[first] is target

    def _take_out(self, column: str, found: list[Any], numbers: Sequence[int], told: _Troubles) -> None:
        """Move the troubles among a column's values to the rows that are refused or flagged; a row's first one stays.

        A cell that its row does not stand or fall by can be left out, if a person says so.
        """
        if Trouble not in set(map(type, found)):
            return
        refused, flags, fixes = told
        can_do_without = self.plan.kind in (Kind.CUSTOMERS, Kind.FRIENDS) and column in FIXES
        for place, value in enumerate(found):
            if isinstance(value, Trouble):
                found[place] = None
                if value.is_doubtful or (can_do_without and numbers[place] in self.plan.without):
                    flags.append((place, (value.code, value.sentence)))
                elif place not in refused:
                    refused[place] = (value.code, value.sentence)
                    if can_do_without:
                        fixes[place] = column

    def _tags_of_rows(
        self, cells: Sequence[Sequence[str]], numbers: Sequence[int], told: _Troubles
    ) -> dict[str, Sequence[Any]]:
        """Return the column of tag sets, none where the file names no tags."""
        named: list[list[Any]] = []
        for place, meanings in self._tag_columns:
            found = meanings.of(cells[place])
            if meanings.has_trouble:
                self._take_out("", found, numbers, told)
            named.append(found)
        if self.plan.source_tag:
            source = self._tag(self.plan.source_tag[: library.NAME_MAX], TagType.SOURCE)
            named.append([(source,)] * len(numbers))
        if not named:
            return {}
        if len(named) == 1:
            return {"tag_set": self._sets.of(named[0])}
        return {
            "tag_set": self._sets.of(
                [tuple(chain.from_iterable(filter(None, row))) for row in zip(*named, strict=True)]
            )
        }

    def new_tags(self) -> list[NamedTag]:
        """Return each tag that was first named since the last call."""
        new = list(islice(self._tag_names.items(), self._told_tags, None))
        self._told_tags += len(new)
        return [(place, name, TagType(kind)) for (_key, kind), (place, name) in new]

    def _columns_of(self, rows: list[list[str]], refused: dict[int, Reason]) -> list[Sequence[str]]:
        """Return the cells of each column as if all rows were as wide as the header; a row with more is refused."""
        width = len(self.plan.matching.targets)
        if {len(row) for row in rows} <= {width}:
            return list(zip(*rows, strict=True))
        for place, row in enumerate(rows):
            if len(row) > width and any(cell.strip() for cell in row[width:]):
                refused[place] = ("cells", _("This row has more cells than the header has columns."))
        blank = [""] * width
        return list(zip(*[row if len(row) == width else (row + blank)[:width] for row in rows], strict=True))

    def _join(self, cells: list[Sequence[str]], target: Target, places: list[int]) -> None:
        """Put what stands in several columns into the first of them; the others are left blank."""
        blank = [""] * len(cells[places[0]])
        headers = [self.plan.found.header[place] for place in places]
        whole = parts.joiner(target, headers, self.plan.country)
        joined = [whole(several) for several in zip(*[cells[place] for place in places], strict=True)]
        for place in places:
            cells[place] = joined if place == places[0] else blank

    def _leave_goods_out(self, staged: dict[str, Sequence[Any]], are_none: list[bool]) -> None:
        for column in _GOODS:
            if column in staged and any(are_none):
                pairs = zip(staged[column], are_none, strict=True)
                staged[column] = [None if is_none else value for value, is_none in pairs]

    def _tags_of(self, header: str, tag_type: TagType) -> Callable[[str], tuple[int, ...]]:
        """Return what reads a cell of tags: names, or a mark that the tag of the column's own name is theirs."""
        own = values.tag_of_column(header)
        is_list = bool(goes_to_tags(header))

        def read(cell: str) -> tuple[int, ...]:
            mark = values.mark(cell)
            if is_list and (mark or (mark is None and _SHORT_NUMBER.fullmatch(values.clean(cell)))):
                raise Doubtful("no_tag", _("“{value}” is a number or an answer, not a tag.").format(value=cell.strip()))
            names = values.several(cell) if mark is None else [own] if mark else []
            return tuple(dict.fromkeys(self._tag(name[: library.NAME_MAX], tag_type) for name in names))

        return read

    def _tag(self, name: str, tag_type: TagType) -> int:
        key = library.fold(name)
        return self._tag_names.setdefault((key, str(tag_type)), (len(self._tag_names), name))[0]

    def _readers(self) -> dict[Target, Callable[[str], Any]]:
        country = self.plan.country
        return {
            Target.LINE_ID: values.line_id,
            Target.MEMBER: self._member,
            Target.NAME: values.name,
            Target.PHONE: lambda cell: values.phone(cell, country),
            Target.EMAIL: values.email,
            Target.JOINED: self._moment,
            Target.MARKETING: _answer,
            Target.INFORMED: _answer,
            Target.CAN_OPT_OUT: _answer,
            Target.BLOCKED: _answer,
            Target.ORDER: _order_number,
            Target.AT: self._moment,
            Target.TOTAL: self._money,
            Target.DISCOUNT: self._taken_off,
            Target.AMOUNT: self._money,
            Target.CURRENCY: self._currency,
            Target.STATUS: lambda cell: states.order_state(cell, self._statuses),
            Target.PRODUCT: values.name,
            Target.CATEGORY: values.name,
            Target.QUANTITY: values.whole,
            Target.EVENT: states.event_kind,
            Target.DETAIL: values.words,
            Target.EVENT_ID: values.key,
        }

    def _usual(self) -> dict[Target, Usual]:
        """Return how cells are nearly always written in columns where most of them come once."""
        keys = Usual(values.PLAIN_KEY)
        mobile = values.plain_mobile(self.plan.country)
        usual = {Target.ORDER: keys, Target.EVENT_ID: keys, Target.NAME: Usual(values.plain_name())}
        if not self._prefix:
            usual[Target.MEMBER] = keys
        if mobile is not None:
            code = mobile[1]

            def dialed(cell: str) -> str:
                return code + cell[1:]

            usual[Target.PHONE] = Usual(mobile[0], dialed)
        return usual

    def _member(self, cell: str) -> str | None:
        number = values.key(cell)
        return number and f"{self._prefix}{number}"

    def _moment(self, cell: str) -> int | None:
        """Return the second (UTC) of a date. Hours are remembered, since the seconds of orders seldom come again."""
        found = _CLOCK.fullmatch(cell)
        if found is None:
            return self._second(cell)
        hour = self._hours[f"{found[1]}:00"]
        if not isinstance(hour, int):
            return self._second(cell)
        return hour + 60 * int(found[2]) + int(found[3] or 0)

    def _second(self, cell: str) -> int | None:
        moment = values.moment(cell, self.plan.zone, self.plan.date_order)
        return None if moment is None else int(moment.timestamp())

    def _money(self, cell: str) -> int | None:
        amount = values.amount(cell)
        return None if amount is None else to_minor(amount, self.plan.currency)

    def _taken_off(self, cell: str) -> int | None:
        """Read a discount; some systems write it with a minus."""
        amount = self._money(cell)
        return None if amount is None else abs(amount)

    def _currency(self, cell: str) -> None:
        code = values.currency(cell)
        if code not in (None, self.plan.currency):
            sentence = _("The order is in {currency}, the shop counts in {shop}.")
            raise Unreadable("currency", sentence.format(currency=code, shop=self.plan.currency))


def _order_number(cell: str) -> str | None:
    """Read an order number; rows of a broken one cannot be told apart, so they are refused, not numbered anew."""
    try:
        return values.key(cell)
    except Doubtful as trouble:
        raise Unreadable(trouble.code, trouble.sentence) from None


def _answer(cell: str) -> str | None:
    return _ANSWERS[values.answer(cell)]


def _first_of(before: Sequence[Any], found: Sequence[Any]) -> list[Any]:
    return [new if old is None else old for old, new in zip(before, found, strict=True)]


def missing_values(
    kind: Kind, staged: Mapping[str, Sequence[Any]], count: int
) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the rows of events that lack what every event needs, each with the reason."""
    if kind is not Kind.EVENTS:
        return
    nothing = [None] * count
    for place, (event, at) in enumerate(zip(staged.get("event", nothing), staged.get("at", nothing), strict=True)):
        if event is None:
            yield place, ("event", _("The row does not say what happened."))
        elif at is None:
            yield place, ("date", _("The row has no date."))
