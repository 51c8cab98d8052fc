"""Places where friends find the shop: their links and QR codes, and how much is known of where friends come from."""
