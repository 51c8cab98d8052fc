"""A tag is a short word on a friend that helps a decision; one that helps none should go."""
