"""A campaign is one send: who gets it, who is left out and why, what it costs, and each friend's copy exactly once."""
