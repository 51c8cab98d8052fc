"""A source is a place where friends find the shop; its entry link and QR code let the place be told from others."""
