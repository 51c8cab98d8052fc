"""The Imports screen: the history, and the four steps from a file to friends, orders or events."""
