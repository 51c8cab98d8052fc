"""The Journeys screen: the paths, what is due today, and approving it."""
