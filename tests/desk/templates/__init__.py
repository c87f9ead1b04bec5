"""Templates of tickets: their forms, steps and files."""
