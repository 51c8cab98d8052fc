"""What a message begins with: templates, earlier messages and earlier briefs, to search and to look at."""
