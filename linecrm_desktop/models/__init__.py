"""The rows of a shop file, and nothing but rows: no rules, no questions, no screens."""
