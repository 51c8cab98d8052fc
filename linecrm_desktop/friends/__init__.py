"""A friend is a person who added the shop's LINE Official Account.

Who they are, where they came from, what they did.
"""
