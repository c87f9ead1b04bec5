"""How tickets are closed: solved ones after a while, others by hand; never to open again."""
