"""The review of the tags: what each tag and each pair earned, and whether to keep, split, merge or retire it."""
