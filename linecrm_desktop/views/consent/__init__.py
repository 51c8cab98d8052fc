"""The Consent screen: what friends allow and refuse, what they ask about their data, and what leaves the shop."""
