"""How reviews are shown to people: one as a card, many as a list."""
