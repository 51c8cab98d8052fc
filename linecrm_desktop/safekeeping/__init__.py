"""Safekeeping is what survives a lost laptop, a full disk and a mistake: backups that were opened, and a password."""
