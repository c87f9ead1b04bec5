"""Phrases: everything the house says, by key, in the merchant's words."""
