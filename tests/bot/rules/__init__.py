"""Conditions and what is built on them."""
