"""Results say what a send changed: how many copies LINE took, who ordered, and what a broadcast would have wasted."""
