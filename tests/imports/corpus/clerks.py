"""What clerks make of exports by hand: their own column names, tags in columns, cells that were merged, two tables."""

from collections.abc import Iterator
from typing import Any

from tests.imports.corpus.truth import Entry, csv, text


def masked() -> Iterator[Entry]:
    """Names with hidden letters beside those that the shop knows in full."""
    known = text("會員編號,姓名,手機", "1,王小明,0912345678", "2,,0922333444", "3,林美,").encode()
    lines = ("會員編號,姓名,手機", "1,王○明,0912345678", "2,陳＊婷,", "3,林美華,", "4,山○太郎,")
    people = {"1": {"name": "王小明"}, "2": {"name": "陳＊婷"}, "3": {"name": "林美華"}, "4": {"name": "山○太郎"}}
    rows = {2: "unchanged", 3: "updated", 4: "updated", 5: "new"}
    yield csv("masked_names", *lines, before=(known,), rows=rows, flagged={2: "masked_name"}, friends=people)


def columns() -> Iterator[Entry]:
    """Columns that count or answer, several columns of tags, two columns of one name."""
    lines = ("會員編號,姓名,訂單數,會員,老客,已驗證", "1,王小明,1,1,1,Y", "2,陳雅婷,0,0,,N", "3,林美,1,1,,Y")
    people: dict[str, dict[str, Any]] = {"1": {"tags": {"老客"}}, "2": {"tags": set()}, "3": {"tags": set()}}
    yield csv("counts_and_answers_beside_a_tag", *lines, friends=people)
    begun = [f"{n},{n % 2}" for n in range(1, 13)]
    people = {str(n): {"tags": set()} for n in range(1, 14)}
    yield csv("a_count_that_begins_with_ones", "member number,cups", *begun, "13,4", friends=people)
    lines = ("會員編號,標籤1,標籤2,標籤3", "1,VIP,茶,", "2,,,杯", "3,茶,1,")
    people = {"1": {"tags": {"VIP", "茶"}}, "2": {"tags": {"杯"}}, "3": {"tags": {"茶"}}}
    yield csv("numbered_columns_of_tags", *lines, flagged={4: "no_tag"}, friends=people)
    lines = ("會員編號,姓名,手機,手機", "1,王小明,,0912345678", "2,陳雅婷,0922333444,0912345678", "3,林美,-,-")
    people = {"1": {"phone": "+886912345678"}, "2": {"phone": "+886922333444"}, "3": {"phone": None}}
    yield csv("two_columns_of_phones_of_one_name", *lines, friends=people)
