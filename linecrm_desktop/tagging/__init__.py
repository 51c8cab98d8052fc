"""Tagging is work on tags as a whole: merge, split, rename, retire; the rules that tag friends; and taking it back."""
