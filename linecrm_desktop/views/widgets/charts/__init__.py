"""Charts: frozen data that paints itself, on the screen and on paper alike, and one widget that shows any of it.

Each value is also a text: written in the picture, told to a screen reader, and reached with the arrow keys.
"""
