"""The review of the tags in Results: proposals with their evidence, answers, and the summary before they are made."""
