"""Customers: who they are, which buyers they are proven to be, what they looked at."""
