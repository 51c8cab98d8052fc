"""Work on tags as several screens offer it: the dialog of a split, and what a piece of work would do."""
