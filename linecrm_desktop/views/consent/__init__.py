"""The Consent screen: where data came from, who refused, what was asked for, and what leaves the shop."""
