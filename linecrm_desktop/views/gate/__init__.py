"""Parts of the gate that messages and journeys share: checks as rows, the number that is typed, and when it leaves."""
