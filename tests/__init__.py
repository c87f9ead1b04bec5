"""Everything that can be checked by running it."""
