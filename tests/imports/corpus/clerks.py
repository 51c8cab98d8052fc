"""What clerks make of exports by hand: their own column names, tags in columns, cells that were merged, two tables."""

from collections.abc import Iterator

from tests.imports.corpus.truth import Entry, csv, text


def masked() -> Iterator[Entry]:
    """Names with hidden letters beside those that the shop knows in full."""
    known = text("會員編號,姓名,手機", "1,王小明,0912345678", "2,,0922333444", "3,林美,").encode()
    lines = ("會員編號,姓名,手機", "1,王○明,0912345678", "2,陳＊婷,", "3,林美華,", "4,山○太郎,")
    people = {"1": {"name": "王小明"}, "2": {"name": "陳＊婷"}, "3": {"name": "林美華"}, "4": {"name": "山○太郎"}}
    rows = {2: "unchanged", 3: "updated", 4: "updated", 5: "new"}
    yield csv("masked_names", *lines, before=(known,), rows=rows, flagged={2: "masked_name"}, friends=people)
