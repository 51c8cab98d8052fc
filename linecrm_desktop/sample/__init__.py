"""The sample shop: “Morning Mist 晨霧選物”, a made-up skincare and linen shop in Taiwan to try everything on.

It is built the way a shop builds itself: files of another system are imported, then people sort, ask and send.
"""
