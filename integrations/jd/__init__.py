"""JD (京东): shops of POP merchants on the open platform JOS."""
