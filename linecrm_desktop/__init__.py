"""Tagwell: a desktop LINE CRM for small shops, built on the TAGS method (Trace, Attribute, Group, Send)."""

APP_NAME = "Tagwell"
__version__ = "1.0.0"
