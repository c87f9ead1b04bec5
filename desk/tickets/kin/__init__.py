"""Tickets that have to do with each other: merged into one, or linked."""
