"""The web chat: a server-rendered page with a little JavaScript of its own."""
