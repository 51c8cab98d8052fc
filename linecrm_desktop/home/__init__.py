"""Home: where a shop's day starts. Five key numbers, the four-week plan, the month's sends, and what needs a person."""
