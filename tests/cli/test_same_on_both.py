"""One job from the files to the report, done on a shop file and on a server: every byte that comes out is the same.

Brings files in, audits tags, saves segments, sends to the practice LINE, and tells weeks later what came of it.
"""

import csv
import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, HasTag, LastOrder, NoneOf, Orders
from tests import postgres
from tests.cli.conftest import Tagwell
from tests.clock import Clock

pytestmark = pytest.mark.files
ORIGIN = ("--source", "stall in Tainan", "--purpose", "orders and news", "--informed", "yes")
READ = tuple(word for key in ("informed", "size", "tested", "kept_back", "again") for word in ("--accept", key))


@dataclass
class Job:
    """One run of the job: what each command said, by its words, and what each file that it wrote holds."""

    tagwell: Tagwell
    clock: Clock
    folder: Path
    said: dict[str, Any] = field(default_factory=dict[str, Any])

    def do(self, *words: object) -> dict[str, Any]:
        """Run a command for its JSON; keep what it said."""
        said = self.tagwell(*words, "--json")
        self.said[f"{len(self.said)} {' '.join(map(str, words))}"] = said
        return json.loads(said.out) if said.out else {}

    def tell(self, language: str, *words: object) -> None:
        """Run a command for its lines in a language; keep them."""
        self.said[f"{len(self.said)} {language} {' '.join(map(str, words))}"] = self.tagwell(*words, "--lang", language)

    def write(self, *words: object, to: str) -> None:
        """Run a command that writes a file; keep both."""
        self.do(*words, "--out", self.folder / to)
        self.said[to] = (self.folder / to).read_bytes()

    def file(self, name: str, rows: Iterable[Iterable[object]]) -> Path:
        """Write a CSV to bring in."""
        path = self.folder / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return path


def customers() -> Iterable[Iterable[object]]:
    """New people and known ones, a masked name, somebody who refuses, and rows that nobody can be found by."""
    yield "Member number", "Name", "Phone", "E-mail", "Birthday", "Tags", "Marketing"
    for n in range(60):
        tags = "Stall;vip" if n % 3 else "Stall;Sérum;緞帶"
        answer = "no" if n % 11 == 0 else ""
        yield (
            f"S-{n}",
            f"客人 {n}",
            f"0911{n:06}",
            f"Guest{n}@Example.tw",
            f"19{60 + n % 40}-05-0{1 + n % 9}",
            tags,
            answer,
        )
    yield "S-1", "客○", "0911000001", "", "", "", ""
    yield "", "Nobody", "", "", "", "", ""
    yield "M-20001", "Known", "", "known@example.tw", "", "Stall", ""


def orders(first: int, day: str) -> Iterable[Iterable[object]]:
    yield "Order", "Member number", "Date", "Total", "Product", "Category", "Quantity"
    for n in range(first, first + 40):
        yield f"T-{n}", f"S-{n % 60}", f"{day} 1{n % 10}:0{n % 6}", 300 + 7 * n, f"茶 {n % 7}", "Tea", 1 + n % 3
    yield f"T-{first}", "S-0", "no day", 5, "茶", "Tea", 1


def do_it_all(job: Job) -> None:
    """Do the whole job on the shop that was opened last."""
    _bring_in(job)
    _audit(job)
    _send(job)
    job.clock.forward(days=9)
    job.do("import", job.file("more.csv", orders(1000, "2026-11-15")), "--kind", "orders")
    _report(job)


def _bring_in(job: Job) -> None:
    people = job.file("people.csv", customers())
    job.do("import", people, "--kind", "customers", "--dry-run", *ORIGIN)
    job.do("import", people, "--kind", "customers", "--rejects", job.folder / "rejects.csv", *ORIGIN)
    job.said["rejects"] = (job.folder / "rejects.csv").read_bytes()
    job.do("import", job.file("orders.csv", orders(0, "2026-11-02")), "--kind", "orders")
    job.do("friends", "--limit", 0)
    for words in ("客人", "王", "sérum", "guest1", "+8869110000", "M-2000"):
        job.do("friends", "--search", words, "--limit", 20)
    for name in ("reachable", "no_source", "bought_twice", "refused", "blocked"):
        job.do("friends", "--list", name)


def _audit(job: Job) -> None:
    job.do("tags", "list")
    job.do("tags", "audit")
    job.tell("zh_TW", "tags", "audit")
    job.do("tags", "review")
    job.do("tags", "merge", "Serum", "Sérum", "--dry-run")
    job.do("tags", "rename", "Stall", "攤位")
    job.do("tags", "history")


def _send(job: Job) -> None:
    tags = {tag["name"]: tag["id"] for tag in job.do("tags", "list")["tags"]}
    rule = AllOf(
        (
            AnyOf((HasTag((tags["攤位"],)), HasTag((tags["Serum"],)))),
            Orders(Compare.AT_LEAST, 1),
            NoneOf((LastOrder(days=1, older=False),)),
        )
    )
    file = job.folder / "rule.json"
    file.write_text(json.dumps(codec.to_json(rule)), encoding="utf-8")
    job.do("segments", "save", "Tea and serum", "--rule", file, "--helps-decide", "Who hears of the tea")
    job.do("segments", "list")
    job.do("segments", "count", "Tea and serum")
    job.do("segments", "compare", "Tea and serum", "Linen lovers")
    job.do("segments", "explain", "Tea and serum", "--friend", "S-3")
    job.write("segments", "export", "Tea and serum", "--purpose", "Parcels", to="friends.csv")
    draft = {
        "name": "Tea is back",
        "segment": "Tea and serum",
        "why_now": "The tea is back since Monday.",
        "what": "Tell those who drink it.",
        "metric": "orders",
        "metric_days": 7,
        "good_if": 5,
        "keep_back": 20,
        "bubbles": [
            {"kind": "text", "text": "Hi {name|there}, the tea is back."},
            {"kind": "opt_out", "text": "No more offers? Write stop."},
        ],
        "variants": [[{"kind": "text", "text": "茶回來了"}, {"kind": "opt_out", "text": "不想再收到？回覆 stop。"}]],
        "send_at": None,
        "only_informed": False,
    }
    (job.folder / "draft.json").write_text(json.dumps(draft), encoding="utf-8")
    job.do("messages", "save", job.folder / "draft.json")
    number = job.do("send", "Tea is back", "--check", *READ)["recipients"]
    job.do("send", "Tea is back", "--confirm", number, *READ)


def _report(job: Job) -> None:
    job.do("results", "fetch")
    job.do("results")
    job.do("results", "Tea is back")
    job.tell("ja", "results", "Tea is back")
    job.write("results", "months", to="months.csv")
    job.write("results", "show", "Tea is back", to="send.csv")
    job.do("home")
    job.tell("th", "home")
    job.do("consent", "coverage")
    job.do("requests", "list")
    job.do("sources", "coverage")
    job.do("friends", "looked")
    job.do("imports", "list")


@pytest.fixture
def do_on(
    tagwell: Tagwell, clock: Clock, now: datetime, home: Path, tmp_path: Path
) -> Callable[[Path, str], dict[str, Any]]:
    """Do the job on a copy of a shop, in a folder and with preferences that are new and called the same each time."""
    folder = tmp_path / "job"

    def do(shop: Path, server: str) -> dict[str, Any]:
        for place in (folder, home):
            shutil.rmtree(place, ignore_errors=True)
        folder.mkdir()
        shutil.copy(shop, folder / "shop.tagwell")
        clock.now = now
        if server:
            assert tagwell("move", folder / "shop.tagwell", server, stdin=postgres.PASSWORD + "\n").code == 0
        job = Job(tagwell, clock, folder)
        assert tagwell("home", "--shop", folder / "shop.tagwell").code == 0
        do_it_all(job)
        return job.said

    return do


def test_all_that_is_told_of_a_job_is_the_same_on_a_file_and_on_a_server(
    tagwell: Tagwell,
    do_on: Callable[[Path, str], dict[str, Any]],
    server: postgres.Server,
    empty: str,
    tmp_path: Path,
) -> None:
    sample = tmp_path / "sample.tagwell"
    assert tagwell("new", sample, "--sample").code == 0
    here = do_on(sample, "")
    there = do_on(sample, server.address(empty).url())
    assert [words for words, said in here.items() if getattr(said, "code", 0)] == []
    assert list(there) == list(here)
    assert [words for words in here if there[words] != here[words]] == []
