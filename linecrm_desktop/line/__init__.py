"""LINE is the door to the Messaging API: the real one, and a practice one on this computer that reaches nobody."""
