"""Our own drawing of a chat: LINE's message objects read into boxes, words and pictures, and these painted."""
