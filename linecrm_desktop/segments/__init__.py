"""A segment is a question about friends in the shop's own words.

Who has this tag, bought that, has been quiet since.
"""
