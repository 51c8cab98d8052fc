"""The tag audit: six steps from what was found to what is changed. Nothing changes before the last button."""
