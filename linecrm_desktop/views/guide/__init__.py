"""The guide for shop owners: the four weeks step by step, with pictures of the sample shop, beside the window."""
