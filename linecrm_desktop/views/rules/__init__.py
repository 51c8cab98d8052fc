"""Rows of rules, wherever a screen lets a person say which friends are meant."""
