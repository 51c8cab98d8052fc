"""A message as the command line takes it, in JSON: what several tests save before they do something with it."""

from typing import Any

SERUM_MESSAGE: dict[str, Any] = {
    "name": "Serum is back",
    "segment": "All VIPs",
    "why_now": "The serum is back since Monday.",
    "what": "Tell those who bought it that it is back.",
    "metric": "orders",
    "metric_days": 7,
    "good_if": 5,
    "keep_back": 0,
    "bubbles": [
        {"kind": "text", "text": "Hi {name|there}, the serum is back."},
        {"kind": "opt_out", "text": "No more offers? Write stop."},
    ],
    "variants": [],
    "send_at": None,
    "only_informed": False,
}
