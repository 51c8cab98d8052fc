"""Settings are what a person chose once.

Language and look, where things lie, the token's safe place, the price tables.
"""
