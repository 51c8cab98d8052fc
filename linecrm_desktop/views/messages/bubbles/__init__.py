"""The bubbles of a message while they are written: one card each, with a form made from what its kind holds."""
