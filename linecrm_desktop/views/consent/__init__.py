"""The Consent screen: where data came from, whether people were told, and whether they can stop."""
