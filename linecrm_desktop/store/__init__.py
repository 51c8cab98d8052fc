"""The shop file: one SQLite database that is opened, upgraded, read and written here and nowhere else."""
