"""Files as shops really have them, made by a script (no real people), each with what must become of every row."""
