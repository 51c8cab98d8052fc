"""Does the window stay alive while it sends? The longest and the 99th-percentile pause of its event loop.

The real window, offscreen, shows the page of a send to many recipients; the practice LINE runs in a process of its own
and answers after 50 ms. A timer of 5 ms measures how late the loop comes round; the idle window of the same run is the
baseline.

    python benchmarks/window_pause.py --kind multicast --friends 106000
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks.heart import Heart, rest, until  # noqa: E402
from benchmarks.kill_send import freeze, make_shop  # noqa: E402
from linecrm_desktop.app import application, build_shop_window  # noqa: E402
from linecrm_desktop.campaigns import sending  # noqa: E402
from linecrm_desktop.line.door import PRACTICE_TOKEN, LineDoor  # noqa: E402
from linecrm_desktop.models.campaign import Campaign  # noqa: E402
from linecrm_desktop.settings.preferences import Preferences  # noqa: E402
from linecrm_desktop.settings.secrets import SessionTokens  # noqa: E402
from linecrm_desktop.store.opening import open_shop  # noqa: E402
from linecrm_desktop.views.choices import Choices  # noqa: E402
from linecrm_desktop.views.desk import Page, Place, shop_facts  # noqa: E402

IDLE_SECONDS = 10.0


def watch(path: Path, campaign: int, host: str, most: float) -> None:
    app = application()
    database = open_shop(path)
    with database.read() as session:
        name = session.get_one(Campaign, campaign).name
    choices = Choices(app, Preferences(language="en", theme="light"))
    tokens = SessionTokens()
    tokens.set(shop_facts(database).key, "", PRACTICE_TOKEN)  # without it nothing is sent, and a dialog waits for ever
    window = build_shop_window(database, choices, tokens=tokens, line=LineDoor(host, None))
    window.resize(1280, 832)
    window.show()
    window.go(Place(Page.MESSAGES))
    page: Any = window.views[Page.MESSAGES]
    rest(3)
    heart = Heart()
    rest(IDLE_SECONDS)
    heart.say("idle")
    page.sending.open(campaign)
    page.pages.setCurrentWidget(page.sending)
    page.sends.start(campaign, name)
    heart.begin()
    began = time.monotonic()
    until(lambda: not page.sends.is_sending(campaign) or time.monotonic() - began > most)
    heart.say("sending")
    if page.sends.trouble(campaign):
        print(f"the send failed: {page.sends.trouble(campaign)}")
    with database.read() as session:
        standing = sending.standing(session, campaign)
    print(f"{standing.state}, {standing.accepted:,} accepted after {time.monotonic() - began:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", default="multicast", choices=["multicast", "push"])
    parser.add_argument("--friends", type=int, default=106_000, help="5 %% of them are kept back")
    parser.add_argument("--seconds", type=float, default=180, help="after so long the send is not waited for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, script = Path(folder) / "pause.tagwell", Path(folder) / "slow.json"
        segment = make_shop(path, options.friends, datetime.now(UTC), malformed=0)
        campaign = freeze(path, segment, options.kind, 500, datetime.now(UTC))
        script.write_text(json.dumps({"rules": [{"when": {"endpoint": "send"}, "then": {"seconds": 0.05}}]}))
        command = [sys.executable, "-m", "linecrm_desktop.line.practice", "--limit", "-1", "--script", str(script)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
            assert server.stdout is not None
            host = server.stdout.readline().strip()
            try:
                watch(path, campaign, host, options.seconds)
            finally:
                server.kill()
                sys.stdout.flush()
                os._exit(0)  # a send that is still under way must not hold the measurement up


if __name__ == "__main__":
    main()
