"""The Settings screen: the LINE channel, the cap, language, look, and what Tagwell is. Changes apply at once."""
