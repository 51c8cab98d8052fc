"""The Consent screen: what friends ask about their data, and what leaves the shop."""
