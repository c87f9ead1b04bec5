"""Understanding: the client of the NLU process, and what still works without it."""
