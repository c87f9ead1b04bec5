"""Keeps the book of the shops: works pushes, pulls what pushes lost, compares by night."""
