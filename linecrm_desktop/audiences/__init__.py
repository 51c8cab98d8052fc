"""An audience is what leaves the shop for ads: a segment's friends as ids, without those who must not be in it."""
