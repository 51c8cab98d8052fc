"""How much of LINE's own rate limit does a send use, and does its memory stay flat?

The practice LINE runs in a process of its own and answers after 50 ms, as LINE does from Taiwan. Each size is sent by a
fresh process, which says how long the send took, the processor time it used, and how much its memory grew from the
moment before the first request. `--bare` sends the same requests without a shop file: what server and client alone can.

    python benchmarks/send_speed.py --kinds push multicast --sizes 1000 20000 200000
"""

import argparse
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.kill_send import TEXTS, freeze, make_shop  # noqa: E402
from linecrm_desktop.campaigns import sending  # noqa: E402
from linecrm_desktop.jobs import Task  # noqa: E402
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN  # noqa: E402
from linecrm_desktop.line.sdk import SdkLine  # noqa: E402
from linecrm_desktop.store.opening import open_shop  # noqa: E402

RATES = {"push": 2000, "multicast": 200}


def memory() -> int:
    """Return the memory that this process holds now, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


def measure(path: str, campaign: int, host: str) -> dict[str, Any]:
    """Send in this process and say how it went."""
    line = SdkLine(host, PRACTICE_TOKEN)
    line.quota()
    database = open_shop(Path(path))
    before, peak, used = memory(), 0, time.process_time()

    def look(_done: int, _total: int, _what: str) -> None:
        nonlocal peak
        peak = max(peak, memory())

    began = time.monotonic()
    summary = sending.send(database, campaign, line, Task(look), lambda: datetime.now(UTC))
    seconds = time.monotonic() - began
    line.close()
    database.close()
    return {
        "seconds": seconds,
        "processor": time.process_time() - used,
        "grown": peak - before,
        "accepted": summary.standing.accepted,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def bare(kind: str, count: int, host: str) -> float:
    """Send as many requests through the same client without a shop file; return requests a second."""
    line = SdkLine(host, PRACTICE_TOKEN)
    ask = line.push if kind == "push" else line.multicast
    people = [f"U{n:032x}" for n in range(500)]
    body = {"to": people[0] if kind == "push" else people, "messages": [{"type": "text", "text": TEXTS[kind][0]}]}
    line.quota()
    began = time.monotonic()
    with ThreadPoolExecutor(200 if kind == "push" else 32) as pool:
        list(pool.map(lambda _n: ask(body, str(uuid.uuid4())), range(count)))
    line.close()
    return count / (time.monotonic() - began)


def one(kind: str, size: int, host: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speed.tagwell"
        segment = make_shop(path, size, datetime.now(UTC), malformed=0)
        campaign = freeze(path, segment, kind, 500, datetime.now(UTC))
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found = pool.apply(measure, (str(path), campaign, host))
    requests = found["accepted"] if kind == "push" else -(-found["accepted"] // 500)
    rate = requests / found["seconds"]
    print(
        f"{kind:<10} {size:>8,} friends {requests:>8,} requests {found['seconds']:>7.1f} s {rate:>7.0f}/s "
        f"{rate / RATES[kind]:>5.0%} of LINE's {RATES[kind]}/s, {found['processor'] / requests * 1000:.2f} ms "
        f"of processor each, memory +{found['grown']} MB (peak {found['peak']} MB)",
        flush=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="+", default=["push", "multicast"], choices=list(RATES))
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 20_000, 200_000])
    parser.add_argument("--answer", type=float, default=0.05, help="seconds until the practice LINE answers")
    parser.add_argument("--bare", action="store_true", help="measure client and server without a shop file too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "slow.json"
        rule = {"when": {"endpoint": "send"}, "then": {"seconds": options.answer}}
        script.write_text(json.dumps({"rules": [rule]}), encoding="utf-8")
        command = [sys.executable, "-m", "linecrm_desktop.line.practice", "--limit", "-1", "--script", str(script)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
            assert server.stdout is not None
            host = server.stdout.readline().strip()
            try:
                for kind in options.kinds:
                    if options.bare:
                        print(f"{kind:<10} bare: {bare(kind, 10 * RATES[kind], host):.0f} requests/s", flush=True)
                    for size in options.sizes:
                        one(kind, size, host)
            finally:
                server.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
