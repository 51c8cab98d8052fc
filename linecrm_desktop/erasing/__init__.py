"""Erasing: a person who asks for it is gone from every corner of the shop file, stays out, and the sums stay right."""
