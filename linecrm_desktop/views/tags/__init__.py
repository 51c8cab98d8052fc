"""The Tags screen: which tags there are, what each helps decide, and which should go."""
