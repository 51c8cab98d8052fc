"""Reads a large file in a second process, ahead of the one that writes: two processors share the work.

The same values come out in the same order as without it. It ends as soon as nobody takes what it read, however the
first process ended; where it cannot begin or ends early itself, the rest is read without it.
"""

import gc
import multiprocessing
import signal
from collections.abc import Generator, Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection
from typing import NamedTuple

from linecrm_desktop.imports import detect, goods
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.detect import Form
from linecrm_desktop.imports.goods import Named
from linecrm_desktop.imports.kept_cells import Kept, kept
from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.imports.reading import Chunk, NamedTag, RowReader
from linecrm_desktop.text import language, set_language

WORTH = 20_000_000
"""Bytes of a file from which on a second process wins more than the half second that it needs to begin."""


class Read(NamedTuple):
    """Some rows of a file, ready to be staged: their values, their cells as they stand, the tags first named there.

    Of orders, the goods that they name; the rows have their places among these.
    """

    rows: int
    chunk: Chunk
    cells: Kept
    tags: list[NamedTag]
    goods: list[Named]


def read(plan: ImportPlan) -> Generator[Read, None, None]:
    """Read a file's rows by a plan. Close the generator where it is not read to its end."""
    taken = 0
    if plan.found.form is Form.TEXT and plan.found.size >= WORTH:
        with suppress(EOFError, OSError):
            for part in _ahead(plan):
                yield part
                taken += 1
            return
    yield from islice(_read(plan), taken, None)


def _read(plan: ImportPlan) -> Iterator[Read]:
    reader = RowReader(plan)
    for piece in detect.pieces(plan.path, plan.found):
        chunk = reader.read(piece)
        named = goods.taken_out(chunk.columns) if plan.kind is Kind.ORDERS else []
        yield Read(len(piece), chunk, kept(piece), reader.new_tags(), named)


def _ahead(plan: ImportPlan) -> Generator[Read, None, None]:
    """Yield what a second process reads; EOFError when it ended before the file did."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(plan, language(), theirs), daemon=True)
    with theirs:
        process.start()
    try:
        while (said := ours.recv()) is not None:
            if isinstance(said, Exception):
                raise said
            yield said
    finally:
        ours.close()
        process.terminate()
        process.join()


def _send(plan: ImportPlan, spoken: str, pipe: "Connection[Read | Exception | None, None]") -> None:
    """Read in this process and hand all on, the last error too; None says that the file is at its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process
    gc.disable()
    set_language(spoken)
    with pipe, suppress(BrokenPipeError):
        try:
            for part in _read(plan):
                pipe.send(part)
            pipe.send(None)
        except BrokenPipeError:
            raise
        except Exception as trouble:
            pipe.send(trouble)
