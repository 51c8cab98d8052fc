"""The whole corpus.

python -m tests.imports.corpus.everything FOLDER      writes all files, to look at or to try in the window
"""

import sys
from functools import cache
from pathlib import Path

from tests.imports.corpus import (
    cells,
    clerks,
    finer,
    forms,
    keys,
    letters,
    marketplaces,
    platforms,
    platforms_of_japan,
    tables,
    variants,
)
from tests.imports.corpus.truth import Entry

MAKERS = (
    *(letters.encodings, letters.lines, letters.quoting),
    *(tables.above, tables.among, tables.names),
    *(keys.phones, keys.addresses, keys.twice),
    *(cells.dates, cells.amounts, cells.answers, cells.tags),
    *(forms.workbooks, forms.refused, forms.others),
    *(platforms.shopify, platforms.shopline, marketplaces.taiwan, marketplaces.thailand),
    *(platforms_of_japan.rakuten, platforms_of_japan.eccube, platforms_of_japan.base_and_others),
    *(variants.columns, variants.rows, variants.answers_of_forms),
    *(platforms_of_japan.tools_of_line, platforms_of_japan.woocommerce),
    *(finer.nothing, finer.keys, finer.numbers, finer.answers, finer.letters),
    *(finer.around, finer.among, finer.states, finer.people_and_events),
    *(clerks.masked, clerks.columns, clerks.headings, clerks.people, clerks.merged, clerks.tables, clerks.names),
)


@cache
def entries() -> tuple[Entry, ...]:
    """Return all files with their truths."""
    return tuple(entry for make in MAKERS for entry in make())


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for one in entries():
        (folder / one.name).write_bytes(one.content)
