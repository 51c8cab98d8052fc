"""Search everything: one field that finds pages, commands, settings, and the shop's friends, tags and other words."""
