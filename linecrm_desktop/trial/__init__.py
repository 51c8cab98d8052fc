"""The self-check: the program tries every part it is made of, on this computer and with nothing of the person's."""
