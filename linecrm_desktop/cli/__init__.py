"""The command line: the same work as in the window, for terminals and scripts.

Each file is one group of commands: it names their arguments, calls the words, and turns the answer into a Reply.
"""
