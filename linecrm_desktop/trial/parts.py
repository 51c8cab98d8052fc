"""The parts that need no window: shop files, counting, tables, the password store, LINE, codes, statistics."""

import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import func, select

from linecrm_desktop import certificates
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.imports import detect
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.door import PRACTICE_TOKEN, LineDoor
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.requests import sealed_zip
from linecrm_desktop.results import statistics
from linecrm_desktop.segments import library
from linecrm_desktop.sources import qr
from linecrm_desktop.spreadsheet import write_table
from linecrm_desktop.store import driver, sharing
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import HEAD, check, create_shop, open_shop, read_shop
from linecrm_desktop.text import N_, _, number
from linecrm_desktop.trial.checks import Bench, Check, Lacking

_FRIENDS = ("王小明", "佐藤さくら", "สมชาย")
"""Names in the letters that must come through."""
_PATIENCE = 60
"""Seconds in which a second process has to answer."""


class _Broken(Exception):
    """A part answered something else than it should have."""


def _sample(bench: Bench) -> str:
    from linecrm_desktop.sample.shop import make_sample_shop  # it loads what reads files

    make_sample_shop(bench.shop, bench.now, Task())
    return _("{n} friends were imported from files").format(n=number(_friends(bench.shop)))


def _upgraded(bench: Bench) -> str:
    from linecrm_desktop.store.old_shop import FIRST, make_old_shop

    path = make_old_shop(bench.folder / "old.tagwell", "Old", _FRIENDS, bench.now)
    open_shop(path).close()
    found, kept = check(path), list(bench.folder.glob("old*before update*"))
    if found != HEAD or _friends(path) != len(_FRIENDS) or not kept:
        raise _Broken(found)
    return _("a file of version {old} became {new}, and its copy was kept").format(old=FIRST, new=HEAD)


def _counted(bench: Bench) -> str:
    database = read_shop(bench.shop)
    try:
        with database.read() as session:
            day = ShopDay.of(bench.now, session.get_one(Shop, 1).zone)
            rows = library.all_segments(session)
            counts = {row.name: library.count(session, row.rule, day) for row in rows}
            members = {row.name: len(library.members(session, row.rule, day)) for row in rows}
    finally:
        database.close()
    if counts != members or not any(counts.values()):
        raise _Broken(counts, members)
    return _("{n} segments were counted in two ways with one result").format(n=number(len(counts)))


def _locked(bench: Bench) -> str:
    if not driver.can_encrypt():
        raise Lacking(_("this installation cannot open files with a password; plain files work"))
    path = bench.folder / "locked.tagwell"
    key = Key.new("correct horse 馬")
    create_shop(path, "Locked", "TW", bench.now, practice=True, key=key).close()
    if path.read_bytes().startswith(driver.HEADER) or _friends(path, key):
        raise _Broken(path.name)
    return _("a shop file was encrypted and opened with its password")


def _tables(bench: Bench) -> str:
    for ending in ("csv", "xlsx"):
        path = bench.folder / f"table.{ending}"
        write_table(path, ["Name"], [[name] for name in _FRIENDS])
        cells = [line.cells[0] for line in detect.rows(path, detect.look(path)) if line.cells]
        if cells[-len(_FRIENDS) :] != list(_FRIENDS):
            raise _Broken(ending, cells)
    return _("CSV and Excel files were written and read")


def _second_process(_bench: Bench) -> str:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs,), daemon=True)
    with theirs:
        process.start()
    try:
        other = ours.recv() if ours.poll(_PATIENCE) else None
    finally:
        ours.close()
        process.terminate()
        process.join()
    if other is None or other == os.getpid():
        raise _Broken(other)
    return _("a second process, which large imports use, answered")


def _answer(pipe: "Connection[int, int]") -> None:
    pipe.send(os.getpid())


def _password_store(bench: Bench) -> str:
    try:
        return _("tokens are kept in {place}").format(place=bench.tokens.place_name())
    except OutsideError as error:
        raise Lacking(error.sentence()) from error


def _practice_line(_bench: Bench) -> str:
    door = LineDoor(None, PracticeWorld(account_name="Practice"))
    line = door.client(PRACTICE_TOKEN)
    try:
        return _("the practice LINE answered as {name}").format(name=line.account().name)
    finally:
        line.close()
        door.close()


def _certificates(_bench: Bench) -> str:
    known = certificates.known()
    if not known:
        raise _Broken(known)
    return _("{n} certificates are there to tell the real LINE by").format(n=number(known))


def _code(bench: Bench) -> str:
    link = "https://line.me/R/oaMessage/%40tagwell/?%E4%BD%A0%E5%A5%BD"
    (bench.folder / "code.png").write_bytes(qr.png(link))
    if b"<path" not in qr.svg(link):
        raise _Broken(link)
    return _("a QR code was drawn")


def _sealed(bench: Bench) -> str:
    path = bench.folder / "copy.zip"
    sealed_zip.write(path, sealed_zip.sealed({"copy.txt": b"hello"}, sealed_zip.new_password()))
    return _("a zip file with a password was made")


def _interval(_bench: Bench) -> str:
    found = statistics.difference(30, 200, 10, 200)
    people = statistics.needed(30, 200, 29, 200, least=0.01)
    if not found.low < found.estimate < found.high or not people:
        raise _Broken(found, people)
    return _("a difference was told from chance")


def _shared(_bench: Bench) -> str:
    try:
        return _("a client of PostgreSQL {version} is there").format(version=sharing.client_version())
    except OutsideError as error:
        raise Lacking(error.sentence()) from error


def _friends(path: Path, key: Key | None = None) -> int:
    database: Database = read_shop(path, key)
    try:
        with database.read() as session:
            return session.scalar(select(func.count()).select_from(Friend)) or 0
    finally:
        database.close()


PARTS = (
    Check("shop", N_("Shop file"), _sample),
    Check("upgrade", N_("Older shop file"), _upgraded),
    Check("segments", N_("Segments"), _counted),
    Check("password", N_("Password for a shop file"), _locked),
    Check("tables", N_("Tables"), _tables),
    Check("second_process", N_("Second process"), _second_process),
    Check("password_store", N_("Password store"), _password_store),
    Check("practice_line", N_("Practice LINE"), _practice_line),
    Check("certificates", N_("Certificates"), _certificates),
    Check("qr", N_("QR code"), _code),
    Check("shared", N_("Shared shops"), _shared),
    Check("zip", N_("Zip file"), _sealed),
    Check("statistics", N_("Statistics"), _interval),
)
"""In this order: the first makes the shop that later ones look at."""
