"""The Friends screen: find friends, look at one, tag many."""
