"""Ticket templates: forms, steps and transitions as data."""
