"""Consent answers three questions for every friend: where did the data come from, were they informed, can they stop."""
