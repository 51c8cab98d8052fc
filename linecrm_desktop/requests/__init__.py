"""Requests: what friends ask of the shop about their data, by when it must be answered, and that it was."""
